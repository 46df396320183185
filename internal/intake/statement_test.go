package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/insertion"
)

const firstQuarter = "passerelle-releve;S12;2026-01;2026-03"

// workbook is a sheet typed by hand: the key, the headers, and rows of cells.
func workbook(t testing.TB, change func(f *excelize.File), rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	all := append([][]any{{firstQuarter}, {"Personne", "Lot", "03/2026", "01/2026", "02/2026", "Total"}}, rows...)
	for i, row := range all {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readSheet(t testing.TB, data []byte) insertion.Statement {
	t.Helper()
	st, err := ReadStatement("releve.xlsx", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func TestASheetTypedAgainIsReadWhateverTheOrderOfItsColumns(t *testing.T) {
	st := readSheet(t, workbook(t, nil, []any{"p 42", "lot 3", 12.5, "35", "12h30", 60}, []any{"Total", "", 1, 2, 3, 6}))
	if st.Structure != 12 || st.From != "2026-01" || st.To != "2026-03" || len(st.Rows) != 1 {
		t.Fatalf("%+v", st)
	}
	r := st.Rows[0]
	if r.Code != "P-0042" || r.Lot != 3 || r.Cells[0].Hours != 35_00 || r.Cells[1].Hours != 12_50 || r.Cells[2].Hours != 12_50 {
		t.Errorf("%+v", r)
	}
}

func TestWhatIsNoHoursIsSaidAndNeverCounted(t *testing.T) {
	for text, want := range map[any]string{
		"trente": "« trente » n'est pas un nombre d'heures", "-5": "négatives", -5: "négatives", "#REF!": "la formule de cette case donne une erreur",
	} {
		cell := readSheet(t, workbook(t, nil, []any{"P-0042", 3, text})).Rows[0].Cells[2]
		if !strings.Contains(cell.Problem, want) {
			t.Errorf("%v: %+v", text, cell)
		}
	}
	if cell := readSheet(t, workbook(t, nil, []any{"P-0042", 3, 999})).Rows[0].Cells[2]; cell.Hours != 999_00 {
		t.Errorf("999 is for the ledger to refuse: %+v", cell)
	}
}

func TestFormulasCountAsWhatTheyLastGave(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		if err := f.SetCellFormula("Sheet1", "C3", "30+5"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue("Sheet1", "C3", 35); err != nil { // the value a spreadsheet keeps beside
			t.Fatal(err)
		}
	}, []any{"P-0042", 3, 0})
	if c := readSheet(t, data).Rows[0].Cells[2]; c.Hours != 35_00 {
		t.Errorf("%+v", c)
	}
}

func TestMergedCellsAreRefusedWithTheirRow(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		if err := f.MergeCell("Sheet1", "A3", "A4"); err != nil {
			t.Fatal(err)
		}
	}, []any{"P-0042", 3, 35}, []any{"", 3, 36}, []any{"P-0043", 3, 37})
	st := readSheet(t, data)
	if !strings.Contains(st.Rows[0].Problem, "fusionnées") || st.Rows[0].Line != 3 || st.Rows[2].Problem != "" {
		t.Errorf("%+v", st.Rows)
	}
}

func TestAMonthOutsideThePeriodIsRefused(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		if err := f.SetCellStr("Sheet1", "C2", "07/2026"); err != nil {
			t.Fatal(err)
		}
	}, []any{"P-0042", 3, 35, 30})
	if r := readSheet(t, data).Rows[0]; !strings.Contains(r.Problem, "07/2026 est hors de la période") {
		t.Errorf("%+v", r)
	}
}

func TestANameInThePlaceOfAPseudonymIsNotRepeated(t *testing.T) {
	st := readSheet(t, workbook(t, nil, []any{"Dupont Imaginaire", 3, 35}))
	if st.Rows[0].Code != "(illisible)" {
		t.Errorf("%+v", st.Rows[0])
	}
}

func TestAProtectedWorkbookSaysWhatToDo(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	var b bytes.Buffer
	if err := f.Write(&b, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	_, err := ReadStatement("releve.xlsx", &b)
	if err == nil || !strings.Contains(err.Error(), "mot de passe") {
		t.Errorf("%v", err)
	}
}

func TestMacrosAreIgnoredAndValuesRead(t *testing.T) {
	plain := workbook(t, nil, []any{"P-0042", 3, 35})
	in, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if err := out.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	w, err := out.Create("xl/vbaProject.bin")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("Sub AutoOpen()")); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	st, err := ReadStatement("releve.xlsm", &b)
	if err != nil || len(st.Rows) != 1 || st.Rows[0].Cells[2].Hours != 35_00 {
		t.Errorf("%+v %v", st, err)
	}
}

func TestWhatIsNoStatementIsRefusedWithARemedy(t *testing.T) {
	bomb := func() []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, _ := z.Create("xl/worksheets/sheet1.xml")
		for range 80 {
			_, _ = w.Write(make([]byte, 1<<20))
		}
		_ = z.Close()
		return b.Bytes()
	}
	keyless := workbook(t, func(f *excelize.File) {
		if err := f.SetCellStr("Sheet1", "A1", ""); err != nil {
			t.Fatal(err)
		}
	}, []any{"P-0042", 3, 35})
	other := excelize.NewFile()
	defer other.Close()
	var none bytes.Buffer
	if err := other.Write(&none); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"vide": nil, "bombe": bomb(), "sans clé": keyless, "d'un autre programme": none.Bytes(), "texte": []byte("bonjour\n"), "binaire": bytes.Repeat([]byte{0, 1, 2, 255}, 4000),
		"trop grand": bytes.Repeat([]byte("x"), maxStatement+1), "coupé": keyless[:len(keyless)/2],
	} {
		_, err := ReadStatement("releve.xlsx", bytes.NewReader(data))
		var file *FileError
		if !errors.As(err, &file) || file.Reason == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTerminalCodesInAStatementGoNoFurther(t *testing.T) {
	csv := "Clé;Personne;Lot;Contrat;01/2026\n\"" + firstQuarter + "\";P-0042;3;\x1b[31mCDD;\x1b]0;x\x07\n"
	st, err := ReadStatement("releve.csv", strings.NewReader(csv))
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%+v", st); strings.ContainsAny(text, "\x1b\x07") {
		t.Errorf("%q", text)
	}
}

func TestARowOfAnotherStatementIsSaid(t *testing.T) {
	csv := "Clé;Personne;Lot;01/2026\n\"" + firstQuarter + "\";P-0042;3;35\n\"passerelle-releve;S13;2026-01;2026-03\";P-0043;3;35\n"
	st, err := ReadStatement("releve.csv", strings.NewReader(csv))
	if err != nil || len(st.Rows) != 2 || st.Rows[0].Problem != "" || !strings.Contains(st.Rows[1].Problem, "d'un autre relevé") {
		t.Errorf("%+v %v", st.Rows, err)
	}
}

func FuzzReadStatement(f *testing.F) {
	f.Add([]byte("Clé;Personne;Lot;01/2026\n\"" + firstQuarter + "\";P-0042;3;35\n"))
	f.Add(workbook(f, nil, []any{"P-0042", 3, 35}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		st, err := ReadStatement("releve", bytes.NewReader(data))
		var file *FileError
		if err != nil && !errors.As(err, &file) {
			t.Errorf("no sentence: %v", err)
		}
		for _, r := range st.Rows {
			if n := len(insertion.Months(st.From, st.To)); len(r.Cells) != n {
				t.Errorf("%d cells for %d months", len(r.Cells), n)
			}
			if strings.ContainsAny(r.Code+r.Problem+string(r.Employment), "\x1b\x00\x07") {
				t.Errorf("%+v", r)
			}
		}
	})
}
