package tui

import "passerelle/internal/mandate"

// standingWidths are the columns of the list of the mandate, as wide as what they hold:
// where each proposal stands, its title, its figure against its target, which way it
// goes, when the next step is due and what it is. A column without room is 0.
// under is where the next step begins on the line of its own.
type standingWidths struct{ verdict, title, figure, way, due, next, under int }

// leastNext is the fewest cells worth beginning a next step in.
const leastNext = 20

// standingColumns shares w cells; below tells that the next step has a line of its own.
func standingColumns(all []mandate.Standing, w int, below bool) standingWidths {
	var c standingWidths
	for _, st := range all {
		sign, _ := standingMark(st.Verdict())
		c.verdict = max(c.verdict, span(sign+" "+string(st.Verdict()))+1)
		c.title = max(c.title, span(st.Title)+1)
		c.figure = max(c.figure, span(st.Against())+1)
		if st.Way() != "" {
			c.way = max(c.way, span(st.Way())+2)
		}
	}
	left := w - c.verdict - c.title - c.figure
	if left < 0 {
		c.title, left = max(0, c.title+left), 0
	}
	give := func(column *int, cells int) {
		if *column = cells; cells > left {
			*column = 0
		}
		left -= *column
	}
	c.under = c.verdict
	for _, st := range all { // under the titles, save when that would cut one
		c.under = max(2, min(c.under, w-span(st.Step())))
	}
	if below {
		give(&c.way, c.way)
		return c
	}
	way, next := c.way, 0
	for _, st := range all {
		next = max(next, span(st.Next)+2)
	}
	c.way = 0
	give(&c.due, 12)
	if left >= way+next || left < leastNext { // the way it goes is told below too
		give(&c.way, way)
	}
	if left >= leastNext {
		give(&c.next, left)
	}
	return c
}

// row is a proposal on a line.
func (c standingWidths) row(t *theme, st mandate.Standing, on bool) string {
	sign, which := standingMark(st.Verdict())
	line := pad(sign+" "+string(st.Verdict()), c.verdict)
	if !on {
		line = t.paint(which, line)
	}
	line += pad(st.Title, c.title) + padLeft(st.Against(), c.figure)
	if c.way > 0 {
		line += "  " + pad(st.Way(), c.way-2)
	}
	if c.due > 0 {
		due := pad("", c.due)
		if st.Due != "" {
			due = pad("  "+st.Due.French(), c.due)
		}
		if st.Late && !on {
			due = t.paint(bad, due)
		}
		line += due
	}
	if c.next > 0 {
		line += "  " + cut(st.Next, c.next-2)
	}
	return line
}

// step is the next step of a proposal on the line under it.
func (c standingWidths) step(t *theme, st mandate.Standing, on bool) string {
	text, which := st.Step(), plain
	switch {
	case text == "":
		text, which = "aucune étape n'est écrite", faint
	case st.Late:
		which = bad
	}
	if on {
		which = plain
	}
	return pad("", c.under) + t.paint(which, text)
}
