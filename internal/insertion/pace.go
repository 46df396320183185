package insertion

// Elapsed is the share of the clause's window gone by on a day, in basis
// points, 0 to 10 000; 0 when the window is not known. By amount it is what was
// invoiced over what is expected, whatever the day.
func (c Clause) Elapsed(today Date) BasisPoints { return ShareOf(c.gone(today)) }

// gone is the part of the window gone by on a day, in days or in cents, of the whole.
func (c Clause) gone(today Date) (part, whole int64) {
	if c.ByAmount && c.Expected > 0 {
		return int64(min(c.Consumed, c.Expected)), int64(c.Expected)
	}
	if c.Start == "" || c.End == "" || today < c.Start {
		return 0, 0
	}
	total := c.End.DaysSince(c.Start) + 1
	return int64(min(today.DaysSince(c.Start)+1, total)), int64(total)
}

// Awaited is what the calendar of a clause asks to have been done, and by when.
type Awaited struct {
	Hours Hours
	By    Date // the end of the last month that is over; the last day of the clause after it; "" by amount
}

// Words is « 388,32 h attendues au 31/05/2026 ».
func (a Awaited) Words() string {
	when := " sur ce qui est facturé"
	if a.By != "" {
		when = " au " + a.By.French()
	}
	if a.Hours == 0 {
		return "aucune heure attendue" + when
	}
	return a.Hours.String() + " attendues" + when
}

// Awaits is due × elapsed share, rounded half up: the one answer to « combien
// d'heures devraient être faites ? » of lists, pages and papers alike. Hours come in
// by month, so it is counted to the end of the month before while the clause runs:
// the month underway is owed by nobody yet.
func (c Clause) Awaits(due Hours, today Date) Awaited {
	if c.ByAmount && c.Expected > 0 {
		return Awaited{Hours: c.share(due, today)}
	}
	by := c.End
	if c.End == "" || today <= c.End {
		by = today.Month().First().AddDays(-1)
	}
	return Awaited{c.share(due, by), by}
}

// share is what is due of the hours by the end of a day.
func (c Clause) share(due Hours, day Date) Hours {
	part, whole := c.gone(day)
	return Hours(Proportion(int64(due), whole, part))
}

// Pace is hours done ÷ hours awaited, in basis points rounded half up: 10 000 is
// exactly on time, and while nothing could be awaited yet.
// DOMAIN §5.3: no legal source, so thresholds on it are settings.
func (c Clause) Pace(sum HoursSum, today Date) BasisPoints {
	awaited := c.Awaits(sum.Due, today).Hours
	if awaited <= 0 {
		return 10_000
	}
	return ShareOf(int64(sum.Done), int64(awaited))
}

// PaceWords is the pace of a lot and what it is made of: « 63 % des 388,32 h attendues
// au 31/05/2026 ».
func (r LotRow) PaceWords() string {
	if r.Awaited.Hours == 0 {
		return r.Awaited.Words()
	}
	return r.Pace.Round() + " des " + r.Awaited.Words()
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
		sum.Expected = c.share(due, m.Last())
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
