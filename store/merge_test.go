package store

import (
	"errors"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

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
	before := dump(t, s.Store)
	r, err = s.Merge(t.Context(), someone, a.Participant, b.Participant)
	must(t, err)
	// The proof of January was too old in March: merging does not refresh it.
	if len(r.Conflicts) != 0 || r.Lines != 1 || r.Assignments != 1 {
		t.Errorf("%+v", r)
	}
	both, err := s.Participant(t.Context(), b.Participant)
	must(t, err)
	if both.ID != a.Participant || len(both.Lines) != 2 || len(both.Assignments) != 2 {
		t.Errorf("the old pseudonym gives %+v", both)
	}
	rows, err := s.Participants(t.Context(), insertion.ParticipantFilter{}, 10)
	must(t, err)
	if len(rows) != 1 || rows[0].Hours != insertion.WholeHours(90) {
		t.Errorf("listed %+v", rows)
	}
	events, err := s.File(t.Context(), insertion.Subject{Kind: insertion.OnParticipant, ID: int64(a.Participant)}, b.Participant.Code(), 50)
	must(t, err)
	if len(events) < 3 {
		t.Errorf("her file forgot what was done under the other number: %+v", events)
	}
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	if after := dump(t, s.Store); after != before {
		t.Errorf("before:\n%s\nonce apart again:\n%s", before, after)
	}
}

func TestWhatTwoRecordsSayDifferentlyIsReportedAndNothingIsMerged(t *testing.T) {
	s := working(t)
	a, b := s.hired("2026-01-01"), s.hired("2026-01-01")
	file, err := s.Participant(t.Context(), b.Participant)
	must(t, err)
	p := file.Participant
	p.Born, p.Sex = 1975, insertion.Man
	_, err = s.SaveParticipant(t.Context(), someone, p)
	must(t, err)
	s.types(a, "2026-02", 100)
	s.types(b, "2026-02", 60)
	must(t, s.SetWorked(t.Context(), someone, insertion.WorkedMonth{Participant: a.Participant, Month: "2026-02", Hours: insertion.WholeHours(120), Agreement: "deux acheteurs"}))
	must(t, s.SetWorked(t.Context(), someone, insertion.WorkedMonth{Participant: b.Participant, Month: "2026-02", Hours: insertion.WholeHours(140), Agreement: "deux acheteurs"}))
	before := dump(t, s.Store)
	r, err := s.Merge(t.Context(), someone, a.Participant, b.Participant)
	must(t, err)
	all := strings.Join(r.Conflicts, "\n")
	for _, what := range []string{"1990", "sexe", "jours communs", "120 h", "160 h"} {
		if !strings.Contains(all, what) {
			t.Errorf("%q is not among the conflicts:\n%s", what, all)
		}
	}
	if after := dump(t, s.Store); after != before {
		t.Error("something was merged all the same")
	}
	if _, err := s.Merge(t.Context(), someone, a.Participant, 999); !errors.Is(err, insertion.ErrNotFound) {
		t.Errorf("merged with nobody: %v", err)
	}
	if _, err := s.Merge(t.Context(), someone, a.Participant, a.Participant); !errors.As(err, new(*insertion.FieldError)) {
		t.Errorf("merged with herself: %v", err)
	}
}

func TestHoursEnteredAfterAMergeFollowTheirContractOnceApart(t *testing.T) {
	s := working(t)
	a := s.hired("2026-03-01")
	twin, err := s.SaveParticipant(t.Context(), someone, insertion.Participant{Entered: "2026-01-01"})
	must(t, err)
	_, err = s.Merge(t.Context(), someone, twin, a.Participant)
	must(t, err)
	merge, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	s.types(a, "2026-04", 70)
	must(t, s.Undo(t.Context(), someone, merge.ID))
	file, err := s.Participant(t.Context(), a.Participant)
	must(t, err)
	if len(file.Lines) != 1 || file.Lines[0].Hours != insertion.WholeHours(70) {
		t.Errorf("%+v", file.Lines)
	}
	if wrong, err := s.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Error(wrong, err)
	}
}

func TestTheLastExitHoldsUnlessTheOtherRecordBeganAfterIt(t *testing.T) {
	s := working(t)
	save := func(p insertion.Participant) insertion.ParticipantID {
		id, err := s.SaveParticipant(t.Context(), someone, p)
		must(t, err)
		return id
	}
	left := insertion.Participant{Entered: "2025-01-01", Left: "2025-09-30", Exit: insertion.ExitLasting}
	for entered, want := range map[insertion.Date]insertion.Date{"2025-06-01": "2025-09-30", "2026-02-01": ""} {
		keep, gone := save(left), save(insertion.Participant{Entered: entered, Born: 1980})
		_, err := s.Merge(t.Context(), someone, keep, gone)
		must(t, err)
		file, err := s.Participant(t.Context(), keep)
		must(t, err)
		if file.Left != want || (file.Exit == "") != (want == "") || file.Born != 1980 || file.Entered != "2025-01-01" {
			t.Errorf("entered again on %s: %+v", entered, file.Participant)
		}
	}
}
