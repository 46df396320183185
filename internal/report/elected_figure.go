package report

import "passerelle/internal/mandate"

// electedFigure draws the figure, its verdict in a word, the bar towards the target,
// what it measures, and the years before.
func (s *sheets) electedFigure(r electedRow, y float64) {
	st := r.standing
	big, small := 10.5*r.scale, smallSize*r.scale
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
	y += snug(big) + barAbove
	s.progress(st, f, known, y)
	y += barTall
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
	s.pdf.RoundedRect(right-wide, y+0.3, wide, leading(size)+0.2, 1, "1234", "F")
	s.pdf.SetTextColor(255, 255, 255)
	s.write(right-wide+1.5, y+0.5, word, "B", size)
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
	const tall = 1.6
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
