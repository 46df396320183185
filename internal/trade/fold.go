package trade

import "strings"

// wild stands for a letter lost to an encoding accident: "d�chets", "propret?".
const wild = '?'

// token is one word of a text, folded to a-z, 0-9 and wild.
type token struct {
	text       string
	start, end int    // bytes in the original text
	tail       string // what follows a lost apostrophe: "l?entretien" → "entretien"
}

// tokenize splits a text into folded words. Articles and single letters are
// dropped, so that "espaces et jardins" and "parcs, jardins" read alike.
func tokenize(s string) []token {
	var out []token
	var b strings.Builder
	start := -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		t := token{text: b.String(), start: start, end: end}
		b.Reset()
		start = -1
		t.tail = afterLostApostrophe(t.text)
		if len(t.text) > 1 && strings.Trim(t.text, string(wild)) != "" && !article(t.text) {
			out = append(out, t)
		}
	}
	for i, r := range s {
		f := fold(r)
		switch {
		case r == '?' && !touchesLetter(s, i):
			f = ""
		case r == '.' && b.Len() > 0 && acronymGoesOn(s, i, b.Len()):
			continue // B.T.P. is one word
		}
		if f == "" {
			flush(i)
			continue
		}
		if start < 0 {
			start = i
		}
		b.WriteString(f)
	}
	flush(len(s))
	return out
}

// Words is the folded words of a text, for comparisons that ignore accents and
// case; a lost letter shows as "?".
func Words(s string) []string {
	tokens := tokenize(s)
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.text
	}
	return words
}

// fold is the plain letters of r, or "" for a separator.
func fold(r rune) string {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return string(r)
	case r >= 'A' && r <= 'Z':
		return string(r + 32)
	case r == '?' || r == '\uFFFD':
		return string(wild)
	case r < 0xC0:
		return ""
	}
	switch r {
	case 'à', 'â', 'ä', 'á', 'ã', 'å', 'À', 'Â', 'Ä', 'Á', 'Ã', 'Å':
		return "a"
	case 'é', 'è', 'ê', 'ë', 'É', 'È', 'Ê', 'Ë':
		return "e"
	case 'î', 'ï', 'í', 'ì', 'Î', 'Ï', 'Í', 'Ì':
		return "i"
	case 'ô', 'ö', 'ó', 'ò', 'õ', 'Ô', 'Ö', 'Ó', 'Ò', 'Õ':
		return "o"
	case 'ù', 'û', 'ü', 'ú', 'Ù', 'Û', 'Ü', 'Ú':
		return "u"
	case 'ç', 'Ç':
		return "c"
	case 'ñ', 'Ñ':
		return "n"
	case 'ÿ', 'Ÿ':
		return "y"
	case 'œ', 'Œ':
		return "oe"
	case 'æ', 'Æ':
		return "ae"
	}
	if r >= 0x300 && r <= 0x36F { // a combining accent: the letter before it is enough
		return ""
	}
	return ""
}

func touchesLetter(s string, i int) bool {
	return i > 0 && letter(s[i-1]) && s[i-1] != '?'
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 }

// acronymGoesOn tells whether the dot at i is inside an acronym: one letter
// since the previous dot, one letter before the next.
func acronymGoesOn(s string, i, length int) bool {
	before := i >= 1 && letter(s[i-1]) && (i == 1 || length == 1 || s[i-2] == '.')
	after := i+1 < len(s) && letter(s[i+1]) && (i+2 == len(s) || s[i+2] == '.' || s[i+2] == ' ')
	return before && after
}

// afterLostApostrophe reads "l?entretien" as "entretien".
func afterLostApostrophe(t string) string {
	head, tail, ok := strings.Cut(t, string(wild))
	if !ok || len(tail) < 3 {
		return ""
	}
	switch head {
	case "l", "d", "n", "s", "j", "m", "t", "c", "qu", "jusqu", "lorsqu":
		return tail
	}
	return ""
}

func article(w string) bool {
	switch w {
	case "de", "du", "des", "la", "le", "les", "et", "en", "au", "aux", "un", "une", "ou", "sur", "par", "pour", "dans", "avec", "son", "ses", "leur", "leurs", "ce", "ces", "qui", "que", "est", "ne", "pas":
		return true
	}
	return false
}

// stem is one word of a pattern.
type stem struct {
	text  string
	exact bool // the whole word, a plural allowed
}

func (s stem) covers(word string) bool {
	rest, ok := consume(word, s.text)
	if !ok {
		return false
	}
	return !s.exact || rest == "" || rest == "s" || rest == "x"
}

// consume matches want at the beginning of word, where a wild stands for one
// lost vowel or c, for a lost "oe", or, doubled, for one letter of two bytes.
func consume(word, want string) (rest string, ok bool) {
	for want != "" {
		if word == "" {
			return "", false
		}
		if word[0] == want[0] {
			word, want = word[1:], want[1:]
			continue
		}
		if word[0] != wild {
			return "", false
		}
		if strings.HasPrefix(want, "oe") {
			if rest, ok := consume(word[1:], want[2:]); ok {
				return rest, true
			}
		}
		if len(word) > 1 && word[1] == wild {
			if rest, ok := consume(word[1:], want); ok {
				return rest, true
			}
		}
		if !strings.Contains("aeiouc", want[:1]) {
			return "", false
		}
		word, want = word[1:], want[1:]
	}
	return word, true
}
