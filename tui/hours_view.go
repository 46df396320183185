package tui

import (
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

func (s *hoursGrid) View() string {
	s.keepInside()
	months, nw := s.months(), s.nameWidth()
	head := pad(" faites / prévues", nw)
	for i, m := range months {
		name := padLeft(m.French(), cellWidth)
		if i == s.col {
			name = s.theme.paint(strong, name)
		}
		head += name
	}
	lines := []string{head + padLeft("total", 10), s.theme.rule("", s.w)}
	if s.loaded && len(s.rows) == 0 {
		lines = append(lines, "", "  Aucun placement sur ces mois. Un placement s'enregistre sur la page d'un lot (p).")
		return fit(lines, s.w, s.h)
	}
	for i := s.top; i < min(len(s.rows), s.top+s.bodyHeight()); i++ {
		lines = append(lines, s.line(s.rows[i], months, i == s.row))
	}
	return fit(append(lines, s.theme.rule("", s.w), s.totals(months), s.about()), s.w, s.h)
}

// line is one placement: its employer, a cell for each month, its total.
func (s *hoursGrid) line(r insertion.HoursRow, months []insertion.Month, on bool) string {
	mark := "  "
	if on {
		mark = "▸ "
	}
	var b strings.Builder
	b.WriteString(pad(mark+r.Employer, s.nameWidth()))
	var total insertion.Hours
	for i, m := range months {
		c := monthOf(r, m)
		total += c.Done
		text := padLeft(cellText(c), cellWidth)
		switch {
		case on && i == s.col && s.typed != "":
			text = s.theme.paint(selected, padLeft(s.typed+"_", cellWidth))
		case on && i == s.col:
			text = s.theme.paint(selected, text)
		case !c.Entered && c.Planned > 0 && m < insertion.DateOf(s.now()).Month():
			text = s.theme.paint(warn, text)
		}
		b.WriteString(text)
	}
	b.WriteString(padLeft(total.Number(), 10))
	return b.String()
}

// cellText is « 35/40 »; a month planned and not entered is « …/40 ».
func cellText(c insertion.PlacementMonth) string {
	switch {
	case c.Entered:
		return c.Done.Number() + "/" + c.Planned.Number()
	case c.Planned > 0:
		return "…/" + c.Planned.Number()
	}
	return "·"
}

func (s *hoursGrid) totals(months []insertion.Month) string {
	line := pad(fmt.Sprintf("  Total de %s", plural(len(s.rows), "placement", "placements")), s.nameWidth())
	var all insertion.Hours
	for _, m := range months {
		var sum insertion.PlacementMonth
		for _, r := range s.rows {
			c := monthOf(r, m)
			sum.Done += c.Done
			sum.Planned += c.Planned
		}
		all += sum.Done
		line += padLeft(sum.Done.Number()+"/"+sum.Planned.Number(), cellWidth)
	}
	return line + padLeft(all.Number(), 10)
}

// about says what the selected line is: lot, modality, previous month.
func (s *hoursGrid) about() string {
	r, m, ok := s.cell()
	if !ok {
		return ""
	}
	before := monthOf(r, m.Month.Add(-1))
	return s.theme.paint(faint, cut(fmt.Sprintf("  Lot %d, %s, %s · mois précédent : %s", r.Lot, r.Modality.Label(), r.Object, cellText(before)), s.w))
}

func (s *hoursGrid) Pointer() (int, int, bool) {
	x := s.nameWidth() + (s.col+1)*cellWidth - 1
	return x, 2 + s.row - s.top, len(s.rows) > 0
}
