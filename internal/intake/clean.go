package intake

import (
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// maxText is the longest text kept in one field, in bytes. The longest field of
// the formats read here is an object of 1,000 characters.
const maxText = 4000

// Clean makes a text safe to keep and to show on a terminal: UTF-8 (bytes that
// are not are read as cp1252), NFC, HTML entities decoded, UTF-8 once read as
// cp1252 repaired, C1 characters read as cp1252, no control nor invisible
// character, any run of white space as one space, trimmed, cut at 4,000 bytes.
// U+FFFD is kept: the letter is lost and the caller may say so.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	s = Decode(s)
	for range 2 { // entities are sometimes escaped twice
		if strings.IndexByte(s, '&') < 0 {
			break
		}
		t := html.UnescapeString(s)
		if t == s {
			break
		}
		s = t
	}
	s = unmangle(s)
	return cut(printable(s))
}

// plain tells whether a text is already clean, the common case: ASCII and the
// signs of French, with none of what Clean looks for.
func plain(s string) bool {
	if len(s) > maxText {
		return false
	}
	space := true // the beginning counts as a space
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == ' ':
			if space {
				return false
			}
			space = true
			i++
			continue
		case c < ' ' || c == 0x7f || c == '&':
			return false
		case c < utf8.RuneSelf:
			i++
		default:
			n := french(s[i:])
			if n == 0 {
				return false
			}
			i += n
		}
		space = false
	}
	return !space || s == ""
}

// french is the length of the sign that begins s when it is one of those French
// is written with and cannot be mangled UTF-8; else 0.
func french(s string) int {
	if len(s) < 2 || s[1] < 0x80 || s[1] > 0xbf {
		return 0
	}
	switch s[0] {
	case 0xc3: // À to ÿ
		if c := s[1]; (c == 0x82 || c == 0x83 || c == 0xa2 || c == 0x85) && len(s) > 2 && s[2] >= utf8.RuneSelf {
			return 0 // Â, Ã, â or Å before another sign: look closer
		}
		return 2
	case 0xc2: // « » ° ² §, neither a C1 character nor a hidden hyphen
		if s[1] > 0xa0 && s[1] != 0xad {
			return 2
		}
	case 0xc5: // Œ œ
		if s[1] == 0x92 || s[1] == 0x93 {
			return 2
		}
	case 0xe2: // ’ “ ” – — … €
		if len(s) > 2 && (s[1] == 0x80 && (s[2] >= 0x93 && s[2] <= 0x9e || s[2] == 0xa6) || s[1] == 0x82 && s[2] == 0xac) {
			return 3
		}
	case 0xef: // U+FFFD: a letter lost before us
		if len(s) > 2 && s[1] == 0xbf && s[2] == 0xbd {
			return 3
		}
	}
	return 0
}

// Decode makes valid UTF-8 of bytes, reading as cp1252 each byte that is not
// UTF-8: some files mix both from one line to the next.
func Decode(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			r = charmap.Windows1252.DecodeByte(s[i])
		}
		b.WriteRune(r)
		i += size
	}
	return b.String()
}

// unmangle repairs UTF-8 that was read as cp1252 and written again: "Ã©" is "é"
// and "â€™" is "’". Only sequences that are exactly that are touched.
func unmangle(s string) string {
	if !strings.Contains(s, "Â") && !strings.Contains(s, "Ã") && !strings.Contains(s, "Å") && !strings.Contains(s, "â") {
		return s
	}
	var b strings.Builder
	var raw [utf8.UTFMax]byte
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		n := 0
		switch r {
		case 'Â', 'Ã', 'Å':
			n = 2
		case 'â':
			n = 3
		}
		if n > 0 {
			if end, ok := mangled(s[i:], raw[:n]); ok {
				b.Write(raw[:n])
				i += end
				continue
			}
		}
		b.WriteString(s[i : i+size])
		i += size
	}
	return b.String()
}

// mangled fills raw with the cp1252 bytes of the first len(raw) runes of s and
// tells whether they are one UTF-8 rune; end is how far they go in s.
func mangled(s string, raw []byte) (end int, ok bool) {
	for k := range raw {
		r, size := utf8.DecodeRuneInString(s[end:])
		c, known := charmap.Windows1252.EncodeRune(r)
		if !known || size == 0 {
			return 0, false
		}
		raw[k] = c
		end += size
	}
	r, size := utf8.DecodeRune(raw)
	return end, r != utf8.RuneError && size == len(raw)
}

// printable drops what a terminal would obey or hide, folds white space and
// composes accents.
func printable(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if r >= 0x80 && r < 0xa0 {
			r = charmap.Windows1252.DecodeByte(byte(r))
		}
		switch {
		case blank(r):
			space = true
			continue
		case hidden(r):
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
		if b.Len() > 2*maxText {
			break
		}
	}
	return norm.NFC.String(b.String())
}

// blank tells whether a character is shown as a space.
func blank(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200a
}

// hidden tells whether a character is a control, or invisible, or turns the
// direction of the text around.
func hidden(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xad, r == 0x061c, r == 0xfeff, r == 0xfffe, r == 0xffff:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r >= 0xfff9 && r <= 0xfffb:
		return true
	case r >= 0xe0000 && r <= 0xe0fff, r >= 0xfe00 && r <= 0xfe0f:
		return true
	}
	return false
}

// cut keeps at most maxText bytes, in whole characters.
func cut(s string) string { return shorten(s, maxText) }

// shorten cuts a text in whole characters and says so with « … ».
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	end := limit - len("…")
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return strings.TrimSpace(s[:end]) + "…"
}
