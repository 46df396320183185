package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// endsOn puts an end to an assignment.
func (s site) endsOn(a insertion.Assignment, day insertion.Date) {
	s.t.Helper()
	file, err := s.Participant(s.t.Context(), a.Participant)
	must(s.t, err)
	ended := file.Assignments[0]
	ended.End = day
	_, err = s.SaveAssignment(s.t.Context(), someone, ended)
	must(s.t, err)
}

func TestHoursOutsideTheAssignmentAreRefusedWithItsDates(t *testing.T) {
	s := working(t)
	a := s.hired("2026-02-10")
	s.endsOn(a, "2026-03-15")
	for _, m := range []insertion.Month{"2026-01", "2026-04"} {
		err := s.SetLines(t.Context(), someone, []insertion.LineEdit{{Assignment: a.ID, Month: m, Hours: insertion.WholeHours(35)}})
		var field *insertion.FieldError
		if !errors.As(err, &field) {
			t.Fatalf("%s: %v", m, err)
		}
		for _, part := range []string{a.Participant.Code(), "placement 1", m.French(), "du 10/02/2026 au 15/03/2026"} {
			if !strings.Contains(field.Reason, part) {
				t.Errorf("« %s » does not say %s", field.Reason, part)
			}
		}
	}
	s.types(a, "2026-02", 35)
	s.types(a, "2026-03", 35)
}

func TestHoursLeftOutsideAnAssignmentShortenedCountForNothingAndCanBeTakenAway(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	s.types(a, "2026-01", 100)
	s.types(a, "2026-04", 50)
	if got := s.done(); got != insertion.WholeHours(150) {
		t.Fatalf("%s count while it runs", got)
	}
	s.endsOn(a, "2026-01-31")
	if got := s.done(); got != insertion.WholeHours(100) {
		t.Errorf("%s count once it ended before the second month", got)
	}
	file, err := s.Participant(t.Context(), a.Participant)
	must(t, err)
	for _, l := range file.Lines {
		if l.Month == "2026-04" {
			if len(l.Why) != 1 || l.Why[0].Rule != insertion.RuleAssignment {
				t.Errorf("why: %+v", l.Why)
			}
			must(t, s.SetLines(t.Context(), someone, []insertion.LineEdit{{Assignment: a.ID, Month: l.Month, Old: l, Clear: true}}))
		}
	}
}

func TestAClauseThatEndedShortComesJustUnderTheRedOnesAndItsProposalsAreLeftAlone(t *testing.T) {
	s := opened(t)
	imported(t, s, award(3))
	ctx := t.Context()
	must(t, s.SaveClause(ctx, someone, insertion.Clause{Lot: 1, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(1000), Start: "2025-01-01", End: "2026-03-31"}, 0))
	structure := insertion.Structure{Kind: insertion.EI, Name: "Vert Demain", Active: true}
	for d := 0; !insertion.ValidSIRET(structure.SIRET); d++ {
		structure.SIRET = fmt.Sprintf("0009300000001%d", d%10)
	}
	id, err := s.SaveStructure(ctx, someone, structure)
	must(t, err)
	must(t, s.Propose(ctx, someone, []insertion.Introduction{{Lot: 1, Structure: id, Rank: 1, Score: 80}}))
	todos, err := s.Todos(ctx, "2027-06-15", insertion.DefaultThresholds())
	must(t, err)
	if !hasTodo(todos, insertion.TodoOver) || hasTodo(todos, insertion.TodoNoAnswer) || hasTodo(todos, insertion.TodoBehind) {
		t.Errorf("told %+v", todos)
	}
	for _, todo := range todos {
		if todo.Kind == insertion.TodoOver && (todo.Since != "2026-03-31" || todo.Urgency <= urgentBehind || todo.Urgency >= urgentRed) {
			t.Errorf("%+v", todo)
		}
	}
}
