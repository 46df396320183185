package store

import (
	"errors"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// site is a lot with its clause and one placement of an association
// intermédiaire, on which persons can work since January.
type site struct {
	*Store
	t         testing.TB
	lot       insertion.LotID
	placement insertion.PlacementID
}

func working(t testing.TB) site {
	t.Helper()
	s := opened(t)
	imported(t, s, award(3))
	clause := insertion.Clause{Lot: 1, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(1000), Start: "2026-01-01", End: "2027-12-31"}
	must(t, s.SaveClause(t.Context(), someone, clause, 0))
	id, err := s.SavePlacement(t.Context(), someone, insertion.Placement{
		Lot: 1, Employer: "Mains Utiles", Modality: insertion.Secondment,
		Months: []insertion.PlacementMonth{{Month: "2026-01", Planned: insertion.WholeHours(100)}, {Month: "2026-02", Planned: insertion.WholeHours(100)}},
	})
	must(t, err)
	return site{s, t, 1, id}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// hired is a new person at work since a day.
func (s site) hired(start insertion.Date) insertion.Assignment {
	s.t.Helper()
	p, err := s.SaveParticipant(s.t.Context(), someone, insertion.Participant{Born: 1990, Sex: insertion.Woman, Entered: start})
	must(s.t, err)
	a := insertion.Assignment{Participant: p, Placement: s.placement, Lot: s.lot, Employment: insertion.CDDI, Start: start}
	a.ID, err = s.SaveAssignment(s.t.Context(), someone, a)
	must(s.t, err)
	return a
}

func (s site) seen(p insertion.ParticipantID, day insertion.Date) {
	s.t.Helper()
	_, err := s.SaveEligibility(s.t.Context(), someone, insertion.Eligibility{Participant: p, Category: "RSA", Proof: "rsa", Dated: day.AddDays(-5), Seen: day})
	must(s.t, err)
}

func (s site) types(a insertion.Assignment, m insertion.Month, h int64) {
	s.t.Helper()
	must(s.t, s.SetLines(s.t.Context(), someone, []insertion.LineEdit{{Assignment: a.ID, Month: m, Hours: insertion.WholeHours(h)}}))
}

func (s site) done() insertion.Hours {
	s.t.Helper()
	l, err := s.Lot(s.t.Context(), s.lot)
	must(s.t, err)
	return l.Hours.Done
}

func TestHoursCountOnceTheProofIsSeenAndNoLonger(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.types(a, "2026-01", 100)
	if got := s.done(); got != 0 {
		t.Errorf("%s count before any proof was seen", got)
	}
	s.seen(a.Participant, "2026-01-01")
	if got := s.done(); got != insertion.WholeHours(100) {
		t.Errorf("%s count once it was", got)
	}
	file, err := s.Participant(t.Context(), a.Participant)
	must(t, err)
	must(t, s.RemoveEligibility(t.Context(), someone, file.Eligibilities[0].ID))
	if got := s.done(); got != 0 {
		t.Errorf("%s count once it is taken away", got)
	}
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	if got := s.done(); got != insertion.WholeHours(100) {
		t.Errorf("%s count after undoing", got)
	}
}

func TestACellTypedMeanwhileBySomebodyElseIsToldAndKept(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	must(t, s.SetLines(t.Context(), "Dominique", []insertion.LineEdit{{Assignment: a.ID, Month: "2026-02", Hours: insertion.WholeHours(35)}}))
	err := s.SetLines(t.Context(), someone, []insertion.LineEdit{{Assignment: a.ID, Month: "2026-02", Hours: insertion.WholeHours(70)}})
	var stale *insertion.StaleHours
	if !errors.As(err, &stale) || stale.By != "Dominique" || stale.Done != insertion.WholeHours(35) {
		t.Fatalf("told %v", err)
	}
	grid, err := s.LineGrid(t.Context(), s.lot, "2026-01", "2026-03")
	must(t, err)
	if len(grid) != 1 || grid[0].Cells[1].Hours != insertion.WholeHours(35) || grid[0].Cells[0].By != "" {
		t.Errorf("grid %+v", grid)
	}
}

func TestSharedHoursNeverExceedThoseWorked(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.types(a, "2026-03", 100)
	must(t, s.SetWorked(t.Context(), someone, insertion.WorkedMonth{Participant: a.Participant, Month: "2026-03", Hours: insertion.WholeHours(120), Agreement: "deux acheteurs, 02/03/2026"}))
	other, err := s.SavePlacement(t.Context(), someone, insertion.Placement{Lot: s.lot, Employer: "Mains Utiles", Modality: insertion.Secondment})
	must(t, err)
	b := insertion.Assignment{Participant: a.Participant, Placement: other, Employment: insertion.CDDI, Start: "2026-01-01"}
	b.ID, err = s.SaveAssignment(t.Context(), someone, b)
	must(t, err)
	err = s.SetLines(t.Context(), someone, []insertion.LineEdit{{Assignment: b.ID, Month: "2026-03", Hours: insertion.WholeHours(30)}})
	var field *insertion.FieldError
	if !errors.As(err, &field) || !strings.Contains(field.Reason, "120 h") {
		t.Errorf("told %v", err)
	}
	s.types(b, "2026-03", 20)
	if err := s.SetWorked(t.Context(), someone, insertion.WorkedMonth{Participant: a.Participant, Month: "2026-03", Hours: insertion.WholeHours(110)}); err == nil {
		t.Error("fewer hours worked than shared were taken")
	}
}

func TestOnePersonIsNotTwiceOnAPlacementTheSameDay(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	_, err := s.SaveAssignment(t.Context(), someone, insertion.Assignment{Participant: a.Participant, Placement: s.placement, Employment: insertion.CDI, Start: "2026-05-01"})
	var field *insertion.FieldError
	if !errors.As(err, &field) || field.Field != "debut" {
		t.Errorf("told %v", err)
	}
}

func TestATotalWithoutPersonsCountsUntilTheClauseAsksForDetail(t *testing.T) {
	s := working(t)
	must(t, s.SetHours(t.Context(), someone, s.placement, "2026-02", insertion.PlacementMonth{}, insertion.PlacementMonth{Done: insertion.WholeHours(80), Entered: true}))
	if got := s.done(); got != insertion.WholeHours(80) {
		t.Errorf("%s count", got)
	}
	lot, err := s.Lot(t.Context(), s.lot)
	must(t, err)
	c := *lot.Clause
	c.Rules.NoUndetailed = true
	must(t, s.SaveClause(t.Context(), someone, c, lot.ClauseVersion))
	if got := s.done(); got != 0 {
		t.Errorf("%s count without detail", got)
	}
}

func TestNamesAreNotKeptUnlessAsked(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	if _, err := s.SetName(t.Context(), someone, a.Participant, "Nom Inventé"); err == nil {
		t.Error("a name was kept unasked")
	}
	must(t, s.KeepNames(t.Context(), someone, true))
	setName(t, s, a.Participant, "Nom Inventé")
	rows, err := s.Participants(t.Context(), insertion.ParticipantFilter{Text: "inventé"}, 10)
	must(t, err)
	if len(rows) != 1 || rows[0].Name != "Nom Inventé" {
		t.Errorf("%+v", rows)
	}
	must(t, s.KeepNames(t.Context(), someone, false))
	file, err := s.Participant(t.Context(), a.Participant)
	must(t, err)
	if file.Name != "" {
		t.Errorf("still named %q", file.Name)
	}
}

func TestDetailTakesItsHoursOutOfTheTotal(t *testing.T) {
	s := working(t)
	must(t, s.SetHours(t.Context(), someone, s.placement, "2026-02", insertion.PlacementMonth{}, insertion.PlacementMonth{Done: insertion.WholeHours(80), Entered: true}))
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	s.types(a, "2026-02", 30)
	if got := s.done(); got != insertion.WholeHours(80) {
		t.Errorf("%s count for a total of 80 h of which 30 are detailed", got)
	}
	b := s.hired("2026-01-01")
	s.seen(b.Participant, "2026-01-01")
	s.types(b, "2026-02", 60)
	if got := s.done(); got != insertion.WholeHours(90) {
		t.Errorf("%s count for 90 h detailed", got)
	}
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	if got := s.done(); got != insertion.WholeHours(80) {
		t.Errorf("%s count after undoing", got)
	}
}

func TestTheSameHoursTypedAgainGoOnCounting(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	s.types(a, "2026-01", 100)
	must(t, s.SetLines(t.Context(), someone, []insertion.LineEdit{{Assignment: a.ID, Month: "2026-01", Old: s.line(a, "2026-01"), Hours: insertion.WholeHours(100)}}))
	if got := s.done(); got != insertion.WholeHours(100) {
		t.Errorf("%s count", got)
	}
}

func TestHoursMovedBetweenContractsNeverPassWhatWasWorkedOnTheWay(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	other, err := s.SavePlacement(t.Context(), someone, insertion.Placement{Lot: s.lot, Employer: "Mains Utiles", Modality: insertion.Secondment})
	must(t, err)
	b := insertion.Assignment{Participant: a.Participant, Placement: other, Employment: insertion.CDDI, Start: "2026-01-01"}
	b.ID, err = s.SaveAssignment(t.Context(), someone, b)
	must(t, err)
	s.types(a, "2026-03", 100)
	must(t, s.SetWorked(t.Context(), someone, insertion.WorkedMonth{Participant: a.Participant, Month: "2026-03", Hours: insertion.WholeHours(100)}))
	must(t, s.SetLines(t.Context(), someone, []insertion.LineEdit{
		{Assignment: b.ID, Month: "2026-03", Hours: insertion.WholeHours(40)},
		{Assignment: a.ID, Month: "2026-03", Old: s.line(a, "2026-03"), Hours: insertion.WholeHours(60)},
	}))
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	if s.line(a, "2026-03").Hours != insertion.WholeHours(100) || s.line(b, "2026-03").ID != 0 {
		t.Errorf("%+v, %+v", s.line(a, "2026-03"), s.line(b, "2026-03"))
	}
}

func TestAMonthHoldsNoMoreHoursThanItHasWhateverWritesThem(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	other, err := s.SavePlacement(t.Context(), someone, insertion.Placement{Lot: s.lot, Employer: "Mains Utiles", Modality: insertion.Secondment})
	must(t, err)
	b := insertion.Assignment{Participant: a.Participant, Placement: other, Employment: insertion.CDDI, Start: "2026-01-01"}
	b.ID, err = s.SaveAssignment(t.Context(), someone, b)
	must(t, err)
	s.types(a, "2026-03", 500)
	err = s.SetLines(t.Context(), someone, []insertion.LineEdit{{Assignment: b.ID, Month: "2026-03", Hours: insertion.WholeHours(300)}})
	var field *insertion.FieldError
	if !errors.As(err, &field) || !strings.Contains(field.Reason, "800 h") || !strings.Contains(field.Reason, "03/2026") {
		t.Errorf("told %v", err)
	}
	if s.line(b, "2026-03").ID != 0 {
		t.Error("written all the same")
	}
}

func TestAMonthOfTheGridIsInTheFileOfEachPersonAndLot(t *testing.T) {
	s := working(t)
	a, b := s.hired("2026-01-01"), s.hired("2026-01-01")
	must(t, s.SetLines(t.Context(), someone, []insertion.LineEdit{
		{Assignment: a.ID, Month: "2026-03", Hours: insertion.WholeHours(40)}, {Assignment: b.ID, Month: "2026-03", Hours: insertion.WholeHours(60)},
	}))
	for _, about := range []insertion.Subject{{Kind: insertion.OnParticipant, ID: int64(a.Participant)}, {Kind: insertion.OnParticipant, ID: int64(b.Participant)}, {Kind: insertion.OnLot, ID: int64(s.lot)}} {
		events, err := s.File(t.Context(), about, "2 cases", 10)
		must(t, err)
		if len(events) != 1 {
			t.Errorf("the file of %+v holds %+v", about, events)
		}
	}
}

func TestUndoingTheFirstTotalLeavesTheOthers(t *testing.T) {
	s := working(t)
	enter := func(by string, m insertion.Month, h int64) {
		must(t, s.SetHours(t.Context(), by, s.placement, m, insertion.PlacementMonth{}, insertion.PlacementMonth{Done: insertion.WholeHours(h), Entered: true}))
	}
	enter(someone, "2026-01", 80)
	enter("Dominique", "2026-02", 50)
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	if got := s.done(); got != insertion.WholeHours(50) {
		t.Errorf("%s count", got)
	}
}
