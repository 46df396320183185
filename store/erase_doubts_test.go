package store

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

func TestADoubtSaysWhereItStandsAndWhatPageShowsIt(t *testing.T) {
	s := working(t)
	a := s.known()
	ctx := t.Context()
	lot, err := s.Lot(ctx, s.lot)
	must(t, err)
	clause := *lot.Clause
	clause.Note = "horaires vus avec Mme Imaginaire"
	must(t, s.SaveClause(ctx, someone, clause, lot.ClauseVersion))
	report, err := s.Erasure(ctx, a.Participant)
	must(t, err)
	on := insertion.Subject{Kind: insertion.OnLot, ID: int64(s.lot)}
	want := []insertion.Doubt{
		{Subject: on, Command: "echange 1", Where: "appel du 02/05/2026 au sujet du lot 1", Text: "Mme Imaginaire viendra"},
		{Subject: on, Command: "clause 1", Where: "clause du lot 1", Text: "horaires vus avec Mme Imaginaire"},
	}
	if !slices.Equal(report.Doubts, want) {
		t.Errorf("%+v", report.Doubts)
	}
}

func TestEveryTextIsLookedAtForDoubts(t *testing.T) {
	registers := []string{"change", "change_row", "export"} // nobody rewrites them by hand
	for _, f := range freeTexts() {
		asked := slices.ContainsFunc(doubtfuls(), func(d doubtful) bool { return d.table == f.table })
		if asked == slices.Contains(registers, f.table) {
			t.Errorf("%s: looked at %v", f.table, asked)
		}
	}
}

// TestTheWordsOfANameGoWithHerWhenAsked, but those another name hides and those the
// file names otherwise.
func TestTheWordsOfANameGoWithHerWhenAsked(t *testing.T) {
	s := working(t)
	a := s.known()
	ctx := t.Context()
	twin := s.hired("2026-01-13")
	setName(t, s, twin.Participant, "Zéphyrine Autrement")
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-04", Text: "Zéphyrine et Mme Imaginaire, ensemble"}))
	report, err := s.EraseWithParts(ctx, someone, a.Participant)
	must(t, err)
	notes, err := s.Contacts(ctx, insertion.ContactFilter{Lot: s.lot})
	must(t, err)
	for _, text := range []string{"Zéphyrine et Mme (personne effacée), ensemble", "Mme (personne effacée) viendra"} {
		if !strings.Contains(fmt.Sprint(notes), text) {
			t.Errorf("no %q in %v", text, notes)
		}
	}
	if len(report.Doubts) != 1 || !strings.HasPrefix(report.Doubts[0].Text, "Zéphyrine et Mme") {
		t.Errorf("left in doubt: %+v", report.Doubts)
	}
	if bytes.Contains(bytes.ToLower(s.raw()), []byte("imaginaire")) {
		t.Error("the file still holds her name")
	}
}
