package mandate

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// The longest texts kept, in characters.
const (
	longestText = 300
	longestLong = 4000
)

// Parse reads what a person or a file says of a field and gives the text to keep,
// "" for nothing. The error is an *insertion.FieldError that names the field.
func Parse(s Sheet, name, typed string) (string, error) {
	f, ok := s.Field(name)
	if !ok {
		return "", &insertion.FieldError{Field: name, Reason: "ce champ n'est pas de la fiche « " + s.Label + " » (" + strings.Join(s.Names(), ", ") + ")"}
	}
	return f.Parse(typed)
}

// Names lists the names of the fields.
func (s Sheet) Names() []string {
	names := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		names[i] = f.Name
	}
	return names
}

// Parse reads what is typed for this field; see the function Parse.
func (f Field) Parse(typed string) (string, error) {
	value := clean(typed, f.Type == Long)
	if value == "" {
		return "", nil
	}
	kept, reason := f.read(value)
	if reason != "" {
		return "", &insertion.FieldError{Field: f.Name, Reason: reason}
	}
	return kept, nil
}

// read gives the canonical text of a value, or why there is none.
func (f Field) read(value string) (kept, reason string) {
	switch f.Type {
	case Text, Commune, Buyer:
		return limited(value, longestText)
	case Long:
		return limited(value, longestLong)
	case Day:
		d, err := insertion.ParseDate(value)
		switch {
		case errors.Is(err, insertion.ErrCentury):
			return "", err.Error()
		case err != nil:
			return "", "« " + value + " » n'est pas une date (31/03/2026)"
		case d.Time().Year() < 1990 || d.Time().Year() > 2100:
			return "", "« " + value + " » : une date de 1990 à 2100"
		}
		return string(d), ""
	case Clock:
		return clock(value)
	case Year:
		n, err := strconv.Atoi(value)
		if err != nil || n < 1990 || n > 2100 {
			return "", "« " + value + " » n'est pas une année (2026)"
		}
		return strconv.Itoa(n), ""
	case Whole:
		n, err := strconv.ParseInt(insertion.CompactNumber(value), 10, 64)
		if errors.Is(err, strconv.ErrSyntax) {
			return "", "« " + value + " » n'est pas un nombre entier"
		}
		if err != nil || n < 0 || n > 1_000_000_000 {
			return "", "« " + value + " » : attendu un nombre entier, de 0 à 1 000 000 000"
		}
		return strconv.FormatInt(n, 10), ""
	case Minutes:
		n, err := strconv.Atoi(insertion.CompactNumber(value))
		if err != nil || n < 1 || n > week {
			return "", "« " + value + " » : attendu des minutes, de 1 à 10 080 (une semaine)"
		}
		return strconv.Itoa(n), ""
	case Measure:
		return hundredths(value, "un nombre", "%", "€", "h", "m²", "m2")
	case Amount:
		return hundredths(value, "un montant", "€")
	case Surface:
		return hundredths(value, "une surface", "m²", "m2")
	case Percent:
		b, err := insertion.ParseShare(value)
		if err != nil {
			return "", err.Error()
		}
		return strconv.FormatInt(int64(b), 10), ""
	case Tick:
		return ticked(value)
	case Choice:
		return chosen(value, f.Choices)
	case CPV:
		return cpv(value)
	case SIREN:
		return siren(value)
	case Trade:
		return tradeOf(value)
	}
	return "", "type de champ inconnu"
}

func limited(value string, most int) (string, string) {
	if n := utf8.RuneCountInString(value); n > most {
		return "", "trop long : " + insertion.Thousands(int64(n)) + " signes, " + insertion.Thousands(int64(most)) + " au plus"
	}
	return value, ""
}

// compact removes the spaces people put inside codes and times.
func compact(s string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(s)
}

// week is the longest a meeting lasts, in minutes.
const week = 7 * 24 * 60

// most is the largest number kept, in hundredths: ten billions.
const most = 1_000_000_000_000

func hundredths(value, what string, units ...string) (string, string) {
	bare := insertion.CompactNumber(value)
	for _, u := range units {
		bare = strings.TrimSuffix(bare, u)
	}
	n, err := insertion.ParseCents(bare)
	if err != nil && strings.Trim(bare, "-0123456789") != "" {
		return "", "« " + value + " » n'est pas " + what
	}
	if err != nil || n > most || strings.HasPrefix(bare, "-") {
		return "", "« " + value + " » : attendu " + what + ", de 0 à " + insertion.Thousands(most/100)
	}
	return strconv.FormatInt(int64(n), 10), ""
}

func clock(value string) (string, string) {
	hour, minute, _ := strings.Cut(strings.NewReplacer("h", ":", "H", ":").Replace(compact(value)), ":")
	h, errH := strconv.Atoi(hour)
	m, errM := 0, error(nil)
	if minute != "" {
		m, errM = strconv.Atoi(minute)
	}
	if errH != nil || errM != nil || h < 0 || h > 23 || m < 0 || m > 59 {
		return "", "« " + value + " » n'est pas une heure (14:30)"
	}
	return two(h) + ":" + two(m), ""
}

func two(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

func ticked(value string) (string, string) {
	switch folded(value) {
	case "oui", "vrai", "true", "yes":
		return "1", ""
	case "non", "faux", "false", "no":
		return "0", ""
	}
	switch strings.ToLower(value) {
	case "1", "x", "o":
		return "1", ""
	case "0", "n":
		return "0", ""
	}
	return "", "« " + value + " » : oui ou non"
}

// chosen finds one of the choices by its words, or by the beginning of one only.
func chosen(value string, choices []string) (string, string) {
	var near []string
	for _, c := range choices {
		if folded(c) == folded(value) {
			return c, ""
		}
		if folded(value) != "" && strings.HasPrefix(folded(c), folded(value)) {
			near = append(near, c)
		}
	}
	if len(near) == 1 {
		return near[0], ""
	}
	return "", "« " + value + " » n'est pas un de ces choix : " + strings.Join(choices, ", ")
}

func cpv(value string) (string, string) {
	digits, _, _ := strings.Cut(compact(value), "-") // what follows is a key
	if len(digits) < 2 || len(digits) > 8 || strings.Trim(digits, "0123456789") != "" {
		return "", "« " + value + " » n'est pas un code CPV (77310000)"
	}
	return digits + strings.Repeat("0", 8-len(digits)), ""
}

func siren(value string) (string, string) {
	digits := compact(value)
	if insertion.ValidSIRET(digits) {
		digits = digits[:9]
	}
	if len(digits) != 9 || strings.Trim(digits, "0123456789") != "" {
		return "", "« " + value + " » n'est ni un SIREN (neuf chiffres) ni un SIRET"
	}
	return digits, ""
}

func tradeOf(value string) (string, string) {
	var codes []string
	for _, t := range trade.All() {
		if strings.EqualFold(string(t.Code), value) || folded(t.Label) == folded(value) {
			return string(t.Code), ""
		}
		codes = append(codes, string(t.Code))
	}
	slices.Sort(codes)
	return "", "« " + value + " » n'est pas une filière (" + strings.Join(codes, ", ") + ")"
}

// Show writes a canonical text the way people read it: 28/11/2026, 1 234,56 €,
// 120,5 m². A measure is written without its unit, which is its commitment's.
func Show(f Field, canonical string) string {
	if canonical == "" {
		return ""
	}
	n, err := strconv.ParseInt(canonical, 10, 64)
	switch f.Type {
	case Day:
		return insertion.Date(canonical).French()
	case Trade:
		return trade.Label(insertion.Trade(canonical))
	case Tick:
		if canonical == "1" {
			return "oui"
		}
		return "non"
	}
	if err != nil {
		return canonical
	}
	switch f.Type {
	case Whole, Minutes:
		return insertion.Thousands(n)
	case Amount:
		return insertion.Cents(n).String()
	case Measure:
		return decimal(n)
	case Surface:
		return decimal(n) + " m²"
	case Percent:
		return insertion.BasisPoints(n).String()
	}
	return canonical
}

// decimal writes hundredths with as many decimals as they have.
func decimal(n int64) string {
	whole := insertion.Thousands(n / 100)
	switch rest := n % 100; {
	case rest == 0:
		return whole
	case rest%10 == 0:
		return whole + "," + strconv.FormatInt(rest/10, 10)
	default:
		return whole + "," + two(int(rest))
	}
}
