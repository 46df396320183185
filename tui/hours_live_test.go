package tui_test

import (
	"testing"

	"passerelle/internal/insertion"
	"passerelle/tui"
)

// What somebody else enters while a figure is typed reaches the screen before Entrée:
// the cell is still compared with what it held when the typing began.
func TestACellTypedWhileAnotherIsWrittenInItAsks(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "h", 120, 40)
	d.press("t") // the totals by placement
	d.press("b", "b", "b")
	d.write("22")
	must(t, s.SetHours(t.Context(), "Ousmane", 1, "2026-02", insertion.PlacementMonth{}, insertion.PlacementMonth{Done: 33_00, Entered: true}))
	d.send(tui.Touched())
	d.sees("22_")
	d.press("enter")
	d.sees("Ousmane a saisi 33 h entre-temps", "Mettre 22 h à la place ?")
	d.press("n")
	if got := doneIn(t, s, "2026-02"); got != 33_00 {
		t.Errorf("no left %s", got)
	}
	d.sees("33/0")
}

func TestACellOfAPersonTypedWhileAnotherIsWrittenInItAsks(t *testing.T) {
	s, _, ids := crew(t, 1)
	d := drive(t, s, allDeps(s), "h", 120, 40)
	d.press("down")
	d.write("22")
	must(t, s.SetLines(t.Context(), "Ousmane", []insertion.LineEdit{{Assignment: ids[0], Month: "2026-05", Hours: 33_00}}))
	d.send(tui.Touched())
	d.press("enter")
	d.sees("Ousmane a saisi 33 h entre-temps", "Mettre 22 h à la place ?")
	d.press("o")
	grid, err := s.LineGrid(t.Context(), 1, "2026-05", "2026-05")
	must(t, err)
	if got := grid[len(grid)-1].Cells[0].Hours; got != 22_00 {
		t.Errorf("the file holds %s", got)
	}
}

// A figure given up shows at once what came meanwhile, and the next one typed is
// compared with that.
func TestACellLeftShowsWhatCameMeanwhile(t *testing.T) {
	for _, room := range []string{"persons", "placements"} {
		s, _, ids := crew(t, 1)
		d := drive(t, s, allDeps(s), "h", 120, 40)
		d.press("down")
		if room == "placements" {
			d.press("up", "t")
		}
		d.write("2")
		must(t, s.SetLines(t.Context(), "Ousmane", []insertion.LineEdit{{Assignment: ids[0], Month: "2026-05", Hours: 33_00}}))
		d.send(tui.Touched())
		d.press("esc")
		d.sees("33")
		if room == "placements" {
			continue
		}
		d.write("34")
		d.press("enter")
		d.misses("entre-temps")
	}
}
