package store

import (
	"encoding/json"
	"strings"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// readNotices counts the award notices of the year by what they declare: those of
// the territory when one is set.
func (r *bilanReader) readNotices() error {
	where, terms := "", []string{}
	if r.Narrow {
		var any []string
		for _, b := range r.buyers {
			match, err := namesLots(r.ctx, r.tx, int64(b))
			if err != nil {
				return named(err)
			}
			if match != "" {
				any = append(any, "("+match+")")
			}
		}
		if len(any) > 0 {
			terms = append(terms, "("+strings.Join(any, " OR ")+")")
		}
		where = " AND " + r.here("l")
	} else if len(r.departments) > 0 {
		var any []string
		for _, d := range r.departments {
			any = append(any, quoted(inDepartment(d)))
		}
		terms = append(terms, "("+strings.Join(any, " OR ")+")")
	}
	from, to := byDate(insertion.Date(r.first()), 0), byDate(insertion.Date(r.last()).AddDays(1), 0)
	count := func(words string, positive bool) ([]bilan.NoticeSum, error) {
		match := strings.Join(append(terms[:len(terms):len(terms)], words), " AND ")
		columns, lot, group := "0, count(*), 0", "", ""
		if positive {
			columns, group = "l.social, count(*), sum(iif(l.doubtful, 0, l.amount_now))", " GROUP BY l.social ORDER BY l.social"
		}
		if positive || where != "" {
			lot = " CROSS JOIN lot l ON l.id = " + lotOfDay
		}
		return query(r.ctx, r.tx, func(scan func(...any) error) (n bilan.NoticeSum, err error) {
			err = scan(&n.Social, &n.N, &n.Amount)
			return n, err
		}, "SELECT "+columns+" FROM lot_by_date t"+lot+" WHERE t.lot_by_date MATCH ? AND t.rowid >= ? AND t.rowid < ?"+where+group, match, from, to)
	}
	var declared []string
	for _, flag := range socialFlags()[:3] {
		declared = append(declared, quoted(declares(flag)))
	}
	some, err := count("("+strings.Join(declared, " OR ")+")", true)
	if err != nil {
		return err
	}
	none, err := count(quoted(declares(insertion.NoSocial)), false)
	if err != nil {
		return err
	}
	every, err := count(quoted(everyLot()), false)
	if err != nil {
		return err
	}
	unknown := every[0].N - none[0].N
	for _, n := range some {
		unknown -= n.N
	}
	r.Notices = some
	for _, n := range []bilan.NoticeSum{{Social: insertion.NoSocial, N: none[0].N}, {N: unknown}} {
		if n.N > 0 {
			r.Notices = append(r.Notices, n)
		}
	}
	return nil
}

// readDeclarations looks at the declarations that became due in the year.
func (r *bilanReader) readDeclarations() error {
	type asked struct {
		calendar   insertion.Calendar
		start, end insertion.Date
		lot        insertion.LotID
	}
	clauses, err := query(r.ctx, r.tx, func(scan func(...any) error) (a asked, err error) {
		var doc string
		if err = scan(&a.lot, &doc, &a.start, &a.end); err != nil {
			return a, err
		}
		return a, json.Unmarshal([]byte(doc), &a.calendar)
	}, `SELECT k.lot, json_extract(k.doc, '$.declarations'), k.start, k.ends FROM clause k JOIN lot l ON l.id = k.lot
		WHERE instr(k.doc, '"declarations"') > 0 AND k.start <= ? AND (k.ends = '' OR k.ends >= ?) AND `+r.here("l")+" ORDER BY k.lot", r.last(), insertion.Date(r.first()).AddMonths(-12))
	if err != nil || len(clauses) == 0 {
		return err
	}
	receipts := map[insertion.LotID][]insertion.Receipt{}
	if err := r.each(func(scan func(...any) error) error {
		var one insertion.Receipt
		err := scan(&one.Lot, &one.From, &one.To, &one.Received)
		receipts[one.Lot] = append(receipts[one.Lot], one)
		return err
	}, "SELECT lot, first, last, received FROM receipt WHERE last >= ? AND received <= ? ORDER BY lot, last, id", insertion.Date(r.first()).Month().Add(-12), r.Query.On); err != nil {
		return err
	}
	// Months and quarters are those of the calendar: what is due in the year begins
	// in October at the earliest, and the years before need not be cut.
	october := insertion.Date(r.first()).AddMonths(-3)
	for _, a := range clauses {
		if a.calendar.Rhythm != insertion.OwnDates {
			a.start = max(a.start, october)
		}
		for _, d := range a.calendar.Declarations(a.lot, a.start, a.end, receipts[a.lot], r.Query.On) {
			if d.DueOn > r.Query.On || d.DueOn.Time().Year() != r.Query.Year {
				continue
			}
			r.Quality.Declared++
			if d.Received != "" && d.Late == 0 {
				r.Quality.OnTime++
			}
		}
	}
	return nil
}

// readAnswers counts the structures proposed in the year and those that answered.
func (r *bilanReader) readAnswers() error {
	return named(r.tx.QueryRowContext(r.ctx, `SELECT count(*), ifnull(sum(i.state NOT IN ('proposée', 'contactée')), 0) FROM introduction i JOIN lot l ON l.id = i.lot
		WHERE i.proposed >= ? AND i.proposed < ? AND `+r.here("l"), r.first(), string(insertion.Date(r.last()).AddDays(1))).Scan(&r.Quality.Asked, &r.Quality.Answered))
}

// readPenalties counts what the buyers decided in the year.
func (r *bilanReader) readPenalties() error {
	return named(r.tx.QueryRowContext(r.ctx, `SELECT count(*), ifnull(sum(s.amount > 0), 0), ifnull(sum(s.amount), 0) FROM penalty_step s JOIN lot l ON l.id = s.lot
		WHERE s.kind = ? AND s.dated BETWEEN ? AND ? AND `+r.here("l"), insertion.StepDecision, r.first(), r.last()).
		Scan(&r.Quality.Decisions, &r.Quality.Applied, &r.Quality.Penalties))
}
