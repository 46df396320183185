package tui

import (
	"slices"
	"strconv"
	"strings"
)

// draw writes the value of a field in at most w cells a line.
func (in *input) draw(t *theme, on bool, w int) []string {
	if in.area != nil {
		return in.drawArea(t, on, w)
	}
	if in.isText() {
		v := in.text.Value()
		if on {
			in.text.SetWidth(max(4, w-1))
			v = in.text.View()
		}
		if in.text.Value() == "" && in.hint != "" {
			// In parentheses: without colour a hint must not pass for a value.
			return []string{" " + t.paint(faint, cut("("+in.hint+")", w-1))}
		}
		return []string{cut(v, w)}
	}
	if in.compact {
		return in.drawCompact(t, on, w)
	}
	rows := in.rows(w)
	if in.many && !on && len(rows) > manyShown {
		return in.drawChosen(t, w)
	}
	var lines []string
	for _, row := range rows {
		line := ""
		for _, i := range row {
			piece := cut(in.options[i].boxed(in.many), w)
			if on && i == in.at {
				piece = t.paint(selected, piece)
			} else if in.options[i].on {
				piece = t.paint(strong, piece)
			}
			line += piece + "  "
		}
		lines = append(lines, line)
	}
	if on && in.options[in.at].more != "" {
		for _, l := range wrap(in.options[in.at].more, w) {
			lines = append(lines, t.paint(faint, l))
		}
	}
	return lines
}

// boxed is an option with its box: « [x] » in a set, « (•) » in a choice.
func (o option) boxed(many bool) string {
	switch {
	case many && o.on:
		return "[x] " + o.label
	case many:
		return "[ ] " + o.label
	case o.on:
		return "(•) " + o.label
	}
	return "( ) " + o.label
}

// rows shares the options among lines of w cells.
func (in *input) rows(w int) [][]int {
	rows, width := [][]int{nil}, 0
	for i, o := range in.options {
		n := span(o.boxed(in.many))
		if width > 0 && width+n+2 > w {
			rows, width = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], i)
		width += n + 2
	}
	return rows
}

// cursorRow is the line of the field the cursor is on.
func (in *input) cursorRow(w int) int {
	if in.area != nil {
		_, y := in.areaCursor()
		return y
	}
	if in.isText() || in.compact {
		return 0
	}
	for y, row := range in.rows(w) {
		if slices.Contains(row, in.at) {
			return y
		}
	}
	return 0
}

// manyShown is how many lines of options a set takes when it is not being
// edited; of a longer one only those chosen are named.
const manyShown = 4

// drawChosen names the options of a set that are on.
func (in *input) drawChosen(t *theme, w int) []string {
	var names []string
	for _, o := range in.options {
		if o.on {
			names = append(names, o.label)
		}
	}
	if len(names) == 0 {
		return []string{" " + t.paint(faint, cut("(aucun, sur "+strconv.Itoa(len(in.options))+" possibles)", w-1))}
	}
	return wrap(strings.Join(names, " ; "), w)
}

// drawCompact writes « ‹ Peinture et finitions › 9/31 ».
func (in *input) drawCompact(t *theme, on bool, w int) []string {
	o := in.options[in.at]
	tail := " " + strconv.Itoa(in.at+1) + "/" + strconv.Itoa(len(in.options))
	text := "‹ " + cut(o.label, max(0, w-4-len(tail))) + " ›"
	if on {
		text = t.paint(selected, text)
	}
	return []string{text + t.paint(faint, tail)}
}
