package store

import (
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

func cells(hours ...int64) []insertion.StatementCell {
	out := make([]insertion.StatementCell, len(hours))
	for i, h := range hours {
		out[i] = insertion.StatementCell{Hours: insertion.WholeHours(h), Blank: h < 0}
	}
	return out
}

func TestEachRowOfAStatementIsAnsweredAndNothingIsWrittenBefore(t *testing.T) {
	s := working(t)
	a, b := s.hired("2026-01-01"), s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	s.types(b, "2026-01", 20)
	st := s.filled("releve.xlsx",
		insertion.StatementRow{Code: a.Participant.Code(), Lot: s.lot, Cells: cells(100, 90, -1)},
		insertion.StatementRow{Code: b.Participant.Code(), Lot: s.lot, Cells: cells(30, 160, 999)},
		insertion.StatementRow{Code: a.Participant.Code(), Lot: s.lot, Cells: cells(100, 90, -1)},
		insertion.StatementRow{Code: "P-0999", Cells: cells(10, -1, -1)},
		insertion.StatementRow{Code: a.Participant.Code(), Lot: 77, Cells: cells(10, -1, -1)},
		insertion.StatementRow{Cells: cells(10, -1, -1)},
		insertion.StatementRow{Problem: "cellules fusionnées"},
	)
	report, err := s.CheckStatement(t.Context(), st)
	must(t, err)
	var got []string
	for _, r := range report.Answers {
		got = append(got, fmt.Sprintf("%d %s %s", r.Line, r.Month, r.Verdict))
	}
	want := "8 2026-01 acceptée;8 2026-02 acceptée;9 2026-01 modifiée;9 2026-02 douteuse;9 2026-03 refusée;10  refusée;11  refusée;12  refusée;13  refusée;14  refusée"
	if strings.Join(got, ";") != want {
		t.Errorf("answered %s", strings.Join(got, ";"))
	}
	if s.done() != 0 {
		t.Errorf("%s were written before anyone accepted", s.done())
	}
	report, err = s.AcceptStatement(t.Context(), someone, st, false)
	must(t, err)
	if s.done() != insertion.WholeHours(190) || report.Answers[0].Counted != insertion.WholeHours(100) {
		t.Errorf("%s count; %+v", s.done(), report.Answers[0])
	}
}

func TestTheSameStatementAgainCountsNothingTwice(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	st := s.filled("releve.xlsx", insertion.StatementRow{Code: a.Participant.Code(), Lot: s.lot, Cells: cells(100, 90, 80)})
	_, err := s.AcceptStatement(t.Context(), someone, st, false)
	must(t, err)
	report, err := s.AcceptStatement(t.Context(), someone, st, true)
	must(t, err)
	if report.Again == "" || report.Count(insertion.CellSame) != 3 || s.done() != insertion.WholeHours(270) {
		t.Errorf("again %q, %+v, %s count", report.Again, report.Answers, s.done())
	}
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	if s.done() != 0 {
		t.Errorf("%s still count once the statement is undone", s.done())
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
