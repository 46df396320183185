package tui_test

import (
	"testing"
)

// BenchmarkCursorMove is a key and the screen it makes, without the terminal:
// what the program itself adds to a key at 120×40.
func BenchmarkCursorMove(b *testing.B) {
	s := stocked(b, 2000)
	d := drive(b, s, depsOf(s), "m", 120, 40)
	for i := 0; b.Loop(); i++ {
		d.press([]string{"down", "up"}[i/20%2])
		_ = d.app.View()
	}
}

// BenchmarkLotPage is one line of scrolling on the page of a lot.
func BenchmarkLotPage(b *testing.B) {
	s, _ := claused(b)
	d := drive(b, s, depsOf(s), "m", 120, 20)
	d.press("enter")
	for i := 0; b.Loop(); i++ {
		d.press([]string{"down", "up"}[i/5%2])
		_ = d.app.View()
	}
}
