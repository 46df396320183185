package store

import (
	"context"

	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// lotColumns is what a row of a list shows of lot l, in the order scanLot reads.
const lotColumns = `l.id, l.contract, l.reference, l.lot_number, l.object, b.kind, b.ident, b.name,
	ifnull(w.kind, ''), ifnull(w.ident, ''), ifnull(w.name, ''), l.others, l.cpv, l.place, l.insee, l.dep, l.lat, l.lon, l.basis,
	l.date, l.amount_now, l.doubtful, l.social, l.clause, ifnull(k.due, 0), ifnull(k.start, ''), ifnull(k.finish, ''),
	ifnull(h.planned, 0), ifnull(h.done, 0),
	CASE l.clause WHEN 1 THEN EXISTS (SELECT 1 FROM introduction i WHERE i.lot = l.id AND i.state <> 'déclinée') ELSE 0 END,
	CASE l.clause WHEN 1 THEN EXISTS (SELECT 1 FROM placement p WHERE p.lot = l.id) ELSE 0 END`

// lotJoins brings the names, the clause and the hours of each row; CROSS keeps
// the order the list chose.
const lotJoins = ` CROSS JOIN organisation b ON b.id = l.buyer LEFT JOIN organisation w ON w.id = l.lead
	LEFT JOIN clause k ON k.lot = l.id LEFT JOIN lot_hours h ON h.lot = l.id`

func (s *Store) scanLot(late insertion.BasisPoints) func(func(...any) error) (insertion.LotRow, error) {
	today := insertion.DateOf(s.now())
	return func(scan func(...any) error) (r insertion.LotRow, err error) {
		var start, finish insertion.Date
		var introduced, placed bool
		err = scan(&r.ID, &r.Contract, &r.Reference, &r.LotNumber, &r.Object, &r.Buyer.Kind, &r.Buyer.ID, &r.Buyer.Name,
			&r.Lead.Kind, &r.Lead.ID, &r.Lead.Name, &r.Others, &r.CPV, &r.Place.Name, &r.Place.INSEE, &r.Place.Department,
			&r.Place.Lat, &r.Place.Lon, &r.Place.Basis, &r.Date, &r.Amount, &r.Doubtful, &r.Social, &r.HasClause,
			&r.Hours.Due, &start, &finish, &r.Hours.Planned, &r.Hours.Done, &introduced, &placed)
		p := insertion.Progress{
			Flagged: r.Social&insertion.SocialClause != 0, Introduced: introduced, Placed: placed,
			Sum: r.Hours, Today: today, LateBelow: late,
		}
		if r.HasClause {
			p.Clause = &insertion.Clause{Start: start, End: finish}
		}
		r.Stage = p.Stage()
		return r, err
	}
}

// listQuery is a question over lots, before its page is cut.
type listQuery struct {
	from  string // the table or index the order comes from
	where []string
	args  []any
	key   string // sort column of lot, "" when the order is the id alone
	text  bool
}

// lotsQuery turns a filter into a question each of whose orders has an index.
// A search by words answers in order of entry in the file, latest first.
func lotsQuery(f insertion.LotFilter) listQuery {
	q := listQuery{from: "lot l", key: "date"}
	if f.Sort == insertion.ByAmount {
		q.key = "amount_now"
	}
	and := func(text string, args ...any) {
		q.where = append(q.where, text)
		q.args = append(q.args, args...)
	}
	if match := matchOf(f.Text); match != "" {
		q.from, q.key, q.text = "lot_fts t CROSS JOIN lot l ON l.id = t.rowid", "", true
		and("t.text MATCH ?", match)
	}
	if f.Contractor != 0 && !q.text {
		q.from, q.key = "contractor c CROSS JOIN lot l ON l.id = c.lot", "c.date"
		and("c.org = ?", f.Contractor)
	} else if f.Contractor != 0 {
		and("l.id IN (SELECT lot FROM contractor WHERE org = ?)", f.Contractor)
	}
	if f.Department != "" {
		and("l.dep = ?", f.Department)
	}
	if f.Buyer != 0 {
		and("l.buyer = ?", f.Buyer)
	}
	if f.Contract != 0 {
		and("l.contract = ?", f.Contract)
	}
	if f.Social != 0 {
		and("l.social & 7 <> 0")
		and("l.social & ? <> 0", f.Social)
	}
	if f.ToWrite {
		and("l.social & 7 <> 0")
		and("l.social & 1 <> 0 AND l.clause = 0")
	}
	if f.Followed || f.Stage != "" {
		and("l.clause = 1")
	}
	return q
}

// page cuts a question: the rows after (or before) a cursor, by key.
func (q listQuery) page(p insertion.Page) (text string, args []any) {
	args = slices.Clone(q.args)
	where := slices.Clone(q.where)
	compare, order := "<", "DESC"
	if p.Backwards {
		compare, order = ">", "ASC"
	}
	key, id := "l."+q.key, "l.id"
	if strings.Contains(q.key, ".") {
		key, id = q.key, "c.lot"
	}
	if q.text {
		id = "t.rowid"
	}
	if p.From != (insertion.Cursor{}) {
		if q.key == "" {
			where, args = append(where, id+" "+compare+" ?"), append(args, p.From.ID)
		} else {
			where = append(where, "("+key+", "+id+") "+compare+" (?, ?)")
			args = append(args, q.keyValue(p.From.Key), p.From.ID)
		}
	}
	text = q.from + lotJoins
	if len(where) > 0 {
		text += " WHERE " + strings.Join(where, " AND ")
	}
	text += " ORDER BY "
	if q.key != "" {
		text += key + " " + order + ", "
	}
	return text + id + " " + order + " LIMIT ?", append(args, max(1, p.Limit))
}

func (q listQuery) keyValue(key string) any {
	if q.key == "amount_now" {
		n, _ := strconv.ParseInt(key, 10, 64)
		return n
	}
	return key
}

// Lots reads a page of a filtered list. It never counts, never skips rows by
// number, and reads only the page.
func (s *Store) Lots(ctx context.Context, f insertion.LotFilter, p insertion.Page) ([]insertion.LotRow, error) {
	late, err := s.lateBelow(ctx)
	if err != nil {
		return nil, err
	}
	if f.Stage != "" {
		return s.lotsAtStage(ctx, f, p, late)
	}
	text, args := lotsQuery(f).page(p)
	rows, err := query(ctx, s.r, s.scanLot(late), "SELECT "+lotColumns+" FROM "+text, args...)
	if p.Backwards {
		slices.Reverse(rows)
	}
	return rows, err
}

// lotsAtStage keeps the followed lots of one stage, which only the rules know
// how to tell: the followed lots are few.
func (s *Store) lotsAtStage(ctx context.Context, f insertion.LotFilter, p insertion.Page, late insertion.BasisPoints) ([]insertion.LotRow, error) {
	var out []insertion.LotRow
	step := insertion.Page{From: p.From, Backwards: p.Backwards, Limit: 500}
	for {
		text, args := lotsQuery(f).page(step)
		rows, err := query(ctx, s.r, s.scanLot(late), "SELECT "+lotColumns+" FROM "+text, args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.Stage == f.Stage && len(out) < p.Limit {
				out = append(out, r)
			}
		}
		if len(rows) < step.Limit || len(out) >= p.Limit {
			break
		}
		step.From = rows[len(rows)-1].Cursor(f.Sort)
	}
	if p.Backwards {
		slices.Reverse(out)
	}
	return out, nil
}

// CountLots counts a filtered list up to a number of rows; beyond it the count
// is only a floor. The whole file is counted from a kept total.
func (s *Store) CountLots(ctx context.Context, f insertion.LotFilter, limit int) (insertion.Count, error) {
	f.Sort = ""
	var n int
	if f == (insertion.LotFilter{}) {
		err := s.r.QueryRowContext(ctx, "SELECT n FROM tally WHERE name = 'lots'").Scan(&n)
		return insertion.Count{N: n, Exact: true}, named(err)
	}
	if f.Stage != "" {
		rows, err := s.Lots(ctx, f, insertion.Page{Limit: limit + 1})
		return insertion.Count{N: min(len(rows), limit), Exact: len(rows) <= limit}, err
	}
	q := lotsQuery(f)
	text := "SELECT count(*) FROM (SELECT 1 FROM " + q.from
	if len(q.where) > 0 {
		text += " WHERE " + strings.Join(q.where, " AND ")
	}
	err := s.r.QueryRowContext(ctx, text+" LIMIT ?)", append(q.args, limit+1)...).Scan(&n)
	return insertion.Count{N: min(n, limit), Exact: n <= limit}, named(err)
}
