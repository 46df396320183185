package report

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const (
	textGap   = 2 // cells between two columns
	textLeast = 6 // a column of fewer cells cannot be read
)

// grid writes a table in aligned columns; one that has too many for a line is
// written row by row, each cell under its own heading.
func (t *plain) grid(g Grid) {
	columns := len(g.Head)
	for _, row := range g.Rows {
		columns = max(columns, len(row))
	}
	if columns == 0 {
		return
	}
	widths, fits := textColumns(g, columns, t.width)
	if !fits {
		t.records(g, columns)
		return
	}
	if len(g.Head) > 0 {
		t.row(g, g.Head, widths)
		t.ruled(widths)
	}
	for i, row := range g.Rows {
		if g.Total && i == len(g.Rows)-1 {
			t.ruled(widths)
		}
		t.row(g, row, widths)
	}
}

// textColumns shares the line between the columns: each what it asks, or less for
// the widest. A column keeps its longest word when all can; a number is never cut.
func textColumns(g Grid, columns, width int) ([]int, bool) {
	asked, words, numbers := make([]int, columns), make([]int, columns), make([]int, columns)
	for n, row := range append([][]string{g.Head}, g.Rows...) {
		for i, text := range row {
			for _, l := range strings.Split(text, "\n") {
				asked[i] = max(asked[i], ansi.StringWidth(l))
			}
			for _, w := range strings.Fields(text) {
				words[i] = max(words[i], min(ansi.StringWidth(w), width/2))
			}
			if n > 0 && slices.Contains(g.Right, i) {
				numbers[i] = max(numbers[i], ansi.StringWidth(text))
			}
		}
	}
	room := width - textGap*(columns-1)
	for i := range words {
		words[i] = max(words[i], numbers[i])
		numbers[i] = max(numbers[i], textLeast)
	}
	if widths, fits := narrowed(asked, words, room); fits {
		return widths, true
	}
	return narrowed(asked, numbers, room)
}

// narrowed takes from the widest column, never under its least, until all fit.
func narrowed(asked, least []int, room int) ([]int, bool) {
	widths := slices.Clone(asked)
	for {
		sum, widest := 0, -1
		for i, w := range widths {
			sum += w
			if w > least[i] && (widest < 0 || w > widths[widest]) {
				widest = i
			}
		}
		if sum <= room {
			return widths, true
		}
		if widest < 0 {
			return nil, false
		}
		widths[widest]--
	}
}

func (t *plain) row(g Grid, cells []string, widths []int) {
	lines := make([][]string, len(widths))
	tall := 1
	for i, w := range widths {
		lines[i] = fold(at(cells, i), max(w, 1))
		tall = max(tall, len(lines[i]))
	}
	for j := range tall {
		var b strings.Builder
		for i, w := range widths {
			if i > 0 {
				b.WriteString(strings.Repeat(" ", textGap))
			}
			if slices.Contains(g.Right, i) {
				b.WriteString(padLeft(at(lines[i], j), w))
			} else {
				b.WriteString(padTo(at(lines[i], j), w))
			}
		}
		t.lines = append(t.lines, strings.TrimRight(b.String(), " "))
	}
}

func (t *plain) ruled(widths []int) {
	parts := make([]string, len(widths))
	for i, w := range widths {
		parts[i] = strings.Repeat("─", w)
	}
	t.lines = append(t.lines, strings.Join(parts, strings.Repeat(" ", textGap)))
}

func (t *plain) records(g Grid, columns int) {
	for _, row := range g.Rows {
		for i := range columns {
			if text := at(row, i); text != "" {
				t.say(strings.TrimPrefix(at(g.Head, i)+" : "+text, " : "), "    ")
			}
		}
		t.space(1)
	}
}
