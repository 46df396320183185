package tui

import (
	"fmt"
	"strings"
)

// Written is a file just made: its whole path, and the letters its font lacks, that
// it shows as □.
type Written struct {
	Path string
	Lost []string
}

// words tell it on the notice line: what is lost first, for a path is long.
func (w Written) words() string {
	if len(w.Lost) == 0 {
		return "Écrit : " + w.Path
	}
	return "Écrit, avec □ pour " + Lost(w.Lost) + ", que la police n'a pas : " + w.Path
}

// Lost names letters a font lacks: « 希, 望 et 12 autres ».
func Lost(letters []string) string {
	const most = 8
	if n := len(letters); n > most+1 {
		return fmt.Sprintf("%s et %d autres", strings.Join(letters[:most], ", "), n-most)
	}
	return strings.Join(letters, ", ")
}
