package report

import (
	"bytes"
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
