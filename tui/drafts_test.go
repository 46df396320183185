package tui_test

import (
	"testing"

	"passerelle/tui"
)

// cut ends the program from outside, as a server that stops does.
func (d *driver) cut() {
	d.t.Helper()
	d.send(tui.Leave())
	if !d.quit {
		d.t.Fatal("asked to leave, the program stays")
	}
	if err := d.app.(*tui.App).KeepDrafts(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

func TestAFormCutShortIsOfferedAtTheNextLogin(t *testing.T) {
	s := stocked(t, 1)
	d := drive(t, s, depsOf(s), "m", 100, 30)
	d.press("enter", "c", "tab")
	d.erase()
	d.write("123456")
	d.cut()

	d = drive(t, s, depsOf(s), "m", 100, 30)
	d.sees("Brouillon du 15/06/2026 à 12:00 : Clause, lot 1", "Ouvrir lot 1", "Jeter ce brouillon")
	d.press("enter", "c")
	d.sees("123456", "Brouillon du 15/06/2026 à 12:00 repris")
	d.press("esc")
	d.sees("Abandonner ce qui a été saisi ?")

	d = drive(t, s, depsOf(s), "m", 100, 30)
	d.misses("Brouillon")
}

func TestAFormGivenUpLeavesNoDraft(t *testing.T) {
	s := stocked(t, 1)
	d := drive(t, s, depsOf(s), "m", 100, 30)
	d.press("enter", "c", "tab")
	d.write("9")
	d.press("ctrl+c", "o")
	if !d.quit {
		t.Fatal("still there")
	}
	if err := d.app.(*tui.App).KeepDrafts(t.Context()); err != nil {
		t.Fatal(err)
	}
	drive(t, s, depsOf(s), "m", 100, 30).misses("Brouillon")
}

func TestTheOtherDraftsWaitInTheirForms(t *testing.T) {
	s := stocked(t, 2)
	for _, down := range []int{0, 1} {
		d := drive(t, s, depsOf(s), "m", 100, 30)
		for range down {
			d.press("esc", "down") // the first draft is offered: not now
		}
		d.press("enter", "c", "tab")
		d.erase()
		d.write([]string{"111111", "222222"}[down])
		d.cut()
	}
	d := drive(t, s, depsOf(s), "m", 100, 30)
	d.sees("(et un autre)")
	d.press("esc", "enter", "c")
	d.sees("111111", "repris")
	d.cut() // cut again before saving, it is kept again
	d = drive(t, s, depsOf(s), "m", 100, 30)
	d.press("esc", "enter", "c")
	d.sees("111111", "repris")
}
