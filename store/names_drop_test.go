package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

func setName(t testing.TB, s interface {
	SetName(ctx context.Context, by string, id insertion.ParticipantID, name string) (insertion.NamesReport, error)
}, id insertion.ParticipantID, name string) {
	t.Helper()
	_, err := s.SetName(t.Context(), someone, id, name)
	must(t, err)
}

// TestNamesNoLongerKeptAreReadByNobody: what hid names typed in texts was the list
// that goes.
func TestNamesNoLongerKeptAreReadByNobody(t *testing.T) {
	s := working(t)
	a := s.known()
	ctx := t.Context()
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: "vu hier\nZéphyrine Imaginaire, en bas"}))
	lot, err := s.Lot(ctx, s.lot)
	must(t, err)
	clause := *lot.Clause
	clause.Note = "pour <Imaginaire> et Zéphyrine Imaginaire"
	must(t, s.SaveClause(ctx, someone, clause, lot.ClauseVersion))

	announced, err := s.NamesDropped(ctx)
	must(t, err)
	if announced.Names != 1 || announced.Texts < 5 || announced.Changes < 5 {
		t.Errorf("announced %+v", announced)
	}
	if kept, err := s.NamesKept(ctx); err != nil || !kept {
		t.Fatalf("the rehearsal stopped keeping names: %v", err)
	}
	done, err := s.DropNames(ctx, someone)
	must(t, err)
	if done != announced {
		t.Errorf("announced %+v, done %+v", announced, done)
	}
	raw := bytes.ToLower(s.raw())
	for _, trace := range []string{"zéphyrine", "zephyrine", "imaginaire"} {
		if at := bytes.Index(raw, []byte(trace)); at >= 0 {
			t.Errorf("the file still holds %q: %q", trace, raw[max(0, at-60):min(len(raw), at+60)])
		}
	}
	notes, err := s.Contacts(ctx, insertion.ContactFilter{Lot: s.lot})
	must(t, err)
	for _, kept := range []string{"vu hier\n(nom retiré), en bas", "Mme (nom retiré) viendra", "rien sur elle", a.Participant.Code() + " demande un autre horaire"} {
		if !strings.Contains(fmt.Sprint(notes), kept) {
			t.Errorf("%q is not in the notes: %v", kept, notes)
		}
	}
	changes, err := s.Changes(ctx, 0, 0, 300)
	must(t, err)
	for _, c := range changes {
		for _, r := range c.Rows {
			for _, image := range [][]byte{r.Before, r.After} {
				if len(image) > 0 && !json.Valid(image) {
					t.Errorf("%s: %s", c.What, image)
				}
			}
		}
	}
}

func TestManyNamesAreDroppedAtOnce(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, someone, true))
	for i := range 700 {
		id, err := s.SaveParticipant(ctx, someone, insertion.Participant{Entered: "2026-01-01"})
		must(t, err)
		setName(t, s, id, fmt.Sprintf("Prénomx%d Nomx%d", i, i))
	}
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: "Prénomx699 Nomx699, puis nomx3"}))
	_, err := s.DropNames(ctx, someone)
	must(t, err)
	notes, err := s.Contacts(ctx, insertion.ContactFilter{Lot: s.lot})
	must(t, err)
	if notes[0].Text != "(nom retiré), puis (nom retiré)" {
		t.Errorf("%q", notes[0].Text)
	}
}

// TestASurnameAloneIsHidden, unless the file names otherwise with it.
func TestASurnameAloneIsHidden(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, someone, true))
	a := s.hired("2026-01-01")
	setName(t, s, a.Participant, "Quasimode Gambadel")
	b := s.hired("2026-01-01")
	const firm = "Pinceaux"
	_, err := s.SaveStructure(ctx, someone, insertion.Structure{SIRET: "40117125100036", Kind: insertion.EI, Name: firm, Active: true})
	must(t, err)
	setName(t, s, b.Participant, firm+" Rapp")
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: "Mme Gambadel et " + firm + " rappellent"}))
	notes, err := s.As(insertion.Access{User: 1, Name: "Lea", Role: insertion.Viewer}).Contacts(ctx, insertion.ContactFilter{Lot: s.lot})
	must(t, err)
	if want := "Mme (nom masqué) et " + firm + " rappellent"; notes[0].Text != want {
		t.Errorf("%q, want %q", notes[0].Text, want)
	}
}

// TestANameHiddenIsNotFoundByItsLetters: the index of exchanges holds it.
func TestANameHiddenIsNotFoundByItsLetters(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, someone, true))
	a := s.hired("2026-01-01")
	setName(t, s, a.Participant, "Masséna Gambadel")
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: "rendez-vous avec Masséna Gambadel, puis mme gambadel"}))
	for _, role := range []insertion.Role{insertion.Delegate, insertion.Viewer} {
		view := s.As(insertion.Access{User: 1, Name: "Lea", Role: role})
		for text, want := range map[string]int{"m": 1, "ma": 0, "mas": 0, "g": 0, "gamb": 0, "gambadel ": 0, "rendez mass": 0, "rendez": 1, "rendez vous ": 1} {
			hits, err := view.Find(ctx, text, 50)
			must(t, err)
			notes := 0
			for _, h := range hits {
				if h.Kind == insertion.OnNote {
					notes++
				}
			}
			if notes != want {
				t.Errorf("%s finds %d exchanges by %q, want %d", role, notes, text, want)
			}
			events, err := view.File(ctx, insertion.Subject{Kind: insertion.OnLot, ID: int64(s.lot)}, text, 50)
			must(t, err)
			if want == 0 && strings.HasPrefix(text, "g") && len(events) > 0 {
				t.Errorf("%s: the file of the lot tells %v by %q", role, events, text)
			}
		}
	}
	hits, err := s.Find(ctx, "gamb", 50)
	must(t, err)
	if len(hits) == 0 {
		t.Error("who may read names finds nothing")
	}
}

// TestWhatIsForOthersCarriesNoName: it is refused when typed, and hidden when it was
// typed before the name was kept.
func TestWhatIsForOthersCarriesNoName(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, someone, true))
	const name = "Quasimode Gambadel"
	head := insertion.Letterhead{Name: "Ville", Service: "Service de " + name, Facilitator: "Camille Durand"}
	const typed = "objet"
	meeting := mandate.Record{Kind: mandate.Meeting, Values: map[string]string{"instance": "conseil de l'ESS", "date": "2026-03-01", typed: "Séance avec " + name}}
	must(t, s.SaveLetterhead(ctx, someone, head))
	a := s.hired("2026-01-01")
	setName(t, s, a.Participant, name)

	shown, err := s.ForOthers().Letterhead(ctx, 0)
	must(t, err)
	if shown.Service != "Service de (nom masqué)" || shown.Facilitator != "Camille Durand" {
		t.Errorf("%+v", shown)
	}
	if own, err := s.Letterhead(ctx, 0); err != nil || own.Service != head.Service {
		t.Errorf("who wrote it reads %+v %v", own, err)
	}
	head.Version = 1
	_, errRecord := s.SaveMandateRecord(ctx, someone, meeting)
	project := noted(t, s.Store, mandate.Project, 0, typed, "entretien", "montant", "40000000").ID
	part := mandate.Record{Values: map[string]string{typed: "Tonte, vue avec Mme Quasimode Gambadel", "montant": "10000000"}}
	for _, try := range []struct {
		field string
		err   error
	}{
		{"service", s.SaveLetterhead(ctx, someone, head)},
		{"texte", s.SaveWording(ctx, someone, insertion.Wording{Kind: insertion.DocDone, Text: "Pour gambadel quasimode."})},
		{typed, errRecord},
		{typed, s.SaveMandateParts(ctx, someone, project, []mandate.Record{part})},
	} {
		field, err := try.field, try.err
		var bad *insertion.FieldError
		if !errors.As(err, &bad) || bad.Field != field || !strings.Contains(bad.Reason, a.Participant.Code()) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestANameTakenAwayLeavesTheTextsThatHeldIt: it hid itself there, and only it.
func TestANameTakenAwayLeavesTheTextsThatHeldIt(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, someone, true))
	a, b := s.hired("2026-01-01"), s.hired("2026-01-01")
	setName(t, s, a.Participant, "Quasimode Gambadl")
	setName(t, s, b.Participant, "Quasimode Brumaire")
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: "M. Gambadl, puis quasimode BRUMAIRE et un autre Quasimode"}))
	text := func(role insertion.Role) string {
		t.Helper()
		notes, err := s.As(insertion.Access{User: 1, Name: "Lea", Role: role}).Contacts(ctx, insertion.ContactFilter{Lot: s.lot})
		must(t, err)
		return notes[0].Text
	}
	for _, step := range []struct{ name, own, others string }{
		{"Quasimode Gambadl", "M. Gambadl, puis quasimode BRUMAIRE et un autre Quasimode", "M. (nom masqué), puis (nom masqué) et un autre (nom masqué)"},
		{"Gambadl  Quasimode", "M. Gambadl, puis quasimode BRUMAIRE et un autre Quasimode", "M. (nom masqué), puis (nom masqué) et un autre (nom masqué)"}, // nothing moves
		{"Quasimode Gambadel", "M. (nom retiré), puis quasimode BRUMAIRE et un autre Quasimode", "M. (nom retiré), puis (nom masqué) et un autre (nom masqué)"},
		{"", "M. (nom retiré), puis quasimode BRUMAIRE et un autre Quasimode", "M. (nom retiré), puis (nom masqué) et un autre (nom masqué)"}, // another bears that first name
	} {
		before := text(insertion.Facilitator)
		announced, err := s.NameSet(ctx, someone, a.Participant, step.name)
		must(t, err)
		if got := text(insertion.Facilitator); got != before || announced.Touches() != (step.own != before) {
			t.Errorf("%q is announced as %+v, and left %q of %q", step.name, announced, got, before)
		}
		done, err := s.SetName(ctx, someone, a.Participant, step.name)
		must(t, err)
		if done != announced || text(insertion.Facilitator) != step.own || text(insertion.Delegate) != step.others {
			t.Errorf("%q: %+v, announced %+v; %q, others read %q", step.name, done, announced, text(insertion.Facilitator), text(insertion.Delegate))
		}
	}
	if bytes.Contains(bytes.ToLower(s.raw()), []byte("gambad")) {
		t.Error("the file still holds the name")
	}
	setName(t, s, b.Participant, "")
	if got := text(insertion.Facilitator); got != "M. (nom retiré), puis (nom retiré) et un autre (nom retiré)" {
		t.Errorf("%q", got)
	}
}

func TestWhoHasANameDoesNotLeaveByAnUndo(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, someone, true))
	id, err := s.SaveParticipant(ctx, someone, insertion.Participant{Entered: "2026-01-01"})
	must(t, err)
	created, err := s.LastUndoable(ctx, someone)
	must(t, err)
	setName(t, s, id, "Quasimode Gambadel")
	var bad *insertion.FieldError
	if err := s.Undo(ctx, someone, created.ID); !errors.As(err, &bad) || !strings.Contains(bad.Reason, id.Code()) {
		t.Errorf("undone: %v", err)
	}
	setName(t, s, id, "")
	must(t, s.Undo(ctx, someone, created.ID))
}
