package report

import (
	"bytes"

	"codeberg.org/go-pdf/fpdf"
)

// letterhead lays out the top of the first page: who writes, to whom, when, what.
func (s *sheets) letterhead(p Paper) ([]piece, error) {
	out, err := s.sender(p.Head)
	if err != nil {
		return nil, err
	}
	const right = 112.0
	for i, line := range p.To {
		run := Run{Text: line, Bold: i == 0}
		for j, l := range s.wrap([]Run{run}, bodySize, pageWidth-marginSide-right) {
			one := piece{height: leading(bodySize), bound: true, draw: func(y float64) {
				s.ink(blackInk)
				s.spans(right, y, l, bodySize)
			}}
			if i+j == 0 {
				one.gap = 8
			}
			out = append(out, one)
		}
	}
	if p.On != "" {
		text := newTypographer().set("Le " + Day(p.On))
		gap := 8.0
		out = append(out, piece{height: leading(bodySize), gap: gap, bound: true, draw: func(y float64) {
			s.ink(blackInk)
			x := right
			if len(p.To) == 0 {
				x = pageWidth - marginSide - s.width(text, "", bodySize)
			}
			s.write(x, y, text, "", bodySize)
		}})
	}
	size := titleSize
	if len(p.To) > 0 { // a letter: its title is its object
		size = 12.5
	}
	for i, l := range s.wrap([]Run{{Text: p.Title, Bold: true}}, size, bodyWidth) {
		one := piece{height: leading(size), bound: true, draw: func(y float64) {
			s.ink(blueInk)
			s.spans(marginSide, y, l, size)
		}}
		if i == 0 {
			one.gap, one.mark = 7, p.Title
		}
		out = append(out, one)
	}
	if p.About != "" {
		for i, l := range s.wrap([]Run{{Text: p.About}}, bodySize, bodyWidth) {
			one := piece{height: leading(bodySize), bound: true, draw: func(y float64) {
				s.ink(greyInk)
				s.spans(marginSide, y, l, bodySize)
			}}
			if i == 0 {
				one.gap = 1
			}
			out = append(out, one)
		}
	}
	return append(out, piece{height: 2}), nil
}

// sender is the image and the lines of who writes, side by side, in one piece.
func (s *sheets) sender(h Head) ([]piece, error) {
	const imageTall, imageWide = 22.0, 48.0
	var wide, tall float64
	if len(h.Image) > 0 {
		png, size, err := flattened(h.Image)
		if err != nil {
			return nil, err
		}
		wide, tall = imageWide, imageWide*float64(size.Y)/float64(size.X)
		if tall > imageTall {
			wide, tall = imageTall*float64(size.X)/float64(size.Y), imageTall
		}
		s.pdf.RegisterImageOptionsReader("head", fpdf.ImageOptions{ImageType: "png"}, bytes.NewReader(png))
	}
	left := marginSide
	if wide > 0 {
		left += wide + 5
	}
	const size = 9.0
	name := s.wrap([]Run{{Text: h.Name, Bold: true}}, 12, pageWidth-marginSide-left)
	var lines [][]span
	for _, text := range h.Lines {
		lines = append(lines, s.wrap([]Run{{Text: text}}, size, pageWidth-marginSide-left)...)
	}
	if h.Name == "" {
		name = nil
	}
	height := max(tall, float64(len(name))*leading(12)+float64(len(lines))*leading(size))
	if height == 0 {
		return nil, nil
	}
	return []piece{{height: height, bound: true, draw: func(y float64) {
		if wide > 0 {
			s.pdf.ImageOptions("head", marginSide, y, wide, tall, false, fpdf.ImageOptions{ImageType: "png"}, 0, "")
		}
		s.ink(blueInk)
		for _, l := range name {
			s.spans(left, y, l, 12)
			y += leading(12)
		}
		s.ink(greyInk)
		for _, l := range lines {
			s.spans(left, y, l, size)
			y += leading(size)
		}
	}}}, nil
}
