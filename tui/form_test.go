package tui_test

import "testing"

func TestTheErrorOfAFieldIsReadWholeOnANarrowScreen(t *testing.T) {
	d := busy(t)
	d.resize(60, 16)
	d.press("j")
	d.write("rappellera")
	d.press("tab", "tab", "tab")
	d.erase()
	d.write("31/02/2026")
	d.press("ctrl+s")
	d.sees("! ce n'est pas une date (attendu :", "31/03/2026 ou 2026-03-31)")
	d.erase()
	d.write("2/6/26")
	d.press("ctrl+s")
	d.sees("Échange noté", "dernier échange : appel du 02/06/2026")
}
