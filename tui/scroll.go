package tui

// scrolled is the first line shown of a text after a key, h of its lines fitting.
func scrolled(top int, key string, lines, h int) int {
	switch key {
	case "down", "j":
		top++
	case "up", "k":
		top--
	case "pgdown", "space":
		top += max(1, h-1)
	case "pgup":
		top -= max(1, h-1)
	case "home":
		top = 0
	case "end":
		top = lines
	}
	return max(0, min(top, lines-h))
}
