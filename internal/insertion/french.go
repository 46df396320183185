package insertion

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Thousands groups digits with narrow no-break spaces replaced by plain spaces,
// which every terminal shows alike: 1820542 is "1 820 542".
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return sign + b.String()
}

// Of says of whom or of what something is: « de Nanterre », « d'Asnières-sur-Seine »,
// « du Plessis-Robinson », « des Lilas ». An h is mute, as in most names of places
// and persons.
func Of(name string) string {
	switch {
	case strings.HasPrefix(name, "Le "):
		return "du " + strings.TrimPrefix(name, "Le ")
	case strings.HasPrefix(name, "Les "):
		return "des " + strings.TrimPrefix(name, "Les ")
	}
	if first, _ := utf8.DecodeRuneInString(name); strings.ContainsRune("aâàeéèêëiîïoôœuûùyhAÂÀÄEÉÈÊËIÎÏOÔÖŒUÛÙÜYH", first) {
		return "d'" + name
	}
	return "de " + name
}

// Quoted puts a text between « and »; those it holds become “ and ”, as quotes inside
// quotes are written.
func Quoted(text string) string {
	return "« " + strings.NewReplacer("« ", "“", " »", "”", "«\u00a0", "“", "\u00a0»", "”").Replace(text) + " »"
}
