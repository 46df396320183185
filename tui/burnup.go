package tui

import (
	"strings"

	"passerelle/internal/insertion"
)

// burnUp draws cumulated hours by month in h rows: done as bars, expected as
// dots, planned as dashes, so that it reads without colour. A legend beside it
// carries the numbers. Months to come have no bar.
func burnUp(t *theme, points []insertion.BurnPoint, today insertion.Month, awaited insertion.Awaited, w, h int) []string {
	if len(points) == 0 || h < 2 {
		return nil
	}
	last := points[len(points)-1]
	top := max(last.Expected, last.Planned, last.Done, insertion.WholeHours(1))
	axis := len([]rune(top.Whole())) + 4
	points, cw := squeeze(points, max(1, w-axis-1))
	lines := make([]string, 0, h+3)
	for row := h - 1; row >= 0; row-- {
		label := ""
		if row == h-1 {
			label = top.Whole() + " h"
		} else if row == 0 {
			label = "0 h"
		}
		lines = append(lines, padLeft(label, axis-1)+" ┤"+burnRow(t, points, today, top, row, h, cw))
	}
	lines = append(lines, strings.Repeat(" ", axis)+"└"+strings.Repeat("─", len(points)*cw))
	from, to := points[0].Month.French(), points[len(points)-1].Month.French()
	lines = append(lines, strings.Repeat(" ", axis+1)+spread(from, to, max(len(from), len(points)*cw)))
	return append(lines, legend(t, points, today, awaited, last, w)...)
}

// squeeze chooses the width of a month, or the months kept when there are more
// than cells.
func squeeze(points []insertion.BurnPoint, cells int) ([]insertion.BurnPoint, int) {
	if n := len(points); n <= cells {
		return points, min(4, cells/n)
	}
	step := (len(points) + cells - 1) / cells
	var kept []insertion.BurnPoint
	for i := len(points) - 1; i >= 0; i -= step {
		kept = append([]insertion.BurnPoint{points[i]}, kept...)
	}
	return kept, 1
}

// burnRow draws one row, a style change only where the kind of mark changes.
func burnRow(t *theme, points []insertion.BurnPoint, today insertion.Month, top insertion.Hours, row, h, cw int) string {
	var b strings.Builder
	run, which := "", plain
	put := func(s string, as tone) {
		if as != which {
			b.WriteString(t.paint(which, run))
			run, which = "", as
		}
		run += s
	}
	for _, p := range points {
		bar := " "
		if p.Month <= today {
			bar = block(p.Done, top, row, h)
		}
		sign, as := " ", plain
		switch {
		case rowOf(p.Planned, top, h) == row && p.Planned > 0:
			sign, as = "─", accent
		case rowOf(p.Expected, top, h) == row:
			sign, as = "·", plain
		}
		if bar == " " {
			put(strings.Repeat(sign, cw), as)
			continue
		}
		put(strings.Repeat(bar, max(1, cw-1)), good)
		if cw > 1 {
			put(sign, as)
		}
	}
	b.WriteString(t.paint(which, run))
	return strings.TrimRight(b.String(), " ")
}

// rowOf is the row a value falls in.
func rowOf(v, top insertion.Hours, h int) int {
	return min(h-1, int(int64(v)*int64(h)/int64(top)))
}

// block is the part of a bar of that height seen in a row, in eighths.
func block(v, top insertion.Hours, row, h int) string {
	eighths := int(int64(v)*int64(h)*8/int64(top)) - row*8
	if eighths <= 0 {
		return " "
	}
	return string([]rune("▁▂▃▄▅▆▇█")[min(8, eighths)-1])
}

// legend gives the numbers: at the end of the window, and for today. The hours
// awaited are those the pace is counted on, not those of the month underway.
func legend(t *theme, points []insertion.BurnPoint, today insertion.Month, awaited insertion.Awaited, last insertion.BurnPoint, w int) []string {
	now := points[0]
	for _, p := range points {
		if p.Month <= today {
			now = p
		}
	}
	parts := []string{
		t.paint(good, "█") + " faites " + now.Done.String(),
		"· " + awaited.Words() + " (fin : " + last.Expected.String() + ")",
		t.paint(accent, "─") + " prévues " + now.Planned.String() + " (fin : " + last.Planned.String() + ")",
	}
	var lines []string
	for _, l := range wrap(now.Month.French()+" :  "+strings.Join(parts, "  "), w-2) {
		lines = append(lines, "  "+l)
	}
	return lines
}
