package insertion

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"time"
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
	t := strings.ToLower(compactNumber(s))
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
	n, err := parseHundredths(strings.TrimSuffix(compactNumber(s), "€"))
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
	n, err := parseHundredths(strings.TrimSuffix(compactNumber(s), "%"))
	if err != nil || n < 0 || n > 10_000 {
		return 0, fmt.Errorf("« %s » n'est pas un pourcentage entre 0 et 100", s)
	}
	return BasisPoints(n), nil
}

// Date is a calendar day as ISO text, "2026-03-31"; empty when unknown, so that
// dates sort and compare as text.
type Date string

// ErrDate says that a text is not a calendar day.
var ErrDate = errors.New("ce n'est pas une date (attendu : 31/03/2026 ou 2026-03-31)")

// DateOf drops the clock.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// ErrCentury says that a year of two digits could be of two centuries.
var ErrCentury = errors.New("écrivez l'année en quatre chiffres, comme 31/03/1985")

// lastShortYear is the last year two digits stand for: nothing the program follows
// began before 2000 nor ends after 2049, while 85 would more likely be 1985.
const lastShortYear = 2049

// ParseDate reads "2026-03-31", "31/03/2026", or "31/03/26": two digits up to 49 are a
// year of this century, others are ErrCentury. A year of birth is never read here: it is
// a number of its own, of four digits. Empty text is the unknown date.
func ParseDate(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	for _, layout := range []string{time.DateOnly, "2/1/2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return DateOf(t), nil
		}
	}
	t, err := time.Parse("2/1/06", s)
	switch {
	case err != nil:
		return "", ErrDate
	case t.Year() < 2000 || t.Year() > lastShortYear:
		return "", ErrCentury
	}
	return DateOf(t), nil
}

// Time is midnight UTC of the day, and the zero time for an unknown date.
func (d Date) Time() time.Time {
	y, m, day, ok := d.civil()
	if !ok {
		return time.Time{}
	}
	return time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
}

// French writes "31/03/2026", or "—" when unknown.
func (d Date) French() string {
	if _, _, _, ok := d.civil(); !ok {
		return "—"
	}
	return string(d[8:] + "/" + d[5:7] + "/" + d[:4])
}

// AddDays moves the date; an unknown date stays unknown.
func (d Date) AddDays(n int) Date {
	y, m, day, ok := d.civil()
	switch {
	case !ok:
		return d
	case day+n >= 1 && day+n <= 28:
		return dateOf(y, m, day+n)
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// AddMonths moves the date by calendar months, kept inside the month reached
// (31 January plus one month is the last day of February).
func (d Date) AddMonths(n int) Date {
	y, m, day, ok := d.civil()
	if !ok {
		return d
	}
	months := y*12 + m - 1 + n
	y, m = floorDiv(months, 12), months-floorDiv(months, 12)*12+1
	return dateOf(y, m, min(day, daysIn(y, m)))
}

// DaysSince counts calendar days from e to d; 0 when either is unknown.
func (d Date) DaysSince(e Date) int {
	day, ok := d.dayNumber()
	from, known := e.dayNumber()
	if !ok || !known {
		return 0
	}
	return day - from
}

// Month is the month the day falls in.
func (d Date) Month() Month {
	if len(d) < 7 {
		return ""
	}
	return Month(d[:7])
}

// Month is a calendar month as ISO text, "2026-03"; empty when unknown.
type Month string

// ParseMonth reads "2026-03", "03/2026", or "03/26": two digits from 13 to 49 are a
// year of this century; under 13 they could be the month of a day, and are refused.
func ParseMonth(s string) (Month, error) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{"2006-01", "1/2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return Month(t.Format("2006-01")), nil
		}
	}
	if t, err := time.Parse("1/06", s); err == nil && t.Year() > 2012 && t.Year() <= lastShortYear {
		return Month(t.Format("2006-01")), nil
	}
	return "", fmt.Errorf("« %s » n'est pas un mois (attendu : 03/2026 ou 2026-03)", s)
}

// First is the first day of the month.
func (m Month) First() Date {
	if m == "" {
		return ""
	}
	return Date(m) + "-01"
}

// Last is the last day of the month.
func (m Month) Last() Date { return m.Add(1).First().AddDays(-1) }

// Days is how many days the month has.
func (m Month) Days() int { return span{m.First(), m.Last()}.days() }

// Add moves by n months.
func (m Month) Add(n int) Month { return m.First().AddMonths(n).Month() }

// French writes "03/2026".
func (m Month) French() string {
	if len(m) != 7 {
		return "—"
	}
	return string(m[5:7]) + "/" + string(m[:4])
}

// Months lists every month from one to the other, both included; nil when
// either is unknown or they are in the wrong order. At most 600 months.
func Months(from, to Month) []Month {
	if from == "" || to == "" {
		return nil
	}
	var months []Month
	for m := from; m <= to && len(months) < 600; m = m.Add(1) {
		months = append(months, m)
	}
	return months
}

// compactNumber removes the spaces people and spreadsheets put inside numbers.
func compactNumber(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\u00a0', '\u202f', '\'':
			return -1
		}
		return r
	}, s)
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
