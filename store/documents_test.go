package store

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// talkative is a lot with a person whose name is kept, and typed wherever a person
// can type a free text.
func talkative(t *testing.T) (site, insertion.ParticipantID) {
	t.Helper()
	s := working(t)
	ctx := t.Context()
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	s.types(a, "2026-01", 50)
	must(t, s.KeepNames(ctx, someone, true))
	const name = "Zoé Villeneuve"
	setName(t, s, a.Participant, name)
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2026-06-01", Text: "appel au sujet de " + name}))
	_, err := s.SaveStep(ctx, someone, insertion.Step{Lot: 1, Kind: insertion.StepReminder, Dated: "2026-06-01", Text: "pour " + name})
	must(t, err)
	_, err = s.SaveDeed(ctx, someone, insertion.Deed{Lot: 1, Kind: insertion.Invoice, Label: "heures de " + name, Dated: "2026-06-01", Amount: 100_00})
	must(t, err)
	lot, err := s.Lot(ctx, 1)
	must(t, err)
	c := *lot.Clause
	c.Note = "voir " + name
	must(t, s.SaveClause(ctx, someone, c, lot.ClauseVersion))
	return s, a.Participant
}

func TestTheFactsOfADocumentForOthersNameNobody(t *testing.T) {
	s, _ := talkative(t)
	for _, kind := range insertion.DocumentKinds() {
		if kind.Nominal() || kind == insertion.DocAgreement {
			continue
		}
		f, err := s.DocumentFacts(t.Context(), kind, insertion.DocumentSubject{Lot: 1})
		must(t, err)
		f.Lot.Clause.Note = "" // a field of the clause no wording can reach
		doc, err := json.Marshal(f)
		must(t, err)
		if strings.Contains(string(doc), "Villeneuve") || strings.Contains(string(doc), "P-0001") {
			t.Errorf("%s: the facts hold a person", kind)
		}
		if f.People.Total != 1 || f.People.Categories[0] != "RSA" || f.Lot.Hours.Done != insertion.WholeHours(50) {
			t.Errorf("%s: %+v, %s done", kind, f.People, f.Lot.Hours.Done)
		}
	}
}

func TestTheFactsSayWhichCountedHoursNobodyVerified(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.SetHours(ctx, someone, s.placement, "2026-02", insertion.PlacementMonth{}, insertion.PlacementMonth{Done: insertion.WholeHours(80), Entered: true}))
	verified, granted, lacking := s.hired("2026-01-01"), s.hired("2026-01-01"), s.hired("2026-01-01")
	s.seen(verified.Participant, "2026-01-01")
	s.types(verified, "2026-02", 30)
	s.types(lacking, "2026-03", 5) // counts for nothing
	must(t, s.SetLines(ctx, someone, []insertion.LineEdit{{Assignment: granted.ID, Month: "2026-03", Hours: insertion.WholeHours(7), Granted: "preuve promise"}}))
	f, err := s.DocumentFacts(ctx, insertion.DocDone, insertion.DocumentSubject{Lot: 1})
	must(t, err)
	if f.Lot.Hours.Done != insertion.WholeHours(87) || f.Undetailed != insertion.WholeHours(50) || f.Granted != insertion.WholeHours(7) {
		t.Errorf("%s count, %s without detail, %s granted", f.Lot.Hours.Done, f.Undetailed, f.Granted)
	}
}

func TestANameIsInTheDocumentsOfThePersonForThoseWhoMayReadIt(t *testing.T) {
	s, person := talkative(t)
	for _, role := range insertion.Roles() {
		view := s.As(insertion.Access{User: 1, Name: "x", Role: role})
		for _, kind := range insertion.DocumentKinds() {
			subject := insertion.DocumentSubject{Lot: 1}
			if kind.Nominal() {
				subject = insertion.DocumentSubject{Person: person}
			}
			f, err := view.DocumentFacts(t.Context(), kind, subject)
			var no *insertion.Forbidden
			allowed := role.May(insertion.ActExport) && (!kind.Nominal() || role.May(insertion.ActPersons))
			if errors.As(err, &no) == allowed {
				t.Errorf("%s, %s: %v", role, kind, err)
			}
			if named := f.Person.Name != ""; named != (kind.Nominal() && role.May(insertion.ActNames)) {
				t.Errorf("%s, %s: the name is %q", role, kind, f.Person.Name)
			}
		}
	}
}

func TestNoAgreementWithAStructureThatDeclined(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	id, err := s.SaveStructure(ctx, someone, insertion.Structure{SIRET: "44229337500014", Kind: insertion.EI, Name: "Pinceaux", Active: true})
	must(t, err)
	must(t, s.Propose(ctx, someone, []insertion.Introduction{{Lot: 1, Structure: id}}))
	about := insertion.DocumentSubject{Lot: 1, Structure: id}
	if _, err := s.DocumentFacts(ctx, insertion.DocAgreement, about); err != nil {
		t.Fatal(err)
	}
	list, err := s.Introductions(ctx, 1)
	must(t, err)
	must(t, s.MoveIntroduction(ctx, someone, list[0].ID, insertion.Proposed, insertion.Declined, "complète"))
	var bad *insertion.FieldError
	if _, err := s.DocumentFacts(ctx, insertion.DocAgreement, about); !errors.As(err, &bad) || !strings.Contains(bad.Reason, "a décliné ce lot") {
		t.Errorf("an agreement with it: %v", err)
	}
	must(t, s.Propose(ctx, someone, []insertion.Introduction{{Lot: 1, Structure: id}}))
	if _, err := s.DocumentFacts(ctx, insertion.DocAgreement, about); err != nil {
		t.Errorf("proposed again: %v", err)
	}
}

func TestAttendanceIsOfAPlacementAndAPeriod(t *testing.T) {
	s, person := talkative(t)
	ctx := t.Context()
	f, err := s.DocumentFacts(ctx, insertion.DocPresence, insertion.DocumentSubject{Person: person})
	must(t, err)
	if f.From != "2026-01" || f.To != "2026-01" || f.Assignment.Placement != s.placement || f.Lot.ID != 1 {
		t.Errorf("%s to %s, %+v", f.From, f.To, f.Assignment)
	}
	var bad *insertion.FieldError
	if _, err := s.DocumentFacts(ctx, insertion.DocPresence, insertion.DocumentSubject{Person: person, Placement: 99}); !errors.As(err, &bad) {
		t.Errorf("a placement she is not on: %v", err)
	}
	if _, err := s.DocumentFacts(ctx, insertion.DocPresence, insertion.DocumentSubject{Person: person, From: "2026-03", To: "2026-02"}); !errors.As(err, &bad) {
		t.Errorf("a period that ends before it begins: %v", err)
	}
}

func TestNamesAreFoundInATextHoweverTyped(t *testing.T) {
	s, person := talkative(t)
	view := s.As(insertion.Access{User: 1, Name: "x", Role: insertion.Delegate}) // who may not read them
	for text, held := range map[string]bool{"pour Zoé Villeneuve.": true, "VILLENEUVE Zoe": true, "Villeneuve-la-Garenne": false, "Zoé et Villeneuve": false, "": false} {
		found, err := view.NamesIn(t.Context(), text, nil)
		must(t, err)
		if (len(found) == 1 && found[0] == person) != held {
			t.Errorf("%q: %v", text, found)
		}
	}
}

func TestALetterheadIsKeptUndoneAndGuarded(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	l := insertion.Letterhead{Name: "Délégation", Address: "a\nb", Image: []byte{1, 2, 3}}
	must(t, s.SaveLetterhead(ctx, someone, l))
	got, err := s.Letterhead(ctx, 0)
	must(t, err)
	if got.Name != "Délégation" || string(got.Image) != "\x01\x02\x03" || got.Version != 1 {
		t.Fatalf("%+v", got)
	}
	if err := s.SaveLetterhead(ctx, someone, l); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("written twice as new: %v", err)
	}
	got.Image, got.Name = nil, "Autre"
	must(t, s.SaveLetterhead(ctx, someone, got))
	last, err := s.LastUndoable(ctx, someone)
	must(t, err)
	must(t, s.Undo(ctx, someone, last.ID))
	if got, err = s.Letterhead(ctx, 0); err != nil || got.Name != "Délégation" || len(got.Image) != 3 {
		t.Errorf("undone: %+v %v", got, err)
	}
	must(t, s.RemoveLetterhead(ctx, someone, 0))
	if got, err = s.Letterhead(ctx, 0); err != nil || got.Version != 0 {
		t.Errorf("removed: %+v %v", got, err)
	}
	var bad *insertion.FieldError
	if err := s.SaveLetterhead(ctx, someone, insertion.Letterhead{Name: strings.Repeat("x", 1000)}); !errors.As(err, &bad) {
		t.Errorf("a name of 1,000 letters: %v", err)
	}
	narrowed := s.As(insertion.Access{User: 1, Name: "x", Role: insertion.Facilitator, Buyers: []insertion.OrganisationID{99}})
	var no *insertion.Forbidden
	if err := narrowed.SaveLetterhead(ctx, "x", l); !errors.As(err, &no) {
		t.Errorf("somebody narrowed wrote it: %v", err)
	}
}

func TestAWordingIsKeptUndoneAndGivenBack(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.SaveWording(ctx, someone, insertion.Wording{Kind: insertion.DocReminder, Text: "un"}))
	w, err := s.Wording(ctx, insertion.DocReminder)
	must(t, err)
	if w.Text != "un" || w.Version != 1 {
		t.Fatalf("%+v", w)
	}
	old := w
	w.Text = "deux"
	must(t, s.SaveWording(ctx, someone, w))
	if err := s.SaveWording(ctx, someone, old); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("an older version was written: %v", err)
	}
	w.Text, w.Version = "", 2
	must(t, s.SaveWording(ctx, someone, w))
	if all, err := s.Wordings(ctx); err != nil || len(all) != 0 {
		t.Errorf("%v %v", all, err)
	}
	last, err := s.LastUndoable(ctx, someone)
	must(t, err)
	must(t, s.Undo(ctx, someone, last.ID))
	if w, err = s.Wording(ctx, insertion.DocReminder); err != nil || w.Text != "deux" {
		t.Errorf("%+v %v", w, err)
	}
	if err := s.SaveWording(ctx, someone, insertion.Wording{Kind: "inconnu", Text: "x"}); err == nil {
		t.Error("a kind nobody knows was written")
	}
}

func TestAStillViewDoesNotMove(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.still(ctx, func(v *Store) error {
		before, err := v.Lot(ctx, 1)
		must(t, err)
		must(t, s.SaveLetterhead(ctx, someone, insertion.Letterhead{Name: "Entre-temps"}))
		c := *before.Clause
		c.Fixed *= 2
		must(t, s.SaveClause(ctx, someone, c, before.ClauseVersion))
		after, err := v.Lot(ctx, 1)
		must(t, err)
		if l, err := v.Letterhead(ctx, 0); err != nil || l.Name != "" || after.Hours.Due != before.Hours.Due {
			t.Errorf("it moved: %+v, %s due %v", l, after.Hours.Due, err)
		}
		return nil
	}))
}
