package intake

import (
	"math"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// maxEuros keeps amounts such as 1e17 inside Cents; they are doubtful anyway.
const maxEuros = 999_999_999_999_999

// parseNumber reads a number written in French or in English, with spaces,
// units or an exponent: « 1 820 542,00 € », "1,820,542.00", "1e+17".
func parseNumber(s string) (float64, bool) {
	var b [64]byte
	n, points, commas := 0, 0, 0
	for i := 0; i < len(s) && n < len(b); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == '-' && n == 0, c == '+' && n == 0:
		case (c == 'e' || c == 'E') && n > 0 && i+1 < len(s) && strings.IndexByte("+-0123456789", s[i+1]) >= 0:
			b[n] = c
			n++
			if i++; n == len(b) {
				return 0, false
			}
		case c == '.':
			points++
		case c == ',':
			commas++
		case c == ' ' || c == '\'':
			continue
		default:
			if !unit(s[i:]) {
				return 0, false
			}
			i = len(s)
			continue
		}
		b[n] = s[i]
		n++
	}
	text := string(b[:n])
	switch {
	case points > 0 && commas > 0 && strings.LastIndexByte(text, ',') > strings.LastIndexByte(text, '.'):
		text = strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
	case points > 0 && commas > 0, commas > 1:
		text = strings.ReplaceAll(text, ",", "")
	case points > 1:
		text = strings.ReplaceAll(text, ".", "")
	default:
		text = strings.Replace(text, ",", ".", 1)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return 0, false
	}
	return f, true
}

// unit tells whether what follows a number is only its unit.
func unit(s string) bool {
	switch Fold(s) {
	case "", "eur", "euro", "euros", "eht", "eurht", "eurosht", "euroht", "ht", "mois", "m":
		return true
	}
	return false
}

// parseCents reads an amount in euros. ok is false when there is no number.
func parseCents(s string) (c insertion.Cents, ok bool) {
	if c, ok := plainCents(s); ok {
		return c, true
	}
	f, ok := parseNumber(s)
	if !ok {
		return 0, false
	}
	if math.Abs(f) >= maxEuros {
		return insertion.Euros(maxEuros), true
	}
	return insertion.Cents(math.Round(f * 100)), true
}

// plainCents reads the common case exactly: "84000", "84000.5", "84000.50".
func plainCents(s string) (insertion.Cents, bool) {
	var n int64
	decimals := -1
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && decimals < 2:
			n = n*10 + int64(c-'0')
			if decimals >= 0 {
				decimals++
			}
		case c == '.' && decimals < 0 && i > 0:
			decimals = 0
		default:
			return 0, false
		}
	}
	if s == "" || len(s) > 15 {
		return 0, false
	}
	for range 2 - max(decimals, 0) {
		n *= 10
	}
	return insertion.Cents(n), true
}

// doubtful tells amounts that nobody signed: up to 1 €, beyond 15 billion, six
// times the same digit and more, a run such as 123456.
func doubtful(c insertion.Cents) bool {
	euros := int64(c) / 100
	if c <= 100 || euros > 15_000_000_000 {
		return true
	}
	if euros < 100_000 {
		return false
	}
	var b [20]byte
	s := strconv.AppendInt(b[:0], euros, 10)
	same, up, down := true, true, true
	for i := 1; i < len(s); i++ {
		same = same && s[i] == s[0]
		up = up && s[i] == s[i-1]+1
		down = down && s[i]+1 == s[i-1]
	}
	return same || up || down
}

// parseMonths reads a duration in months: "12", "6.5", « 12 mois », « 3 ans »,
// « 90 jours ». A started month counts. ok is false when there is no number.
func parseMonths(s string) (months int, ok bool) {
	if len(s) > 0 && len(s) <= 4 {
		if n, ok := digits(s); ok {
			return n, true
		}
	}
	text := words(s)
	per := 1.0
	for _, unit := range [...]struct {
		word   string
		months float64
	}{{"an", 12}, {"ans", 12}, {"annee", 12}, {"annees", 12}, {"jour", 1 / 30.4375}, {"jours", 1 / 30.4375}, {"j", 1 / 30.4375}, {"semaine", 7 / 30.4375}, {"semaines", 7 / 30.4375}} {
		if strings.HasSuffix(text, " "+unit.word) {
			per = unit.months
			s = s[:len(s)-len(unit.word)]
			if i := strings.LastIndexAny(s, "0123456789"); i >= 0 {
				s = s[:i+1]
			}
			break
		}
	}
	f, ok := parseNumber(s)
	if !ok || f < 0 || f > 1e6 {
		return 0, false
	}
	return int(math.Ceil(f*per - 1e-9)), true
}
