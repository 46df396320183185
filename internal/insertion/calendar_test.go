package insertion

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDaysReadAsNumbersAreThoseOfTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(rapid.IntRange(1, 9998).Draw(t, "year"), 1, 1+rapid.IntRange(0, 365).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		d, n := DateOf(day), rapid.IntRange(-400, 400).Draw(t, "n")
		if day.Year() > 1 || day.YearDay()+n > 1 {
			if got, want := d.AddDays(n), DateOf(day.AddDate(0, 0, n)); got != want {
				t.Fatalf("%s + %d days is %s, want %s", d, n, got, want)
			}
			if got := d.AddDays(n).DaysSince(d); got != n {
				t.Fatalf("%d days from %s: %d", n, d, got)
			}
		}
		first := time.Date(day.Year(), day.Month()+time.Month(n%24), 1, 0, 0, 0, 0, time.UTC)
		want := DateOf(first.AddDate(0, 0, min(day.Day(), first.AddDate(0, 1, -1).Day())-1))
		if first.Year() >= 0 && first.Year() <= 9999 {
			if got := d.AddMonths(n % 24); got != want {
				t.Fatalf("%s + %d months is %s, want %s", d, n%24, got, want)
			}
		}
		if !d.Time().Equal(day) {
			t.Fatalf("%s is %s", d, d.Time())
		}
	})
	for _, bad := range []Date{"", "2026", "2026-02-30", "2026-13-01", "2026-1-01", "20260-1-1", "2025-02-29", "é026-01-1"} {
		if !bad.Time().IsZero() || bad.AddDays(1) != bad || bad.AddMonths(1) != bad || bad.DaysSince("2026-01-01") != 0 {
			t.Errorf("%q was taken for a day", bad)
		}
	}
}
