package store

import (
	"strings"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

func TestOneSearchFindsLotsFirmsStructuresPersonsAndNotes(t *testing.T) {
	s := working(t)
	imported(t, s.Store, series(40)...)
	a := s.hired("2026-01-01")
	_, err := s.SaveStructure(t.Context(), someone, insertion.Structure{SIRET: "00091000000000", Kind: insertion.EI, Name: "Élan des Quais", Active: true})
	if err != nil {
		t.Log(err) // the key may not verify: the structure is only one of the five
	}
	org, err := s.Lot(t.Context(), s.lot)
	must(t, err)
	must(t, s.NameOrganisation(t.Context(), someone, org.Contractors[0].ID, "Maçonnerie Bréguet"))
	must(t, s.AddContact(t.Context(), someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: "le chef d'équipe rappelle à propos des élagueurs"}))
	noted(t, s.Store, mandate.Network, 0, "nom", "Réseau des cantines essaimées")
	for text, want := range map[string]insertion.SubjectKind{
		"essaimees":           insertion.OnMandate,
		"breguet":             insertion.OnOrganisation,
		"entretien secteur 3": insertion.OnLot,
		a.Participant.Code():  insertion.OnParticipant,
		"elagueurs":           insertion.OnNote,
	} {
		hits, err := s.Find(t.Context(), text, 50)
		must(t, err)
		found := false
		for _, h := range hits {
			found = found || h.Kind == want
		}
		if !found {
			t.Errorf("%q finds %+v, no %s", text, hits, want)
		}
	}
}

func TestALotIsFoundFirstByItsNumber(t *testing.T) {
	s := working(t)
	imported(t, s.Store, series(40)...)
	for _, text := range []string{"23", "lot 23", "Lot 23"} {
		hits, err := s.Find(t.Context(), text, 50)
		must(t, err)
		if len(hits) == 0 || hits[0].Kind != insertion.OnLot || hits[0].ID != 23 {
			t.Errorf("%q finds %+v", text, hits)
		}
		for _, h := range hits[1:] {
			if h.Subject == hits[0].Subject {
				t.Errorf("%q finds the lot twice", text)
			}
		}
	}
}

func TestOneWhoLeftIsFoundByHerCode(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	p, err := s.Participant(t.Context(), a.Participant)
	must(t, err)
	p.Left = "2026-03-31"
	_, err = s.SaveParticipant(t.Context(), someone, p.Participant)
	must(t, err)
	hits, err := s.Find(t.Context(), p.Code(), 50)
	must(t, err)
	if len(hits) != 1 || hits[0].ID != int64(a.Participant) || !strings.Contains(hits[0].Detail, "sortie le 31/03/2026") {
		t.Errorf("she is found as %+v", hits)
	}
}

func TestATownThatBuysIsNoFirm(t *testing.T) {
	s := working(t)
	lot, err := s.Lot(t.Context(), s.lot)
	must(t, err)
	hits, err := s.Find(t.Context(), lot.Buyer.ID, 50)
	must(t, err)
	if len(hits) == 0 || hits[0].Label() != "acheteur" {
		t.Errorf("the buyer is found as %+v", hits)
	}
}

func TestAFileTellsEverythingNewestFirstAndOnce(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	must(t, s.AddContact(t.Context(), someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: "promet deux embauches"}))
	events, err := s.File(t.Context(), insertion.Subject{Kind: insertion.OnLot, ID: int64(s.lot)}, "", 100)
	must(t, err)
	told := 0
	for i, e := range events {
		if strings.Contains(e.What, "promet deux embauches") {
			told++
		}
		if i > 0 && e.On > events[i-1].On {
			t.Errorf("%s comes after %s", e.On, events[i-1].On)
		}
	}
	if told != 1 {
		t.Errorf("the call is told %d times", told)
	}
	if events, err = s.File(t.Context(), insertion.Subject{Kind: insertion.OnParticipant, ID: int64(a.Participant)}, "rsa", 100); err != nil || len(events) != 1 {
		t.Errorf("about her RSA: %+v %v", events, err)
	}
}

func TestWhatIsPutOffComesBackOnItsDay(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	_ = a
	before, err := s.Todos(t.Context(), "2026-06-15", insertion.DefaultThresholds())
	must(t, err)
	if len(before) == 0 {
		t.Fatal("nothing to do")
	}
	must(t, s.Postpone(t.Context(), someone, insertion.Postponed{Todo: before[0].ID, Until: "2026-06-20", Reason: "attend un rappel"}))
	after, err := s.Todos(t.Context(), "2026-06-15", insertion.DefaultThresholds())
	must(t, err)
	for _, todo := range after {
		if todo.ID == before[0].ID {
			t.Errorf("%q still waits", todo.ID)
		}
	}
	if len(after) != len(before)-1 {
		t.Errorf("%d, then %d", len(before), len(after))
	}
	if err := s.Postpone(t.Context(), someone, insertion.Postponed{Todo: before[0].ID, Until: "2026-06-20"}); err == nil {
		t.Error("put off without a reason")
	}
}

func TestAPersonWithoutEligibilityIsOnTheQueue(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	waits := func() bool {
		todos, err := s.Todos(t.Context(), "2026-06-15", insertion.DefaultThresholds())
		must(t, err)
		for _, todo := range todos {
			if todo.Kind == insertion.TodoEligibility && todo.Person == a.Participant {
				return true
			}
		}
		return false
	}
	if !waits() {
		t.Error("nobody is told that her hours do not count")
	}
	s.seen(a.Participant, "2026-01-01")
	if waits() {
		t.Error("still on the queue once her proof was seen")
	}
}

func TestDeedsMoveTheHoursDue(t *testing.T) {
	s := opened(t)
	imported(t, s, award(3))
	must(t, s.SaveClause(t.Context(), someone, insertion.Clause{Lot: 1, Basis: insertion.ByInvoiced, Step: insertion.Euros(2000), Threshold: insertion.Euros(2_700_000), Start: "2026-01-01", End: "2027-12-31"}, 0))
	due := func() insertion.Hours {
		l, err := s.Lot(t.Context(), 1)
		must(t, err)
		return l.Hours.Due
	}
	id, err := s.SaveDeed(t.Context(), someone, insertion.Deed{Lot: 1, Kind: insertion.Invoice, Dated: "2026-05-01", Amount: insertion.Euros(3_000_000)})
	must(t, err)
	if got := due(); got != insertion.WholeHours(150) {
		t.Errorf("%s due for 3 000 000 € invoiced", got)
	}
	must(t, s.RemoveDeed(t.Context(), someone, id))
	if got := due(); got != 0 {
		t.Errorf("%s due once the invoice is taken away", got)
	}
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	if got := due(); got != insertion.WholeHours(150) {
		t.Errorf("%s due once it is back", got)
	}
	d, err := s.LotDues(t.Context(), 1)
	if err != nil || d.ToDate != insertion.WholeHours(150) || len(d.Trace.ToDate) == 0 {
		t.Errorf("%+v %v", d, err)
	}
}
