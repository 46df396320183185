package tui

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// drawn are texts as screens hold them: French, figures, marks, paint, and what
// imported names may bring.
func drawn() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"a", "É", "ÿ", "œ", " ", "\u00a0", "…", "«", "»", "’", "–", "€", "·", "█", "░", "▸", "▼", "▽", "◌", "›", "│",
		"e\u0301", "\u0301", "日", "👩‍👩‍👧", "\ufe0f", "\u200b", "\u00ad", "ﷺ", "\x1b[7m", "\x1b[0m", "\x1b[38;5;12m", "\x1b[", "\x1b]8;;m", "\x1b[2J", "12 345,67", "\t",
	})
	return rapid.Custom(func(t *rapid.T) string {
		text := ""
		for _, p := range rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces") {
			text += p
		}
		return text
	})
}

func TestTheShortWayOfMeasuringTextIsTheSameAsTheLongOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, w := drawn().Draw(t, "text"), rapid.IntRange(1, 15).Draw(t, "cells")
		if got, want := span(s), ansi.StringWidth(s); got != want {
			t.Errorf("%q takes %d cells, not %d", s, want, got)
		}
		if got, want := cut(s, w), ansi.Truncate(s, w, "…"); got != want {
			t.Errorf("%q cut to %d: %q, not %q", s, w, got, want)
		}
	})
}

func TestEveryCharacterMeasuredTheShortWayTakesOneCell(t *testing.T) {
	for r := rune(0); r < 0x3000; r++ {
		if n, _, ok := simple("x" + string(r) + "x"); ok && (n != 3 || ansi.StringWidth("x"+string(r)+"x") != 3) {
			t.Errorf("%U takes %d cells", r, ansi.StringWidth(string(r)))
		}
	}
}
