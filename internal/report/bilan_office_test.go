package report_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/bilan"
	"passerelle/internal/report"
)

// TestLibreOfficeComputesTheSameTotals opens the workbook in another program: what
// it computes is what the bilan says, and moves with the figures above. The values
// kept beside the formulas are taken away first, for it would read them.
func TestLibreOfficeComputesTheSameTotals(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("LibreOffice is not here, or the tests are short: nobody else opened the workbook")
	}
	r := long(40)
	f, err := excelize.OpenReader(bytes.NewReader(written(t, report.WriteBilanXLSX, r)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	forgotten := 0
	for i, table := range r.Tables {
		forgotten += forgetValues(t, f, f.GetSheetList()[i+1], table)
	}
	if forgotten != 7 {
		t.Fatalf("%d totals are formulas, not 7", forgotten)
	}
	hours := r.Tables[0].Rows // a thousand hours more in January
	if err := f.SetCellValue("Heures par mois", "B5", float64(hours[0].Cells[0].Value+1_000_00)/100); err != nil {
		t.Fatal(err)
	}
	hours[12].Cells[0].Value += 1_000_00
	dir := t.TempDir()
	if err := f.SaveAs(filepath.Join(dir, "bilan.xlsx")); err != nil {
		t.Fatal(err)
	}
	sheets := computed(t, soffice, dir)
	for i, table := range r.Tables {
		rows := sheets[f.GetSheetList()[i+1]]
		for _, row := range table.Rows {
			for j, c := range row.Cells {
				if got, want := rows["Total"][j], seen(c, table.Columns[j].Unit); row.Total && got != want {
					t.Errorf("%s, %s: %s there, %s here", table.Title, table.Columns[j].Label, got, want)
				}
			}
		}
	}
}

// seen is a figure as LibreOffice writes it without its look.
func seen(c bilan.Cell, u bilan.Unit) string {
	switch {
	case c.State == bilan.Hidden:
		return "s"
	case u == bilan.Count:
		return strconv.FormatInt(c.Value, 10)
	case u == bilan.Share:
		return plain(c.Value) + "%"
	}
	return plain(c.Value)
}

// plain is hundredths as LibreOffice writes them in French.
func plain(v int64) string {
	return strings.Replace(strconv.FormatFloat(float64(v)/100, 'f', -1, 64), ".", ",", 1)
}

// forgetValues leaves the formulas of a sheet without their values, and counts them.
func forgetValues(t *testing.T, f *excelize.File, sheet string, table bilan.Table) (n int) {
	t.Helper()
	for i := range table.Rows {
		for j := range table.Columns {
			at, err := excelize.CoordinatesToCellName(j+2, 5+i)
			if err != nil {
				t.Fatal(err)
			}
			formula, err := f.GetCellFormula(sheet, at)
			if err != nil {
				t.Fatal(err)
			}
			if formula == "" {
				continue
			}
			if err := f.SetCellValue(sheet, at, nil); err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellFormula(sheet, at, formula); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
	return n
}

// computed is what LibreOffice makes of bilan.xlsx: by sheet, by label, the cells
// as numbers and not as they look.
func computed(t *testing.T, soffice, dir string) map[string]map[string][]string {
	t.Helper()
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76,1,,1033,false,false,false,false,false,-1", "--outdir", dir, filepath.Join(dir, "bilan.xlsx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	files, err := filepath.Glob(filepath.Join(dir, "bilan-*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("LibreOffice wrote no sheet: %v", err)
	}
	sheets := map[string]map[string][]string{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		in := csv.NewReader(bytes.NewReader(text))
		in.Comma, in.FieldsPerRecord = ';', -1
		rows, err := in.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		sheet := map[string][]string{}
		for _, row := range rows {
			sheet[row[0]] = row[1:]
		}
		sheets[strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "bilan-"), ".csv")] = sheet
	}
	return sheets
}
