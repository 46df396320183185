package intake

import (
	"unicode/utf16"
	"unicode/utf8"
)

// unescape decodes the escapes of a JSON text; a backslash that begins none is
// dropped before a sign and kept before a letter.
func unescape(dst, text []byte) []byte {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c != '\\' || i+1 == len(text) {
			dst = append(dst, c)
			continue
		}
		i++
		switch c = text[i]; c {
		case 'n', 'r', 't', 'f', 'b':
			dst = append(dst, ' ')
		case 'u':
			r, size := hexRune(text[i+1:])
			if size == 0 {
				dst = append(dst, '\\', 'u')
				continue
			}
			i += size
			if utf16.IsSurrogate(r) {
				low, more := rune(0), 0
				if i+2 < len(text) && text[i+1] == '\\' && text[i+2] == 'u' {
					low, more = hexRune(text[i+3:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					i += 2 + more
				}
			}
			dst = utf8.AppendRune(dst, r)
		default:
			if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
				dst = append(dst, '\\')
			}
			dst = append(dst, c)
		}
	}
	return dst
}

// hexRune reads four hexadecimal digits; size is 0 when they are not there.
func hexRune(text []byte) (r rune, size int) {
	if len(text) < 4 {
		return 0, 0
	}
	for _, c := range text[:4] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, 0
		}
		r = r<<4 | rune(c)
	}
	return r, 4
}
