package store

import (
	"slices"
	"strings"
	"testing"
)

func TestWordsAreCutAsTheIndexCutsThem(t *testing.T) {
	for text, want := range map[string]string{
		"Élagage d'arbres": "elagage d arbres", "ŒUVRE": "oeuvre", "2024-OCC010-00": "2024 occ010 00", "  ": "", "L’école\u00a0n°2": "l ecole n 2",
		"e\u0301te\u0301": "ete",
	} {
		if got := strings.Join(wordsOf(text), " "); got != want {
			t.Errorf("%q is cut into %q, want %q", text, got, want)
		}
	}
}

func TestASIRETTypedInGroupsIsOneWord(t *testing.T) {
	if got := searchOf("421 406 505 00022"); got.begun != "42140650500022" || len(got.whole) != 0 {
		t.Errorf("%+v", got)
	}
}

// FuzzBegins compares the fast reading of words with the plain one.
func FuzzBegins(f *testing.F) {
	for _, text := range []string{"Élagage d'arbres", "œuvre", "a\u0301b", "ﬁn", "Ǆ", "İ", "ẞ", "日本 語", "x\u0300", "\xff"} {
		f.Add(text, "el")
		f.Add(text, "oe")
	}
	f.Fuzz(func(t *testing.T, text, begun string) {
		if prefix := wordsOf(begun); len(prefix) > 0 {
			want := slices.ContainsFunc(wordsOf(text), func(w string) bool { return strings.HasPrefix(w, prefix[0]) })
			if latin(text) && latin(begun) && begins(text, prefix[0]) != want {
				t.Errorf("%q begins with %q: %v, want %v", text, prefix[0], !want, want)
			}
		}
	})
}

// latin tells texts of the writing people here use; elsewhere one character may
// fold into several, which the fast reading does not follow.
func latin(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > 0x17f })
}
