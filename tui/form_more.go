package tui

import "passerelle/internal/insertion"

// leastMarked is the fewest lines of a form that can spare one for what it hides.
const leastMarked = 4

// marked says on the first and the last line of a form taller than its screen how many
// fields are hidden there. starts are the first lines of its fields, top the first line
// drawn.
func (f *form) marked(lines []string, starts []int, top, h int) []string {
	shown := append([]string(nil), lines[top:min(top+h, len(lines))]...)
	if h < leastMarked || len(lines) <= h {
		return shown
	}
	above, below := 0, 0
	for _, line := range starts {
		switch {
		case top > 0 && line <= top:
			above++
		case top+h < len(lines) && line >= top+h-1:
			below++
		}
	}
	if above > 0 {
		shown[0] = f.hidden("↑", above)
	}
	if top+h < len(lines) {
		shown[h-1] = f.hidden("↓", below)
	}
	return shown
}

// hidden is « ↓ 4 champs »; of a field cut in its middle there is only « ↓ ».
func (f *form) hidden(sign string, n int) string {
	if n > 0 {
		sign += " " + insertion.Counted(n, "champ", "champs")
	}
	return "  " + f.theme.paint(accent, sign)
}
