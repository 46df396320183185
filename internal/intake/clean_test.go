package intake

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestTextIsCleanedAtTheBorder(t *testing.T) {
	for raw, want := range map[string]string{
		"déjà propre":                    "déjà propre",
		"  deux  espaces\tet\r\nlignes ": "deux espaces et lignes",
		"\x1b[31mrouge\x1b[0m\x07":       "[31mrouge[0m",
		"&#27;]0;titre&#7;":              "]0;titre",
		"L&#8217;&eacute;cole &amp; Cie": "L’école & Cie",
		"&amp;eacute;l&amp;eacute;ment":  "élément",
		"caf\xe9 \x80uro":                "café €uro",
		"mixte \xe9 é":                   "mixte é é",
		"\u0093cité\u0094 c\u009cur":     "“cité” cœur",
		"CitÃ© de lâ€™Ã©cole":            "Cité de l’école",
		"PÂTISSERIE ÂGÉE":                "PÂTISSERIE ÂGÉE",
		"e\u0301le\u0301gant":            "élégant",
		"e\u200b\u0301":                  "é",
		"\u202eabc\u202c\ufeff":          "abc",
		"12\u00a0000\u202f€":             "12 000 €",
		"Soci\ufffdt\ufffd":              "Soci\ufffdt\ufffd",
		"":                               "",
		" ":                              "",
	} {
		if got := Clean(raw); got != want {
			t.Errorf("Clean(%q) = %q, want %q", raw, got, want)
		}
	}
	if got := Clean(strings.Repeat("é", 10_000)); len(got) > maxText || !strings.HasSuffix(got, "é…") {
		t.Errorf("a long text is kept whole: %d bytes", len(got))
	}
}

func TestMarkersOfTheNationalFilesAreNoValue(t *testing.T) {
	for raw, want := range map[string]string{
		"CDL": "", "MQ": "", "INX": "", "CDL NC": "", "MQ NC": "", "NC": "", "nan": "", "#N/D": "", "None": "",
		"INX 202424 3 001": "202424 3 001", "INX Clause social": "Clause social", "Marché": "Marché",
	} {
		if got := Value(raw); got != want {
			t.Errorf("Value(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestKeysAreComparedWithoutCaseAccentNorPunctuation(t *testing.T) {
	for raw, want := range map[string]string{
		"lieuExecution.typeCode": "lieuexecutiontypecode", "LIEU_EXEC_CODE": "lieuexeccode", "Code département": "codedepartement",
		"ET-N°FINESS": "etnfiness", "Maître d’œuvre": "maitredoeuvre", "d\xe9signation": "designation", "": "",
	} {
		if got := Fold(raw); got != want {
			t.Errorf("Fold(%q) = %q, want %q", raw, got, want)
		}
	}
}

// printableOnly fails when a text could move a cursor or is not clean.
func printableOnly(t *testing.T, what, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Fatalf("%s is not UTF-8: %q", what, s)
	}
	for _, r := range s {
		if unicode.IsControl(r) || r == '\u202e' || r == '\u2028' {
			t.Fatalf("%s holds a control character: %q", what, s)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "CitÃ©", "\x1b[2J", "&#27;", "\xff\xfe", "&amp;#155;31m", "a\u0301\u200b\u0323"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		printableOnly(t, "text", got)
		if got != strings.TrimSpace(got) || len(got) > maxText {
			t.Fatalf("Clean(%q) = %q", s, got)
		}
		Fold(s)
		words(s)
	})
}
