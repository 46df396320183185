package tui_test

import (
	"testing"

	"passerelle/internal/insertion"
)

// TestANameChangedSaysFirstWhatItRewrites: texts that held the one before.
func TestANameChangedSaysFirstWhatItRewrites(t *testing.T) {
	s, _, _ := crew(t, 2)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, "Camille", true))
	d := drive(t, s, allDeps(s), "p", 120, 40)
	name := func(text string) {
		t.Helper()
		d.press("N", "ctrl+u")
		if text != "" {
			d.write(text)
		}
		d.press("enter")
	}
	d.press("enter")
	name("Quasimode Gambadl")
	d.sees("Nom enregistré", "Quasimode Gambadl")
	must(t, s.AddContact(ctx, "Camille", insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2026-06-14", Text: "Mme Gambadl rappelle"}))
	text := func() string {
		t.Helper()
		notes, err := s.Contacts(ctx, insertion.ContactFilter{Lot: 1})
		must(t, err)
		return notes[0].Text
	}
	name("Quasimode Gambadel")
	d.sees("1 texte", "portent l'ancien nom de P-000", "Rien ne peut l'annuler", "▸ Garder l'ancien nom")
	d.golden("personname")
	d.resize(120, 40)
	d.press("enter") // the first choice keeps what is
	if got := text(); got != "Mme Gambadl rappelle" {
		t.Errorf("refused, and yet %q", got)
	}
	d.sees("Quasimode Gambadl")
	name("")
	d.press("down", "enter")
	d.sees("Nom effacé")
	if got := text(); got != "Mme (nom retiré) rappelle" {
		t.Errorf("%q", got)
	}
}

// TestWhatMayStillNameHerIsReadBeforeSheIsErased: a part of her name, alone.
func TestWhatMayStillNameHerIsReadBeforeSheIsErased(t *testing.T) {
	s, _, _ := crew(t, 2)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, "Camille", true))
	_, err := s.SetName(ctx, "Camille", 2, "Quasimode Gambadel")
	must(t, err)
	must(t, s.AddContact(ctx, "Camille", insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2026-06-14", Text: "Mme Gambadel rappelle"}))
	d := drive(t, s, allDeps(s), "p", 120, 40)
	d.press("enter", "E")
	d.sees("Effacer P-0002 ?", "1 mention", "▸ Ne rien effacer", "ôter des textes ces mentions")
	d.golden("personerase")
	d.resize(120, 40)
	d.press("down", "down", "enter")
	d.sees("appel du 14/06/2026 au sujet du lot 1", "Mme Gambadel rappelle")
	d.press("enter")
	d.sees("Échanges", "appel : Mme Gambadel rappelle")
	d.press("esc", "esc", "E", "down", "down", "down", "enter")
	notes, err := s.Contacts(ctx, insertion.ContactFilter{Lot: 1})
	must(t, err)
	if notes[0].Text != "Mme (personne effacée) rappelle" {
		t.Errorf("%q", notes[0].Text)
	}
}
