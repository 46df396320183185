package tui

import (
	"math"
	"slices"
	"strings"
)

// canvas is a grid of cells, each with its tone.
type canvas struct {
	w, h  int
	cells [][]rune
	tones [][]tone
}

func newCanvas(w, h int) *canvas {
	c := &canvas{w: w, h: h}
	for range h {
		c.cells = append(c.cells, slices.Repeat([]rune{' '}, w))
		c.tones = append(c.tones, make([]tone, w))
	}
	return c
}

func (c *canvas) put(x, y int, text string, as tone) {
	for i, r := range []rune(text) {
		c.cells[y][x+i], c.tones[y][x+i] = r, as
	}
}

// free tells whether n cells and one on each side are empty.
func (c *canvas) free(x, y, n int) bool {
	if x < 0 || x+n > c.w {
		return false
	}
	for i := max(0, x); i < min(c.w, x+n+1); i++ {
		if c.cells[y][i] != ' ' {
			return false
		}
	}
	return true
}

// lines paints the canvas, a style change only where the tone changes.
func (c *canvas) lines(t *theme) []string {
	var out []string
	for y := range c.cells {
		var b strings.Builder
		from := 0
		for x := 1; x <= c.w; x++ {
			if x == c.w || c.tones[y][x] != c.tones[y][from] {
				b.WriteString(t.paint(c.tones[y][from], string(c.cells[y][from:x])))
				from = x
			}
		}
		out = append(out, b.String())
	}
	return out
}

// draw places each commune by its coordinates, a cell being twice as high as
// wide, then writes the names that fit: the chosen commune, then those with
// most structures, then the largest.
func (s *mapScreen) draw(w, h int) []string {
	if len(s.communes) == 0 || w < 4 || h < 2 {
		return nil
	}
	first := s.communes[0]
	south, north, west, east := first.Lat, first.Lat, first.Lon, first.Lon
	for _, c := range s.communes {
		south, north = min(south, c.Lat), max(north, c.Lat)
		west, east = min(west, c.Lon), max(east, c.Lon)
	}
	shrink := math.Cos((south + north) / 2 * math.Pi / 180) // a degree of longitude is shorter
	rows := float64(h-1) / max(1e-6, north-south)           // rows a degree
	if wide := float64(w-3) / (2 * max(1e-6, (east-west)*shrink)); wide < rows {
		rows = wide
	}
	margin := max(1, (w-int((east-west)*shrink*2*rows))/4)
	spot := func(c mapCommune) (x, y int) {
		x = margin + int((c.Lon-west)*shrink*2*rows+0.5)
		y = int((north-c.Lat)*rows + 0.5)
		return min(x, w-1), min(y, h-1)
	}
	grid := newCanvas(w, h)
	order := s.byWeight()
	for _, i := range slices.Backward(order) { // the heaviest last: it shows
		c := s.communes[i]
		x, y := spot(c)
		switch n := len(c.structures); {
		case i == s.pick:
			grid.put(x, y, "◆", selected)
		case n > 0:
			grid.put(x, y, count(n), accent)
		default:
			grid.put(x, y, "·", faint)
		}
	}
	for _, i := range order {
		s.label(grid, i, spot)
	}
	return grid.lines(s.theme)
}

// label writes the name of a commune to the right of its sign, else to its
// left, else not at all.
func (s *mapScreen) label(grid *canvas, i int, spot func(mapCommune) (int, int)) {
	c := s.communes[i]
	x, y := spot(c)
	as := faint
	if i == s.pick {
		as = strong
	}
	name := c.Name
	n := len([]rune(name))
	switch {
	case grid.free(x+1, y, n+1):
		grid.put(x+2, y, name, as)
	case grid.free(x-n-2, y, n+1):
		grid.put(x-n-1, y, name, as)
	}
}

// byWeight orders the communes: the chosen one, then by structures, then by
// inhabitants.
func (s *mapScreen) byWeight() []int {
	order := make([]int, len(s.communes))
	for i := range order {
		order[i] = i
	}
	weight := func(i int) int {
		if i == s.pick {
			return math.MaxInt
		}
		return len(s.communes[i].structures)*100_000_000 + s.communes[i].Population
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch wa, wb := weight(a), weight(b); {
		case wa > wb:
			return -1
		case wa < wb:
			return 1
		}
		return 0
	})
	return order
}
