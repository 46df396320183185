package mandate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// Verdict is where a commitment stands, in a word: State, with what is short of its
// target told nearer or farther.
type Verdict string

// The verdicts. Half of the target parts what is underway from what is far: no text
// says where to put it.
const (
	SaysReached  Verdict = "atteint"
	SaysUnderway Verdict = "en chemin"
	SaysRunning  Verdict = "en cours" // short of it, in a year that still adds up
	SaysFar      Verdict = "loin"
	SaysAimless  Verdict = "sans cible"
	SaysUnproved Verdict = "sans chiffre"
)

// Verdicts lists them, the best first.
func Verdicts() []Verdict {
	return []Verdict{SaysReached, SaysUnderway, SaysRunning, SaysFar, SaysAimless, SaysUnproved}
}

// Of is the verdict said of n propositions: « 5 atteintes ».
func (v Verdict) Of(n int) string {
	switch {
	case v == SaysReached && n > 1:
		return "atteintes"
	case v == SaysReached:
		return "atteinte"
	}
	return string(v)
}

// YearWords is the year of the last figure, told when it is not over: « 2026, année en
// cours ».
func (s Standing) YearWords() string {
	year := strconv.Itoa(s.Now().Year)
	if s.Underway() {
		year += ", année en cours"
	}
	return year
}

// Verdict is the standing in a word.
func (s Standing) Verdict() Verdict {
	switch s.State {
	case Reached:
		return SaysReached
	case Running:
		return SaysRunning
	case Aimless:
		return SaysAimless
	case Unproved:
		return SaysUnproved
	}
	if s.Part >= 5000 {
		return SaysUnderway
	}
	return SaysFar
}

// Short writes a value in few cells: whole euros, whole hours.
func (u Unit) Short(v int64) string {
	switch u {
	case Money:
		return insertion.Cents(v).Round()
	case Hours:
		return insertion.Hours(v).Round()
	}
	return u.Show(v)
}

// Against is the latest figure and the target, shortly: « 12,5 % / 30 % », « — / 3 »
// when there is no figure.
func (s Standing) Against() string {
	text := "—"
	if f := s.Now(); f.Origin != Unknown {
		text = s.Unit.Short(f.Value)
	}
	if s.Aimed {
		text += " / " + s.Unit.Short(s.Target)
	}
	return text
}

// Step is the next step, when, and who follows it: « réunir les bailleurs, pour le
// 31/05/2026 (passé), suivi par la délégation »; "" when none is written.
func (s Standing) Step() string {
	if s.Next == "" {
		return ""
	}
	text := s.Next
	if s.Due != "" {
		text += ", pour le " + s.Due.French()
		if s.Late {
			text += " (passé)"
		}
	}
	if s.Who != "" {
		text += ", suivi par " + s.Who
	}
	return text
}

// TargetWords is the target and its source: « 30 % (PNAD 2022-2025 : 30 %) ».
func (s Standing) TargetWords() string {
	if !s.Aimed {
		return s.From
	}
	return s.Unit.Show(s.Target) + " (" + s.From + ")"
}

// Moved is the trend in few words, from the last two years that are over for what
// adds up through one: « 2026 en cours ; avant : ▲ 58,62 % en 2025 (33,33 % en 2024) ».
func (s Standing) Moved() string {
	known, head := s.compared(), ""
	if s.Underway() {
		head = fmt.Sprintf("%d en cours ; ", s.Now().Year)
		if len(known) > 0 {
			head += "avant : "
		}
	}
	n := len(known)
	if n == 0 {
		return head + "rien à comparer"
	}
	last := fmt.Sprintf("%s en %d", s.Unit.Short(known[n-1].Value), known[n-1].Year)
	if n == 1 {
		return head + last + ", premier chiffre"
	}
	before, sign := known[n-2], "="
	switch {
	case known[n-1].Value > before.Value:
		sign = "▲"
	case known[n-1].Value < before.Value:
		sign = "▼"
	}
	return fmt.Sprintf("%s%s %s (%s en %d)", head, sign, last, s.Unit.Short(before.Value), before.Year)
}

// compared are the figures a trend rests on, oldest first: those known, without the
// one of a year that still adds up.
func (s Standing) compared() []Figure {
	known := slices.DeleteFunc(slices.Clone(s.Figures), func(f Figure) bool { return f.Origin == Unknown })
	if s.Underway() {
		known = known[:len(known)-1]
	}
	return known
}

// Way is the trend in a word: « hausse », « baisse », « stable », "" when there is
// nothing to compare with. Beside the figure of a year that still adds up it says of
// which year it is: « hausse 2025 ».
func (s Standing) Way() string {
	for _, way := range []string{"hausse", "baisse", "stable"} {
		if !strings.HasPrefix(strings.TrimPrefix(s.Trend, "en "), way) {
			continue
		}
		if known := s.compared(); s.Underway() && len(known) > 0 {
			way += " " + strconv.Itoa(known[len(known)-1].Year)
		}
		return way
	}
	return ""
}

// Quoted is the letter's own words in French quotes, those inside them becoming
// English ones.
func (c Commitment) Quoted() string {
	return insertion.Quoted(c.Letter)
}
