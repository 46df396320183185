package report_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/bilan"
	"passerelle/internal/report"
)

func workbook(t *testing.T, r bilan.Report) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(written(t, report.WriteBilanXLSX, r)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func written(t testing.TB, write func(io.Writer, bilan.Report) error, r bilan.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheSameBilanIsTheSameBytesWhereverTheClockIs(t *testing.T) {
	local := time.Local
	t.Cleanup(func() { time.Local = local })
	for name, write := range map[string]func(io.Writer, bilan.Report) error{"xlsx": report.WriteBilanXLSX, "csv": report.WriteBilanCSV, "json": report.WriteBilanJSON} {
		time.Local = time.FixedZone("Nouméa", 11*3600)
		first := written(t, write, long(200))
		for range 5 {
			time.Local = time.FixedZone("Cayenne", -3*3600)
			if again := written(t, write, long(200)); !bytes.Equal(first, again) {
				t.Fatalf("%s: two writings of one bilan differ", name)
			}
		}
		other := long(200)
		other.Tables[0].Rows[0].Cells[0].Value++
		if bytes.Equal(first, written(t, write, other)) {
			t.Errorf("%s: another bilan gives the same bytes", name)
		}
	}
}

func TestATotalIsAFormulaWhereNothingIsHiddenAndItsRowsAddUp(t *testing.T) {
	f := workbook(t, aBilan())
	for _, c := range []struct{ sheet, cell, formula, text string }{
		{"Heures par mois", "B17", "SUM(B5:B16)", "93477.0"},
		{"Heures par mois", "D17", "", "12.34"}, // an average is no sum
		{"Personnes par sexe", "B7", "SUM(B5:B6)", "4000"},
		{"Niveaux de formation", "B9", "", "19"}, // two rows are hidden
		{"Niveaux de formation", "B6", "", "s"},
		{"Niveaux de formation", "A3", "", bilan.Legend},
		{"Personnes par sexe", "A3", "", ""}, // where nothing is unsaid
		{"Niveaux de formation", "B8", "", "—"},
		{"Heures par acheteur   lots   su", "B9", "SUM(B5:B5,B8:B8)", "1000"},
	} {
		formula, err := f.GetCellFormula(units31(c.sheet), c.cell)
		if err != nil || formula != c.formula {
			t.Errorf("%s %s holds formula %q, %v; want %q", c.sheet, c.cell, formula, err, c.formula)
		}
		text, err := f.GetCellValue(units31(c.sheet), c.cell, excelize.Options{RawCellValue: true})
		if err != nil || text != strings.TrimSuffix(c.text, ".0") {
			t.Errorf("%s %s holds %q, %v; want %q", c.sheet, c.cell, text, err, c.text)
		}
	}
}

func units31(s string) string { return string([]rune(s)[:min(31, len([]rune(s)))]) }

func TestAWorkbookSaysWhatItIsAndLeadsToItsTables(t *testing.T) {
	f := workbook(t, aBilan())
	if got := f.GetSheetList(); len(got) != 6 || got[0] != "Synthèse" || !slices.Contains(got, "Suites à six mois") {
		t.Fatalf("sheets: %q", got)
	}
	rows, err := f.GetRows("Synthèse")
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprint(rows)
	for _, want := range []string{"Bilan 2025", "15/06/2026", "1 600 h", "5 personnes", "bilan-1", strings.Repeat("0123456789abcdef", 4), "s : secret", "93,477.00 h", "Le diviseur de 1 600 h"} { // excelize reads numbers the English way
		if !strings.Contains(text, want) {
			t.Errorf("the first sheet does not say %q: %s", want, text)
		}
	}
	if linked, target, err := f.GetCellHyperLink("Synthèse", fmt.Sprintf("A%d", 2+slices.IndexFunc(rows, func(r []string) bool { return len(r) > 0 && r[0] == "Tableaux" }))); err != nil || !linked || target != "'Heures par mois'!A1" {
		t.Errorf("the first table is reached by %v %q, %v", linked, target, err)
	}
}

// A label is never a formula, whatever it begins with.
func TestALabelIsNeverAFormula(t *testing.T) {
	f := workbook(t, aBilan())
	if formula, _ := f.GetCellFormula(f.GetSheetList()[4], "A5"); formula != "" {
		t.Errorf("a label became the formula %q", formula)
	}
	text := string(written(t, report.WriteBilanCSV, aBilan()))
	if !strings.Contains(text, ";'=cmd|") || strings.Contains(text, ";=") {
		t.Errorf("the CSV holds a formula:\n%s", text)
	}
}

func TestEveryPictureIsANativeChartOfRowsThatAreAllThere(t *testing.T) {
	text := written(t, report.WriteBilanXLSX, long(50))
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, f := range z.File {
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s is dated %s", f.Name, f.Modified)
		}
		if !strings.HasPrefix(f.Name, "xl/charts/chart") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []string{"lineChart", "pieChart", "barChart"} {
			if strings.Contains(string(text), "<"+kind+">") || strings.Contains(string(text), "<c:"+kind+">") {
				kinds[kind]++
			}
		}
	}
	// The hours by month; the sexes; the levels as bars, for a part is hidden; buyers, communes, structures.
	if kinds["lineChart"] != 1 || kinds["pieChart"] != 1 || kinds["barChart"] != 4 {
		t.Errorf("charts: %v", kinds)
	}
}

func TestTheCSVHasAFigureALineUnderNamesThatStay(t *testing.T) {
	text := string(written(t, report.WriteBilanCSV, aBilan()))
	if !strings.HasPrefix(text, "\ufefftable;ligne;colonne;valeur;unité;secret\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Errorf("head and line ends: %q", text[:60])
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	in.Comma = ';'
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range [][]string{
		{"mois", "02/2025", "heures comptées", "2234,50", "h", "non"},
		{"sexe", "femmes", "part", "31", "%", "non"},
		{"niveaux", "CAP, BEP", "personnes", "", "", "oui"},
		{"niveaux", "inconnu", "personnes", "", "", "non"},
		{"acheteurs", "'=cmd|' /C calc'!A1 › lot 2", "montant", "1000000", "€", "non"},
		{"chiffres", "Heures d'insertion réalisées", "heures", "93477", "h", "non"},
		{"chiffres", "Personnes", "personnes", "", "", "oui"},
		{"parametres", "Seuil du secret", "valeur", "5 personnes", "", "non"},
	} {
		if !slices.ContainsFunc(rows, func(r []string) bool { return slices.Equal(r, want) }) {
			t.Errorf("no line %q in\n%s", want, text)
		}
	}
}

func TestTheJSONTellsHiddenFromAbsentAndKeepsDecimalsExact(t *testing.T) {
	text := written(t, report.WriteBilanJSON, aBilan())
	var out struct {
		Year    int         `json:"annee"`
		Divisor json.Number `json:"heures_pour_un_etp"`
		Figures []struct {
			Value  *json.Number `json:"valeur"`
			Secret bool         `json:"secret"`
		} `json:"chiffres"`
		Tables []struct {
			ID   string `json:"id"`
			Rows []struct {
				Name  string `json:"nom"`
				Cells []struct {
					Value  *json.Number `json:"valeur"`
					Secret bool         `json:"secret"`
				} `json:"cellules"`
			} `json:"lignes"`
		} `json:"tables"`
	}
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	if out.Year != 2025 || out.Divisor != "1600" || len(out.Tables) != 5 {
		t.Errorf("%d, %s h, %d tables", out.Year, out.Divisor, len(out.Tables))
	}
	if f := out.Figures; len(f) != 3 || *f[0].Value != "93477" || f[1].Value != nil || !f[1].Secret || f[2].Value != nil || f[2].Secret {
		t.Errorf("the figures read %+v", f)
	}
	levels := out.Tables[2].Rows
	if c := levels[0].Cells[1]; c.Value == nil || *c.Value != "1200.25" || c.Secret {
		t.Errorf("a figure reads %v", c)
	}
	if c := levels[1].Cells[0]; c.Value != nil || !c.Secret {
		t.Errorf("a hidden figure reads %v", c)
	}
	if c := levels[3].Cells[0]; c.Value != nil || c.Secret {
		t.Errorf("an absent figure reads %v", c)
	}
}

func TestABilanOnPaperShowsItsFirstRowsItsTotalsAndSaysWhatIsLeft(t *testing.T) {
	p := report.BilanPaper(long(300), 100)
	grids, bars, left := 0, 0, false
	for _, b := range p.Blocks {
		switch b := b.(type) {
		case report.Grid:
			grids++
			for _, row := range b.Rows {
				if len(row) != len(b.Head) {
					t.Fatalf("a row of %d cells under %d heads", len(row), len(b.Head))
				}
			}
			if len(b.Rows) > 101 {
				t.Errorf("a grid of %d rows", len(b.Rows))
			}
		case report.Bars:
			bars++
			if len(b.Names) != len(b.Value) || len(b.Names) != len(b.Shown) {
				t.Errorf("%d names, %d values, %d texts", len(b.Names), len(b.Value), len(b.Shown))
			}
		case report.Paragraph:
			left = left || b.Runs[0].Text == "Et 200 autres lignes : le tableur et le CSV les donnent toutes."
		}
	}
	if grids != 7 || bars != 6 || !left {
		t.Errorf("%d grids, %d charts, what is left said: %v", grids, bars, left)
	}
}

func BenchmarkBilanXLSX(b *testing.B) {
	r := long(5_000)
	for b.Loop() {
		if err := report.WriteBilanXLSX(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
