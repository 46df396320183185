package report

import (
	"fmt"
	"slices"
)

// lines are the pieces of a paragraph: its first two lines stay together, and its
// last two.
func (s *sheets) lines(text [][]span, size, indent, gap float64) []piece {
	out := make([]piece, len(text))
	for i, l := range text {
		out[i] = piece{height: leading(size), bound: i == 0 && len(text) > 1 || i == len(text)-2, draw: func(y float64) {
			s.ink(blackInk)
			s.spans(marginSide+indent, y, l, size)
		}}
	}
	if len(out) > 0 {
		out[0].gap = gap
	}
	return out
}

// heading stays with what it announces.
func (s *sheets) heading(h Heading) {
	level := min(max(h.Level, 1), 3)
	size := []float64{13, 11.5, bodySize}[level-1]
	run := Run{Text: h.Text, Bold: true, Italic: level == 3}
	for i, l := range s.wrap([]Run{run}, size, bodyWidth) {
		p := piece{height: leading(size) + 0.6, bound: true, draw: func(y float64) {
			s.ink(blueInk)
			s.spans(marginSide, y, l, size)
		}}
		if i == 0 {
			p.gap, p.mark, p.level = []float64{6, 4.5, 3.5}[level-1], h.Text, level-1
		}
		s.add(p)
	}
}

func (s *sheets) bullets(b Bullets) {
	const indent = 6
	for i, item := range b.Items {
		mark := "•"
		if b.Numbered {
			mark = fmt.Sprintf("%d.", i+1)
		}
		lines := s.lines(s.wrap(item, bodySize, bodyWidth-indent), bodySize, indent, 1.1)
		if len(lines) == 0 {
			continue
		}
		if i == 0 {
			lines[0].gap = 2
			lines[len(lines)-1].bound = len(b.Items) > 1
		}
		draw := lines[0].draw
		lines[0].draw = func(y float64) {
			s.ink(blackInk)
			s.write(marginSide+1, y, mark, "", bodySize)
			draw(y)
		}
		s.add(lines...)
	}
}

// bars draws a chart: each name, its bar, and the number beside it, all on one page.
// A long one goes on over the page, its title again.
func (s *sheets) bars(b Bars) {
	const size, bar = 9.0, 3.4
	var chart []piece // its title, then its bars
	if b.Title != "" {
		for i, l := range s.wrap([]Run{{Text: b.Title, Bold: true}}, bodySize, bodyWidth) {
			p := piece{height: leading(bodySize) + 0.5, bound: true, draw: func(y float64) {
				s.ink(blackInk)
				s.spans(marginSide, y, l, bodySize)
			}}
			if i == 0 {
				p.gap = 4
			}
			chart = append(chart, p)
		}
	}
	title := chart
	names, numbers := 0.0, 0.0
	for i, name := range b.Names {
		names = max(names, s.width(name, "", size))
		numbers = max(numbers, s.width(at(b.Shown, i), "", size))
	}
	names, numbers = min(names, bodyWidth*0.38), min(numbers, bodyWidth*0.3)
	room := bodyWidth - names - numbers - 6
	most := max(1, slices.Max(append([]int64{1}, b.Value...)))
	for i, name := range b.Names {
		lines := s.clamp([]Run{{Text: name}}, size, names+0.2, 3)
		shown := s.clamp([]Run{{Text: at(b.Shown, i)}}, size, numbers+0.2, 3)
		tall := max(len(lines), len(shown))
		value := int64(-1)
		if i < len(b.Value) {
			value = b.Value[i]
		}
		long := room * float64(max(0, value)) / float64(most)
		chart = append(chart, piece{height: max(bar+1.8, float64(tall)*leading(size)+0.8), again: title, bound: i < 2 || i == len(b.Names)-2 || i == len(b.Names)-3, draw: func(y float64) {
			s.ink(blackInk)
			for j, l := range lines {
				s.spans(marginSide, y+float64(j)*leading(size), l, size)
			}
			x := marginSide + names + 3
			if value > 0 {
				s.pdf.SetFillColor(blueInk().r, blueInk().g, blueInk().b)
				s.pdf.Rect(x, y+0.3, max(long, 0.3), bar, "F")
			}
			for j, l := range shown {
				s.spans(x+long+1.5, y+float64(j)*leading(size), l, size)
			}
		}})
	}
	s.add(together(chart, wholeTall)...)
}

// wholeTall is how tall a table or a chart may be, in millimetres, to be moved to the
// next page rather than cut: two fifths of one, that no page be left half blank.
const wholeTall = pageHeight * 2 / 5

// together binds pieces that make one thing, when they are less tall than most.
func together(p []piece, most float64) []piece {
	tall := 0.0
	for _, one := range p {
		tall += one.gap + one.height
	}
	for i := range p[:max(0, len(p)-1)] {
		if tall < most {
			p[i].bound = true
		}
	}
	return p
}

// The millimetres that what ends a paper takes with it on its last page: nobody signs,
// and nobody turns, a page that says nothing.
const (
	signedPage = 24.0
	lastPage   = 12.0
)

// keepLast binds what was just laid out to what comes, some way up.
func (s *sheets) keepLast(enough float64) {
	for i, tall := len(s.pieces)-1, 0.0; i >= 0 && tall < enough && !s.pieces[i].turn; i-- {
		s.pieces[i].bound = true
		tall += s.pieces[i].height + s.pieces[i].gap
	}
}

// signatures are frames side by side, two or three on a row, all on one page.
func (s *sheets) signatures(b Signatures) {
	const frame, space = 26.0, 5.0
	if len(b.Who) > 0 {
		s.keepLast(signedPage)
	}
	columns := min(max(len(b.Who), 1), 3)
	if len(b.Who) == 4 {
		columns = 2
	}
	wide := min(90, (bodyWidth-space*float64(columns-1))/float64(columns))
	for from := 0; from < len(b.Who); from += columns {
		row := b.Who[from:min(from+columns, len(b.Who))]
		var names [][][]span
		tall := 0
		for _, who := range row {
			lines := s.clamp([]Run{{Text: who, Bold: true}}, 9, wide-3, 6)
			names, tall = append(names, lines), max(tall, len(lines))
		}
		s.add(piece{height: frame + float64(tall)*leading(9), gap: 5, bound: from+columns < len(b.Who), draw: func(y float64) {
			for i, lines := range names {
				x := marginSide + float64(i)*(wide+space)
				s.pen(faintInk)
				s.pdf.Rect(x, y, wide, frame+float64(tall)*leading(9), "D")
				s.ink(blackInk)
				for j, l := range lines {
					s.spans(x+1.5, y+1.2+float64(j)*leading(9), l, 9)
				}
				s.ink(greyInk)
				s.write(x+1.5, y+1.8+float64(tall)*leading(9), "Date et signature", "", 8)
			}
		}})
	}
}

// at is the text at an index, "" beyond the end.
func at(list []string, i int) string {
	if i < 0 || i >= len(list) {
		return ""
	}
	return list[i]
}
