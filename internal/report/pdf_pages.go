package report

import "fmt"

// piece is what stays on one page: a line of a paragraph, a row of a table.
type piece struct {
	height float64
	gap    float64           // above it, dropped at the top of a page
	bound  bool              // the next piece stays on its page
	turn   bool              // it only starts a page
	again  []piece           // drawn above it when it begins a page: the heading of its table
	mark   string            // it is a heading: its entry in the outline
	level  int               // of the entry, from 0
	draw   func(top float64) // draws it from this height down
}

// placed is a piece and the height it is drawn at.
type placed struct {
	piece
	at float64
}

func (s *sheets) add(p ...piece) { s.pieces = append(s.pieces, p...) }

// share puts the pieces on pages, those bound together on the same one unless
// they would not fit on any.
func (s *sheets) share() [][]placed {
	const bottom = pageHeight - marginFoot
	pages := [][]placed{nil}
	y := s.top
	turn := func() {
		pages = append(pages, nil)
		y = s.top
	}
	put := func(p piece) {
		last := len(pages) - 1
		if len(pages[last]) > 0 {
			y += p.gap
		}
		pages[last] = append(pages[last], placed{p, y})
		y += p.height
	}
	for i := 0; i < len(s.pieces); {
		if s.pieces[i].turn {
			if len(pages[len(pages)-1]) > 0 {
				turn()
			}
			i++
			continue
		}
		end, tall := i+1, s.pieces[i].height
		for end < len(s.pieces) && s.pieces[end-1].bound && !s.pieces[end].turn {
			tall += s.pieces[end].gap + s.pieces[end].height
			end++
		}
		if tall > bottom-s.top { // no page holds them all
			end, tall = i+1, s.pieces[i].height
		}
		begun := len(pages[len(pages)-1]) > 0
		if begun && y+s.pieces[i].gap+tall > bottom {
			turn()
			for _, p := range s.pieces[i].again {
				put(p)
			}
		}
		for ; i < end; i++ {
			put(s.pieces[i])
		}
	}
	if last := len(pages) - 1; last > 0 && len(pages[last]) == 0 {
		pages = pages[:last]
	}
	return pages
}

// print draws the pages.
func (s *sheets) print(p Paper) {
	pages := s.share()
	for n, page := range pages {
		s.pdf.AddPage()
		if p.Mark != "" {
			s.ink(warnInk)
			s.write(marginSide, marginTop, p.Mark, "B", noteSize+0.5)
		}
		for _, one := range page {
			if one.mark != "" {
				s.pdf.Bookmark(one.mark, one.level, one.at)
			}
			if one.draw != nil {
				one.draw(one.at)
			}
		}
		s.foot(p.Foot, fmt.Sprintf("page\u00a0%d sur\u00a0%d", n+1, len(pages)))
	}
}

// foot draws the text of the foot of a page and its number.
func (s *sheets) foot(text, number string) {
	top := pageHeight - marginFoot + 6
	s.pen(faintInk)
	s.pdf.Line(marginSide, top, pageWidth-marginSide, top)
	s.ink(greyInk)
	wide := s.width(number, "", noteSize)
	s.write(pageWidth-marginSide-wide, top+1.5, number, "", noteSize)
	lines := s.wrap([]Run{{Text: text}}, noteSize, bodyWidth-wide-8)
	for i, l := range lines[:min(len(lines), 2)] {
		s.spans(marginSide, top+1.5+float64(i)*leading(noteSize), l, noteSize)
	}
}
