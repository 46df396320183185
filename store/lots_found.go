package store

import (
	"cmp"
	"context"
	"slices"

	"passerelle/internal/insertion"
)

// A word being typed may begin a word of nearly every lot, or of none. The index
// answers at once for a whole word, but for a beginning it first gathers every
// row of every word that begins so: long when they are many, short when they
// are few. So we first look at the words of the latest lots ourselves: when
// matches are many the page is full before glance lots; when it is not, they
// are few and the index may gather them.
const glance = 1000

// partyWords is the names and numbers of the parties of lot l.
const partyWords = `(SELECT ifnull(group_concat(o.name || ' ' || o.ident, ' '), '') FROM organisation o
	WHERE o.id = l.buyer OR o.id IN (SELECT value FROM json_each(l.holders)))`

// glance reads the words of at most as many lots of a listing, until a page of
// them holds one that begins so. It tells how many it read.
func (s *Store) glance(ctx context.Context, l listing, begun string, p insertion.Page) (seen int, found []int64, err error) {
	look := p
	look.Limit = glance
	text, args := l.page("t.rowid, l.object || ' ' || l.reference || ' ' || l.cpv || ' ' || "+partyWords, l.row(), look)
	rows, err := s.r.QueryContext(ctx, text, args...)
	if err != nil {
		return 0, nil, named(err)
	}
	defer rows.Close()
	for rows.Next() && len(found) < p.Limit {
		var row int64
		var words string
		if err := rows.Scan(&row, &words); err != nil {
			return 0, nil, err
		}
		seen++
		if begins(words, begun) {
			found = append(found, row)
		}
	}
	return seen, found, named(rows.Err())
}

// foundRows lists the rows of lot_by_date that a search finds, in the order of
// the page asked.
func (s *Store) foundRows(ctx context.Context, f insertion.LotFilter, words search, p insertion.Page) ([]int64, error) {
	f.Sort = insertion.ByDate
	l, err := s.listingOf(ctx, f, words.whole)
	if err != nil {
		return nil, err
	}
	if words.begun != "" {
		seen, found, err := s.glance(ctx, l, words.begun, p)
		if err != nil || seen < glance || len(found) == p.Limit {
			return found, err
		}
		l.match += " AND " + quoted(words.begun) + "*"
	}
	text, args := l.page("t.rowid", "", p)
	return query(ctx, s.r, func(scan func(...any) error) (row int64, err error) {
		err = scan(&row)
		return row, err
	}, text, args...)
}

// found is the page of a search whose last word may be unfinished.
func (s *Store) found(ctx context.Context, f insertion.LotFilter, words search, p insertion.Page, late insertion.BasisPoints) ([]insertion.LotRow, error) {
	numbers, err := s.foundRows(ctx, f, words, p)
	if err != nil {
		return nil, err
	}
	return s.lotsNumbered(ctx, numbers, late)
}

// lotsNumbered reads lots by their rows of lot_by_date, in the order given.
func (s *Store) lotsNumbered(ctx context.Context, numbers []int64, late insertion.BasisPoints) ([]insertion.LotRow, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	args := make([]any, len(numbers))
	at := make(map[insertion.LotID]int, len(numbers))
	for i, n := range numbers {
		lot := n & (1<<dayShift - 1)
		args[i], at[insertion.LotID(lot)] = lot, i
	}
	rows, err := query(ctx, s.r, s.scanLot(late), "SELECT "+lotColumns+" FROM lot l"+lotJoins+" WHERE l.id IN ("+marks(len(args))+")", args...)
	slices.SortFunc(rows, func(a, b insertion.LotRow) int { return at[a.ID] - at[b.ID] })
	return rows, err
}

// countFound counts a search whose last word may be unfinished. When matches
// are many it answers the floor it saw, rather than gather them all.
func (s *Store) countFound(ctx context.Context, f insertion.LotFilter, words search, limit int) (insertion.Count, error) {
	l, err := s.listingOf(ctx, f, words.whole)
	if err != nil {
		return insertion.Count{}, err
	}
	seen, numbers, err := s.glance(ctx, l, words.begun, insertion.Page{Limit: glance})
	if err != nil || seen < glance {
		return insertion.Count{N: min(len(numbers), limit), Exact: len(numbers) <= limit}, err
	}
	if len(numbers) > glance/20 {
		return insertion.Count{N: min(len(numbers), limit)}, nil
	}
	l.match += " AND " + quoted(words.begun) + "*"
	text, args := l.page("1", "", insertion.Page{Limit: limit + 1})
	var n int
	err = s.r.QueryRowContext(ctx, "SELECT count(*) FROM ("+text+")", args...).Scan(&n)
	return insertion.Count{N: min(n, limit), Exact: n <= limit}, named(err)
}

// latest bounds a search sorted by amount: it orders the latest lots it finds,
// this many of them. The index of words has one order, and sorting all the lots
// that hold a common word would take seconds.
const latest = 2000

// foundByAmount is the page of a search sorted by amount.
func (s *Store) foundByAmount(ctx context.Context, f insertion.LotFilter, words search, p insertion.Page, late insertion.BasisPoints) ([]insertion.LotRow, error) {
	numbers, err := s.foundRows(ctx, f, words, insertion.Page{Limit: latest})
	if err != nil {
		return nil, err
	}
	numbers, err = s.amountsOf(ctx, numbers)
	if err != nil {
		return nil, err
	}
	from := -1
	for i, n := range numbers {
		if n&(1<<dayShift-1) == p.From.ID {
			from = i
		}
	}
	switch {
	case p.Backwards && p.From != (insertion.Cursor{}):
		numbers = numbers[max(0, from-p.Limit):max(0, from)]
	case p.Backwards:
		numbers = numbers[max(0, len(numbers)-p.Limit):]
	default:
		numbers = numbers[from+1:]
		numbers = numbers[:min(len(numbers), p.Limit)]
	}
	return s.lotsNumbered(ctx, numbers, late)
}

// amountsOf orders rows of lot_by_date by the amount of their lots.
func (s *Store) amountsOf(ctx context.Context, numbers []int64) ([]int64, error) {
	args := make([]any, len(numbers))
	for i, n := range numbers {
		args[i] = n & (1<<dayShift - 1)
	}
	amounts := make(map[int64]int64, len(numbers))
	_, err := query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		var lot, amount int64
		err := scan(&lot, &amount)
		amounts[lot] = byAmount(insertion.Cents(amount), lot)
		return struct{}{}, err
	}, "SELECT id, amount_now FROM lot WHERE id IN ("+marks(len(args))+")", args...)
	slices.SortFunc(numbers, func(a, b int64) int {
		return cmp.Compare(amounts[b&(1<<dayShift-1)], amounts[a&(1<<dayShift-1)])
	})
	return numbers, err
}
