package tui

import (
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

const lineWidth = 10 // a month of the grid by person

// months are those shown: as many as the width holds, from one to twelve.
func (s *monthGrid) months() []insertion.Month {
	n := max(1, min(gridBack, (s.w-s.nameWidth()-totalWidth)/lineWidth))
	return insertion.Months(s.last.Add(1-n), s.last)
}

func (s *monthGrid) nameWidth() int { return max(22, min(46, s.w/3)) }

// bodyHeight leaves two lines of head, the totals, and three about the cell.
func (s *monthGrid) bodyHeight() int { return max(1, s.h-7) }

func (s *monthGrid) View() string {
	months, nw := s.months(), s.nameWidth()
	head := pad(" personne, placement", nw)
	for _, m := range months {
		name := padLeft(m.French(), lineWidth)
		if m == s.month {
			name = s.theme.paint(strong, name)
		}
		head += name
	}
	lines := []string{head + padLeft("total", totalWidth), s.theme.rule("", s.w)}
	if !s.loaded {
		return fit(append(lines, "  Lecture…"), s.w, s.h)
	}
	if len(s.rows) == 0 {
		return fit(append(lines, "",
			"  Personne n'est affecté sur ces mois (b : mois précédent).",
			"  Une personne s'affecte sur sa fiche (g puis p, puis a) ; t montre les totaux par placement."), s.w, s.h)
	}
	for i := s.top; i < min(len(s.rows), s.top+s.bodyHeight()); i++ {
		lines = append(lines, s.line(i, months))
	}
	lines = append(lines, s.theme.rule("", s.w), s.totals(months))
	return fit(append(lines, s.about()...), s.w, s.h)
}

// line is one row: who, where, a cell for each month, the total. A placement is
// named on its first row only.
func (s *monthGrid) line(i int, months []insertion.Month) string {
	r, on := s.rows[i], i == s.row
	mark := "  "
	if on {
		mark = "▸ "
	}
	who := "sans détail"
	if r.Participant != 0 {
		who = r.Participant.Code()
		if r.Name != "" {
			who += " " + r.Name
		}
	}
	where := ""
	if i == s.top || s.rows[i-1].Placement != r.Placement {
		where = fmt.Sprintf("%d %s", r.Lot, r.Employer)
	}
	var b strings.Builder
	b.WriteString(pad(mark+pad(who, 12)+s.theme.paint(faint, where), s.nameWidth()))
	var total insertion.Hours
	for _, m := range months {
		c := lineIn(r, m)
		total += c.Counted
		text := padLeft(gridText(r, c), lineWidth)
		switch {
		case on && m == s.month && s.typed != "":
			text = s.theme.paint(selected, padLeft(s.typed+"_", lineWidth))
		case on && m == s.month:
			text = s.theme.paint(selected, text)
		case c.Counted < c.Hours:
			text = s.theme.paint(warn, text)
		}
		b.WriteString(text)
	}
	b.WriteString(padLeft(total.Whole(), totalWidth))
	return b.String()
}

// gridText is the text of the line, or « – » in a month outside the assignment.
func gridText(r insertion.LineRow, c insertion.HourLine) string {
	if c.By == "" && !r.Holds(c.Month) {
		return "–"
	}
	return lineText(c)
}

// lineText is « 35 », « !12,50 » when some of it does not count, « · » when
// nothing was entered.
func lineText(c insertion.HourLine) string {
	if c.By == "" {
		return "·"
	}
	text := c.Hours.Number()
	if len([]rune(text)) > lineWidth-2 {
		text = c.Hours.Whole()
	}
	if c.Counted < c.Hours {
		text = "!" + text
	}
	return text
}

// totals are what counts, month by month.
func (s *monthGrid) totals(months []insertion.Month) string {
	line := pad("  "+insertion.Counted(len(s.rows), "ligne", "lignes")+", comptées", s.nameWidth())
	var all insertion.Hours
	for _, m := range months {
		var sum insertion.Hours
		for _, r := range s.rows {
			sum += lineIn(r, m).Counted
		}
		all += sum
		line += padLeft(sum.Whole(), lineWidth)
	}
	return line + padLeft(all.Whole(), totalWidth)
}

// about says what the cell under the cursor is, the month before it, and which
// rule keeps hours from counting.
func (s *monthGrid) about() []string {
	r, c, ok := s.cell()
	if !ok {
		return nil
	}
	before := lineIn(r, s.month.Add(-1))
	said := func(l insertion.HourLine) string {
		if l.By == "" {
			return "non saisies"
		}
		return l.Hours.String()
	}
	text := fmt.Sprintf("%s : %s", s.month.French(), said(c))
	if c.By != "" && c.Counted < c.Hours {
		text += ", " + c.Counted.String() + " comptées"
	}
	text += fmt.Sprintf(" · %s : %s · lot %d, %s, %s, %s", before.Month.French(), said(before), r.Lot, r.Employer, r.Employment, r.Object)
	lines := []string{"  " + cut(text, s.w-3)}
	if away := r.Away(s.month); away != "" && c.By == "" {
		lines = append(lines, "  "+s.theme.paint(warn, cut("– "+away, s.w-3)))
	}
	for _, u := range slices.Clone(c.Why)[:min(2, len(c.Why))] {
		why := "· " + u.Text
		if u.Hours > 0 {
			why = "! " + u.Hours.String() + " non comptées : " + u.Text
		}
		lines = append(lines, "  "+s.theme.paint(warn, cut(why, s.w-3)))
	}
	return lines
}

func (s *monthGrid) Pointer() (int, int, bool) {
	months := s.months()
	x := s.nameWidth() + (slices.Index(months, s.month)+1)*lineWidth - 1
	return x, 2 + s.row - s.top, len(s.rows) > 0
}
