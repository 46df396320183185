package store

import (
	"context"
	"database/sql"
	"time"

	"passerelle/internal/insertion"
)

// stamp is how the file writes an instant, in UTC so that text sorts.
const stamp = "2006-01-02T15:04:05.000Z"

func (s *Store) instant() string { return s.now().UTC().Format(stamp) }

func instantOf(text string) time.Time {
	t, err := time.Parse(stamp, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Changes reads the journal, newest first, before a change (0 = the newest),
// with its rows. lot narrows it when it is not 0.
func (s *Store) Changes(ctx context.Context, lot insertion.LotID, before insertion.ChangeID, limit int) ([]insertion.Change, error) {
	if err := s.may(insertion.ActJournal); err != nil {
		return nil, err
	}
	if before == 0 {
		before = 1 << 62
	}
	where, args := "c.id < ?", []any{before}
	if lot != 0 {
		where, args = changesOfLot+" AND c.id < ?", []any{lot, lot, before}
	}
	changes, err := query(ctx, s.r, scanChange, selectChange+" WHERE "+where+" ORDER BY c.id DESC LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, err
	}
	for i := range changes {
		if changes[i].Rows, err = changeRows(ctx, s.r, changes[i].ID); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

// changesOfLot is the condition on change c for the changes about a lot, given
// twice: those about it alone, and those about several.
const changesOfLot = "(c.id IN (SELECT id FROM change WHERE lot = ? AND lot <> 0 UNION ALL SELECT change FROM about_lot WHERE lot = ?))"

const selectChange = `SELECT c.id, c.at, c.by, c.what, c.lot, c.undoes,
	EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.id AND u.undoes <> 0) FROM change c`

func scanChange(scan func(...any) error) (c insertion.Change, err error) {
	var at string
	err = scan(&c.ID, &at, &c.By, &c.What, &c.Lot, &c.Undoes, &c.Undone)
	c.At = instantOf(at)
	return c, err
}

func changeRows(ctx context.Context, q querier, id insertion.ChangeID) ([]insertion.ChangeRow, error) {
	return query(ctx, q, func(scan func(...any) error) (r insertion.ChangeRow, err error) {
		var before, after sql.NullString
		err = scan(&r.Table, &r.Row, &before, &after)
		if before.Valid {
			r.Before = []byte(before.String)
		}
		if after.Valid {
			r.After = []byte(after.String)
		}
		return r, err
	}, "SELECT tbl, row, before, after FROM change_row WHERE change = ? ORDER BY seq", id)
}
