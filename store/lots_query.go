package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// listing is a question over lots in one order, before its page is cut.
type listing struct {
	table string // the index the order comes from
	lot   string // the number of the lot in it
	at    func(insertion.Cursor) int64
	match string
	floor int64  // the lowest row taken
	where string // what the index alone cannot tell, over lot l
	args  []any
}

// listingOf turns a filter into one question to the index, whose rows come in
// the order of the list: nothing is sorted, nothing is skipped by number.
//
// The lots of an organisation are found by the words of its number, and the row
// then tells whether it bought or won them.
func (s *Store) listingOf(ctx context.Context, f insertion.LotFilter, words []string) (listing, error) {
	l := listing{table: "lot_by_date", lot: lotOfDay, at: func(c insertion.Cursor) int64 { return byDate(insertion.Date(c.Key), c.ID) }}
	if f.Sort == insertion.ByAmount && !s.searching(f, words) {
		l.table, l.lot = "lot_by_amount", lotOfEuros
		l.at = func(c insertion.Cursor) int64 {
			cents, _ := strconv.ParseInt(c.Key, 10, 64) // a foreign key reads from the end
			return byAmount(insertion.Cents(cents), c.ID)
		}
	}
	var terms []string
	for _, w := range words {
		terms = append(terms, quoted(w))
	}
	if f.Buyer != 0 || f.Contractor != 0 {
		if err := l.of(ctx, s.r, f, &terms); err != nil {
			return l, err
		}
	}
	and := func(word string) { terms = append(terms, quoted(word)) }
	if f.Department != "" {
		and(inDepartment(f.Department))
	}
	if f.Contract != 0 {
		and(partOf(int64(f.Contract)))
	}
	if f.ToWrite || f.Stage == insertion.StageToWrite {
		and(toWrite())
	} else if f.Followed || f.Stage != "" {
		and(followed())
	}
	var any []string
	for _, flag := range socialFlags() {
		if f.Social&flag != 0 {
			any = append(any, quoted(declares(flag)))
		}
	}
	if len(any) > 0 {
		terms = append(terms, "("+strings.Join(any, " OR ")+")")
	}
	if len(terms) == 0 {
		and(everyLot())
	}
	l.match = strings.Join(terms, " AND ")
	return l, s.mine(ctx, &l)
}

// searching tells that a list can only be found by words, newest first.
func (s *Store) searching(f insertion.LotFilter, words []string) bool {
	return len(words) > 0 || s.narrowed() || f.Contract != 0 || f.Buyer != 0 || f.Contractor != 0
}

// of narrows a listing to what an organisation bought or won.
func (l *listing) of(ctx context.Context, q querier, f insertion.LotFilter, terms *[]string) error {
	for _, o := range []struct {
		org   insertion.OrganisationID
		where string
	}{
		{f.Buyer, " AND l.buyer = ?"},
		{f.Contractor, " AND EXISTS (SELECT 1 FROM json_each(l.holders) h WHERE h.value = ?)"},
	} {
		if o.org == 0 {
			continue
		}
		match, err := namesLots(ctx, q, int64(o.org))
		if err != nil {
			return named(err)
		}
		if match != "" {
			*terms = append(*terms, match)
		}
		l.where += o.where
		l.args = append(l.args, o.org)
	}
	return nil
}

// page cuts a question: the rows after (or, backwards, before) a cursor.
func (l listing) page(columns, joins string, p insertion.Page) (string, []any) {
	args := append([]any{l.match}, l.args...)
	if l.where != "" && joins == "" {
		joins = l.row()
	}
	text := "SELECT " + columns + " FROM " + l.table + " t" + joins + " WHERE t." + l.table + " MATCH ?" + l.where
	if l.floor > 0 {
		text += " AND t.rowid >= ?"
		args = append(args, l.floor)
	}
	compare, order := "<", "DESC"
	if p.Backwards {
		compare, order = ">", "ASC"
	}
	if p.From != (insertion.Cursor{}) {
		text += " AND t.rowid " + compare + " ?"
		args = append(args, l.at(p.From))
	}
	return text + " ORDER BY t.rowid " + order + " LIMIT ?", append(args, max(1, p.Limit))
}

// rows is the page with all that a list shows.
func (l listing) rows(p insertion.Page) (string, []any) {
	return l.page(lotColumns, l.row()+lotJoins, p)
}

// row joins the lot of each row of the index.
func (l listing) row() string { return " CROSS JOIN lot l ON l.id = " + l.lot }

// Lots reads a page of a filtered list. It never counts, never sorts, never
// skips rows by number, and reads only the page. Words are found newest first:
// a search sorted by amount orders the latest lots it finds (see amountsOf).
func (s *Store) Lots(ctx context.Context, f insertion.LotFilter, p insertion.Page) ([]insertion.LotRow, error) {
	late, err := s.lateBelow(ctx)
	if err != nil {
		return nil, err
	}
	var rows []insertion.LotRow
	switch words := searchOf(f.Text); {
	case f.Stage != "" && f.Stage != insertion.StageToWrite:
		return s.lotsAtStage(ctx, f, p, late)
	case f.Sort == insertion.ByAmount && (!words.empty() || s.searching(f, nil)):
		return s.foundByAmount(ctx, f, words, p, late)
	case words.begun != "":
		rows, err = s.found(ctx, f, words, p, late)
	default:
		var l listing
		if l, err = s.listingOf(ctx, f, words.whole); err != nil {
			return nil, err
		}
		text, args := l.rows(p)
		rows, err = query(ctx, s.r, s.scanLot(late), text, args...)
	}
	if p.Backwards {
		slices.Reverse(rows)
	}
	return rows, err
}

// lotsAtStage keeps the followed lots of one stage, which only the rules know
// how to tell: the followed lots are few.
func (s *Store) lotsAtStage(ctx context.Context, f insertion.LotFilter, p insertion.Page, late insertion.BasisPoints) ([]insertion.LotRow, error) {
	var out []insertion.LotRow
	stage := f.Stage
	f.Stage, f.Followed = "", true
	step := insertion.Page{From: p.From, Backwards: p.Backwards, Limit: 500}
	for {
		rows, err := s.Lots(ctx, f, step)
		if err != nil {
			return nil, err
		}
		if p.Backwards {
			slices.Reverse(rows)
		}
		for _, r := range rows {
			if r.Stage == stage && len(out) < p.Limit {
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
// is only a floor. Counts by département and consideration are kept.
func (s *Store) CountLots(ctx context.Context, f insertion.LotFilter, limit int) (insertion.Count, error) {
	f.Sort = ""
	var n int
	words := searchOf(f.Text)
	switch bare := f; {
	case f.Stage != "" && f.Stage != insertion.StageToWrite:
		rows, err := s.Lots(ctx, f, insertion.Page{Limit: limit + 1})
		return insertion.Count{N: min(len(rows), limit), Exact: len(rows) <= limit}, err
	case words.begun != "":
		return s.countFound(ctx, f, words, limit)
	default:
		bare.Department, bare.Social = "", 0
		if bare == (insertion.LotFilter{}) && !s.narrowed() {
			err := s.r.QueryRowContext(ctx, `SELECT ifnull(sum(n), 0) FROM lot_count WHERE (? = '' OR dep = ?) AND (? = 0 OR social & ? <> 0)`,
				f.Department, f.Department, f.Social, f.Social).Scan(&n)
			return insertion.Count{N: n, Exact: true}, named(err)
		}
	}
	l, err := s.listingOf(ctx, f, words.whole)
	if err != nil {
		return insertion.Count{}, err
	}
	text, args := l.page("1", "", insertion.Page{Limit: limit + 1})
	err = s.r.QueryRowContext(ctx, "SELECT count(*) FROM ("+text+")", args...).Scan(&n)
	return insertion.Count{N: min(n, limit), Exact: n <= limit}, named(err)
}
