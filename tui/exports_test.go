package tui_test

import (
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

func TestTheRegisterOfExportsIsAKeyFromTheJournal(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "j", 120, 40)
	d.press("e")
	d.sees("Rien n'est encore sorti de cette base")
	hash := strings.Repeat("0123456789abcdef", 4)
	for _, e := range []insertion.Export{
		{Kind: insertion.ExportStatement, What: "relevé de Mains Utiles, 01/2026 à 03/2026", Format: "xlsx", Persons: 12},
		{Kind: insertion.ExportPerson, What: "tout ce qui est tenu sur P-0042", Format: "json", Persons: 1},
		{Kind: insertion.ExportBilan, What: "bilan 2025, tous les acheteurs", Format: "pdf"},
	} {
		e.Hash = hash
		id, err := s.AddExport(t.Context(), "Camille", e)
		must(t, err)
		if e.Kind == insertion.ExportPerson {
			must(t, s.VoidExport(t.Context(), "Camille", id))
		}
	}
	d.press("R")
	d.sees("bilan 2025, tous les acheteurs", "(non écrit) tout ce qui est tenu sur P-0042", "SHA-256 "+hash)
	d.golden("exports")
	d.resize(120, 40)
	d.press("down")
	d.sees("rien n'est sorti")
	d.press("down")
	d.sees("12 personnes y sont dites une à une")
	d.press("r")
	d.sees("droit d'accès        oui*         .            .", "sauf si l'accès est limité")
	d.golden("export-rights")
}

func TestARoleWithoutTheJournalIsToldWhyTheRegisterIsClosed(t *testing.T) {
	s := neighbourhood(t)
	deps := allDeps(s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Viewer}))
	deps.Changes = s
	d := drive(t, s, deps, "j", 80, 24)
	d.press("e")
	d.sees("le rôle « lecteur » ne permet pas de lire le journal")
}
