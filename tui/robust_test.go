package tui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"passerelle/internal/insertion"
	"passerelle/tui"
)

// visits opens every screen of this half of the program, by the keys a person
// would press from the list of lots.
func visits() map[string][]string {
	return map[string][]string{
		"list": {}, "search": {"f", "p"}, "department": {"d"}, "contract": {"c"}, "lot": {"enter"},
		"clause": {"enter", "c"}, "exchange": {"enter", "j"}, "fields": {"enter", "e"}, "names": {"enter", "n"}, "placements": {"enter", "p"},
		"new lot": {"n"}, "imports": {"g", "i"}, "import path": {"g", "i", "n"}, "refusals": {"g", "i", "enter"},
		"palette": {":"}, "help": {"?"}, "question": {"enter", "r"}, "going": {"g"},
	}
}

func TestNoSizeOfWindowPanicsOrOverflows(t *testing.T) {
	s := staffed(t)
	load(t, s, nil, []insertion.Refusal{{Record: 1, Field: "objet", Value: strings.Repeat("é", 300), Reason: "trop long"}})
	deps := allDeps(s)
	deps.Import = &slowFile{t: t, s: s}
	for name, keys := range everywhere() {
		d := drive(t, s, deps, "m", 120, 40)
		d.press(keys...)
		for w := 0; w <= 500; w += 1 + w/3 {
			for h := 0; h <= 200; h += 1 + h/2 {
				d.resize(w, h)
				d.screen()
			}
		}
		d.resize(3, 2)
		d.press("down", "pgdown", "end", "pgup", "home", "up")
		d.resize(80, 24)
		if t.Failed() {
			t.Fatalf("on the screen « %s »", name)
		}
	}
}

func TestWithoutColourNothingIsStyled(t *testing.T) {
	s := staffed(t)
	for name, keys := range everywhere() {
		deps := allDeps(s)
		deps.Import = &slowFile{t: t, s: s}
		d := drive(t, s, deps, "m", 120, 40)
		d.press(keys...)
		if text := d.app.View().Content; strings.Contains(text, "\x1b") {
			t.Errorf("the screen « %s » has escapes on a terminal without any: %q", name, text)
		}
	}
}

// TestEveryProfileShowsTheSameWords proves that colour carries nothing alone.
func TestEveryProfileShowsTheSameWords(t *testing.T) {
	s := staffed(t)
	for name, keys := range everywhere() {
		want := ""
		for _, p := range []colorprofile.Profile{colorprofile.NoTTY, colorprofile.ASCII, colorprofile.ANSI, colorprofile.ANSI256} {
			deps := allDeps(s)
			deps.Import = &slowFile{t: t, s: s}
			d := &driver{t: t, app: tui.New(t.Context(), tui.Options{Deps: deps, Person: "Camille", Now: noon, Profile: p, Place: "essai.db", Start: "m"})}
			d.resize(120, 40)
			d.run(d.app.Init())
			d.press(keys...)
			switch got := ansi.Strip(d.app.View().Content); {
			case want == "":
				want = got
			case got != want:
				t.Errorf("« %s » differs under profile %v:\n%s\nwant:\n%s", name, p, got, want)
			}
		}
	}
}

// TestKeysAreOnAFrenchKeyboard refuses keys that need AltGr or hide behind Maj.
func TestKeysAreOnAFrenchKeyboard(t *testing.T) {
	s := staffed(t)
	for name, keys := range everywhere() {
		deps := allDeps(s)
		deps.Import = &slowFile{t: t, s: s}
		d := drive(t, s, deps, "m", 120, 40)
		d.press(keys...)
		for _, a := range d.app.(*tui.App).Keys() {
			if a.Key == "0-9" {
				continue // hours are typed: figures are the matter, not a shortcut
			}
			if strings.ContainsAny(a.Key, "0123456789[]{}\\`~@|#^") {
				t.Errorf("« %s » binds %q", name, a.Key)
			}
			if !strings.HasSuffix(a.Help, ".") {
				t.Errorf("« %s »: the help of %q is not a sentence: %q", name, a.Key, a.Help)
			}
		}
	}
}

func TestThePaletteDoesWhatItSays(t *testing.T) {
	s, _ := claused(t)
	d := drive(t, s, allDeps(s), "m", 120, 40)
	d.press("enter", ":")
	d.write("noter appel")
	d.sees("Noter un appel")
	d.press("enter")
	d.sees("Ce qui s'est dit")
}

func TestPastedTextIsForTypingOnly(t *testing.T) {
	s, _ := claused(t)
	d := drive(t, s, allDeps(s), "m", 120, 40)
	d.send(tea.PasteMsg{Content: "q\nq"})
	d.sees("1/1")
	d.press("f")
	d.send(tea.PasteMsg{Content: "peinture\x1b[31m"})
	d.sees("Chercher : peinture")
}

func TestAnotherPersonsChangeShowsWithoutMovingTheCursor(t *testing.T) {
	s := stocked(t, 40)
	d := drive(t, s, allDeps(s), "m", 120, 40)
	d.press("down", "down", "down")
	before := selectedLine(d)
	load(t, s, []insertion.Notice{late()}, nil)
	d.press("d", "esc") // nothing asked
	d.send(tui.Touched())
	d.sees("5/41", "Un marché tout neuf")
	if got := selectedLine(d); got != before {
		t.Errorf("the cursor moved from %q to %q", before, got)
	}
}

func late() insertion.Notice {
	n := award(77)
	n.Object, n.Notified, n.Published = "Un marché tout neuf", "2026-06-01", "2026-06-02"
	return n
}

func selectedLine(d *driver) string {
	for _, l := range strings.Split(d.screen(), "\n") {
		if strings.HasPrefix(l, "▸") {
			return l
		}
	}
	return ""
}

func TestAWindowTooSmallSaysSoWholeAndTakesNoKey(t *testing.T) {
	s := stocked(t, 1)
	d := drive(t, s, depsOf(s), "m", 20, 5)
	d.sees("60×16", "20×5", "Ctrl+C")
	d.press("enter", "c")
	d.resize(80, 24)
	d.sees("Marchés")
	d.misses("› Lot 1")
}
