package report

import (
	"fmt"

	"passerelle/internal/insertion"
)

// Day writes a date as a document does: « 28 novembre 2026 », « 1er mai 2026 »,
// "—" when unknown.
func Day(d insertion.Date) string {
	t := d.Time()
	if t.IsZero() {
		return "—"
	}
	day := fmt.Sprint(t.Day())
	if t.Day() == 1 {
		day = "1er"
	}
	return fmt.Sprintf("%s %s %d", day, monthName(int(t.Month())), t.Year())
}

// MonthName writes a month as a document does: « novembre 2026 », "—" when unknown.
func MonthName(m insertion.Month) string {
	t := m.First().Time()
	if t.IsZero() {
		return "—"
	}
	return fmt.Sprintf("%s %d", monthName(int(t.Month())), t.Year())
}

// Period writes the months from one to another: « avril 2026 », « avril à juin 2026 »,
// « octobre 2025 à mars 2026 ».
func Period(from, to insertion.Month) string {
	first, last := from.First().Time(), to.First().Time()
	switch {
	case from == to || first.IsZero() || last.IsZero():
		return MonthName(max(from, to))
	case first.Year() == last.Year():
		return monthName(int(first.Month())) + " à " + MonthName(to)
	}
	return MonthName(from) + " à " + MonthName(to)
}

func monthName(m int) string {
	return [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}[m-1]
}
