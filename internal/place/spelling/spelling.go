// Package spelling makes the names of French places comparable: accents,
// case, hyphens, « ST », a leading article, « CEDEX 9 », « 15ème
// arrondissement » no longer tell two spellings apart.
//
// It owns one function and no data. It never decides which place is meant.
// place, its table and its generator import it; it imports nothing of ours.
package spelling

import "unicode/utf8"

// Lost stands in a key for a letter that the file destroyed (U+FFFD, often
// the accented letters of files re-encoded once too often).
const Lost = '?'

// Key is the comparable form of a name: lower-case ASCII words separated by one
// space, without articles at either end. "ST-OUEN CEDEX", "Saint Ouen" and
// "Saint-Ouen" share a key; so do "LE PLESSIS ROBINSON" and "Plessis-Robinson (Le)".
func Key(name string) string { return string(AppendKey(nil, name)) }

// AppendKey appends the key of name to dst; with room in dst it allocates nothing.
func AppendKey(dst []byte, name string) []byte {
	start := len(dst)
	word := start // where the word being read begins
	for i := 0; i < len(name); {
		r, size := rune(name[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(name[i:])
		}
		i += size
		if r >= 0x300 && r < 0x370 { // a combining accent belongs to the letter before it
			continue
		}
		before := len(dst)
		dst = appendLetter(dst, r)
		if len(dst) == before {
			if r == '/' && string(dst[word:]) == "s" { // « s/Marne », « S/SEINE »
				dst = append(dst, "ur"...)
			}
			dst, word = endWord(dst, start, word)
		}
	}
	dst, _ = endWord(dst, start, word)
	return trimArticles(dst, start)
}

// endWord rewrites the word that has just been read and opens the next.
func endWord(dst []byte, start, word int) ([]byte, int) {
	if len(dst) == word {
		return dst, word
	}
	switch w := string(dst[word:]); w {
	case "st":
		dst = append(dst[:word], "saint"...)
	case "ste":
		dst = append(dst[:word], "sainte"...)
	case "cedex", "arrondissement", "arrondissements", "arrdt", "ardt", "arr":
		return dst[:word], word
	default:
		if w[0] >= '0' && w[0] <= '9' {
			dst = ordinal(dst, word)
		}
	}
	dst = append(dst, ' ')
	return dst, len(dst)
}

// ordinal writes "01", "1er", "1ère" as "1" and "15e", "15ème" as "15".
func ordinal(dst []byte, word int) []byte {
	i := word
	for i < len(dst)-1 && dst[i] == '0' {
		i++
	}
	j := i
	for j < len(dst) && dst[j] >= '0' && dst[j] <= '9' {
		j++
	}
	switch string(dst[j:]) {
	case "", "e", "er", "ere", "eme", "em":
		return append(dst[:word], dst[i:j]...)
	}
	return dst
}

// trimArticles drops the last space and an article at either end, unless
// nothing else would be left.
func trimArticles(dst []byte, start int) []byte {
	for len(dst) > start && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	for i := len(dst) - 1; i > start; i-- {
		if dst[i] == ' ' {
			if article(dst[i+1:]) {
				dst = dst[:i]
			}
			break
		}
	}
	for i := start; i < len(dst); i++ {
		if dst[i] == ' ' {
			if article(dst[start:i]) {
				dst = append(dst[:start], dst[i+1:]...)
			}
			break
		}
	}
	return dst
}

func article(w []byte) bool {
	switch string(w) {
	case "le", "la", "les", "l":
		return true
	}
	return false
}

// appendLetter appends the plain lower-case form of a letter or digit, and
// nothing for what separates words.
func appendLetter(dst []byte, r rune) []byte {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return append(dst, byte(r))
	case r >= 'A' && r <= 'Z':
		return append(dst, byte(r)+'a'-'A')
	case r == utf8.RuneError:
		return append(dst, Lost)
	case r < 0xC0:
		return dst
	}
	switch r {
	case 'À', 'Á', 'Â', 'Ã', 'Ä', 'Å', 'à', 'á', 'â', 'ã', 'ä', 'å', 'ā', 'Ā':
		return append(dst, 'a')
	case 'Ç', 'ç':
		return append(dst, 'c')
	case 'È', 'É', 'Ê', 'Ë', 'è', 'é', 'ê', 'ë', 'ē', 'Ē':
		return append(dst, 'e')
	case 'Ì', 'Í', 'Î', 'Ï', 'ì', 'í', 'î', 'ï', 'ī', 'Ī':
		return append(dst, 'i')
	case 'Ñ', 'ñ':
		return append(dst, 'n')
	case 'Ò', 'Ó', 'Ô', 'Õ', 'Ö', 'ò', 'ó', 'ô', 'õ', 'ö', 'ō', 'Ō':
		return append(dst, 'o')
	case 'Ù', 'Ú', 'Û', 'Ü', 'ù', 'ú', 'û', 'ü', 'ū', 'Ū':
		return append(dst, 'u')
	case 'Ÿ', 'ÿ', 'Ý', 'ý':
		return append(dst, 'y')
	case 'Œ', 'œ':
		return append(dst, "oe"...)
	case 'Æ', 'æ':
		return append(dst, "ae"...)
	case 'ß':
		return append(dst, "ss"...)
	}
	return dst
}
