package intake

import (
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// finessKey gives an establishment without a SIRET its FINESS number as a key,
// « FINESS:020019931 », which some directories already write so.
func finessKey(siret *string, raw, finess string) bool {
	if rest, ok := strings.CutPrefix(strings.ToUpper(raw), "FINESS:"); ok {
		finess = rest
	} else if *siret != "" {
		return false
	}
	finess = zeros(finess, 9)
	if len(finess) != 9 {
		return false
	}
	*siret = "FINESS:" + finess
	return true
}

// kindsOf reads types however they are written; unknown is the first that is
// none.
func kindsOf(values []string) (kinds []insertion.Kind, unknown string) {
	for _, v := range values {
		k := insertion.Kind(strings.ToUpper(Fold(v)))
		if k == "ESS" {
			k = insertion.OESS
		}
		if !k.Known() {
			for _, known := range insertion.Kinds() {
				if Fold(known.Label()) == Fold(v) {
					k = known
				}
			}
		}
		switch {
		case k.Known() && !slices.Contains(kinds, k):
			kinds = append(kinds, k)
		case !k.Known() && unknown == "":
			unknown = v
		}
	}
	return kinds, unknown
}

// zeros gives back the leading zeros a spreadsheet ate.
func zeros(code string, n int) string {
	code = strings.TrimSpace(code)
	if code == "" || strings.Trim(code, "0123456789") != "" || len(code) >= n {
		return code
	}
	return strings.Repeat("0", n-len(code)) + code
}

// romes keeps the codes: a letter and four digits.
func romes(values []string) []string {
	var out []string
	for _, v := range values {
		v = strings.ToUpper(strings.TrimSpace(v))
		if len(v) >= 5 && v[0] >= 'A' && v[0] <= 'Z' && strings.Trim(v[1:5], "0123456789") == "" && !slices.Contains(out, v[:5]) {
			out = append(out, v[:5])
		}
	}
	return out
}

// phone keeps digits and a leading +, in pairs the French way when they are ten.
func phone(s string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, s)
	if len(digits) == 9 {
		digits = "0" + digits
	}
	if len(digits) == 10 && digits[0] == '0' {
		return digits[:2] + " " + digits[2:4] + " " + digits[4:6] + " " + digits[6:8] + " " + digits[8:]
	}
	if len(digits) < 10 {
		return ""
	}
	return digits
}

func no(s string) bool {
	switch Fold(s) {
	case "non", "no", "false", "0", "n", "faux", "inactive", "inactif":
		return true
	}
	return false
}

func workers(s string) int {
	n, ok := parseNumber(s)
	if !ok || n < 0 || n > 100_000 {
		return 0
	}
	return int(n + 0.5)
}

// statusOf reads a legal form however long it is written; one that is none of ours
// is left unknown.
func statusOf(s string) insertion.Status {
	folded := Fold(s)
	for _, known := range insertion.Statuses() {
		if folded != "" && strings.HasPrefix(folded, Fold(string(known))) {
			return known
		}
	}
	return ""
}

// turnover reads a yearly turnover in euros, 0 when it is not one.
func turnover(s string) insertion.Cents {
	c, err := insertion.ParseCents(s)
	if err != nil || c > insertion.Euros(1_000_000_000_000) {
		return 0
	}
	return c
}
