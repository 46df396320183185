package tui_test

import (
	"testing"

	"passerelle/internal/insertion"
)

func TestTheClauseFollowsTheTyping(t *testing.T) {
	s := opened(t)
	n := award(1) // painting
	n.Amount, n.Notified, n.Published = insertion.Euros(1_000_000), "2026-04-01", "2026-04-10"
	load(t, s, []insertion.Notice{n}, nil)
	d := drive(t, s, depsOf(s), "m", 120, 40)
	d.press("enter", "c")
	// 1 000 000 × 70 % × 5 % ÷ 30 = 1 166,67
	d.sees("1 166 h = 166,57 jours = 0,73 ETP", "Peinture et finitions", "sourcé : mefsud77.fr", "01/04/2026", "31/03/2027", "arrondi par défaut")
	d.golden("clause")
	d.resize(120, 40)
	d.press("tab", "tab", "tab", "tab", "tab")
	d.erase()
	d.write("25")
	d.sees("1 400 h = 200 jours", "profils de publics éligibles : choisissez")
	d.press("ctrl+s")
	d.sees("Clause enregistrée : 1 400 h dues.", "calcul")
}

func TestABadFieldIsMarkedBesideIt(t *testing.T) {
	s := stocked(t, 1)
	d := drive(t, s, depsOf(s), "m", 120, 40)
	d.press("enter", "c", "tab")
	d.erase()
	d.write("douze")
	d.sees("Montant HT : « douze » n'est pas un montant")
	d.press("ctrl+s")
	d.sees("! « douze » n'est pas un montant")
	d.erase()
	d.press("ctrl+s")
	d.sees("! le montant hors taxes du lot manque")
}

func TestTheThreeFormsShowTheirOwnFields(t *testing.T) {
	s := stocked(t, 1)
	d := drive(t, s, depsOf(s), "m", 120, 40)
	d.press("enter", "c", "right")
	d.sees("1 h par tranche de", "Au-delà de")
	d.misses("Coût horaire")
	d.press("tab")
	d.write("2 000")
	d.press("tab")
	d.write("50 000")
	d.press("tab")
	d.erase()
	d.write("100 000")
	d.sees("25 h = 3,57 jours")
	d.press("up", "up", "up", "right", "tab")
	d.write("420")
	d.sees("420 h = 60 jours", "volume fixé par le marché")
}

func TestEscapeKeepsAnUnsavedFormUnlessToldOtherwise(t *testing.T) {
	s := stocked(t, 1)
	d := drive(t, s, depsOf(s), "m", 80, 24)
	d.press("enter", "c", "esc")
	d.sees("Touche c")
	d.press("c", "tab")
	d.write("1")
	d.press("esc")
	d.sees("Abandonner ce qui a été saisi ?")
	d.press("enter")
	d.sees("Montant HT")
	d.press("esc", "o")
	d.sees("Touche c")
}

func TestAVersionConflictLosesNothingTyped(t *testing.T) {
	s, id := claused(t)
	d := drive(t, s, depsOf(s), "m", 120, 40)
	d.press("enter", "c", "tab")
	d.erase()
	d.write("2 000 000")
	lot, err := s.Lot(t.Context(), id)
	must(t, err)
	other := *lot.Clause
	other.Rate = 700
	must(t, s.SaveClause(t.Context(), "Dominique", other, lot.ClauseVersion))
	d.press("ctrl+s")
	d.sees("Quelqu'un a modifié ceci pendant votre saisie", "2 000 000")
	d.press("down", "enter")
	d.sees("2 000 000", "2 333 h")
	d.press("ctrl+s", "enter")
	d.sees("changé par quelqu'un d'autre : Taux d'insertion", "2 000 000", "3 266 h", "! changé depuis")
	d.press("ctrl+s")
	d.sees("Clause enregistrée : 3 266 h dues.")
	if lot, err = s.Lot(t.Context(), id); err != nil || lot.Clause.Rate != 700 || lot.Clause.Amount != insertion.Euros(2_000_000) {
		t.Errorf("%+v %v", lot.Clause, err)
	}
}
