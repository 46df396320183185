package report

import (
	"fmt"
	"strings"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// slab is how many columns of figures a page takes beside the labels, at most.
const slab = 4

// BilanPaper lays a bilan out to be read on paper or in a terminal: what it is,
// then each table with its bars. Of a longer table the first rows are given, and
// said to be; most is how many, 0 for all.
func BilanPaper(r bilan.Report, most int) Paper {
	p := Paper{Title: r.Title, About: r.Scope, On: r.Query.On, Foot: bilanFoot(r)}
	if r.Empty {
		for _, note := range r.Notes {
			p.Blocks = append(p.Blocks, Say(note))
		}
		return p
	}
	if len(r.Figures) > 0 {
		p.Blocks = append(p.Blocks, Heading{2, glanceTitle}, glanceGrid(r.Figures))
	}
	for _, t := range r.Tables {
		p.Blocks = append(p.Blocks, Heading{2, t.Title})
		if t.Note != "" {
			p.Blocks = append(p.Blocks, Paragraph{[]Run{{Text: t.Note, Italic: true}}})
		}
		p.Blocks = append(p.Blocks, tableBlocks(t, most)...)
	}
	return withBilanNotes(p, r)
}

const glanceTitle = "L'année en quelques nombres"

func glanceGrid(figures []bilan.Figure) Grid {
	g := Grid{Head: []string{"Ce qui est compté", "Nombre", "Comment"}, Right: []int{1}, Wide: []float64{40, 20, 40}}
	for _, f := range figures {
		g.Rows = append(g.Rows, []string{f.Label, f.Cell.Figure(f.Unit), f.Note})
	}
	return g
}

// withBilanNotes ends with what the figures rest on.
func withBilanNotes(p Paper, r bilan.Report) Paper {
	p.Blocks = append(p.Blocks, Heading{2, "Ce que ces chiffres sont"})
	var items [][]Run
	for _, fact := range bilanFacts(r) {
		items = append(items, []Run{{Text: fact[0] + " : ", Bold: true}, {Text: fact[1]}})
	}
	items = append(items, []Run{{Text: "Signes : ", Bold: true}, {Text: bilan.Legend}})
	for _, note := range r.Notes {
		items = append(items, []Run{{Text: note}})
	}
	p.Blocks = append(p.Blocks, Bullets{Items: items})
	return p
}

func tableBlocks(t bilan.Table, most int) []Block {
	if len(t.Rows) == 0 {
		return []Block{Say("Aucune ligne.")}
	}
	kept := kept(t, most)
	figures := make([][]string, len(t.Columns))
	for j := range t.Columns {
		figures[j] = t.Figures(j)
	}
	var out []Block
	n := max(1, (len(t.Columns)+slab-1)/slab)
	for i := range n {
		out = append(out, slabOf(t, kept, figures, i*len(t.Columns)/n, (i+1)*len(t.Columns)/n))
	}
	if left := len(t.Rows) - len(kept); left > 0 {
		out = append(out, Say(fmt.Sprintf("Et %s : le tableur et le CSV les donnent toutes.", more(left))))
	}
	if bars, ok := barsOf(t); ok {
		out = append(out, bars)
	}
	return out
}

func more(n int) string {
	if n == 1 {
		return "une autre ligne"
	}
	return insertion.Thousands(int64(n)) + " autres lignes"
}

// kept are the rows a page gives: the first ones, and the last if it is a total.
func kept(t bilan.Table, most int) []int {
	var rows []int
	for i := range t.Rows {
		if most == 0 || i < most || i == len(t.Rows)-1 && t.Rows[i].Total {
			rows = append(rows, i)
		}
	}
	return rows
}

// slabOf is the grid of some columns, from one to another excluded.
func slabOf(t bilan.Table, rows []int, figures [][]string, from, to int) Grid {
	g := Grid{Head: []string{t.Head}, Total: t.Rows[rows[len(rows)-1]].Total, Wide: []float64{2.5}}
	for j := from; j < to; j++ {
		g.Wide = append(g.Wide, 1)
		g.Head = append(g.Head, t.Columns[j].Name())
		g.Right = append(g.Right, j-from+1)
	}
	for _, i := range rows {
		line := []string{strings.Repeat("\u00a0\u00a0", t.Rows[i].Level) + t.Rows[i].Label}
		for j := from; j < to; j++ {
			line = append(line, figures[j][i])
		}
		g.Rows = append(g.Rows, line)
	}
	return g
}

// barsOf are the bars of a table; of many rows, the greatest.
func barsOf(t bilan.Table) (Bars, bool) {
	rows := t.Drawn()
	if rows == nil {
		return Bars{}, false
	}
	b := Bars{Title: t.Columns[0].Name()}
	if n := len(rows); n > mostBars && t.Picture != bilan.LinePicture {
		rows = greatest(t, rows, mostBars)
		b.Title += fmt.Sprintf(" (les %d premiers sur %d)", mostBars, n)
	}
	for _, i := range rows[:min(len(rows), mostPoints)] {
		c := t.Rows[i].Cell(0)
		value := c.Value
		if c.State != bilan.Shown {
			value = -1
		}
		b.Names = append(b.Names, t.Rows[i].Label)
		b.Value = append(b.Value, value)
		b.Shown = append(b.Shown, c.Figure(t.Columns[0].Unit))
	}
	return b, true
}
