package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// filled is the sheet of the first quarter as it came back.
func (s site) filled(file string, rows ...insertion.StatementRow) insertion.Statement {
	s.t.Helper()
	lot, err := s.Lot(s.t.Context(), s.lot)
	must(s.t, err)
	for i := range rows {
		rows[i].Line = i + 8
	}
	return insertion.Statement{
		Declarant: insertion.Declarant{Organisation: lot.Contractors[0].ID, Name: "Entreprise inventée"},
		From:      "2026-01", To: "2026-03", File: file, Hash: file, Rows: rows,
	}
}

// line is what the file holds of an assignment in a month.
func (s site) line(a insertion.Assignment, m insertion.Month) insertion.HourLine {
	s.t.Helper()
	found, err := query(s.t.Context(), s.r, scanLine, selectLine+" WHERE assignment = ? AND month = ?", a.ID, m)
	must(s.t, err)
	if len(found) == 0 {
		return insertion.HourLine{}
	}
	return found[0].HourLine
}

func cells(hours ...int64) []insertion.StatementCell {
	out := make([]insertion.StatementCell, len(hours))
	for i, h := range hours {
		out[i] = insertion.StatementCell{Hours: insertion.WholeHours(h), Blank: h < 0}
	}
	return out
}

// told is what a report answers, one word a cell.
func told(r insertion.StatementReport) string {
	var out []string
	for _, a := range r.Answers {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %s", a.Line, a.Month, a.Verdict)))
	}
	return strings.Join(out, "\n")
}

// answers is what a check of a statement answers.
func (s site) answers(st insertion.Statement) insertion.StatementReport {
	s.t.Helper()
	r, err := s.CheckStatement(s.t.Context(), st)
	must(s.t, err)
	return r
}

func TestEachRowOfAStatementIsAnsweredAndNothingIsWrittenBefore(t *testing.T) {
	s := working(t)
	a, b := s.hired("2026-01-01"), s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	s.types(b, "2026-01", 20)
	before := dump(t, s.Store)
	row := func(who insertion.Assignment, hours ...int64) insertion.StatementRow {
		return insertion.StatementRow{Code: who.Participant.Code(), Lot: s.lot, Cells: cells(hours...)}
	}
	st := s.filled("releve.xlsx",
		row(a, 100, 90, -1),
		row(b, 30, 160, 999),
		row(a, 100, 90, -1),
		insertion.StatementRow{Code: "P-0999", Cells: cells(10, -1, -1)},
		insertion.StatementRow{Code: a.Participant.Code(), Lot: 77, Cells: cells(10, -1, -1)},
		insertion.StatementRow{Cells: cells(10, -1, -1)},
		insertion.StatementRow{Problem: "cellules fusionnées"},
	)
	report := s.answers(st)
	want := "8 2026-01 acceptée\n8 2026-02 acceptée\n9 2026-01 modifiée\n9 2026-02 douteuse\n9 2026-03 refusée\n10  refusée\n11  refusée\n12  refusée\n13  refusée\n14  refusée"
	if got := told(report); got != want {
		t.Errorf("answered\n%s", got)
	}
	for i, why := range map[int]string{2: "remplace 20 h (saisie, facilitatrice)", 3: "151,67 h", 4: "un mois ne tient pas", 5: "la ligne 8", 6: "P-0999", 7: "lot 77", 8: "Personnes", 9: "fusionnées"} {
		if !strings.Contains(report.Answers[i].Text, why) {
			t.Errorf("answer %d does not say %q: %q", i, why, report.Answers[i].Text)
		}
	}
	if report.Answers[0].Counted != insertion.WholeHours(100) || report.Answers[2].Counted != 0 || !strings.Contains(report.Answers[2].Text, "30 h ne comptent pas : aucune éligibilité") {
		t.Errorf("what will count is not foreseen: %+v", report.Answers[:3])
	}
	if after := dump(t, s.Store); after != before {
		t.Error("something was written before anyone accepted")
	}
	_, err := s.AcceptStatement(t.Context(), someone, report.Statement, false)
	must(t, err)
	if s.done() != insertion.WholeHours(190) {
		t.Errorf("%s count", s.done())
	}
	imports, err := s.Imports(t.Context(), 1)
	must(t, err)
	if i := imports[0]; i.File != "releve.xlsx" || i.Read != 10 || i.New != 2 || i.Updated != 1 || i.Refused != 7 || len(i.Hash) == 0 {
		t.Errorf("listed %+v", i)
	}
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	if after := dump(t, s.Store); after != before {
		t.Error("undone, the statement left something")
	}
}

func TestABlankCellLeavesWhatIsKnownAndAnEmptyRowIsSaidToBe(t *testing.T) {
	s := working(t)
	a, b := s.hired("2026-01-01"), s.hired("2026-01-01")
	s.types(a, "2026-02", 35)
	report := s.answers(s.filled("releve.csv",
		insertion.StatementRow{Code: a.Participant.Code(), Cells: cells(10, -1, 0)},
		insertion.StatementRow{Code: b.Participant.Code(), Cells: cells(-1, -1, -1)}))
	if got, want := told(report), "8 2026-01 acceptée\n8 2026-02 déjà connue\n8 2026-03 acceptée\n9  déjà connue"; got != want {
		t.Errorf("answered\n%s", got)
	}
	_, err := s.AcceptStatement(t.Context(), someone, report.Statement, true)
	must(t, err)
	file, err := s.Participant(t.Context(), a.Participant)
	must(t, err)
	if len(file.Lines) != 3 || file.Lines[1].Hours != insertion.WholeHours(35) {
		t.Errorf("%+v", file.Lines)
	}
}

func TestTheSameStatementAgainCountsNothingTwice(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	st := s.filled("releve.xlsx", insertion.StatementRow{Code: a.Participant.Code(), Lot: s.lot, Cells: cells(100, 90, 80)})
	_, err := s.AcceptStatement(t.Context(), someone, st, false)
	must(t, err)
	before := dump(t, s.Store)
	report, err := s.AcceptStatement(t.Context(), someone, st, true)
	must(t, err)
	if report.Again == "" || report.Count(insertion.CellSame) != 3 || s.done() != insertion.WholeHours(270) {
		t.Errorf("again %q, %+v, %s count", report.Again, report.Answers, s.done())
	}
	// Saved again by the firm's spreadsheet: other bytes, the same hours.
	st.Hash = "other bytes"
	report, err = s.AcceptStatement(t.Context(), someone, st, true)
	must(t, err)
	if report.Again != "" || report.Count(insertion.CellSame) != 3 {
		t.Errorf("again %q, %+v", report.Again, report.Answers)
	}
	if after := dump(t, s.Store); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	if s.done() != 0 {
		t.Errorf("%s still count once the statement is undone", s.done())
	}
	if report := s.answers(s.filled("releve.xlsx", insertion.StatementRow{Code: a.Participant.Code(), Cells: cells(100, 90, 80)})); report.Again != "" {
		t.Error("a statement undone is still said to have come")
	}
}

func TestACorrectionMadeSinceIsNotUndoneByTheSameSheetUnnoticed(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	st := s.filled("releve.xlsx", insertion.StatementRow{Code: a.Participant.Code(), Cells: cells(100, 90, 80)})
	_, err := s.AcceptStatement(t.Context(), someone, st, false)
	must(t, err)
	grid, err := s.LineGrid(t.Context(), s.lot, "2026-02", "2026-02")
	must(t, err)
	must(t, s.SetLines(t.Context(), "Dominique", []insertion.LineEdit{{Assignment: a.ID, Month: "2026-02", Old: grid[0].Cells[0], Hours: insertion.WholeHours(75)}}))
	report, err := s.AcceptStatement(t.Context(), someone, st, false)
	must(t, err)
	if r := report.Answers[1]; r.Verdict != insertion.CellDoubtful || !strings.Contains(r.Text, "75 h") || !strings.Contains(r.Text, "Dominique") {
		t.Errorf("%+v", r)
	}
	if l := s.line(a, "2026-02"); l.Hours != insertion.WholeHours(75) {
		t.Errorf("the correction was lost: %+v", l)
	}
}

func TestAcceptingIsRefusedWhenTheAnswersHaveChangedSince(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	report := s.answers(s.filled("releve.xlsx", insertion.StatementRow{Code: a.Participant.Code(), Cells: cells(100, 90, 80)}))
	must(t, s.SetLines(t.Context(), "Dominique", []insertion.LineEdit{{Assignment: a.ID, Month: "2026-02", Hours: insertion.WholeHours(75)}}))
	now, err := s.AcceptStatement(t.Context(), someone, report.Statement, true)
	if !errors.Is(err, insertion.ErrStale) || !strings.Contains(now.Answers[1].Text, "Dominique") {
		t.Errorf("%v, %+v", err, now.Answers)
	}
	if l := s.line(a, "2026-01"); l.ID != 0 {
		t.Errorf("written all the same: %+v", l)
	}
	_, err = s.AcceptStatement(t.Context(), someone, now.Statement, true)
	must(t, err)
	if l := s.line(a, "2026-02"); l.Hours != insertion.WholeHours(90) {
		t.Errorf("%+v", l)
	}
}

func TestHoursThatCannotBeAreRefusedOrDoubted(t *testing.T) {
	s := working(t)
	a := s.hired("2026-02-10")
	other, err := s.SavePlacement(t.Context(), someone, insertion.Placement{Lot: s.lot, Employer: "Mains Utiles", Modality: insertion.Secondment})
	must(t, err)
	b := insertion.Assignment{Participant: a.Participant, Placement: other, Employment: insertion.CDDI, Start: "2026-02-10", End: "2026-04-30"}
	b.ID, err = s.SaveAssignment(t.Context(), someone, b)
	must(t, err)
	must(t, s.SetWorked(t.Context(), someone, insertion.WorkedMonth{Participant: a.Participant, Month: "2026-05", Hours: insertion.WholeHours(100)}))
	st := s.filled("releve.xlsx",
		insertion.StatementRow{Code: a.Participant.Code(), Start: a.Start, Cells: cells(10, 40, 90, 120, 101, 10, 10)},
	)
	st.From, st.To = "2026-01", "2026-07"
	if report := s.answers(st); told(report) != "8  refusée" || !strings.Contains(report.Answers[0].Text, "plusieurs affectations") {
		t.Errorf("one row for two contracts begun on one day answered %+v", report.Answers)
	}
	must(t, s.RemoveAssignment(t.Context(), someone, b.ID))
	report := s.answers(st)
	want := "8 2026-01 refusée\n8 2026-02 acceptée\n8 2026-03 douteuse\n8 2026-04 acceptée\n8 2026-05 refusée\n8 2026-06 acceptée\n8 2026-07 refusée"
	if got := told(report); got != want {
		t.Errorf("answered\n%s", got)
	}
	for i, why := range map[int]string{0: "hors de son contrat", 2: "double du mois précédent (40 h)", 4: "elle a travaillé 100 h", 6: "pas commencé"} {
		if !strings.Contains(report.Answers[i].Text, why) {
			t.Errorf("answer %d does not say %q: %q", i, why, report.Answers[i].Text)
		}
	}
}

func TestWhatTheRowTellsOtherwiseThanTheFileIsDoubted(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	report := s.answers(s.filled("releve.xlsx", insertion.StatementRow{Code: a.Participant.Code(), Start: "2026-01-01", End: "2026-02-15", Employment: insertion.CDDI, Cells: cells(10, -1, -1)}))
	if got := told(report); got != "8  douteuse\n8 2026-01 acceptée" || !strings.Contains(report.Answers[0].Text, "15/02/2026") {
		t.Errorf("answered\n%s\n%+v", got, report.Answers)
	}
	report, err := s.AcceptStatement(t.Context(), someone, report.Statement, true)
	must(t, err)
	if s.line(a, "2026-01").Hours != insertion.WholeHours(10) {
		t.Errorf("%+v", report)
	}
}

func TestASheetThatBearsAMergedPseudonymIsUnderstood(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	twin, err := s.SaveParticipant(t.Context(), someone, insertion.Participant{Entered: "2026-01-01"})
	must(t, err)
	_, err = s.Merge(t.Context(), someone, a.Participant, twin)
	must(t, err)
	st := s.filled("releve.xlsx", insertion.StatementRow{Code: twin.Code(), Cells: cells(10, -1, -1)}, insertion.StatementRow{Code: a.Participant.Code(), Cells: cells(10, -1, -1)})
	report, err := s.AcceptStatement(t.Context(), someone, st, false)
	must(t, err)
	if got := told(report); got != "8 2026-01 acceptée\n9  refusée" || s.line(a, "2026-01").Hours != insertion.WholeHours(10) {
		t.Errorf("answered\n%s", got)
	}
}

func TestWhatAReportForeseesIsWhatCounts(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-02-15") // half of February counts, and January by decision
	must(t, s.SetLines(t.Context(), someone, []insertion.LineEdit{{Assignment: a.ID, Month: "2026-01", Hours: insertion.WholeHours(50), Granted: "attestation en route"}}))
	report, err := s.AcceptStatement(t.Context(), someone, s.filled("releve.xlsx", insertion.StatementRow{Code: a.Participant.Code(), Cells: cells(100, 84, 300)}), true)
	must(t, err)
	var foreseen insertion.Hours
	for _, r := range report.Answers {
		if l := s.line(a, r.Month); l.Counted != r.Counted {
			t.Errorf("%s: %s count, %s were foreseen", r.Month, l.Counted, r.Counted)
		}
		foreseen += r.Counted
	}
	if l := s.line(a, "2026-01"); l.Granted == "" || l.Counted != insertion.WholeHours(100) {
		t.Errorf("the decision was lost: %+v", l)
	}
	if foreseen == 0 || foreseen != s.done() {
		t.Errorf("%s foreseen, %s count", foreseen, s.done())
	}
}

func TestAnotherDeclarantsPeopleAreRefused(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	st := s.filled("releve.xlsx", insertion.StatementRow{Code: a.Participant.Code(), Cells: cells(100, -1, -1)})
	st.Organisation, st.Name = 9999, "Autre entreprise"
	report, err := s.CheckStatement(t.Context(), st)
	must(t, err)
	if report.Count(insertion.CellRefused) != 1 || !strings.Contains(report.Answers[0].Text, "Autre entreprise") {
		t.Errorf("%+v", report.Answers)
	}
}

func TestASheetHoldsItsPeopleAndWhatIsKnown(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.types(a, "2026-02", 35)
	who, err := s.Declarants(t.Context(), "2026-01", "2026-03")
	must(t, err)
	if len(who) != 1 {
		t.Fatalf("%+v", who)
	}
	sheet, err := s.StatementSheet(t.Context(), who[0], "2026-01", "2026-03")
	must(t, err)
	if len(sheet.Rows) != 1 || sheet.Rows[0].Code != a.Participant.Code() || sheet.Rows[0].Hours[1] != insertion.WholeHours(35) || sheet.Rows[0].Hours[0] != -1 {
		t.Errorf("%+v", sheet)
	}
}
