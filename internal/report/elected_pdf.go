package report

import (
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// The columns of the page of the elected members, in millimetres.
const (
	electedSide = 14.0
	electedWide = pageWidth - 2*electedSide
	electedTop  = 11.0
	electedEnd  = pageHeight - 14.5
	wordsWide   = 56.0 // the proposal
	figureLeft  = electedSide + wordsWide + 4
	figureWide  = 72.0 // its figure
	stepLeft    = figureLeft + figureWide + 4
	stepWide    = electedSide + electedWide - stepLeft // what comes next
)

// WriteElectedPDF writes the page as one A4 sheet: texts too long for it are set a
// little smaller, never under seven points, then cut with an ellipsis.
func WriteElectedPDF(w io.Writer, e Elected) error {
	s := &sheets{pdf: fpdf.New("P", "mm", "A4", "")}
	set := newTypographer().set
	p := typeset(Paper{Head: shortHead(e.Head), Title: electedTitle, About: electedAbout, On: e.On, Foot: electedFoot})
	s.describe(p)
	s.fonts()
	s.pdf.AddPage()
	top, err := s.electedHead(p, e, set)
	if err != nil {
		return err
	}
	rows := s.electedRows(e, set, electedEnd-top)
	tall := 0.0
	for _, r := range rows {
		tall += r.tall
	}
	spare := 0.0
	if n := len(rows); n > 0 {
		spare = max(0, min((electedEnd-top-tall)/float64(n), 4))
	}
	for _, r := range rows {
		s.pen(faintInk)
		s.pdf.Line(electedSide, top, electedSide+electedWide, top)
		s.electedRow(r, top+spare/2)
		top += r.tall + spare
	}
	s.electedFoot(p.Foot)
	if err := s.pdf.Error(); err != nil {
		return fmt.Errorf("mise en page de la page des élus : %w", err)
	}
	return s.pdf.Output(w)
}

// shortHead keeps of a letterhead the name and the service: the proposals need the room.
func shortHead(h Head) Head {
	h.Lines = h.Lines[:min(len(h.Lines), 1)]
	return h
}

// electedHead draws what stands above the proposals and tells where it ends.
func (s *sheets) electedHead(p Paper, e Elected, set func(string) string) (float64, error) {
	y := electedTop
	tall, err := s.electedSender(p.Head, y)
	if err != nil {
		return 0, err
	}
	date := "Le " + Day(p.On)
	s.ink(greyInk)
	s.write(electedSide+electedWide-s.width(set(date), "", 9), y, set(date), "", 9)
	y += max(tall, leading(9)) + 2
	s.ink(blueInk)
	s.write(electedSide, y, p.Title, "B", 15)
	y += leading(15)
	s.ink(greyInk)
	s.write(electedSide, y, p.About, "", 8.5)
	if e.Within != "" {
		y += leading(8.5)
		s.write(electedSide, y, s.oneLine(set(e.within()), "", 8.5, electedWide), "", 8.5)
	}
	y = s.electedBand(e, set, y+leading(8.5)+1.2)
	s.ink(greyInk)
	s.write(electedSide, y, "La proposition", "B", 7)
	s.write(figureLeft, y, "Où elle en est", "B", 7)
	s.write(stepLeft, y, "Ce qui vient ensuite", "B", 7)
	return y + leading(7), nil
}

// electedSender draws who writes on the left, the name whole: on two lines, then
// smaller, then on three.
func (s *sheets) electedSender(h Head, y float64) (float64, error) {
	const imageTall, imageWide, wide, size = 15.0, 38.0, 130.0, 8.5
	left, tall := electedSide, 0.0
	if len(h.Image) > 0 {
		png, px, err := flattened(h.Image)
		if err != nil {
			return 0, err
		}
		w, t := imageWide, imageWide*float64(px.Y)/float64(px.X)
		if t > imageTall {
			w, t = imageTall*float64(px.X)/float64(px.Y), imageTall
		}
		s.pdf.RegisterImageOptionsReader("head", fpdf.ImageOptions{ImageType: "png"}, strings.NewReader(string(png)))
		s.pdf.ImageOptions("head", electedSide, y, w, t, false, fpdf.ImageOptions{ImageType: "png"}, 0, "")
		left, tall = electedSide+w+4, t
	}
	at := y
	line := func(text, style string, size float64, c func() ink) {
		if text == "" {
			return
		}
		s.ink(c)
		s.write(left, at, s.oneLine(text, style, size, electedSide+wide-left), style, size)
		at += leading(size)
	}
	name, nameSize := s.senderName(h.Name, electedSide+wide-left)
	s.ink(blueInk)
	at = s.stack(name, left, at, nameSize)
	for _, text := range h.Lines {
		line(text, "", size, greyInk)
	}
	return max(tall, at-y), nil
}

// senderName wraps the name of who writes, as large as it fits.
func (s *sheets) senderName(name string, wide float64) (lines [][]span, size float64) {
	if name == "" {
		return nil, 0
	}
	for _, size = range []float64{10.5, 9.5, 8.5, 7.5} {
		if lines = s.wrap([]Run{{Text: name, Bold: true}}, size, wide); len(lines) <= 2 {
			return lines, size
		}
	}
	return s.clamp([]Run{{Text: name, Bold: true}}, size, wide, 3), size
}

// electedBand is a tinted band: how many proposals stand where, and the next council.
func (s *sheets) electedBand(e Elected, set func(string) string, y float64) float64 {
	const size = 9.0
	council := s.clamp([]Run{{Text: set(e.council())}}, size, electedWide-8, 2)
	tall := 2 + float64(1+len(council))*leading(size)
	s.pdf.SetFillColor(233, 239, 246)
	s.pdf.Rect(electedSide, y, electedWide, tall, "F")
	s.pdf.SetFillColor(blueInk().r, blueInk().g, blueInk().b)
	s.pdf.Rect(electedSide, y, 1.2, tall, "F")
	s.ink(blueInk)
	s.write(electedSide+4, y+0.9, set(fmt.Sprintf("%d propositions : ", len(e.Standings))+strings.Join(e.tally(), " · ")), "B", size)
	s.ink(blackInk)
	for i, l := range council {
		s.spans(electedSide+4, y+1+float64(1+i)*leading(size), l, size)
	}
	return y + tall + 1.5
}

// electedRow draws a proposal: its words, its figure against its target, what is
// next.
func (s *sheets) electedRow(r electedRow, top float64) {
	y := top + 0.7
	s.ink(blueInk)
	y = s.stack(r.title, electedSide, y, 9.5*r.scale)
	s.ink(greyInk)
	s.stack(r.words, electedSide, y, smallSize*r.scale)
	s.electedFigure(r, top+0.7)
	y = top + 0.7
	s.ink(blackInk)
	if r.standing.Next == "" {
		s.ink(greyInk)
	}
	y = s.stack(r.step, stepLeft, y, 8.5*r.scale)
	s.ink(greyInk)
	s.stack(r.late, stepLeft, y, smallSize*r.scale)
}

// electedFoot draws what every page of ours ends with.
func (s *sheets) electedFoot(text string) {
	y := pageHeight - 13
	s.pen(faintInk)
	s.pdf.Line(electedSide, y, electedSide+electedWide, y)
	s.ink(greyInk)
	s.stack(s.clamp([]Run{{Text: text}}, 7, electedWide, 2), electedSide, y+1.2, 7)
}
