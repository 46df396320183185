package tui_test

import (
	"testing"

	"passerelle/internal/insertion"
)

func TestTheDirectoryIsSearchedAndNarrowed(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "s", 120, 40)
	d.sees("1/5", "Coup de Pinceau", "Peinture et finitions")
	d.golden("structures")
	d.resize(120, 40)
	d.press("f")
	d.write("interim")
	d.sees("Chercher : interim", "1/1", "Intérim du Pont")
	d.press("esc", "t", "down", "down", "enter")
	d.sees("type « ACI »", "Jardins de la Défense")
	d.press("e")
	d.sees("1/5")
	d.press("d")
	d.write("75")
	d.press("enter")
	d.sees("Aucune structure ne répond", "e : effacer")
}

func TestAStructurePageTellsLoadAndRecord(t *testing.T) {
	s := neighbourhood(t)
	ctx := t.Context()
	st, err := s.Structure(ctx, 3)
	must(t, err)
	st.Capacity = []insertion.MonthHours{{Month: "2026-06", Hours: insertion.WholeHours(150)}, {Month: "2026-07", Hours: insertion.WholeHours(60)}}
	_, err = s.SaveStructure(ctx, "Camille", st)
	must(t, err)
	must(t, s.Propose(ctx, "Camille", []insertion.Introduction{{Lot: 1, Structure: 3, Rank: 1, Score: 80, Rule: "essai"}}))
	_, err = s.SavePlacement(ctx, "Camille", insertion.Placement{
		Lot: 1, Introduction: 1, Structure: 3, Employer: st.Name, Modality: insertion.Secondment, Signed: "2026-03-01",
		Months: []insertion.PlacementMonth{{Month: "2026-05", Planned: 80_00}, {Month: "2026-06", Planned: 75_00}, {Month: "2026-07", Planned: 90_00}},
	})
	must(t, err)
	must(t, s.SetHours(ctx, "Camille", 2, "2026-05", insertion.PlacementMonth{}, insertion.PlacementMonth{Month: "2026-05", Done: 60_00, Entered: true}))
	d := drive(t, s, allDeps(s), "s", 120, 40)
	d.press("f")
	d.write("interim")
	d.press("enter", "enter")
	d.sees("Promis jusqu'ici 80 h, tenu 60 h (75 %)", "! 07/2026", "plus d'heures prévues que déclarées", "1 proposition : 1 placement", "● placée")
	d.golden("structure")
}

func TestAStructureIsTypedAndItsErrorsAreMarked(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "s", 120, 40)
	d.press("n")
	d.golden("structureform")
	d.resize(120, 40)
	d.write("Les Ateliers du Quai")
	d.press("tab", "tab", "right", "tab")
	d.write("123")
	d.press("ctrl+s")
	d.sees("la commune manque")
	d.write("92000 nanterre")
	d.press("ctrl+s")
	d.sees("14 chiffres")
	d.erase()
	d.write("42140650500170")
	for range 5 {
		d.press("tab")
	}
	d.press("p", "p", "space") // to the trades that begin with p
	d.press("tab", "tab", "tab")
	d.write("150 ; 08/2026=0")
	d.press("ctrl+s")
	d.sees("Structure enregistrée : Les Ateliers du Quai", "/6")
	d.isOn("Les Ateliers du Quai")
	all, err := s.AllStructures(t.Context())
	must(t, err)
	last := all[len(all)-1]
	if last.City != "Nanterre" || last.INSEE != "92050" || len(last.Activities) != 1 || len(last.Capacity) != 12 || last.Capacity[2].Hours != 0 {
		t.Errorf("saved: %+v", last)
	}
}

func TestAStructureWithoutSIRETSaysWhyItIsAskedAndWhereItIs(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "s", 80, 24)
	d.press("n")
	d.write("Les Ateliers du Quai")
	d.press("tab", "tab", "right", "tab", "tab", "tab")
	d.write("92000 Nanterre")
	d.press("ctrl+s")
	d.sees("! le SIRET manque : une structure se reconnaît à lui d'un", "l'Annuaire des entreprises")
	d.write("42140650500170")
	d.press("tab", "tab", "tab", "tab")
	d.write("accueil(at)quai.fr")
	d.press("ctrl+s")
	d.sees("! ce n'est pas une adresse : accueil@structure.fr")
	d.erase()
	d.write("accueil@quai.fr")
	d.press("ctrl+s")
	d.sees("Structure enregistrée : Les Ateliers du Quai")
}

func TestAFormTallerThanItsScreenSaysWhatItHides(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "s", 80, 24)
	d.press("n")
	d.sees("Nom", "↓ 2 champs\n")
	d.misses("↑")
	d.resize(60, 16)
	for range 8 {
		d.press("tab")
	}
	d.sees("▸ Métiers", "↑ ", "↓ ")
	d.golden("structureform-more")
	d.resize(60, 16)
	for range 20 {
		d.press("tab")
	}
	d.sees("▸ Active", "↑ ")
	d.misses("↓")
}

func TestTheMapShowsWhereStructuresAre(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "s", 120, 40)
	d.press("c")
	d.sees("Carte du 92", "2 Nanterre", "1 Puteaux", "◆ Antony", "64 263 habitants")
	d.golden("map")
	d.resize(120, 40)
	d.press("enter")
	d.sees("recherche « Antony »", "Coup de Pinceau")
	d.press("esc", "d")
	d.erase()
	d.write("99")
	d.press("enter")
	d.sees("Département inconnu : 99")
}
