package insertion

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

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
