package report

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const (
	textGap  = 2  // cells between two columns
	mostWord = 24 // cells: no word as long is cut in a table
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
// the widest. No column is narrower than its longest word or its numbers; a word of
// several parts may go on after its hyphen when the whole ones leave no room. It is
// false when even so the table is wider than the line.
func textColumns(g Grid, columns, width int) ([]int, bool) {
	asked := make([]int, columns)
	least := [3][]int{make([]int, columns), make([]int, columns), make([]int, columns)} // from the best to what is still read
	for n, row := range append([][]string{g.Head}, g.Rows...) {
		for i, text := range row {
			for _, l := range strings.Split(text, "\n") {
				asked[i] = max(asked[i], ansi.StringWidth(l))
			}
			if n > 0 && slices.Contains(g.Right, i) {
				for j := range least {
					least[j][i] = max(least[j][i], ansi.StringWidth(text))
				}
				continue
			}
			for _, w := range strings.FieldsFunc(text, breaks) {
				least[0][i] = max(least[0][i], min(ansi.StringWidth(w), width/2))
				for _, part := range parts(w) {
					least[1][i] = max(least[1][i], min(ansi.StringWidth(part), width/2))
					least[2][i] = max(least[2][i], min(ansi.StringWidth(part), mostWord))
				}
			}
		}
	}
	for _, l := range least {
		if widths, fits := narrowed(asked, l, width-textGap*(columns-1)); fits {
			return widths, true
		}
	}
	return nil, false
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
				t.say(strings.TrimPrefix(at(g.Head, i)+"\u00a0: "+text, "\u00a0: "), "    ")
			}
		}
		t.space(1)
	}
}
