package intake

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is what keys and column names are compared by: lower-case letters and
// digits only, without accents. "lieuExecution.typeCode" and
// "LIEUEXECUTION_TYPECODE" fold alike.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	ascii := true
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			b.WriteByte(c + 'a' - 'A')
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteByte(c)
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	if ascii {
		return b.String()
	}
	b.Reset()
	for _, r := range norm.NFKD.String(Decode(s)) {
		switch {
		case r >= 'A' && r <= 'Z':
			b.WriteRune(r + 'a' - 'A')
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == 'œ' || r == 'Œ':
			b.WriteString("oe")
		case r == 'æ' || r == 'Æ':
			b.WriteString("ae")
		}
	}
	return b.String()
}

// words is Fold that keeps one space between words, for comparing sentences.
func words(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(Decode(s)) {
		switch {
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		case r == 'œ', r == 'Œ':
			b.WriteString("oe")
			continue
		case r >= 0x300 && r < 0x370, r == utf8.RuneError:
			continue
		default:
			r = ' '
		}
		if r == ' ' && (b.Len() == 0 || strings.HasSuffix(b.String(), " ")) {
			continue
		}
		b.WriteRune(r)
	}
	return strings.TrimSuffix(b.String(), " ")
}

// Absent tells whether a text stands for "no value": the markers of the
// national files (CDL, MQ, INX, NC) and what programs write for a null.
func Absent(s string) bool {
	if len(s) > 8 {
		return false
	}
	switch strings.ToUpper(strings.TrimSpace(s)) {
	case "", "CDL", "MQ", "INX", "NC", "CDL NC", "MQ NC", "INX NC", "NULL", "NONE", "NAN", "NAT", "#N/D", "#N/A", "N/A", "N/D", "ND", "-", "[]", "{}":
		return true
	}
	return false
}

// Value cleans a text and drops the markers that stand for no value, alone or
// before what was declared (« INX Clause social »).
func Value(s string) string {
	s = Clean(s)
	if s == "" || strings.IndexByte("IMC", s[0]) < 0 && len(s) > 8 {
		return s
	}
	for _, marker := range [...]string{"INX ", "MQ ", "CDL "} {
		if rest, ok := strings.CutPrefix(s, marker); ok {
			s = rest
		}
	}
	if Absent(s) {
		return ""
	}
	return s
}
