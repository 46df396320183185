package insertion

// Elapsed is the share of the clause's window gone by on a day, in basis
// points, 0 to 10 000; 0 when the window is not known. By amount it is what was
// invoiced over what is expected, whatever the day.
func (c Clause) Elapsed(today Date) BasisPoints {
	if c.ByAmount && c.Expected > 0 {
		return BasisPoints(min(10_000, mulDiv(int64(max(0, c.Consumed)), 10_000, int64(c.Expected))))
	}
	total := c.End.DaysSince(c.Start) + 1
	if c.Start == "" || c.End == "" || total <= 0 || today < c.Start {
		return 0
	}
	return BasisPoints(min(10_000, (today.DaysSince(c.Start)+1)*10_000/total))
}

// Pace is hours done ÷ (hours due × elapsed share), in basis points: 10 000 is
// exactly on time. Hours come in by month, so the share is that of the end of
// the month before, while the clause runs. It is 10 000 while nothing could be
// expected yet.
// DOMAIN §5.3: no legal source, so thresholds on it are settings.
func (c Clause) Pace(sum HoursSum, today Date) BasisPoints {
	if today <= c.End {
		today = today.Month().First().AddDays(-1)
	}
	expected := mulDiv(int64(sum.Due), int64(c.Elapsed(today)), 10_000)
	if expected <= 0 {
		return 10_000
	}
	return BasisPoints(mulDiv(int64(sum.Done), 10_000, expected))
}

// Progress is what decides the stage of a lot.
type Progress struct {
	Flagged    bool // « Clause sociale » declared
	Clause     *Clause
	Introduced bool // at least one introduction still open
	Placed     bool // at least one placement
	Sum        HoursSum
	Today      Date
	LateBelow  BasisPoints // pace below it is late; Thresholds.Orange
}

// Stage tells where a lot stands.
func (p Progress) Stage() Stage {
	switch {
	case p.Clause == nil && p.Flagged:
		return StageToWrite
	case p.Clause == nil:
		return StageNone
	case p.Sum.Done >= p.Sum.Due && p.Sum.Due > 0:
		return StageMet
	case p.Clause.End != "" && p.Today > p.Clause.End:
		return StageOver
	case p.Placed && p.Clause.Pace(p.Sum, p.Today) < p.LateBelow:
		return StageBehind
	case p.Placed:
		return StagePlaced
	case p.Introduced:
		return StageProposed
	}
	return StageToMatch
}

// BurnPoint is one month of the chart of a lot: cumulated hours at its end.
type BurnPoint struct {
	Month    Month `json:"mois"`
	Expected Hours `json:"attendues"` // due, spread evenly over the window
	Planned  Hours `json:"prevues"`
	Done     Hours `json:"faites"`
}

// BurnUp cumulates a lot's months over the clause's window, stretched to hold
// every month entered.
func BurnUp(c Clause, due Hours, placements []Placement) []BurnPoint {
	from, to := c.Start.Month(), c.End.Month()
	planned, done := map[Month]Hours{}, map[Month]Hours{}
	for _, p := range placements {
		for _, m := range p.Months {
			planned[m.Month] += m.Planned
			done[m.Month] += m.Done
			if from == "" || m.Month < from {
				from = m.Month
			}
			if m.Month > to {
				to = m.Month
			}
		}
	}
	months := Months(from, to)
	points := make([]BurnPoint, len(months))
	var sum BurnPoint
	for i, m := range months {
		sum.Month = m
		sum.Planned += planned[m]
		sum.Done += done[m]
		sum.Expected = Hours(mulDiv(int64(due), int64(c.Elapsed(m.Last())), 10_000))
		points[i] = sum
	}
	return points
}

// SpreadEvenly shares hours over months, the remainder on the first ones, in
// whole hours where it can.
func SpreadEvenly(total Hours, months []Month) []MonthHours {
	if len(months) == 0 || total <= 0 {
		return nil
	}
	n, unit := Hours(len(months)), WholeHours(1)
	if total%unit != 0 || total < n*unit {
		unit = 1
	}
	each, rest := total/unit/n, total/unit%n
	out := make([]MonthHours, len(months))
	for i, m := range months {
		h := each
		if Hours(i) < rest {
			h++
		}
		out[i] = MonthHours{m, h * unit}
	}
	return out
}
