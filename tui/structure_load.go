package tui

import (
	"fmt"

	"passerelle/internal/insertion"
)

// monthLoad is what a structure has in a month.
type monthLoad struct {
	declared, planned, done insertion.Hours
	known                   bool // declared, even as 0
}

// loads sums the placements of a structure by month, and what was promised and
// kept in the months that are over.
func (s *structurePage) loads() (by map[insertion.Month]monthLoad, promised, kept insertion.Hours) {
	by = map[insertion.Month]monthLoad{}
	for _, c := range s.facts.structure.Capacity {
		by[c.Month] = monthLoad{declared: c.Hours, known: true}
	}
	now := insertion.DateOf(s.now()).Month()
	for _, p := range s.facts.placements {
		for _, m := range p.Months {
			l := by[m.Month]
			l.planned += m.Planned
			l.done += m.Done
			by[m.Month] = l
			if m.Month < now {
				promised += m.Planned
				kept += m.Done
			}
		}
	}
	return by, promised, kept
}

// capacity shows each month around today: declared, planned, done, and what is
// left; the bar is planned against declared, or against the fullest month when
// nothing is declared.
func (s *structurePage) capacity() []string {
	by, promised, kept := s.loads()
	now := insertion.DateOf(s.now()).Month()
	months := insertion.Months(now.Add(-3), now.Add(8))
	most := insertion.WholeHours(1)
	for _, m := range months {
		most = max(most, by[m].planned, by[m].done)
	}
	crowded := false
	bars := max(4, min(24, s.w-60))
	lines := []string{s.theme.paint(faint, cut("  mois     "+pad("", bars)+padLeft("prévues", 11)+padLeft("déclarées", 12)+padLeft("reste", 11)+padLeft("faites", 11), s.w))}
	for _, m := range months {
		l := by[m]
		declared, left, whole := "?", "?", most
		if l.known {
			declared, left, whole = l.declared.Number(), max(0, l.declared-l.planned).Number(), l.declared
		}
		done := l.done.Number()
		if m >= now && l.done == 0 {
			done = ""
		}
		over := "  "
		if l.known && l.planned > l.declared {
			over, crowded = "! ", true
		}
		line := over + m.French() + "  " + gauge(int64(l.planned), int64(whole), bars) +
			padLeft(l.planned.Number(), 11) + padLeft(declared, 12) + padLeft(left, 11) + padLeft(done, 11)
		lines = append(lines, line)
	}
	if crowded {
		lines = append(lines, "  ! : plus d'heures prévues que déclarées")
	}
	if promised > 0 {
		lines = append(lines, fmt.Sprintf("  Promis jusqu'ici %s, tenu %s (%s)", promised, kept, insertion.Percent(int64(kept), int64(promised))))
	}
	return lines
}
