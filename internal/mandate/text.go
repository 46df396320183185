package mandate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"passerelle/internal/trade"
)

// clean keeps of a text what is meant to be read: no byte that is not UTF-8, no
// control character, nothing invisible or that turns the reading around. Runs of
// white space become one space; lines are kept when several are allowed.
func clean(s string, lines bool) string {
	var out []string
	for line := range strings.SplitSeq(strings.ToValidUTF8(s, ""), "\n") {
		line = strings.Map(func(r rune) rune {
			switch {
			case unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f':
				return ' '
			case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp), r == utf8.RuneError:
				return -1
			}
			return r
		}, line)
		out = append(out, strings.Join(strings.FieldsFunc(line, func(r rune) bool { return r == ' ' }), " "))
	}
	if !lines {
		out = slices.DeleteFunc(out, func(line string) bool { return line == "" })
		return strings.Join(out, " ")
	}
	return strings.Trim(strings.Join(out, "\n"), "\n ")
}

// folded is a text without case, accents nor articles, to compare what people
// type with what is expected.
func folded(s string) string { return strings.Join(trade.Words(s), " ") }
