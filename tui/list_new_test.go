package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// chosen is the line of the list under the cursor.
func (d *driver) chosen() string {
	d.t.Helper()
	for l := range strings.SplitSeq(d.screen(), "\n") {
		if strings.HasPrefix(l, "▸ ") {
			return l
		}
	}
	d.t.Fatalf("no row is chosen:\n%s", d.screen())
	return ""
}

func (d *driver) isOn(text string) {
	d.t.Helper()
	if row := d.chosen(); !strings.Contains(row, text) {
		d.t.Errorf("the cursor is on %q, not on %q", row, text)
	}
}

func TestTheCursorGoesToTheRecordJustAdded(t *testing.T) {
	s := mandated(t)
	d := drive(t, s, allDeps(s), "e", 120, 40)
	for !strings.Contains(d.chosen(), "conseil") {
		d.press("down")
	}
	d.press("enter", "n")
	d.sees("Séance")
	d.press("tab")
	d.write("01/03/2020")
	d.press("enter", "enter", "enter", "enter")
	d.write("première séance")
	d.press("ctrl+s")
	d.isOn("01/03/2020 première séance")
	d.press("up")
	before := d.chosen()
	d.press("enter", "esc")
	d.isOn(before)
}

func TestTheCursorGoesToThePersonJustAdded(t *testing.T) {
	s, _, _ := crew(t, 3)
	d := drive(t, s, allDeps(s), "p", 80, 24)
	d.press("n")
	d.write("1999")
	d.press("ctrl+s")
	d.isOn("1999")
}

func TestTheCursorGoesToAStructureJustAddedHoweverLongTheDirectory(t *testing.T) {
	s := opened(t)
	for i := range 450 {
		_, err := s.SaveStructure(t.Context(), "Camille", insertion.Structure{
			SIRET: validSIRET(i), Kind: insertion.EI, Name: fmt.Sprintf("Atelier %04d", i), City: "Nanterre", INSEE: "92050", Department: "92", Active: true})
		must(t, err)
	}
	d := drive(t, s, allDeps(s), "s", 120, 40)
	d.press("n")
	d.write("Zinc et Compagnie")
	d.press("tab", "tab", "right", "tab")
	d.write(validSIRET(900))
	d.press("tab", "tab")
	d.write("92000 Nanterre")
	d.press("ctrl+s")
	d.sees("Structure enregistrée", "451/451")
	d.isOn("Zinc et Compagnie")
	d.press("home")
	d.isOn("Atelier 0000")
	d.press("enter", "esc")
	d.isOn("Atelier 0000")
}

// validSIRET makes one that passes the check of its key.
func validSIRET(n int) string {
	for key := range 100 {
		if id := fmt.Sprintf("9%011d%02d", n, key); insertion.ValidSIRET(id) {
			return id
		}
	}
	return ""
}

func TestOnceItsClauseIsWrittenALotOfTheDayIsStillTheOneActedOn(t *testing.T) {
	d := busy(t)
	for !strings.Contains(d.chosen(), "à clauser") {
		d.press("down")
	}
	d.press("c")
	d.sees("Clause")
	d.press("ctrl+s")
	d.sees("Aujourd'hui")
	d.isOn("à pourvoir")
	d.press("m")
	d.sees("Candidats du lot 2")
}

func TestThePaletteOffersWhatIsCalledSoBeforeWhatMentionsIt(t *testing.T) {
	s, _ := claused(t)
	d := drive(t, s, allDeps(s), "m", 80, 24)
	d.press("enter", ":")
	d.write("penalites")
	d.isOn("k         pénalités")
}
