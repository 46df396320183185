package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// known is a person with a name, a proof, hours, a decision and words about her,
// whose pseudonym no other text holds by chance.
func (s site) known() insertion.Assignment {
	s.t.Helper()
	ctx := s.t.Context()
	must(s.t, s.KeepNames(ctx, someone, true))
	for range 41 {
		_, err := s.SaveParticipant(ctx, someone, insertion.Participant{Entered: "2026-01-01"})
		must(s.t, err)
	}
	a := s.hired("2026-01-13")
	setName(s.t, s, a.Participant, "Zéphyrine Imaginaire")
	s.seen(a.Participant, "2026-02-11")
	s.types(a, "2026-02", 100)
	must(s.t, s.SetLines(ctx, someone, []insertion.LineEdit{{Assignment: a.ID, Month: "2026-01", Hours: insertion.WholeHours(20), Granted: "Zéphyrine Imaginaire attend son attestation"}}))
	for _, text := range []string{
		a.Participant.Code() + " demande un autre horaire", "vu p-42 et P-042, pas P-0421 ni P-0142", "zephyrine IMAGINAIRE a rappelé", "Imaginaire, Zéphyrine : absente",
		"Mme Imaginaire viendra", "rien sur elle",
	} {
		must(s.t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: text}))
	}
	for _, id := range []string{fmt.Sprintf("%s:%d:%d", insertion.TodoWindow, a.Participant, s.lot), fmt.Sprintf("%s:%d", insertion.TodoNoHours, a.Participant)} {
		must(s.t, s.Postpone(ctx, someone, insertion.Postponed{Todo: id, Until: "2026-07-01", Reason: "P-0042 en congés"}))
	}
	return a
}

// raw is every byte of the file and of its log.
func (s site) raw() []byte {
	s.t.Helper()
	raw, err := os.ReadFile(s.Path())
	must(s.t, err)
	if log, err := os.ReadFile(s.Path() + "-wal"); err == nil {
		raw = append(raw, log...)
	}
	return raw
}

func TestAPersonErasedLeavesOnlyFigures(t *testing.T) {
	s := working(t)
	a := s.known()
	before := s.done()
	// Traces wait in the free space too: what was long, what was taken out.
	reason := strings.Repeat("Zéphyrine Imaginaire a montré sa lettre. ", 300)
	id, err := s.SaveEligibility(t.Context(), someone, insertion.Eligibility{Participant: a.Participant, Category: "AVIS", Proof: "avis", Seen: "2026-02-11", Reason: reason})
	must(t, err)
	must(t, s.RemoveEligibility(t.Context(), someone, id))
	for n := range 60 { // enough for pages to be split, which leaves copies behind
		text := fmt.Sprintf("%s P-0042 %s", strings.Repeat("x", n*17%400), strings.Repeat("Zéphyrine Imaginaire ", n*7%40))
		must(t, s.AddContact(t.Context(), someone, insertion.Contact{Lot: s.lot, Kind: insertion.NoteLog, On: "2026-05-03", Text: text}))
	}
	setName(t, s, a.Participant, "Zéphyrine Imaginaire-Ancienne")
	setName(t, s, a.Participant, "Zéphyrine Imaginaire")

	announced, err := s.Erasure(t.Context(), a.Participant)
	must(t, err)
	if !announced.Name || announced.Proofs != 1 || announced.Lines != 2 || announced.Changes < 8 || announced.Notes < 4 || len(announced.Doubts) != 1 {
		t.Errorf("announced %+v", announced)
	}
	if file, err := s.Participant(t.Context(), a.Participant); err != nil || file.Name == "" {
		t.Fatalf("the rehearsal erased her: %+v %v", file, err)
	}
	done, err := s.Erase(t.Context(), someone, a.Participant)
	must(t, err)
	if !reflect.DeepEqual(done, announced) {
		t.Errorf("announced %+v, done %+v", announced, done)
	}
	if got := s.done(); got != before {
		t.Errorf("%s counted before, %s after", before, got)
	}
	raw := bytes.ToLower(s.raw())
	// A note that holds her surname only is announced, not rewritten.
	raw = bytes.ReplaceAll(raw, []byte("mme imaginaire viendra"), nil)
	for _, trace := range []string{"p-0042", "p-42", "p-042 ", "zéphyrine", "zephyrine", "ancienne", "attestation rsa", "imaginaire,", "imaginaire a", fmt.Sprintf("%s:%d:", insertion.TodoWindow, a.Participant)} {
		if at := bytes.Index(raw, []byte(trace)); at >= 0 {
			t.Errorf("the file still holds %q: %q", trace, raw[max(0, at-60):min(len(raw), at+60)])
		}
	}
	notes, err := s.Contacts(t.Context(), insertion.ContactFilter{Lot: s.lot})
	must(t, err)
	all := fmt.Sprint(notes)
	for _, kept := range []string{"vu (personne effacée) et (personne effacée), pas P-0421 ni P-0142", "(personne effacée) a rappelé", "(personne effacée) : absente", "Mme Imaginaire viendra", "rien sur elle"} {
		if !strings.Contains(all, kept) {
			t.Errorf("%q is not in the notes: %s", kept, all)
		}
	}
	put, err := s.Postponements(t.Context())
	must(t, err)
	if len(put) != 1 || put[0].Todo != fmt.Sprintf("%s:%d", insertion.TodoNoHours, a.Participant) {
		t.Errorf("what was put off about the placement %d went with her: %+v", a.Participant, put)
	}
}

func TestAPersonErasedIsNowhereToBeFoundAndNeverComesBack(t *testing.T) {
	s := working(t)
	a := s.known()
	counted := s.done()
	changes, err := s.Changes(t.Context(), 0, 0, 200)
	must(t, err)
	_, err = s.Erase(t.Context(), someone, a.Participant)
	must(t, err)
	if _, err := s.Participant(t.Context(), a.Participant); !errors.Is(err, insertion.ErrNotFound) {
		t.Errorf("she is still found: %v", err)
	}
	for _, text := range []string{"P-0042", "zephyrine", "42"} {
		hits, err := s.Find(t.Context(), text, 50)
		must(t, err)
		for _, h := range hits {
			if h.Kind == insertion.OnParticipant || strings.Contains(h.Title, "personne effacée") {
				t.Errorf("%q finds %+v", text, h)
			}
		}
	}
	refused := 0
	for _, c := range changes {
		err := s.Undo(t.Context(), someone, c.ID)
		var field *insertion.FieldError
		if errors.As(err, &field) && strings.Contains(field.Reason, "effacée") {
			refused++
		}
		if file, err := s.Participant(t.Context(), a.Participant); err == nil {
			t.Fatalf("undoing %q brought back %+v", c.What, file)
		}
	}
	if refused < 6 {
		t.Errorf("only %d changes say why they can no longer be undone", refused)
	}
	grid, err := s.LineGrid(t.Context(), s.lot, "2026-01", "2026-02")
	must(t, err)
	var sum insertion.Hours
	var hers insertion.LineRow
	for _, r := range grid {
		if r.Participant < 0 {
			hers = r
			sum += r.Cells[0].Counted + r.Cells[1].Counted
		}
	}
	if hers.Participant.Code() != "anonyme" || sum != counted || hers.Start != "2026-01-01" {
		t.Errorf("%+v, %s of %s kept", hers, sum, counted)
	}
	err = s.SetLines(t.Context(), someone, []insertion.LineEdit{{Assignment: hers.ID, Month: "2026-02", Old: hers.Cells[1], Hours: 1}})
	if !errors.As(err, new(*insertion.FieldError)) {
		t.Errorf("her hours changed: %v", err)
	}
	next, err := s.SaveParticipant(t.Context(), someone, insertion.Participant{Entered: "2026-01-01"})
	must(t, err)
	if next <= a.Participant {
		t.Errorf("her number was given again: %d", next)
	}
}

func TestFiguresAlreadyRenderedDoNotMoveOnceAPersonIsErased(t *testing.T) {
	s := working(t)
	a := s.known()
	counted := s.done()
	_, err := s.Erase(t.Context(), someone, a.Participant)
	must(t, err)
	lot, err := s.Lot(t.Context(), s.lot)
	must(t, err)
	c := *lot.Clause
	c.Publics = []string{"RQTH"}
	must(t, s.SaveClause(t.Context(), someone, c, lot.ClauseVersion))
	if n, err := s.Recount(t.Context()); err != nil || n != 0 || s.done() != counted {
		t.Errorf("%d lines counted again (%v): %s, were %s", n, err, s.done(), counted)
	}
}

func TestErasingReachesTheRecordsMergedIntoHers(t *testing.T) {
	s := working(t)
	a := s.known()
	twin, err := s.SaveParticipant(t.Context(), someone, insertion.Participant{Born: 1990, INSEE: "92050", Entered: "2026-03-01"})
	must(t, err)
	setName(t, s, twin, "Zéphyrine Doublon")
	must(t, s.AddContact(t.Context(), someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: twin.Code() + " est la même ; Doublon Zéphyrine"}))
	report, err := s.Merge(t.Context(), someone, a.Participant, twin)
	must(t, err)
	if len(report.Conflicts) > 0 {
		t.Fatalf("%+v", report)
	}
	_, err = s.Erase(t.Context(), someone, twin) // either number is hers
	must(t, err)
	raw := bytes.ToLower(s.raw())
	for _, trace := range []string{strings.ToLower(twin.Code()), "p-0042", "doublon", "92050001"} {
		if bytes.Contains(raw, []byte(trace)) {
			t.Errorf("the file still holds %q", trace)
		}
	}
	for _, id := range []insertion.ParticipantID{a.Participant, twin} {
		if _, err := s.Participant(t.Context(), id); !errors.Is(err, insertion.ErrNotFound) {
			t.Errorf("%s is still found: %v", id.Code(), err)
		}
	}
}

func TestAllThatIsHeldOnAPersonCanBeGivenToHer(t *testing.T) {
	s := working(t)
	a := s.known()
	doc, err := s.PersonExport(t.Context(), a.Participant)
	must(t, err)
	for _, part := range []string{`"P-0042"`, `"Zéphyrine Imaginaire"`, `"categorie": "RSA"`, `"mois": "2026-01"`, `"comptees"`, `"Mains Utiles"`, "demande un autre horaire", "IMAGINAIRE a rappelé", "nouvelle personne", "en congés"} {
		if !bytes.Contains(doc, []byte(part)) {
			t.Errorf("the export lacks %s:\n%s", part, doc)
		}
	}
	if bytes.Contains(doc, []byte("rien sur elle")) {
		t.Error("the export gives what is not about her")
	}
}
