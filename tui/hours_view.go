package tui

import (
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

// The widths of the grid: a month, « faites/prévues », and the totals.
const (
	cellWidth  = 11
	totalWidth = 9
)

// months are those shown: as many as the width holds, from one to twelve.
func (s *hoursGrid) months() []insertion.Month {
	n := max(1, min(gridBack, (s.w-s.nameWidth()-totalWidth)/cellWidth))
	return insertion.Months(s.last.Add(1-n), s.last)
}

func (s *hoursGrid) nameWidth() int { return max(18, min(40, s.w/3)) }

// bodyHeight is how many placements are drawn: all but the head, two lines of
// months and rule, the totals and the two lines about the cell.
func (s *hoursGrid) bodyHeight() int { return max(1, s.h-6) }

func (s *hoursGrid) View() string {
	months, nw := s.months(), s.nameWidth()
	what := " faites/prévues"
	if s.plan {
		what = " ▸ on saisit le prévu"
	}
	lot := ""
	if s.lot == 0 {
		lot = " lot"
	}
	head := spread(what, lot, nw)
	for i, m := range months {
		name := padLeft(m.French(), cellWidth)
		if i == s.col {
			name = s.theme.paint(strong, name)
		}
		head += name
	}
	lines := []string{head + padLeft("total", totalWidth), s.theme.rule("", s.w)}
	if s.loaded && len(s.rows) == 0 {
		lines = append(lines, "", "  Aucun placement sur ces mois (b : mois précédent).", "  Un placement s'enregistre sur la page d'un lot (p).")
		return fit(lines, s.w, s.h)
	}
	for i := s.top; i < min(len(s.rows), s.top+s.bodyHeight()); i++ {
		lines = append(lines, s.line(s.rows[i], months, i == s.row))
	}
	lines = append(lines, s.theme.rule("", s.w), s.totals(months))
	return fit(append(lines, s.about()...), s.w, s.h)
}

// line is one placement: its employer, its lot, a cell for each month, its total.
func (s *hoursGrid) line(r insertion.HoursRow, months []insertion.Month, on bool) string {
	mark := "  "
	if on {
		mark = "▸ "
	}
	name := r.Employer
	if s.lot != 0 {
		name += ", " + r.Modality.Label()
	}
	tail := ""
	if s.lot == 0 {
		tail = fmt.Sprintf(" %d", r.Lot)
	}
	var b strings.Builder
	b.WriteString(spread(mark+name, tail, s.nameWidth()))
	var total insertion.Hours
	now := insertion.DateOf(s.now()).Month()
	for i, m := range months {
		c := monthOf(r, m)
		total += c.Done
		text := padLeft(cellText(c), cellWidth)
		switch {
		case on && i == s.col && s.typed != "":
			text = s.theme.paint(selected, padLeft(s.typed+"_", cellWidth))
		case on && i == s.col:
			text = s.theme.paint(selected, text)
		case missing(c, now):
			text = s.theme.paint(warn, text)
		}
		b.WriteString(text)
	}
	b.WriteString(padLeft(total.Number(), totalWidth))
	return b.String()
}

// cellText is « 35/40 »; a month planned and not entered is « …/40 ». Hundredths
// are rounded when they do not fit: the line below the grid has them.
func cellText(c insertion.PlacementMonth) string {
	done := "…"
	switch {
	case c.Entered:
		done = c.Done.Number()
	case c.Planned == 0:
		return "·"
	}
	text := done + "/" + c.Planned.Number()
	if len([]rune(text)) < cellWidth {
		return text
	}
	if c.Entered {
		done = c.Done.Whole()
	}
	return done + "/" + c.Planned.Whole()
}

func (s *hoursGrid) totals(months []insertion.Month) string {
	line := pad("  "+insertion.Counted(len(s.rows), "placement", "placements"), s.nameWidth())
	var all insertion.Hours
	for _, m := range months {
		var sum insertion.PlacementMonth
		for _, r := range s.rows {
			c := monthOf(r, m)
			sum.Done += c.Done
			sum.Planned += c.Planned
		}
		all += sum.Done
		line += padLeft(sum.Done.Whole()+"/"+sum.Planned.Whole(), cellWidth)
	}
	return line + padLeft(all.Number(), totalWidth)
}

// about says what the cell under the cursor is: lot, modality, figures, and the
// month before it.
func (s *hoursGrid) about() []string {
	r, m, ok := s.cell()
	if !ok {
		return nil
	}
	before := monthOf(r, m.Month.Add(-1))
	done := "non saisies"
	if m.Entered {
		done = m.Done.String() + " faites"
	}
	last := "non saisies"
	if before.Entered {
		last = before.Done.String() + " faites"
	}
	return []string{
		fmt.Sprintf("  %s : %s, %s prévues · %s : %s, %s prévues", m.Month.French(), done, m.Planned, before.Month.French(), last, before.Planned),
		s.theme.paint(faint, cut(fmt.Sprintf("  Lot %d, %s, %s", r.Lot, r.Modality.Label(), r.Object), s.w)),
	}
}

func (s *hoursGrid) Pointer() (int, int, bool) {
	x := s.nameWidth() + (s.col+1)*cellWidth - 1
	return x, 2 + s.row - s.top, len(s.rows) > 0
}
