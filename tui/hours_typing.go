package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// figureTyped is the figure being typed in a cell of a grid, "" while none is. The
// grid stays as it was when the figure was begun, so that saving compares the file with
// what the person saw then and not with what somebody else wrote under her fingers.
type figureTyped struct {
	typed string
	late  tea.Msg // the latest reading of the grid since, nil for none
}

// holds keeps a reading of the grid for later while a figure is typed.
func (c *figureTyped) holds(read tea.Msg) bool {
	if c.typed == "" {
		return false
	}
	c.late = read
	return true
}

// freed is the reading held back, once, when no figure is typed any more.
func (c *figureTyped) freed() (read tea.Msg) {
	if c.typed == "" {
		read, c.late = c.late, nil
	}
	return read
}

// takes tells a key that begins a figure or goes on with it.
func (c *figureTyped) takes(k string) bool {
	return len(k) == 1 && strings.Contains("0123456789,.h", k) && (c.typed != "" || k >= "0" && k <= "9")
}

// press takes a key of the figure, and tells a key that ends it; open says that there
// is a cell to type in. Any other key, while a figure is typed, is a slip.
func (c *figureTyped) press(k string, open bool) (taken, ends bool) {
	switch {
	case open && c.takes(k):
		c.typed += k
	case c.typed == "":
		return false, false
	case k == "backspace":
		c.typed = c.typed[:len(c.typed)-1]
	case k == "esc":
		c.typed = ""
	default:
		return true, strings.Contains(" enter tab shift+tab up down left right pgup pgdown home end ", " "+k+" ")
	}
	return true, false
}

// hours reads the figure and leaves the cell; what cannot be read stays typed.
func (c *figureTyped) hours() (insertion.Hours, error) {
	h, err := insertion.ParseHours(c.typed)
	if err != nil {
		return 0, &insertion.FieldError{Field: "heures", Reason: err.Error()}
	}
	c.typed = ""
	return h, nil
}
