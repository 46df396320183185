package tui

import (
	"cmp"
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

// clause draws the clause sheet of the lot, or says that it waits for one.
func (s *lotPage) clause(w int) []string {
	c := s.facts.lot.Clause
	lines := []string{"", s.theme.rule("Clause", w)}
	if c == nil {
		invitation := s.ifMay(rightTo(insertion.ActWrite), " Touche c pour l'écrire.")
		text := "Aucune clause écrite." + invitation
		if s.facts.lot.Stage == insertion.StageToWrite {
			text = "! À clauser : l'avis déclare une clause sociale, la fiche manque." + invitation
		}
		for _, l := range wrap(text, w-2) {
			lines = append(lines, "  "+s.theme.paint(warn, l))
		}
		return lines
	}
	due, err := c.Compute()
	if err != nil {
		return append(lines, s.fact("à corriger", sentence(err), w)...)
	}
	lines = append(lines, s.fact("calcul", c.Basis.Label(), w)...)
	for _, step := range due.Trace {
		lines = append(lines, s.fact("", step, w)...)
	}
	lines = append(lines, s.fact("dues", dueWords(due), w)...)
	lines = append(lines, s.fact("fenêtre", s.window(), w)...)
	lines = append(lines, s.fact("modalités", modalityWords(c.Modalities), w)...)
	lines = append(lines, s.fact("publics", publicWords(c.Publics), w)...)
	lines = append(lines, s.fact("CCAG", strings.TrimPrefix(completeness(*c), "CCAG, "), w)...)
	lines = append(lines, s.fact("comptage", countingWords(*c), w)...)
	lines = append(lines, s.fact("pénalité", penaltyWords(c.Penalty), w)...)
	if c.Contact != "" {
		lines = append(lines, s.fact("facilitateur", c.Contact, w)...)
	}
	if c.Note != "" {
		lines = append(lines, s.fact("note", c.Note, w)...)
	}
	return lines
}

// window is when the clause runs, and how much of that is gone by.
func (s *lotPage) window() string {
	c := *s.facts.lot.Clause
	text := c.Start.French() + " → " + c.End.French()
	if c.ByAmount || c.Start == "" || c.End == "" {
		return text
	}
	c.End = cmp.Or(s.facts.dues.End, c.End)
	return text + " (" + c.Elapsed(insertion.DateOf(s.now())).Round() + " écoulés)"
}

// dueWords is the same figure in every unit people think in.
func dueWords(d insertion.Due) string {
	text := d.Hours.String() + " = " + d.Days.Number() + " jours = " + d.FTE.Number() + " ETP"
	if d.PerHour > 0 {
		text += " ; 1 h pour " + d.PerHour.Round()
	}
	return text
}

// hours draws due, planned and done side by side, and the pace.
func (s *lotPage) hours(w int) []string {
	l := s.facts.lot
	if l.Clause == nil {
		return nil
	}
	lines := []string{"", s.theme.rule("Heures", w)}
	top := max(l.Hours.Due, l.Hours.Planned, l.Hours.Done)
	for _, row := range []struct {
		name  string
		hours insertion.Hours
		tone  tone
	}{{"dues", l.Hours.Due, plain}, {"prévues", l.Hours.Planned, accent}, {"faites", l.Hours.Done, good}} {
		share := ""
		if l.Hours.Due > 0 && row.name != "dues" {
			share = padLeft(insertion.Percent(int64(row.hours), int64(l.Hours.Due)), 7)
		}
		number := padLeft(row.hours.String(), 12) + pad(share, 7)
		lines = append(lines, " "+pad(row.name, 8)+s.theme.paint(row.tone, gauge(int64(row.hours), int64(top), max(4, min(40, w-29))))+number)
	}
	d := s.facts.dues
	if d.Contractual != d.ToDate || d.Forecast != d.ToDate {
		lines = append(lines, s.fact("dues", fmt.Sprintf("%s au marché, %s à ce jour, %s au terme (d)", d.Contractual, d.ToDate, d.Forecast), w)...)
	}
	return append(lines, s.pace(w)...)
}

// pace says where the lot stands against its calendar, and what a shortfall
// would cost if it stopped today.
func (s *lotPage) pace(w int) []string {
	l := s.facts.lot
	text := "calendrier inconnu : écrivez le début et la fin de la clause"
	if l.Clause.Start != "" && l.Clause.End != "" {
		health := insertion.HealthOf(l.Pace, l.Hours.Due, s.facts.limits)
		text = health.Mark() + " " + health.Label() + " : " + l.PaceWords()
	}
	lines := s.fact("rythme", text, w)
	if missing := l.Hours.Due - l.Hours.Done - l.Clause.Penalty.Allowance; missing > 0 && l.Clause.Penalty.PerHour > 0 {
		cost := insertion.Cents(int64(missing) * int64(l.Clause.Penalty.PerHour) / 100)
		lines = append(lines, s.fact("manque", missing.String()+", soit "+cost.Round()+" de pénalité si le marché s'arrêtait là", w)...)
	}
	return lines
}

// chart draws the burn-up of the lot.
func (s *lotPage) chart(w int) []string {
	c := s.facts.lot.Clause
	if c == nil {
		return nil
	}
	running := *c
	running.End = cmp.Or(s.facts.dues.End, c.End)
	points := insertion.BurnUp(running, s.facts.lot.Hours.Due, s.facts.placements)
	if len(points) < 2 {
		return nil
	}
	return append([]string{"", s.theme.rule("Avancement cumulé", w)}, burnUp(s.theme, points, insertion.DateOf(s.now()).Month(), s.facts.lot.Awaited, w, 8)...)
}
