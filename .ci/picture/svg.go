package main

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// The size of a cell, in SVG units, and the colours of a plain dark terminal.
const (
	cellW, cellH = 8.4, 18.0
	paper        = "#16181d"
	ink          = "#d8dee9"
)

// svg draws the screen: a rectangle for each run of background, a text for
// each run of one style.
func (t *terminal) svg() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	w, h := cellW*width+20, cellH*height+20
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">`+"\n", w, h)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", paper)
	for y := range height {
		for x := 0; x < width; {
			x = t.run(&b, x, y)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// run draws the cells of one style from x on, and returns where the next begin.
func (t *terminal) run(b *strings.Builder, x, y int) int {
	style := t.style(x, y)
	var text strings.Builder
	end := x
	for end < width && t.style(end, y) == style {
		content, w := " ", 1
		if c := t.emu.CellAt(end, y); c != nil && c.Content != "" {
			content, w = c.Content, max(1, c.Width)
		}
		text.WriteString(content)
		end += w
	}
	px, py := 10+cellW*float64(x), 10+cellH*float64(y)
	if style.bg != "" {
		fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`+"\n", px, py, cellW*float64(end-x), cellH, style.bg)
	}
	if strings.TrimSpace(text.String()) != "" {
		weight := ""
		if style.bold {
			weight = ` font-weight="bold"`
		}
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" fill="%s"%s xml:space="preserve" textLength="%.1f">%s</text>`+"\n",
			px, py+13.5, style.fg, weight, cellW*float64(end-x), html.EscapeString(text.String()))
	}
	return end
}

type look struct {
	fg, bg string
	bold   bool
}

func (t *terminal) style(x, y int) look {
	l := look{fg: ink}
	c := t.emu.CellAt(x, y)
	if c == nil {
		return l
	}
	if c.Style.Fg != nil {
		l.fg = hex(c.Style.Fg)
	}
	if c.Style.Bg != nil {
		l.bg = hex(c.Style.Bg)
	}
	if c.Style.Attrs&uv.AttrReverse != 0 {
		l.fg, l.bg = paper, ink
	}
	l.bold = c.Style.Attrs&uv.AttrBold != 0
	return l
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
