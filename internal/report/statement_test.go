package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/insertion"
)

func sheet() insertion.StatementSheet {
	return insertion.StatementSheet{
		Declarant: insertion.Declarant{Structure: 12, Name: "Mains Utiles (fictif)"}, From: "2026-01", To: "2026-03", Made: "2026-04-01",
		Rows: []insertion.SheetRow{
			{Assignment: 1, Lot: 3, Object: "Entretien des espaces verts", Code: "P-0042", Born: 1990, Employment: insertion.CDDI, Start: "2026-01-05", Hours: []insertion.Hours{3550, -1, 0}},
			{Assignment: 2, Lot: 4, Object: "Peinture", Code: "P-0043", Employment: insertion.Supplied, Start: "2025-11-01", End: "2026-02-28", Hours: []insertion.Hours{10000, 2000, -1}},
		},
	}
}

func TestTheSheetHoldsItsPeopleTotalsAndKey(t *testing.T) {
	var b bytes.Buffer
	if err := WriteStatementXLSX(&b, sheet()); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	total, err := f.CalcCellValue(statementSheet, cell(11, 8+2+spareRows), excelize.Options{RawCellValue: true})
	if err != nil || total != "155.5" {
		t.Errorf("total %q %v", total, err)
	}
	if key, _ := f.GetCellValue(statementSheet, "A5"); key != "passerelle-releve;S12;2026-01;2026-03" {
		t.Errorf("key %q", key)
	}
	if p, err := f.GetSheetProtection(statementSheet); err != nil || !p.SelectUnlockedCells {
		t.Errorf("the sheet is not protected: %+v %v", p, err)
	}
	if rules, err := f.GetDataValidations(statementSheet); err != nil || len(rules) != 2 {
		t.Errorf("%d rules of entry, %v", len(rules), err)
	}
}

func TestALetterNeverDecides(t *testing.T) {
	facts := LetterFacts{
		Lot: insertion.Lot{LotRow: insertion.LotRow{ID: 3, Reference: "2026-01", Object: "Peinture des écoles",
			Buyer: insertion.Party{Name: "Ville inventée"}, Lead: insertion.Party{Name: "Peintures Fictives"}}},
		Dues: insertion.Dues{ToDate: insertion.WholeHours(150)}, On: "2026-09-01", From: "Service clause sociale (fictif)", Deadline: "2026-09-15",
		Estimate: insertion.PenaltyInput{Rule: insertion.Penalty{PerHour: insertion.Euros(200)}, Due: insertion.WholeHours(150), Over: true, On: "2026-09-01"}.Estimate(),
		Late:     []insertion.Declaration{{From: "2026-04", To: "2026-06", DueOn: "2026-07-15", Late: 48}},
	}
	for _, kind := range insertion.StepKinds() {
		text := Letter(kind, facts)
		for _, line := range strings.Split(text, "\n") {
			if n := len([]rune(line)); n > lineWidth+2 {
				t.Errorf("%s: a line of %d cells: %q", kind, n, line)
			}
		}
		if !strings.Contains(text, "Peintures Fictives") && kind != insertion.StepDecision {
			t.Errorf("%s names nobody:\n%s", kind, text)
		}
	}
	if text := Letter(insertion.StepDecision, facts); !strings.Contains(text, "La décision appartient à l'acheteur") || !strings.Contains(text, "30 000,00 €") {
		t.Errorf("the letter of decision:\n%s", text)
	}
	if text := Letter(insertion.StepReminder, facts); strings.Contains(text, "30 000") {
		t.Errorf("a reminder threatens with a figure:\n%s", text)
	}
}
