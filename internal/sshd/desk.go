package sshd

import (
	"bytes"
	"slices"

	uv "github.com/charmbracelet/ultraviolet"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// desk is what a painter works on for the time of one image; the sessions pass
// it on to one another.
type desk struct {
	profile colorprofile.Profile
	was, is strip
	out     bytes.Buffer
	pen     uv.Style // on the terminal
}

// strip is one line of cells.
type strip struct {
	uv.Line
	method ansi.Method
}

// Bounds are one line.
func (s strip) Bounds() uv.Rectangle { return uv.Rect(0, 0, len(s.Line), 1) }

// CellAt is a cell of the line.
func (s strip) CellAt(x, _ int) *uv.Cell { return s.At(x) }

// SetCell writes one.
func (s strip) SetCell(x, _ int, c *uv.Cell) { s.Set(x, c) }

// WidthMethod is how the terminal measures text.
func (s strip) WidthMethod() uv.WidthMethod { return s.method }

func (d *desk) begin(profile colorprofile.Profile, f frame) {
	method := ansi.WcWidth
	if f.clusters {
		method = ansi.GraphemeWidth
	}
	d.profile, d.pen = profile, uv.Style{}
	for _, s := range []*strip{&d.was, &d.is} {
		s.method = method
		s.Line = slices.Grow(s.Line[:0], f.width)[:f.width]
	}
	d.out.Reset()
}

func (s strip) read(text string) (simple bool) {
	for x := range s.Line {
		s.Line[x] = uv.EmptyCell
	}
	uv.NewStyledString(text).Draw(s, s.Bounds())
	return !slices.ContainsFunc(s.Line, func(c uv.Cell) bool { return c.Width != 1 })
}

// skips is how many cells that did not change are written again rather than
// jumped over.
const skips = 5

// line writes what differs between a line shown and the one to show. One with
// letters of two cells is written whole: half of one cannot be.
func (d *desk) line(y int, was, is string) {
	simple := d.was.read(was)
	if !d.is.read(is) || !simple {
		d.to(0, y)
		d.tone(&uv.Style{})
		d.out.WriteString(ansi.EraseLineRight)
		d.cells(0, d.ends(d.is))
		d.tone(&uv.Style{})
		return
	}
	end := d.ends(d.is)
	for x := 0; x < end; {
		if d.same(x) {
			x++
			continue
		}
		from, to := x, x+1 // to is after the last that differs
		for x = to; x < end && x-to < skips; x++ {
			if !d.same(x) {
				to = x + 1
			}
		}
		d.to(from, y)
		d.cells(from, to)
		x = to
	}
	d.tone(&uv.Style{})
	if d.ends(d.was) > end {
		d.to(end, y)
		d.out.WriteString(ansi.EraseLineRight)
	}
}

func (d *desk) same(x int) bool { return d.was.Line[x].Equal(&d.is.Line[x]) }

// ends is where the blanks that end a line begin.
func (d *desk) ends(s strip) int {
	end := len(s.Line)
	for end > 0 && s.Line[end-1].Equal(&uv.EmptyCell) {
		end--
	}
	return end
}

func (d *desk) to(x, y int) { d.out.WriteString(ansi.CursorPosition(x+1, y+1)) }

// cells writes some of the new line at the cursor.
func (d *desk) cells(from, to int) {
	for x := from; x < to; x++ {
		c := &d.is.Line[x]
		if c.Width == 0 {
			continue // the rest of a letter of two cells
		}
		d.tone(&c.Style)
		d.out.WriteString(c.Content)
	}
}

// tone changes the pen; what the terminal cannot show is left out.
func (d *desk) tone(s *uv.Style) {
	if *s == d.pen {
		return
	}
	now := uv.ConvertStyle(*s, d.profile)
	was := uv.ConvertStyle(d.pen, d.profile)
	d.out.WriteString(uv.StyleDiff(&was, &now))
	d.pen = *s
}
