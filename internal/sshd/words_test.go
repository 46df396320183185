package sshd

import (
	"slices"
	"strings"
	"testing"
)

func TestWordsAreCutAsAShellDoes(t *testing.T) {
	for line, want := range map[string][]string{
		"":                            {},
		" \t ":                        {},
		"aujourd'h'ui":                {"aujourdhui"},
		`echange 12 ""`:               {"echange", "12", ""},
		`'' a ""b`:                    {"", "a", "b"},
		`chercher "école primaire"`:   {"chercher", "école primaire"},
		`a\ b c`:                      {"a b", "c"},
		`"a\"b\\c\$d\e"`:              {`a"b\c$d\e`},
		`'a\b"c'`:                     {`a\b"c`},
		`$HOME ~ * ; | && > #x`:       {"$HOME", "~", "*", ";", "|", "&&", ">", "#x"},
		"« à\u00a0noter »":            {"«", "à\u00a0noter", "»"},
		`--note="deux mots" --x='' y`: {"--note=deux mots", "--x=", "y"},
	} {
		got, err := Words(line)
		if err != nil || got == nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v", line, got, err)
		}
	}
}

func TestAnUnreadableCommandIsRefusedWithASentence(t *testing.T) {
	for line, want := range map[string]string{
		`"a`:                             "guillemet",
		`'a`:                             "guillemet",
		`a\`:                             "barre oblique inverse",
		"a\x1b[31m":                      "caractères de commande",
		"a\x00":                          "caractères de commande",
		"a\xff":                          "UTF-8",
		strings.Repeat("a", maxLine+1):   "trop longue",
		strings.Repeat("a ", maxWords+1): "trop de mots",
	} {
		if got, err := Words(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %q, %v", line, got, err)
		}
	}
}

// FuzzWords proves that no line panics, and that words written between quotes
// come back as they were.
func FuzzWords(f *testing.F) {
	for _, line := range []string{"apparier 12 --json", `chercher "école primaire"`, "a\\ b", "'", "\x00", "importer -", `echange 12 ""`, `"a\"b\c"`} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words, err := Words(line)
		if err != nil {
			if words != nil {
				t.Errorf("%q and an error", words)
			}
			return
		}
		if words == nil || len(words) > maxWords {
			t.Errorf("%d words", len(words))
		}
		quoted := make([]string, len(words))
		for i, w := range words {
			quoted[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		again, err := Words(strings.Join(quoted, " "))
		if len(strings.Join(quoted, " ")) <= maxLine && (err != nil || !slices.Equal(again, words)) {
			t.Errorf("%q came back as %q, %v", words, again, err)
		}
	})
}
