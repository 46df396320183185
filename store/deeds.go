package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"passerelle/internal/insertion"
)

const selectDeed = "SELECT id, lot, kind, label, dated, amount, start, finish, hours, affirmed, member, by, version FROM deed"

func scanDeed(scan func(...any) error) (d insertion.Deed, err error) {
	err = scan(&d.ID, &d.Lot, &d.Kind, &d.Label, &d.Dated, &d.Amount, &d.Start, &d.End, &d.Hours, &d.Affirmed, &d.Member, &d.By, &d.Version)
	return d, err
}

// Deeds are the invoices, orders, tranches, renewals and amendments of a lot, the
// latest first.
func (s *Store) Deeds(ctx context.Context, lot insertion.LotID) ([]insertion.Deed, error) {
	return query(ctx, s.r, scanDeed, selectDeed+" WHERE lot = ? ORDER BY dated DESC, id DESC", lot)
}

// SaveDeed creates (ID 0) or changes a deed; the hours due of the lot follow. The
// error is an *insertion.FieldError, or insertion.ErrStale.
func (s *Store) SaveDeed(ctx context.Context, by string, d insertion.Deed) (insertion.DeedID, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return 0, err
	}
	if err := d.Validate(insertion.DateOf(s.now())); err != nil {
		return 0, err
	}
	id := int64(d.ID)
	what := fmt.Sprintf("lot %d : %s du %s, %s", d.Lot, d.Kind, d.Dated.French(), d.Amount)
	err := s.change(ctx, by, what, d.Lot, func(r *record) (err error) {
		if id == 0 {
			id, err = r.exec("INSERT INTO deed (lot, kind, label, dated, amount, start, finish, hours, affirmed, member, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				d.Lot, d.Kind, d.Label, d.Dated, d.Amount, d.Start, d.End, d.Hours, d.Affirmed, d.Member, by)
			r.created("deed", id)
			return err
		}
		if err := r.unchanged("deed", id, d.Version); err != nil {
			return err
		}
		_, err = r.exec("UPDATE deed SET kind = ?, label = ?, dated = ?, amount = ?, start = ?, finish = ?, hours = ?, affirmed = ?, member = ?, version = version + 1 WHERE id = ?",
			d.Kind, d.Label, d.Dated, d.Amount, d.Start, d.End, d.Hours, d.Affirmed, d.Member, id)
		return err
	})
	return insertion.DeedID(id), err
}

// RemoveDeed takes a deed away; undo brings it back.
func (s *Store) RemoveDeed(ctx context.Context, by string, id insertion.DeedID) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	return s.change(ctx, by, "acte retiré", 0, func(r *record) error {
		d, err := only(query(r, r.Tx, scanDeed, selectDeed+" WHERE id = ?", id))
		if err != nil {
			return err
		}
		r.lot, r.what = d.Lot, fmt.Sprintf("lot %d : %s du %s retiré", d.Lot, d.Kind, d.Dated.French())
		if err := r.touch("deed", int64(id)); err != nil {
			return err
		}
		return r.remove("deed", int64(id))
	})
}

// unchanged refuses a row changed since a version was read, and notes it as it is
// now; call it before changing the row.
func (r *record) unchanged(table string, row, version int64) error {
	var now int64
	if err := r.QueryRowContext(r, "SELECT version FROM "+table+" WHERE rowid = ?", row).Scan(&now); err != nil {
		return err
	}
	if now != version {
		return insertion.ErrStale
	}
	return r.touch(table, row)
}

// only is the one row of an answer; none is insertion.ErrNotFound.
func only[T any](rows []T, err error) (T, error) {
	var none T
	if err != nil {
		return none, err
	}
	if len(rows) == 0 {
		return none, insertion.ErrNotFound
	}
	return rows[0], nil
}

// LotDues are the three figures of a lot with their traces; the error is
// insertion.ErrNotFound while it has no clause sheet.
func (s *Store) LotDues(ctx context.Context, lot insertion.LotID) (insertion.Dues, error) {
	return dues(ctx, s.r, lot, insertion.DateOf(s.now()))
}

func dues(ctx context.Context, q querier, lot insertion.LotID, today insertion.Date) (insertion.Dues, error) {
	var doc string
	if err := q.QueryRowContext(ctx, "SELECT doc FROM clause WHERE lot = ?", lot).Scan(&doc); err != nil {
		return insertion.Dues{}, named(err)
	}
	var c insertion.Clause
	if err := json.Unmarshal([]byte(doc), &c); err != nil {
		return insertion.Dues{}, err
	}
	deeds, err := query(ctx, q, scanDeed, selectDeed+" WHERE lot = ? ORDER BY dated, id", lot)
	if err != nil {
		return insertion.Dues{}, err
	}
	return c.Dues(deeds, today)
}

// redue writes again the figures of the lots whose clause or deeds the change
// touched, before anything is counted: deeds may move the end of the clause.
func (r *record) redue(today insertion.Date) error {
	seen := map[insertion.LotID]bool{}
	for _, t := range r.rows {
		lot, err := r.lotDue(t)
		if err != nil {
			return err
		}
		if lot == 0 || seen[lot] {
			continue
		}
		seen[lot] = true
		if _, err := redueLot(r, r.Tx, lot, today); err != nil && !errors.Is(err, insertion.ErrNotFound) { // no clause sheet
			return err
		}
	}
	return nil
}

// redueLot writes again the figures of a lot, and tells whether they moved.
func redueLot(ctx context.Context, tx *sql.Tx, lot insertion.LotID, today insertion.Date) (moved bool, err error) {
	d, err := dues(ctx, tx, lot, today)
	if err != nil {
		return false, err
	}
	res, err := tx.ExecContext(ctx, `UPDATE clause SET due = n.due, forecast = n.forecast, ends = n.ends, invoiced = n.invoiced, expected = n.expected
		FROM (SELECT lot, ?1 AS due, ?2 AS forecast, ?3 AS ends, iif(json_extract(doc, '$.avancement_facture'), ?4, 0) AS invoiced,
			iif(json_extract(doc, '$.avancement_facture'), ?5, 0) AS expected FROM clause WHERE lot = ?6) n
		WHERE clause.lot = n.lot AND (clause.due, clause.forecast, clause.ends, clause.invoiced, clause.expected) IS NOT (n.due, n.forecast, n.ends, n.invoiced, n.expected)`,
		d.ToDate, d.Forecast, d.End, d.Amount, d.Expected, lot)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// lotDue is the lot whose figures a touched row moves, 0 for none.
func (r *record) lotDue(t touched) (lot insertion.LotID, err error) {
	switch t.table {
	case "clause":
		return insertion.LotID(t.row), nil
	case "deed":
		if t.before.Valid {
			var was struct{ Lot insertion.LotID }
			err = json.Unmarshal([]byte(t.before.String), &was)
			return was.Lot, err
		}
		err = r.QueryRowContext(r, "SELECT lot FROM deed WHERE id = ?", t.row).Scan(&lot)
		return lot, err
	}
	return 0, nil
}
