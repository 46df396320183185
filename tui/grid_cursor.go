package tui

// gridCursor is the row of a grid under the cursor, and the first one shown.
type gridCursor struct{ row, top int }

// walk moves the row for a key, h rows fitting.
func (c *gridCursor) walk(k string, rows, h int) {
	switch k {
	case "down", "enter":
		c.row++
	case "up":
		c.row--
	case "pgdown":
		c.row += h
	case "pgup":
		c.row -= h
	case "home":
		c.row = 0
	case "end":
		c.row = rows - 1
	}
}

// settle keeps the row among those there are, and shown.
func (c *gridCursor) settle(rows, h int) {
	c.row = max(0, min(c.row, rows-1))
	c.top = max(0, min(c.top, rows-h))
	if c.row < c.top {
		c.top = c.row
	}
	if c.row >= c.top+h {
		c.top = c.row - h + 1
	}
}
