package report

import (
	"slices"
	"strings"
)

// table is a grid being laid out.
type table struct {
	Grid
	s      *sheets
	size   float64
	widths []float64
}

const openRow = 8.0 // millimetres: room for a hand to write
const cellPad = 1.2 // millimetres on each side of a cell, and above and below it

// wholeRows is how many rows a table may have, its total too, to stay on one page.
const wholeRows = 13

// grid lays a table out. A short one stays whole; of a longer one the heading comes
// again on each page, the first two rows stay with it and the last two together.
func (s *sheets) grid(g Grid) {
	t := table{Grid: g, s: s, size: 9}
	columns := len(g.Head)
	for _, row := range g.Rows {
		columns = max(columns, len(row))
	}
	switch {
	case columns == 0:
		return
	case columns > 11:
		t.size = 6.5
	case columns > 7:
		t.size = 7.8
	}
	t.measure(columns)
	var head []piece
	if len(g.Head) > 0 {
		head = t.row(g.Head, "B", true)
		for i := range head {
			head[i].bound = true
		}
	}
	from := len(s.pieces)
	for i, p := range head {
		if i == 0 {
			p.gap = 2.5
		}
		s.add(p)
	}
	for i, row := range g.Rows {
		style := ""
		if g.Total && i == len(g.Rows)-1 {
			style = "B"
		}
		parts := t.row(row, style, false)
		for j := range parts {
			parts[j].again = head
		}
		parts[len(parts)-1].bound = i+1 < len(g.Rows) && (i == 0 || i == len(g.Rows)-2)
		if i == 0 && len(head) == 0 {
			parts[0].gap = 2.5
		}
		s.add(parts...)
	}
	if len(g.Rows) <= wholeRows {
		together(s.pieces[from:], wholeTall)
	}
	s.add(piece{height: 1.5})
}

// measure shares the width of the page between the columns: each what its longest
// text asks when all fit; otherwise each its longest word, and the rest in
// proportion to what they miss.
func (t *table) measure(columns int) {
	t.widths = make([]float64, columns)
	if len(t.Wide) == columns {
		sum := 0.0
		for _, w := range t.Wide {
			sum += w
		}
		for i, w := range t.Wide {
			t.widths[i] = bodyWidth * w / sum
		}
		return
	}
	whole, least := make([]float64, columns), make([]float64, columns)
	ask := func(row []string, style string) {
		for i, text := range row {
			whole[i] = max(whole[i], t.s.width(strings.ReplaceAll(text, "\n", " "), style, t.size)+2*cellPad+0.2)
			for _, w := range strings.Fields(text) {
				least[i] = max(least[i], min(t.s.width(w, style, t.size)+2*cellPad+0.2, bodyWidth*0.4))
			}
		}
	}
	ask(t.Head, "B")
	for i, row := range t.Rows {
		style := ""
		if t.Total && i == len(t.Rows)-1 {
			style = "B"
		}
		ask(row, style)
	}
	t.fit(whole, least)
}

func (t *table) fit(whole, least []float64) {
	sum := func(list []float64) (n float64) {
		for _, w := range list {
			n += w
		}
		return n
	}
	switch room, asked, needed := bodyWidth, sum(whole), sum(least); {
	case asked <= room: // numbers first take some air, the texts the rest
		numbers := 0
		for i := range whole {
			if slices.Contains(t.Right, i) {
				numbers++
			}
		}
		air := 0.0
		if numbers > 0 {
			air = min(12, (room-asked)/float64(len(whole)))
		}
		texts := len(whole) - numbers
		if texts == 0 {
			air = (room - asked) / float64(numbers)
		}
		for i, w := range whole {
			t.widths[i] = w + air
			if !slices.Contains(t.Right, i) {
				t.widths[i] = w + (room-asked-air*float64(numbers))/float64(texts)
			}
		}
	case needed <= room:
		for i := range whole {
			t.widths[i] = least[i] + (room-needed)*(whole[i]-least[i])/(asked-needed)
		}
	default:
		for i := range whole {
			t.widths[i] = room * least[i] / needed
		}
	}
}

// row is one row: a tall one is of several pieces, so that it goes on over the page.
func (t *table) row(cells []string, style string, heading bool) []piece {
	lines := make([][][]span, len(t.widths))
	tall := 1
	for i := range t.widths {
		lines[i] = t.s.wrap([]Run{{Text: at(cells, i), Bold: style == "B"}}, t.size, t.widths[i]-2*cellPad)
		tall = max(tall, len(lines[i]))
	}
	most := tall // lines of a piece
	if tall > 10 {
		most = 5
	}
	var out []piece
	for from := 0; from < tall; from += most {
		to := min(from+most, tall)
		height := float64(to-from) * leading(t.size)
		if from == 0 {
			height += 0.7 * cellPad
		}
		if to == tall {
			height += 0.9 * cellPad
		}
		if t.Open && !heading {
			height = max(height, openRow)
		}
		out = append(out, piece{height: height, draw: func(y float64) { t.draw(lines, from, to, y, height, heading, to == tall) }})
	}
	return out
}

func (t *table) draw(lines [][][]span, from, to int, y, height float64, heading, ends bool) {
	s := t.s
	if heading {
		s.pdf.SetFillColor(232, 238, 245)
		s.pdf.Rect(marginSide, y, bodyWidth, height, "F")
	}
	s.ink(blackInk)
	x := marginSide
	for i, cell := range lines {
		for j := from; j < min(to, len(cell)); j++ {
			left := x + cellPad
			if slices.Contains(t.Right, i) {
				wide := 0.0
				for _, p := range cell[j] {
					wide += s.width(p.text, p.style, t.size)
				}
				left = x + t.widths[i] - cellPad - wide
			}
			top := y + float64(j-from)*leading(t.size)
			if from == 0 {
				top += 0.7 * cellPad
			}
			s.spans(left, top, cell[j], t.size)
		}
		x += t.widths[i]
	}
	if ends {
		s.pen(faintInk)
		s.pdf.Line(marginSide, y+height, pageWidth-marginSide, y+height)
	}
}
