package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// spelled writes ligatures as two letters, which people type and the tokenizer
// does not know.
func spelled(text string) string {
	for _, l := range [...][2]string{{"œ", "oe"}, {"Œ", "OE"}, {"æ", "ae"}, {"Æ", "AE"}} {
		if strings.Contains(text, l[0]) {
			text = strings.ReplaceAll(text, l[0], l[1])
		}
	}
	return text
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

// quoted makes a question of one word; words hold neither quotes nor anything
// else that separates them.
func quoted(word string) string { return `"` + word + `"` }

// begins tells whether any word of a text begins so. It is run on thousands of
// texts a key, so it makes nothing.
func begins(text, prefix string) bool {
	matched, inside := 0, false // how much of prefix the current word has matched, -1 when it cannot
	for _, r := range text {
		letter := false
		for _, folded := range foldedRune(r) {
			if folded == 0 {
				break
			}
			letter = true
			if !inside {
				inside, matched = true, 0
			}
			if matched < 0 {
				continue
			}
			want, size := utf8.DecodeRuneInString(prefix[matched:])
			if want != folded {
				matched = -1
				continue
			}
			if matched += size; matched == len(prefix) {
				return true
			}
		}
		if !letter && !unicode.Is(unicode.Mn, r) {
			inside, matched = false, 0
		}
	}
	return false
}

// foldedRune is what the index makes of one character: nothing for what
// separates words, two letters for a ligature.
func foldedRune(r rune) [2]rune {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return [2]rune{r}
		case 'A' <= r && r <= 'Z':
			return [2]rune{r + 'a' - 'A'}
		}
		return [2]rune{}
	case r == 'œ' || r == 'Œ':
		return [2]rune{'o', 'e'}
	case r == 'æ' || r == 'Æ':
		return [2]rune{'a', 'e'}
	case !unicode.IsLetter(r) && !unicode.IsNumber(r):
		return [2]rune{}
	}
	var from, to [utf8.UTFMax * 4]byte
	n := utf8.EncodeRune(from[:], unicode.ToLower(r))
	base, _ := utf8.DecodeRune(norm.NFD.Append(to[:0], from[:n]...))
	return [2]rune{base}
}
