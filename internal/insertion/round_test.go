package insertion

import "testing"

func TestWhatIsShownIsRoundedHalfUpAndOnce(t *testing.T) {
	for got, want := range map[string]string{
		BasisPoints(5849).Round(): "58 %", BasisPoints(5850).Round(): "59 %", BasisPoints(12_345).Round(): "123 %",
		Percent(574_960, 1_000_000): "57 %", Percent(575, 1000): "58 %", Percent(1, 0): "0 %", Percent(0, 7): "0 %",
		Hours(149).Round(): "1 h", Hours(150).Round(): "2 h", Hours(125_050).Whole(): "1 251", Hours(-150).Whole(): "-2",
		Cents(-150).Round(): "-2 €", Clause{}.Days(WholeHours(20)).Number(): "2,86", Clause{FTEHours: WholeHours(1607)}.FTE(WholeHours(1000)).Number(): "0,62",
	} {
		if got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

func TestThePaceIsWhatIsDoneOverWhatIsAwaited(t *testing.T) {
	c := Clause{Start: "2026-01-01", End: "2026-12-31"}
	sum := HoursSum{Due: WholeHours(365), Done: WholeHours(53)}
	for day, want := range map[Date]Awaited{
		"2026-01-20": {0, "2025-12-31"}, "2026-04-01": {WholeHours(90), "2026-03-31"}, "2026-04-30": {WholeHours(90), "2026-03-31"}, "2027-05-01": {WholeHours(365), "2026-12-31"},
	} {
		got := c.Awaits(sum.Due, day)
		if got != want {
			t.Errorf("on %s %s by %s, not %s by %s", day, got.Hours, got.By, want.Hours, want.By)
		}
		if got.Hours > 0 && c.Pace(sum, day) != ShareOf(int64(sum.Done), int64(got.Hours)) {
			t.Errorf("on %s the pace is %s of %s", day, c.Pace(sum, day), got.Hours)
		}
	}
	c.ByAmount, c.Consumed, c.Expected = true, Euros(30_000), Euros(120_000)
	if got := c.Awaits(sum.Due, "2026-04-15"); got != (Awaited{Hours: 91_25}) || got.Words() != "91,25 h attendues sur ce qui est facturé" {
		t.Errorf("by amount: %+v", got)
	}
}
