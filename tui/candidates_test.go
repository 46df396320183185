package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// neighbourhood is the claused lot with several structures around it: one near
// and known for another trade, some that can, one that stopped.
func neighbourhood(t testing.TB) *store.Store {
	t.Helper()
	s := staffed(t)
	near := func(siret string, kind insertion.Kind, name, insee, city string, trades ...insertion.Trade) {
		st := insertion.Structure{SIRET: siret, Kind: kind, Name: name, City: city, INSEE: insee, Department: "92", Active: true, Phone: "01 99 00 00 00"}
		for _, one := range trades {
			st.Activities = append(st.Activities, insertion.Activity{Trade: one})
		}
		_, err := s.SaveStructure(t.Context(), "Camille", st)
		must(t, err)
	}
	near("42140650500139", insertion.EI, "Couleurs du Bassin", "92062", "Puteaux", "peinture", "renovation")
	near("42140650500147", insertion.ETTI, "Intérim du Pont", "92026", "Courbevoie", "peinture", "gros-oeuvre")
	near("42140650500154", insertion.AI, "Coup de Pinceau", "92002", "Antony", "peinture")
	near("42140650500162", insertion.ACI, "Jardins de la Défense", "92050", "Nanterre", "espaces-verts")
	return s
}

func TestTheCandidatesSayWhatTheyRestOn(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "m", 120, 40)
	d.press("m")
	d.sees("Peinture et finitions", "Nanterre (92)", "586 h à pourvoir", "PINCEAUX SOLIDAIRES", "×40", "filière déclarée", "jamais proposée")
	d.golden("candidates")
}

func TestThoseLeftOutAreCountedThenNamed(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "m", 120, 40)
	d.press("m", "x")
	d.sees("1  ne fait pas cette filière", "Jardins de la Défense")
	d.golden("leftout")
	d.resize(120, 40)
	d.press("enter")
	d.sees("atelier et chantier d'insertion")
	d.press("esc", "esc")
	d.sees("Pourquoi")
}

func TestMovingAWeightChangesTheOrderAtOnce(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "m", 120, 40)
	d.press("m")
	before := ranked(d)
	d.press("w", "right")
	for range 8 {
		d.press("down") // the distance no longer counts
	}
	d.press("left")
	for range 8 {
		d.press("down") // nor the trade
	}
	d.sees("filière 0", "distance 0")
	if after := ranked(d); fmt.Sprint(after) == fmt.Sprint(before) {
		t.Errorf("the order did not move: %v", after)
	}
	d.press("r", "enter")
	d.sees("filière 40")
	if after := ranked(d); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("the order did not come back: %v, was %v", after, before)
	}
}

// ranked are the lines of the candidates, in order.
func ranked(d *driver) []string {
	var names []string
	for _, l := range strings.Split(d.screen(), "\n") {
		if strings.Contains(l, " km  ") {
			names = append(names, strings.TrimSpace(l[strings.Index(l, " km  "):]))
		}
	}
	return names
}

func TestTwoAreComparedSideBySide(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "m", 120, 40)
	d.press("m", "c")
	d.sees("marquez-en deux avec Espace")
	d.press("space", "space", "c")
	d.sees("avantage à", "│")
	d.golden("comparison")
}

func TestWhatIsProposedIsKeptAndShared(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "m", 120, 40)
	d.press("m", "space", "space", "p")
	d.sees("Proposer à", "L'entreprise reste libre de son choix")
	d.press("enter")
	d.misses("◔ proposée")
	d.press("p", "o")
	d.sees("2 structures proposées", "◔ proposée")
	intros, err := s.Introductions(t.Context(), 1)
	must(t, err)
	if len(intros) != 2 || intros[0].By != "Camille" || intros[0].Rank == 0 || intros[0].Rule == "" {
		t.Errorf("kept: %+v", intros)
	}
	d.press("home", "p")
	d.sees("Déjà proposée pour ce lot")
	d.press("f")
	d.sees("50 %", "Part de chaque structure")
	d.golden("shares")
	d.resize(120, 40)
	d.press("esc", "i", "down", "down", "enter")
	d.sees("décline-t-elle ?")
	d.write("plus de place")
	d.press("enter")
	d.press("x")
	d.sees("1  a déjà décliné ce lot", "Couleurs du Bassin")
}
