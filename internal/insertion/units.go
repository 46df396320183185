package insertion

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"unicode"
)

// Cents is an amount of euros excluding tax, in integer cents.
type Cents int64

// Euros converts whole euros.
func Euros(e int64) Cents { return Cents(e * 100) }

// String writes the amount the French way: "1 820 542,00 €".
func (c Cents) String() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s%s,%02d €", sign, Thousands(int64(c)/100), int64(c)%100)
}

// Round writes the amount in whole euros, rounded half away from zero: "1 820 542 €".
func (c Cents) Round() string {
	return Thousands(nearest(int64(c))) + " €"
}

// Hours is a duration of work in hundredths of an hour, so that quarter hours
// and sums stay exact.
type Hours int64

// WholeHours converts whole hours.
func WholeHours(h int64) Hours { return Hours(h * 100) }

// String writes "1 250 h" or "12,50 h".
func (h Hours) String() string { return h.Number() + " h" }

// Number writes the hours without their unit: "1 250" or "12,50".
func (h Hours) Number() string {
	sign := ""
	if h < 0 {
		sign, h = "-", -h
	}
	if h%100 == 0 {
		return sign + Thousands(int64(h)/100)
	}
	return fmt.Sprintf("%s%s,%02d", sign, Thousands(int64(h)/100), int64(h)%100)
}

// Round writes the hours to the nearest one, half away from zero: "1 250 h".
func (h Hours) Round() string { return h.Whole() + " h" }

// Whole is Round without the unit.
func (h Hours) Whole() string { return Thousands(nearest(int64(h))) }

// nearest takes hundredths to the nearest whole, half away from zero.
func nearest(hundredths int64) int64 {
	if hundredths < 0 {
		return (hundredths - 50) / 100
	}
	return (hundredths + 50) / 100
}

// ParseHours reads what a person types in an hours field: "35", "35,5",
// "1 250", "7h30", "12.25 h". Negative or unreadable text is an error.
func ParseHours(s string) (Hours, error) {
	t := strings.ToLower(CompactNumber(s))
	if whole, minutes, ok := strings.Cut(t, "h"); ok && minutes != "" {
		h, errH := strconv.ParseInt(whole, 10, 32)
		m, errM := strconv.ParseInt(minutes, 10, 32)
		if errH != nil || errM != nil || h < 0 || m < 0 || m > 59 {
			return 0, fmt.Errorf("« %s » n'est pas un nombre d'heures", s)
		}
		return Hours(h*100 + (m*100+30)/60), nil
	}
	n, err := parseHundredths(strings.TrimSuffix(t, "h"))
	if err != nil || n < 0 {
		return 0, fmt.Errorf("« %s » n'est pas un nombre d'heures", s)
	}
	return Hours(n), nil
}

// ParseCents reads an amount as typed in French or English: "1 820 542,00",
// "1820542.5", "25 000 €". Negative or unreadable text is an error.
func ParseCents(s string) (Cents, error) {
	n, err := parseHundredths(strings.TrimSuffix(CompactNumber(s), "€"))
	if err != nil || n < 0 {
		return 0, fmt.Errorf("« %s » n'est pas un montant", s)
	}
	return Cents(n), nil
}

// BasisPoints is a share in hundredths of a percent: 5 % is 500.
type BasisPoints int64

// String writes "5 %" or "7,5 %".
func (b BasisPoints) String() string {
	if b%100 == 0 {
		return strconv.FormatInt(int64(b)/100, 10) + " %"
	}
	return strings.TrimRight(fmt.Sprintf("%d,%02d", int64(b)/100, int64(b)%100), "0") + " %"
}

// Round writes a share to the nearest percent, half up: "58 %".
func (b BasisPoints) Round() string { return Thousands(nearest(int64(b))) + " %" }

// Percent writes part of a whole to the nearest percent, half up: "58 %"; "0 %" of
// nothing. It rounds once, where ShareOf then Round would round twice.
func Percent(part, whole int64) string { return Thousands(Proportion(part, whole, 100)) + " %" }

// ShareOf is part of a whole in hundredths of a percent, rounded half up; 0 of
// nothing, and it may exceed 100 %.
func ShareOf(part, whole int64) BasisPoints { return BasisPoints(Proportion(part, whole, 10_000)) }

// Proportion is part × scale ÷ whole, rounded half up; 0 of nothing. Every share and
// every ratio that is shown is rounded here.
func Proportion(part, whole, scale int64) int64 {
	if whole <= 0 || part <= 0 || scale <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(part), uint64(scale))
	lo, carry := bits.Add64(lo, uint64(whole)/2, 0)
	if hi+carry >= uint64(whole) {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi+carry, lo, uint64(whole))
	return int64(min(q, math.MaxInt64))
}

// Of is the share of an amount, rounded half up. 33,33 % is as near as a share comes
// to a third, and means it: 33,33 % of 720 000 € are 240 000 €; so 66,67 %.
func (b BasisPoints) Of(amount Cents) Cents {
	part, whole := int64(b), int64(10_000)
	switch b {
	case 3333:
		part, whole = 1, 3
	case 6667:
		part, whole = 2, 3
	}
	return Cents(mulDiv(int64(amount)*2, part, whole)+1) / 2
}

// ParseShare reads a percentage: "5", "7,5 %". Only 0 to 100 % is accepted.
func ParseShare(s string) (BasisPoints, error) {
	n, err := parseHundredths(strings.TrimSuffix(CompactNumber(s), "%"))
	if err != nil || n < 0 || n > 10_000 {
		return 0, fmt.Errorf("« %s » n'est pas un pourcentage entre 0 et 100", s)
	}
	return BasisPoints(n), nil
}

// CompactNumber removes the spaces people and spreadsheets put inside numbers: those
// that group thousands, and those beside a unit. « 8 9 » keeps its own, and is no
// number: half of it was to be erased.
func CompactNumber(s string) string {
	runes := []rune(strings.TrimSpace(s))
	out := make([]rune, 0, len(runes))
	for i := 0; i < len(runes); i++ {
		if !spacesNumbers(runes[i]) {
			out = append(out, runes[i])
			continue
		}
		for i+1 < len(runes) && spacesNumbers(runes[i+1]) {
			i++
		}
		digits := 0
		for i+1+digits < len(runes) && unicode.IsDigit(runes[i+1+digits]) {
			digits++
		}
		if digits > 0 && digits != 3 && len(out) > 0 && unicode.IsDigit(out[len(out)-1]) {
			out = append(out, ' ')
		}
	}
	return string(out)
}

func spacesNumbers(r rune) bool {
	switch r {
	case ' ', '\t', '\u00a0', '\u202f', '\'':
		return true
	}
	return false
}

// parseHundredths reads a decimal with a comma or a point as hundredths,
// rounding half up beyond two decimals.
func parseHundredths(s string) (int64, error) {
	s = strings.Replace(s, ",", ".", 1)
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f > 1e15 || f < -1e15 || f != f {
		return 0, errors.New("nombre illisible")
	}
	if f < 0 {
		return int64(f*100 - 0.5), nil
	}
	return int64(f*100 + 0.5), nil
}
