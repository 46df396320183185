package store

import (
	"errors"
	"strings"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

func noted(t *testing.T, s *Store, kind mandate.Kind, parent mandate.RecordID, values ...string) mandate.Record {
	t.Helper()
	r := mandate.Record{Kind: kind, Parent: parent, Values: map[string]string{}}
	for i := 0; i < len(values); i += 2 {
		r.Values[values[i]] = values[i+1]
	}
	id, err := s.SaveMandateRecord(t.Context(), someone, r)
	must(t, err)
	r, err = s.MandateRecord(t.Context(), id)
	must(t, err)
	return r
}

func fieldOf(err error) string {
	var f *insertion.FieldError
	if errors.As(err, &f) {
		return f.Field
	}
	return ""
}

func TestARecordOfTheMandateIsKeptChangedAndUndone(t *testing.T) {
	s, ctx := opened(t), t.Context()
	net := noted(t, s, mandate.Network, 0, "nom", "Réseau des associations intermédiaires")
	first := net
	net.Values["adherents"] = "12"
	_, err := s.SaveMandateRecord(ctx, someone, net)
	must(t, err)
	if _, err := s.SaveMandateRecord(ctx, someone, first); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("an old version is saved over a new one: %v", err)
	}
	aid := noted(t, s, mandate.Support, net.ID, "annee", "2026", "objet", "fonctionnement", "decide", "2026-03-01")
	if err := s.RemoveMandateRecord(ctx, someone, net.ID); fieldOf(err) != "fiche" || !strings.Contains(err.Error(), "fonctionnement") {
		t.Errorf("removed from under its support, or without saying which: %v", err)
	}
	must(t, s.RemoveMandateRecord(ctx, someone, aid.ID))
	removal, err := s.LastUndoable(ctx, someone)
	must(t, err)
	must(t, s.RemoveMandateRecord(ctx, someone, net.ID))
	if err := s.Undo(ctx, someone, removal.ID); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("a support came back under a network that left: %v", err)
	}
	last, err := s.LastUndoable(ctx, someone)
	must(t, err)
	must(t, s.Undo(ctx, someone, last.ID))
	must(t, s.Undo(ctx, someone, removal.ID))
	back, err := s.MandateRecords(ctx, mandate.Support, net.ID)
	must(t, err)
	if len(back) != 1 || back[0].Text("objet") != "fonctionnement" || back[0].Dated != "2026-03-01" || back[0].Parent != net.ID {
		t.Errorf("came back as %+v", back)
	}
	again, err := s.MandateRecord(ctx, net.ID)
	must(t, err)
	if again.Whole("adherents") != 12 || again.Version <= net.Version {
		t.Errorf("came back as %+v", again)
	}
}

func TestUndoingACreationOnWhichSomethingHangsIsRefused(t *testing.T) {
	s, ctx := opened(t), t.Context()
	net := noted(t, s, mandate.Network, 0, "nom", "Réseau")
	made, err := s.LastUndoable(ctx, someone)
	must(t, err)
	noted(t, s, mandate.Support, net.ID, "annee", "2026", "objet", "aide")
	if err := s.Undo(ctx, someone, made.ID); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("%v", err)
	}
	if all, err := s.MandateRecords(ctx, "", 0); err != nil || len(all) != 2 {
		t.Errorf("%v %v", all, err)
	}
}

func TestARecordHangsOnTheRightKindAndIsNotThereTwice(t *testing.T) {
	s, ctx := opened(t), t.Context()
	meeting := noted(t, s, mandate.Meeting, 0, "instance", "conseil de l'ESS", "date", "2026-03-01", "objet", "séance")
	for name, r := range map[string]mandate.Record{
		"sous":     {Kind: mandate.Support, Parent: meeting.ID, Values: map[string]string{"annee": "2026", "objet": "aide"}},
		"instance": {Kind: mandate.Meeting, Values: map[string]string{"instance": "conseil de l'ESS", "date": "2026-03-01", "objet": "Séance"}},
		"genre":    {Kind: "fusée"},
		"nom":      {Kind: mandate.Network},
	} {
		if _, err := s.SaveMandateRecord(ctx, someone, r); fieldOf(err) != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if all, err := s.MandateRecords(ctx, "", 0); err != nil || len(all) != 1 {
		t.Errorf("refused, and yet kept: %v %v", all, err)
	}
}

func TestThoseNarrowedToABuyerReadTheMandateButNotWhatOthersPrepare(t *testing.T) {
	s, ctx := opened(t), t.Context()
	imported(t, s, award(0))
	noted(t, s, mandate.Network, 0, "nom", "Réseau")
	project := noted(t, s, mandate.Project, 0, "objet", "nettoyage", "montant", "40000000")
	noted(t, s, mandate.Part, project.ID, "objet", "lot 1", "montant", "10000000")
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate, Buyers: []insertion.OrganisationID{1}})
	seen, err := view.MandateRecords(ctx, "", 0)
	must(t, err)
	if len(seen) != 1 || seen[0].Kind != mandate.Network {
		t.Errorf("sees %+v", seen)
	}
	var no *insertion.Forbidden
	if _, err := view.SaveMandateRecord(ctx, "x", mandate.Record{Kind: mandate.Network, Values: map[string]string{"nom": "Autre"}}); !errors.As(err, &no) || !no.Elsewhere {
		t.Errorf("the mandate of the whole département is written by someone narrowed: %v", err)
	}
	if err := view.RemoveMandateRecord(ctx, "x", project.ID); !errors.As(err, &no) {
		t.Errorf("%v", err)
	}
}

func BenchmarkMandateFactsBig(b *testing.B) {
	s := fresh(b, big(b))
	for b.Loop() {
		if _, err := s.w.Exec("DELETE FROM award_count"); err != nil {
			b.Fatal(err)
		}
		facts, err := s.MandateFacts(b.Context())
		if err != nil || len(facts) == 0 {
			b.Fatal(facts, err)
		}
	}
}

func BenchmarkMandateFactsAgainBig(b *testing.B) {
	s := fresh(b, big(b))
	if _, err := s.MandateFacts(b.Context()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.MandateFacts(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
