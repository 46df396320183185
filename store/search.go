package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// spelled writes ligatures as two letters, which people type and the tokenizer
// does not know.
func spelled(text string) string {
	if !strings.ContainsAny(text, "œŒæÆ") {
		return text
	}
	return strings.NewReplacer("œ", "oe", "Œ", "OE", "æ", "ae", "Æ", "AE").Replace(text)
}

// wordsOf cuts a text into folded words as the index does. Digits typed in
// groups, as a SIRET is written, are one word.
func wordsOf(text string) []string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(spelled(text))) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r), unicode.IsNumber(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// search is what a person typed: whole words, and perhaps one being typed.
type search struct {
	whole []string
	begun string
}

// searchOf reads the search line. The syntax of the index cannot be reached:
// words are letters and digits.
func searchOf(text string) search {
	if digits := strings.Join(strings.Fields(text), ""); len(digits) >= 9 && strings.Trim(digits, "0123456789") == "" {
		text = digits
	}
	words := wordsOf(text)
	if len(words) == 0 || strings.HasSuffix(text, " ") {
		return search{whole: words}
	}
	return search{whole: words[:len(words)-1], begun: words[len(words)-1]}
}

func (s search) empty() bool { return len(s.whole) == 0 && s.begun == "" }

// quoted makes one word of the index out of a word.
func quoted(word string) string { return `"` + word + `"` }

// begins tells whether any word of a text begins so.
func begins(text, prefix string) bool {
	for _, w := range wordsOf(text) {
		if strings.HasPrefix(w, prefix) {
			return true
		}
	}
	return false
}
