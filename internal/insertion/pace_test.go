package insertion

import (
	"testing"

	"pgregory.net/rapid"
)

func yearClause() *Clause { return &Clause{Start: "2025-01-01", End: "2025-12-31"} }

func TestStageFollowsTheFacts(t *testing.T) {
	due := HoursSum{Due: WholeHours(1000)}
	done := func(h int64) HoursSum { return HoursSum{Due: WholeHours(1000), Done: WholeHours(h)} }
	for _, c := range []struct {
		name string
		p    Progress
		want Stage
	}{
		{"nothing declared", Progress{}, StageNone},
		{"flagged without a sheet", Progress{Flagged: true}, StageToWrite},
		{"a sheet and nobody", Progress{Clause: yearClause(), Sum: due, Today: "2025-03-01"}, StageToMatch},
		{"someone proposed", Progress{Clause: yearClause(), Sum: due, Introduced: true, Today: "2025-03-01"}, StageProposed},
		{"placed and on time", Progress{Clause: yearClause(), Sum: done(400), Placed: true, Today: "2025-06-30", LateBelow: 9000}, StagePlaced},
		{"placed and behind", Progress{Clause: yearClause(), Sum: done(370), Placed: true, Today: "2025-06-30", LateBelow: 9000}, StageBehind},
		{"the month under way is not expected yet", Progress{Clause: yearClause(), Sum: done(400), Placed: true, Today: "2025-05-31", LateBelow: 9000}, StagePlaced},
		{"met before the end", Progress{Clause: yearClause(), Sum: done(1000), Placed: true, Today: "2025-06-30", LateBelow: 9000}, StageMet},
		{"ended short", Progress{Clause: yearClause(), Sum: done(999), Placed: true, Today: "2026-01-01", LateBelow: 9000}, StageOver},
	} {
		if got := c.p.Stage(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestBurnUpCumulatesAndEndsOnTheHoursDue(t *testing.T) {
	points := BurnUp(*yearClause(), WholeHours(1200), []Placement{{Months: []PlacementMonth{
		{Month: "2025-02", Planned: WholeHours(100), Done: WholeHours(80)},
		{Month: "2026-01", Planned: WholeHours(50), Done: WholeHours(60)},
	}}})
	if len(points) != 13 {
		t.Fatalf("%d months, want the window and the month entered after it", len(points))
	}
	last := points[12]
	if last.Expected != WholeHours(1200) || last.Planned != WholeHours(150) || last.Done != WholeHours(140) {
		t.Errorf("the last point is %+v", last)
	}
	if points[0].Done != 0 || points[1].Done != WholeHours(80) {
		t.Errorf("January %v, February %v", points[0].Done, points[1].Done)
	}
}

func TestSpreadingLosesNoHour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := Hours(rapid.Int64Range(1, 5_000_000).Draw(t, "hundredths"))
		months := Months("2025-01", Month("2025-01").Add(rapid.IntRange(0, 48).Draw(t, "months")))
		var sum, lo, hi Hours
		for i, m := range SpreadEvenly(total, months) {
			sum += m.Hours
			if i == 0 {
				lo, hi = m.Hours, m.Hours
			}
			lo, hi = min(lo, m.Hours), max(hi, m.Hours)
		}
		if sum != total || hi-lo > WholeHours(1) {
			t.Fatalf("%v over %d months gives %v, from %v to %v", total, len(months), sum, lo, hi)
		}
	})
}
