package report

import "strings"

// word is a text in one style and size, as its width is remembered.
type word struct {
	text, style string
	size        float64
}

// span is a run of a line.
type span struct{ text, style string }

// ink and pen are grey levels and the two colours of a document, all readable on
// a black and white printer.
type ink struct{ r, g, b int }

func blackInk() ink { return ink{20, 20, 20} }
func greyInk() ink  { return ink{90, 90, 90} }
func faintInk() ink { return ink{185, 190, 198} }
func blueInk() ink  { return ink{31, 78, 121} }
func warnInk() ink  { return ink{150, 30, 30} }

func (s *sheets) ink(c func() ink) { s.pdf.SetTextColor(c().r, c().g, c().b) }
func (s *sheets) pen(c func() ink) {
	s.pdf.SetDrawColor(c().r, c().g, c().b)
	s.pdf.SetLineWidth(0.2)
}

// millimetres converts points; leading is the height of a line of letters.
func millimetres(points float64) float64 { return points * 25.4 / 72 }
func leading(size float64) float64       { return millimetres(size) * 1.32 }

// width measures a text in millimetres.
func (s *sheets) width(text, style string, size float64) float64 {
	key := word{text, style, size}
	if w, known := s.widths[key]; known {
		return w
	}
	s.pdf.SetFont(fontFamily, style, size)
	w := s.pdf.GetStringWidth(s.known.drawable(text))
	s.widths[key] = w
	return w
}

// write draws a text from its top left corner.
func (s *sheets) write(x, top float64, text, style string, size float64) {
	s.pdf.SetFont(fontFamily, style, size)
	s.pdf.Text(x, top+millimetres(size)*0.98, s.known.drawable(text))
}

func (s *sheets) spans(x, top float64, line []span, size float64) {
	for _, p := range line {
		s.write(x, top, p.text, p.style, size)
		x += s.width(p.text, p.style, size)
	}
}

// wrap cuts runs into lines no wider than a width. It cuts at spaces, then inside
// a word when one alone is too wide; a line feed begins a line.
func (s *sheets) wrap(runs []Run, size, width float64) [][]span {
	l := wrapper{s: s, size: size, width: width, lines: [][]span{nil}}
	for _, r := range runs {
		style := ""
		if r.Bold {
			style += "B"
		}
		if r.Italic {
			style += "I"
		}
		for i, part := range strings.Split(r.Text, "\n") {
			if i > 0 {
				l.turn()
			}
			for _, w := range pieces(part) {
				l.put(w, style)
			}
		}
	}
	l.flush()
	return l.lines
}

// wrapper fills lines. What no space separates, even in several styles, is held
// until it is whole, then put on one line.
type wrapper struct {
	s           *sheets
	size, width float64
	lines       [][]span
	used        float64
	held        []span
	heldWidth   float64
}

// put adds a word, or a space.
func (l *wrapper) put(text, style string) {
	if text == " " {
		l.flush()
		last := len(l.lines) - 1
		if len(l.lines[last]) > 0 {
			l.append(" ", style)
		}
		return
	}
	l.held = append(l.held, span{text, style})
	l.heldWidth += l.s.width(text, style, l.size)
}

// flush puts the word held on the line, or on a new one.
func (l *wrapper) flush() {
	if len(l.held) == 0 {
		return
	}
	held, wide := l.held, l.heldWidth
	l.held, l.heldWidth = nil, 0
	if l.used > 0 && l.used+wide > l.width {
		l.turn()
	}
	for _, p := range held {
		if wide <= l.width {
			l.append(p.text, p.style)
			continue
		}
		for _, r := range p.text { // wider than a line: cut anywhere
			w := l.s.width(string(r), p.style, l.size)
			if l.used > 0 && l.used+w > l.width {
				l.turn()
			}
			l.append(string(r), p.style)
		}
	}
}

func (l *wrapper) append(text, style string) {
	last := len(l.lines) - 1
	line := l.lines[last]
	l.used += l.s.width(text, style, l.size)
	if n := len(line); n > 0 && line[n-1].style == style {
		line[n-1].text += text
		return
	}
	l.lines[last] = append(line, span{text, style})
}

// turn ends the line, without the space it may end with.
func (l *wrapper) turn() {
	l.flush()
	last := len(l.lines) - 1
	if n := len(l.lines[last]); n > 0 {
		l.lines[last][n-1].text = strings.TrimRight(l.lines[last][n-1].text, " ")
	}
	l.lines = append(l.lines, nil)
	l.used = 0
}

// pieces cuts a text into words and spaces; a line may also be cut after a hyphen
// or a slash inside a long word.
func pieces(text string) []string {
	var out []string
	var w strings.Builder
	flush := func() {
		if w.Len() > 0 {
			out = append(out, w.String())
			w.Reset()
		}
	}
	for _, r := range text {
		if r == ' ' {
			flush()
			if n := len(out); n == 0 || out[n-1] != " " {
				out = append(out, " ")
			}
			continue
		}
		w.WriteRune(r)
	}
	flush()
	return out
}
