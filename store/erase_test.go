package store

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

func TestAPersonErasedLeavesOnlyFigures(t *testing.T) {
	s := working(t)
	must(t, s.KeepNames(t.Context(), someone, true))
	for range 41 { // a pseudonym that no other text holds by chance
		_, err := s.SaveParticipant(t.Context(), someone, insertion.Participant{Entered: "2026-01-01"})
		must(t, err)
	}
	a := s.hired("2026-01-01")
	code := a.Participant.Code()
	must(t, s.SetName(t.Context(), someone, a.Participant, "Zéphyrine Imaginaire"))
	s.seen(a.Participant, "2026-01-01")
	s.types(a, "2026-02", 100)
	must(t, s.AddContact(t.Context(), someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: code + " demande un autre horaire"}))
	before := s.done()

	report, err := s.Erasure(t.Context(), a.Participant)
	must(t, err)
	if !report.Name || report.Proofs != 1 || report.Lines != 1 || report.Notes != 1 || report.Changes < 4 {
		t.Errorf("announced %+v", report)
	}
	done, err := s.Erase(t.Context(), someone, a.Participant)
	must(t, err)
	if done != report {
		t.Errorf("announced %+v, done %+v", report, done)
	}
	if got := s.done(); got != before {
		t.Errorf("%s counted before, %s after", before, got)
	}
	if _, err := s.Participant(t.Context(), a.Participant); !errors.Is(err, insertion.ErrNotFound) {
		t.Errorf("she is still found: %v", err)
	}
	raw, err := os.ReadFile(s.Path())
	must(t, err)
	if log, err := os.ReadFile(s.Path() + "-wal"); err == nil {
		raw = append(raw, log...)
	}
	for _, trace := range []string{code, "Zéphyrine", "Imaginaire"} {
		if bytes.Contains(raw, []byte(trace)) {
			t.Errorf("the file still holds %q", trace)
		}
	}
	for {
		last, err := s.LastUndoable(t.Context(), someone)
		if errors.Is(err, insertion.ErrNothing) {
			break
		}
		must(t, err)
		if strings.Contains(last.What, gone) {
			t.Fatalf("« %s » can be undone", last.What)
		}
		if err := s.Undo(t.Context(), someone, last.ID); err != nil {
			break // what hangs on her rows stays: that is enough here
		}
	}
	if rows, err := s.Participants(t.Context(), insertion.ParticipantFilter{Text: code}, 10); err != nil || len(rows) != 0 {
		t.Errorf("undo brought back %+v %v", rows, err)
	}
}

func TestTwoRecordsOfOnePersonBecomeOneAndApartAgain(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	s.types(a, "2026-01", 50)
	b := s.hired("2026-03-01")
	r, err := s.Merge(t.Context(), someone, a.Participant, b.Participant)
	must(t, err)
	if len(r.Conflicts) != 1 {
		t.Fatalf("two open assignments on one placement: %+v", r)
	}
	file, err := s.Participant(t.Context(), a.Participant)
	must(t, err)
	first := file.Assignments[0]
	first.End = "2026-02-28"
	_, err = s.SaveAssignment(t.Context(), someone, first)
	must(t, err)
	s.types(b, "2026-03", 40)
	if got := s.done(); got != insertion.WholeHours(50) {
		t.Errorf("%s count while nothing shows the second is eligible", got)
	}
	r, err = s.Merge(t.Context(), someone, a.Participant, b.Participant)
	must(t, err)
	if len(r.Conflicts) != 0 || r.Lines != 1 || s.done() != insertion.WholeHours(90) {
		t.Errorf("%+v, %s count", r, s.done())
	}
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	if got := s.done(); got != insertion.WholeHours(50) {
		t.Errorf("%s count once apart again", got)
	}
}

func TestAllThatIsHeldOnAPersonCanBeGivenToHer(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	s.types(a, "2026-01", 50)
	doc, err := s.PersonExport(t.Context(), a.Participant)
	must(t, err)
	for _, part := range []string{a.Participant.Code(), `"categorie": "RSA"`, `"mois": "2026-01"`, `"journal"`} {
		if !bytes.Contains(doc, []byte(part)) {
			t.Errorf("the export lacks %s:\n%s", part, doc)
		}
	}
}
