package tui

import (
	"fmt"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/match"
)

// resize shares the body between the head, the list and the reasons of the
// selected candidate.
func (s *candidates) resize() {
	s.rows.resize(s.listHeight())
	s.rows.lit = nameAt + 30
	s.outs.resize(s.h - s.headHeight() - s.groupsHeight() - 1 - outDetail)
}

// headHeight is how many lines stand above the list: fewer in a low window.
func (s *candidates) headHeight() int {
	if s.h < 18 {
		return 3
	}
	return 5
}

// detailHeight is what the reasons of the selected candidate take, below: all
// that a short list leaves.
func (s *candidates) detailHeight() int { return max(1, s.h-s.headHeight()-s.listHeight()) }

func (s *candidates) listHeight() int {
	room := s.h - s.headHeight() - max(6, min(12, s.h*2/5))
	return max(1, min(room, len(s.rows.rows)))
}

func (s *candidates) View() string {
	if !s.loaded {
		return fit([]string{"", "  Recherche…"}, s.w, s.h)
	}
	lines := s.head()
	if s.out {
		return fitText(s.w, s.h, append(lines, s.outView()...)...)
	}
	if len(s.rows.rows) == 0 {
		return fit(append(lines, s.whyNone()...), s.w, s.h)
	}
	body := s.rows.view(s.w)
	body += strings.Repeat("\n", max(0, s.listHeight()-1-strings.Count(body, "\n")))
	return fitText(s.w, s.h, append(lines, body, s.detail())...)
}

// whyNone says what leaves everybody out, and what can be done about it.
func (s *candidates) whyNone() []string {
	if s.result.Considered == 0 {
		return []string{"", "  Aucune structure active n'est connue : g puis i en importe, g puis s en saisit."}
	}
	lines := []string{"", "  Aucune structure ne remplit les conditions de ce lot :"}
	for _, g := range s.result.Groups[:min(3, len(s.result.Groups))] {
		lines = append(lines, fmt.Sprintf("  %s  %s", padLeft(insertion.Thousands(int64(g.Count)), 6), g.Reason))
	}
	for _, l := range wrap("x : chacune, la plus proche d'abord, avec sa raison ; q puis la fiche du lot corrige ce qui est demandé (lieu, modalités).", s.w-4) {
		lines = append(lines, "  "+l)
	}
	return lines
}

// head says what the lot asks for, where, and what the order rests on.
func (s *candidates) head() []string {
	object, where := " "+lotName(s.lot.LotRow), " "+s.theme.paint(faint, "Lieu     ")+s.asked()
	count := fmt.Sprintf("%s, %s sur %d examinées", s.rows.position(), insertion.Counted(s.result.Able, "structure possible", "structures possibles"), s.result.Considered)
	if s.result.Able == 0 {
		count = fmt.Sprintf("aucune structure possible sur %s", insertion.Counted(s.result.Considered, "examinée", "examinées"))
	}
	rule := s.theme.rule(count, s.w)
	if s.headHeight() == 3 {
		if s.weigh {
			object = s.weightLine()
		}
		return []string{object, where, rule}
	}
	return []string{object, " " + s.theme.paint(faint, "Filière  ") + s.evidence(), where, s.weightLine(), rule}
}

// evidence is the trades read in the lot, the first with what tells it.
func (s *candidates) evidence() string {
	if len(s.result.Trades) == 0 {
		return "non reconnue dans l'objet ni dans le CPV : les structures de toutes les filières sont classées"
	}
	first := s.result.Trades[0]
	out := tradeLabel(first.Trade) + " : " + first.Why
	for i, t := range s.result.Trades {
		if i == 0 {
			continue
		}
		if i == 4 || t.Score < first.Score/4 {
			break
		}
		if i == 1 {
			out += " ; puis "
		} else {
			out += ", "
		}
		out += strings.ToLower(tradeLabel(t.Trade))
	}
	return out
}

// asked says where the work is, how that is known, and what is left to do.
func (s *candidates) asked() string {
	out := s.where
	if s.need.Hours > 0 {
		out += " · " + s.need.Hours.String() + " à pourvoir"
	}
	if m := s.need.Modalities; m != 0 && m != s.allModalities() {
		out += " · " + modalityWords(m)
	}
	return out
}

func (s *candidates) allModalities() (all insertion.Modality) {
	for _, m := range insertion.AllModalities() {
		all |= m
	}
	return all
}

func (s *candidates) Pointer() (int, int, bool) {
	if !s.loaded {
		return 0, 0, false
	}
	if s.out {
		y, ok := s.outs.pointer()
		return 0, s.headHeight() + s.groupsHeight() + 1 + y, ok
	}
	y, ok := s.rows.pointer()
	return 0, s.headHeight() + y, ok
}

// nameAt is the cell where the names of the list begin.
const nameAt = 34

// row is one candidate: mark, score, distance, type, name, and what was already
// done with it for this lot.
func (s *candidates) row(c match.Candidate, w int, _ bool) string {
	tick := "  "
	if s.marked[c.Structure.ID] {
		tick = "x "
	}
	line := fmt.Sprintf("%s%s %s %s %s  %s", tick, padLeft(fmt.Sprint(c.Rank), 3), gauge(int64(c.Score+0.5), 100, 6),
		padLeft(fmt.Sprintf("%.0f", c.Score), 3), padLeft(kmShort(c.Km), 8), pad(string(c.Structure.Kind), 5))
	state := ""
	if i := s.intros[c.Structure.ID]; i.ID != 0 {
		state = stateMark(i.State) + " " + string(i.State)
	}
	rest, city := w-nameAt+2, 0
	if state != "" {
		rest -= 13
	}
	if rest >= 60 {
		city = 24
	}
	line += pad(c.Structure.DisplayName(), rest-city)
	if city > 0 {
		line += " " + pad(c.Structure.City, city-1)
	}
	if state != "" {
		line += " " + pad(state, 12)
	}
	return pad(line, w)
}

// kmShort is a distance in a narrow column.
func kmShort(km float64) string {
	switch {
	case km < 0:
		return "—"
	case km < 10:
		return strings.Replace(fmt.Sprintf("%.1f km", km), ".", ",", 1)
	}
	return fmt.Sprintf("%.0f km", km)
}

// stateMark is a sign for each state of a proposal.
func stateMark(state insertion.IntroductionState) string {
	switch state {
	case insertion.Proposed:
		return "◔"
	case insertion.Contacted:
		return "◑"
	case insertion.Accepted:
		return "✓"
	case insertion.Declined:
		return "✗"
	case insertion.Placed:
		return "●"
	}
	return "·"
}

// reasonAt is where the sentences of the reasons begin.
const reasonAt = 28

// detail shows the five parts of the selected candidate, each with its bar, its
// number, its weight and its sentence, wrapped while there is room.
func (s *candidates) detail() string {
	c, ok := s.rows.current()
	if !ok {
		return ""
	}
	h := s.detailHeight()
	lines := []string{s.theme.rule("Pourquoi", s.w)}
	room := h - 1 - len(c.Parts)
	for _, p := range c.Parts {
		told := wrap(p.Reason, max(10, s.w-reasonAt-1))
		if more := min(room, len(told)-1); more < len(told)-1 {
			told = append(told[:more:more], strings.Join(told[more:], " "))
		}
		room -= len(told) - 1
		for i, text := range told {
			if i > 0 {
				lines = append(lines, strings.Repeat(" ", reasonAt)+text)
				continue
			}
			lines = append(lines, fmt.Sprintf(" %s %s %s ×%-2.0f  %s",
				pad(p.Name, 11), gauge(int64(p.Value*100+0.5), 100, 5), padLeft(fmt.Sprintf("%.0f", p.Value*100), 3), p.Weight, text))
		}
	}
	if contact := joined("  ", c.Structure.Phone, c.Structure.Mail, c.Structure.Web); contact != "" && room > 0 {
		lines = append(lines, " "+s.theme.paint(faint, pad("joindre", reasonAt-1))+contact)
	}
	return fit(lines, s.w, h)
}
