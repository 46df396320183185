package intake

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// rows reads a whole CSV, header aside, as "line:cell|cell".
func rows(t *testing.T, text string) []string {
	t.Helper()
	table, err := NewTable("essai.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(rune('0'+row.Line))+":"+strings.Join(row.Cells(), "|"))
	}
}

func TestRowsAreReadWhateverTheDialect(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"semicolons", "a;b\n1;2\n", []string{"2:1|2"}},
		{"commas and CRLF", "a,b\r\n1,2\r\n", []string{"2:1|2"}},
		{"pipes, no last line end", "a|b\n1|2", []string{"2:1|2"}},
		{"tabs", "a\tb\n1\t2\n", []string{"2:1|2"}},
		{"old spreadsheets", "a;b\r1;2\r3;4", []string{"2:1|2", "3:3|4"}},
		{"a separator between quotes of the header", "\"a,b,c\";d\n1;2\n", []string{"2:1|2"}},
		{"line ends and quotes between quotes", "a;b\n\"1\n\"\"x\"\"\";2\n3;4\n", []string{"2:1\n\"x\"|2", "4:3|4"}},
		{"a quote inside a word", "a;b\ntuyau 12\";2\n3;4\n", []string{"2:tuyau 12\"|2", "3:3|4"}},
		{"a quote inside quotes", "a;b\n\"dit \"le\" vrai\";2\n", []string{"2:dit \"le\" vrai|2"}},
		{"a quote never closed", "a;b\n\"1;2\n3;4\n", []string{"2:\"1|2", "3:3|4"}},
		{"empty lines", "a;b\n\n1;2\n;\n3;4\n", []string{"3:1|2", "5:3|4"}},
	} {
		if got := rows(t, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestColumnsAreFoundByTheirFoldedName(t *testing.T) {
	table, err := NewTable("essai.csv", strings.NewReader("\"Dénomination Sociale\";CODE_POSTAL\nL’At\xe9lier;92000\n"))
	if err != nil {
		t.Fatal(err)
	}
	row, err := table.Next()
	if err != nil || row.Field("absente", "denominationsociale") != "L’Atélier" || row.Field("codepostal") != "92000" {
		t.Errorf("%q, %v", row.Cells(), err)
	}
	if !table.Has("codepostal") || table.Has("codepostal", "siret") {
		t.Error("the columns are not those of the header")
	}
}

func TestAHundredMegabyteLineIsOneRowTooLong(t *testing.T) {
	line := io.LimitReader(endless{'x'}, 100<<20)
	table, err := NewTable("essai.csv", io.MultiReader(strings.NewReader("a;b\n"), line, strings.NewReader("\n1;2\n")))
	if err != nil {
		t.Fatal(err)
	}
	if row, err := table.Next(); err != nil || !row.TooLong || row.Line != 2 {
		t.Errorf("first row %+v, %v", row, err)
	}
	if row, err := table.Next(); err != nil || row.At(1) != "2" || row.Line != 3 {
		t.Errorf("second row %+v, %v", row, err)
	}
	if cap(table.w.buf) > 16<<20 {
		t.Errorf("%d bytes were kept in memory", cap(table.w.buf))
	}
}

// endless is a reader of one byte without end.
type endless struct{ b byte }

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.b
	}
	return len(p), nil
}

func FuzzTable(f *testing.F) {
	for _, s := range []string{"a;b\n1;2\n", "\"a\n", "a,b\r\n\"x\"\"\",\r\n", "\"\"\"", "a\rb\r"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := NewTable("essai.csv", strings.NewReader(text))
		if err != nil {
			return
		}
		for range len(text) + 2 {
			row, err := table.Next()
			if err != nil {
				return
			}
			printableOnly(t, "cell", row.Field(Fold(table.Header()[0])))
		}
		t.Fatal("the table never ends")
	})
}
