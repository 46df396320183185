package tui

import (
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// tone is a role a piece of text plays. Screens ask for a tone, never a colour.
type tone uint8

// The tones. Colour never carries meaning alone: a mark or a word goes with it.
const (
	plain tone = iota
	faint
	strong
	accent
	good
	warn
	bad
	heading
	selected // the row the cursor is on
	bar      // the title and key lines
	field    // a value that can be typed
	toneCount
)

// theme holds the escape sequences of each tone for one terminal.
type theme struct {
	open  [toneCount]string
	ascii bool // no styling at all: TERM=dumb or not a terminal
}

// newTheme chooses the tones for a background and a colour profile. The 256
// colours are picked for contrast on each background; in 16 colours the
// terminal's own palette is used; without colour only bold, underline and
// reverse remain.
func newTheme(dark bool, profile colorprofile.Profile) *theme {
	t := &theme{ascii: profile <= colorprofile.NoTTY}
	if t.ascii {
		return t
	}
	set := func(which tone, style ansi.Style) { t.open[which] = style.String() }
	base := ansi.Style{}
	set(strong, base.Bold())
	set(heading, base.Bold())
	set(selected, base.Reverse(true))
	set(bar, base.Reverse(true))
	set(field, base.Underline(true))
	switch {
	case profile <= colorprofile.ASCII:
		set(faint, base)
		set(accent, base.Bold())
		set(good, base)
		set(warn, base.Bold())
		set(bad, base.Bold())
	case profile == colorprofile.ANSI:
		set(faint, base.ForegroundColor(ansi.BrightBlack))
		set(accent, base.ForegroundColor(ansi.Cyan))
		set(good, base.ForegroundColor(ansi.Green))
		set(warn, base.ForegroundColor(ansi.Yellow))
		set(bad, base.ForegroundColor(ansi.Red).Bold())
		if !dark {
			set(accent, base.ForegroundColor(ansi.Blue))
			set(warn, base.ForegroundColor(ansi.Magenta))
		}
	case dark:
		set(faint, base.ForegroundColor(ansi.IndexedColor(246)))
		set(accent, base.ForegroundColor(ansi.IndexedColor(80)))
		set(good, base.ForegroundColor(ansi.IndexedColor(114)))
		set(warn, base.ForegroundColor(ansi.IndexedColor(221)))
		set(bad, base.ForegroundColor(ansi.IndexedColor(210)).Bold())
		set(heading, base.Bold().ForegroundColor(ansi.IndexedColor(80)))
		set(bar, base.ForegroundColor(ansi.IndexedColor(255)).BackgroundColor(ansi.IndexedColor(24)))
		set(selected, base.ForegroundColor(ansi.IndexedColor(255)).BackgroundColor(ansi.IndexedColor(238)).Bold())
	default:
		set(faint, base.ForegroundColor(ansi.IndexedColor(242)))
		set(accent, base.ForegroundColor(ansi.IndexedColor(25)))
		set(good, base.ForegroundColor(ansi.IndexedColor(28)))
		set(warn, base.ForegroundColor(ansi.IndexedColor(130)))
		set(bad, base.ForegroundColor(ansi.IndexedColor(124)).Bold())
		set(heading, base.Bold().ForegroundColor(ansi.IndexedColor(25)))
		set(bar, base.ForegroundColor(ansi.IndexedColor(255)).BackgroundColor(ansi.IndexedColor(25)))
		set(selected, base.ForegroundColor(ansi.IndexedColor(16)).BackgroundColor(ansi.IndexedColor(153)).Bold())
	}
	return t
}

// paint gives a text its tone. The text must not be painted already.
func (t *theme) paint(which tone, s string) string {
	if t.open[which] == "" || s == "" {
		return s
	}
	return t.open[which] + s + ansi.ResetStyle
}

// rule is a faint line with a word in it: « ── Clause ─────── ».
func (t *theme) rule(word string, w int) string {
	if word == "" {
		return t.paint(faint, strings.Repeat("─", max(0, w)))
	}
	left := "── "
	rest := w - span(left) - span(word) - 1
	return t.paint(faint, left) + t.paint(heading, word) + " " + t.paint(faint, strings.Repeat("─", max(0, rest)))
}
