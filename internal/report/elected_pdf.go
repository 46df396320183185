package report

import (
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"passerelle/internal/mandate"
)

// The columns of the page of the elected members, in millimetres.
const (
	electedSide = 16.0
	electedWide = pageWidth - 2*electedSide
	electedTop  = 13.0
	electedEnd  = pageHeight - 17.0
	wordsWide   = 63.0 // the proposal
	figureLeft  = electedSide + wordsWide + 5
	figureWide  = 50.0 // its figure
	stepLeft    = figureLeft + figureWide + 6
	stepWide    = electedSide + electedWide - stepLeft // what comes next
)

// WriteElectedPDF writes the page as one A4 sheet: texts too long for it are set
// smaller, then cut with an ellipsis.
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

// shortHead keeps of a letterhead what leaves room for the proposals.
func shortHead(h Head) Head {
	h.Lines = h.Lines[:min(len(h.Lines), 3)]
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
	y += max(tall, leading(9)) + 4
	s.ink(blueInk)
	s.write(electedSide, y, p.Title, "B", 17)
	y += leading(17)
	s.ink(greyInk)
	s.write(electedSide, y, p.About, "", 8.5)
	y = s.electedBand(e, set, y+leading(8.5)+2.2)
	s.ink(greyInk)
	s.write(electedSide, y, "La proposition", "B", 7)
	s.write(figureLeft, y, "Où elle en est", "B", 7)
	s.write(stepLeft, y, "Ce qui vient ensuite", "B", 7)
	return y + leading(7) + 0.6, nil
}

// electedSender draws who writes on the left, never taller than four lines.
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
	line(h.Name, "B", 10.5, blueInk)
	for _, text := range h.Lines {
		line(text, "", size, greyInk)
	}
	return max(tall, at-y), nil
}

// electedBand is a tinted band: how many proposals stand where, and the next council.
func (s *sheets) electedBand(e Elected, set func(string) string, y float64) float64 {
	const size = 9.0
	council := s.clamp([]Run{{Text: set(e.council())}}, size, electedWide-8, 2)
	tall := 3 + float64(1+len(council))*leading(size) + 1
	s.pdf.SetFillColor(233, 239, 246)
	s.pdf.Rect(electedSide, y, electedWide, tall, "F")
	s.pdf.SetFillColor(blueInk().r, blueInk().g, blueInk().b)
	s.pdf.Rect(electedSide, y, 1.2, tall, "F")
	s.ink(blueInk)
	s.write(electedSide+4, y+1.8, set(fmt.Sprintf("%d propositions : ", len(e.Standings))+strings.Join(e.tally(), " · ")), "B", size)
	s.ink(blackInk)
	for i, l := range council {
		s.spans(electedSide+4, y+2.2+float64(1+i)*leading(size), l, size)
	}
	return y + tall + 2.5
}

// electedRow is a proposal measured.
type electedRow struct {
	standing   mandate.Standing
	scale      float64
	tall       float64
	title      [][]span
	words      [][]span
	measure    [][]span
	moved      [][]span
	step, late [][]span
}

// electedLines is the most lines the cells of a proposal take: the letter's words, what
// is measured, the trend, the next step.
type electedLines struct{ words, measure, moved, step int }

// electedRows measures the proposals as large as they fit in a height: smaller
// letters first, then fewer lines.
func (s *sheets) electedRows(e Elected, set func(string) string, room float64) []electedRow {
	var rows []electedRow
	for _, most := range []electedLines{{4, 2, 2, 4}, {3, 2, 1, 3}, {2, 2, 1, 2}, {2, 1, 1, 2}, {1, 1, 1, 1}} {
		for _, scale := range []float64{1, 0.97, 0.94, 0.91, 0.88, 0.85, 0.8, 0.75} {
			if scale < 0.85 && most.words > 1 { // too small to be read while lines can go
				continue
			}
			rows = rows[:0]
			tall := 0.0
			for i, st := range e.Standings {
				r := s.measured(st, i+1, set, scale, most)
				tall += r.tall
				rows = append(rows, r)
			}
			if tall <= room {
				return rows
			}
		}
	}
	return rows
}

func (s *sheets) measured(st mandate.Standing, n int, set func(string) string, scale float64, most electedLines) electedRow {
	r := electedRow{standing: st, scale: scale}
	r.title = s.clamp([]Run{{Text: set(fmt.Sprintf("%d. %s", n, st.Title)), Bold: true}}, 9.5*scale, wordsWide, min(most.words, 2))
	r.words = s.clamp([]Run{{Text: set(st.Quoted()), Italic: true}}, 7.5*scale, wordsWide, most.words)
	r.measure = s.clamp([]Run{{Text: set(st.Measure)}}, 7*scale, figureWide, most.measure)
	if st.State != mandate.Unproved {
		r.moved = s.clamp([]Run{{Text: set(st.Moved())}}, 7*scale, figureWide, most.moved)
	}
	step := "aucune étape n'est écrite"
	if st.Next != "" {
		step = st.Next
	}
	r.step = s.clamp([]Run{{Text: set(step), Italic: st.Next == ""}}, 8.5*scale, stepWide, most.step)
	var when []Run
	if st.Due != "" {
		text := "pour le " + Day(st.Due)
		if st.Late {
			text += ", date passée"
		}
		when = append(when, Run{Text: set(text), Bold: true})
	}
	if st.Who != "" {
		text := st.Who
		if len(when) > 0 {
			text = ", " + text
		}
		when = append(when, Run{Text: set(text)})
	}
	if len(when) > 0 {
		r.late = s.clamp(when, 7.5*scale, stepWide, min(most.step, 2))
	}
	left := high(r.title, 9.5*scale) + high(r.words, 7.5*scale)
	middle := leading(11*scale) + 0.3 + 2.9 + high(r.measure, 7*scale) + high(r.moved, 7*scale)
	right := high(r.step, 8.5*scale) + high(r.late, 7.5*scale)
	r.tall = max(left, middle, right) + 2
	return r
}

func high(lines [][]span, size float64) float64 { return float64(len(lines)) * leading(size) }

// longestShown is more characters than the widest cell of the page ever shows.
const longestShown = 600

// clamp wraps runs in at most a number of lines; what does not fit ends in « … ».
func (s *sheets) clamp(runs []Run, size, wide float64, most int) [][]span {
	for i, r := range runs {
		if text := []rune(r.Text); len(text) > longestShown { // no line shows more
			runs[i].Text = string(text[:longestShown])
		}
	}
	lines := s.wrap(runs, size, wide)
	if len(lines) <= most {
		return lines
	}
	last := lines[most-1]
	for _, l := range lines[most:] { // what a long word sent down fills the line
		last = append(append(last, span{text: " "}), l...)
	}
	var kept []span
	room := wide - s.width("…", "", size)
	for _, p := range last {
		r := []rune(p.text)
		for len(r) > 0 && s.width(string(r), p.style, size) > room {
			r = r[:len(r)-1]
		}
		room -= s.width(string(r), p.style, size)
		kept = append(kept, span{string(r), p.style})
		if len(r) < len([]rune(p.text)) {
			break
		}
	}
	end := &kept[len(kept)-1]
	end.text = strings.TrimRight(end.text, " ,;:") + "…"
	return append(lines[:most-1:most-1], kept)
}

// oneLine cuts a text to a width.
func (s *sheets) oneLine(text, style string, size, wide float64) string {
	if s.width(text, style, size) <= wide {
		return text
	}
	r := []rune(text)
	for len(r) > 0 && s.width(string(r)+"…", style, size) > wide {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}

// electedRow draws a proposal: its words, its figure against its target, what is
// next.
func (s *sheets) electedRow(r electedRow, top float64) {
	y := top + 1
	s.ink(blueInk)
	y = s.stack(r.title, electedSide, y, 9.5*r.scale)
	s.ink(greyInk)
	s.stack(r.words, electedSide, y, 7.5*r.scale)
	s.electedFigure(r, top+1)
	y = top + 1
	s.ink(blackInk)
	if r.standing.Next == "" {
		s.ink(greyInk)
	}
	y = s.stack(r.step, stepLeft, y, 8.5*r.scale)
	s.ink(greyInk)
	s.stack(r.late, stepLeft, y, 7.5*r.scale)
}

func (s *sheets) stack(lines [][]span, x, y, size float64) float64 {
	for _, l := range lines {
		s.spans(x, y, l, size)
		y += leading(size)
	}
	return y
}

// electedFigure draws the figure, its verdict in a word, the bar towards the target,
// what it measures, and the years before.
func (s *sheets) electedFigure(r electedRow, y float64) {
	st := r.standing
	big, small := 11*r.scale, 7*r.scale
	f := st.Now()
	known := f.Origin != mandate.Unknown
	value := "—"
	if known {
		value = st.Unit.Short(f.Value)
	}
	set := newTypographer().set
	value = set(value)
	s.ink(blackInk)
	s.write(figureLeft, y, value, "B", big)
	x := figureLeft + s.width(value, "B", big) + 1.8
	target := "sans cible"
	if st.Aimed {
		target = "cible " + st.Unit.Short(st.Target)
	}
	s.ink(greyInk)
	s.write(x, y+millimetres(big-small)*0.95, set(target), "", small)
	s.verdict(st.Verdict(), figureLeft+figureWide, y, small)
	y += leading(big) + 0.3
	s.progress(st, f, known, y)
	y += 2.9
	s.ink(greyInk)
	y = s.stack(r.measure, figureLeft, y, small)
	s.ink(blackInk)
	s.stack(r.moved, figureLeft, y, small)
}

// verdict draws the word of a verdict, right-aligned in its tint.
func (s *sheets) verdict(v mandate.Verdict, right, y, size float64) {
	word := string(v)
	wide := s.width(word, "B", size) + 3
	c := verdictInk(v)
	s.pdf.SetFillColor(c.r, c.g, c.b)
	s.pdf.RoundedRect(right-wide, y+0.3, wide, leading(size)+0.5, 1, "1234", "F")
	s.pdf.SetTextColor(255, 255, 255)
	s.write(right-wide+1.5, y+0.65, word, "B", size)
}

func verdictInk(v mandate.Verdict) ink {
	switch v {
	case mandate.SaysReached:
		return ink{36, 113, 77}
	case mandate.SaysUnderway, mandate.SaysRunning:
		return blueInk()
	case mandate.SaysFar:
		return ink{160, 82, 20}
	}
	return ink{120, 124, 130}
}

// progress draws the bar from nothing to the target, which a stroke marks, or to the
// figure when it is beyond.
func (s *sheets) progress(st mandate.Standing, f mandate.Figure, known bool, y float64) {
	const tall = 2.0
	s.pdf.SetFillColor(226, 230, 235)
	s.pdf.Rect(figureLeft, y, figureWide, tall, "F")
	most := float64(max(st.Target, f.Value, 1))
	if known && f.Value > 0 && st.Aimed {
		c := verdictInk(st.Verdict())
		s.pdf.SetFillColor(c.r, c.g, c.b)
		s.pdf.Rect(figureLeft, y, figureWide*float64(f.Value)/most, tall, "F")
	}
	if st.Target > 0 {
		s.pdf.SetFillColor(blackInk().r, blackInk().g, blackInk().b)
		at := figureLeft + figureWide*float64(st.Target)/most
		s.pdf.Rect(min(at, figureLeft+figureWide)-0.5, y-0.6, 0.5, tall+1.2, "F")
	}
}

// electedFoot draws what every page of ours ends with.
func (s *sheets) electedFoot(text string) {
	y := pageHeight - 12.5
	s.pen(faintInk)
	s.pdf.Line(electedSide, y, electedSide+electedWide, y)
	s.ink(greyInk)
	s.stack(s.clamp([]Run{{Text: text}}, 7, electedWide, 2), electedSide, y+1.2, 7)
}
