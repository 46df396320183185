package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"passerelle/internal/insertion"
)

const selectReceipt = "SELECT id, lot, first, last, received, document, hash, by FROM receipt"

func scanReceipt(scan func(...any) error) (r insertion.Receipt, err error) {
	err = scan(&r.ID, &r.Lot, &r.From, &r.To, &r.Received, &r.Document, &r.Hash, &r.By)
	return r, err
}

// Declarations is the calendar of every clause that asks for declarations: each
// period over, and where it stands; the longest late first, then the latest.
func (s *Store) Declarations(ctx context.Context, f insertion.DeclarationFilter) ([]insertion.DeclarationRow, error) {
	where, args := "json_extract(k.doc, '$.declarations.rythme') <> ''", []any{}
	if f.Lot != 0 {
		where, args = where+" AND k.lot = ?", append(args, f.Lot)
	}
	type asked struct {
		insertion.DeclarationRow
		clause insertion.Clause
	}
	clauses, err := query(ctx, s.r, func(scan func(...any) error) (a asked, err error) {
		var doc string
		if err = scan(&a.Lot, &doc, &a.End, &a.Object, &a.Who.Kind, &a.Who.ID, &a.Who.Name); err != nil {
			return a, err
		}
		a.Who = shownParty(a.Who)
		return a, json.Unmarshal([]byte(doc), &a.clause)
	}, `SELECT k.lot, k.doc, k.ends, l.object, ifnull(o.kind, ''), ifnull(o.ident, ''), ifnull(o.name, '')
		FROM clause k JOIN lot l ON l.id = k.lot LEFT JOIN organisation o ON o.id = l.lead WHERE `+where+" ORDER BY k.lot", args...)
	if err != nil {
		return nil, err
	}
	today := insertion.DateOf(s.now())
	var out []insertion.DeclarationRow
	for _, a := range clauses {
		receipts, err := query(ctx, s.r, scanReceipt, selectReceipt+" WHERE lot = ? ORDER BY last, id", a.Lot)
		if err != nil {
			return nil, err
		}
		for _, d := range a.clause.Calendar.Declarations(a.Lot, a.clause.Start, a.End, receipts, today) {
			if f.Missing && d.Received != "" {
				continue
			}
			row := a.DeclarationRow
			row.Declaration = d
			out = append(out, row)
		}
	}
	slices.SortStableFunc(out, func(a, b insertion.DeclarationRow) int {
		late := func(d insertion.DeclarationRow) int {
			if d.Received != "" {
				return 0
			}
			return d.Late
		}
		return cmp.Or(cmp.Compare(late(b), late(a)), cmp.Compare(b.DueOn, a.DueOn))
	})
	return out, nil
}

// Receive notes a declaration that came. One of a period received already is an
// *insertion.FieldError of the field « encore », unless the receipt is Again.
func (s *Store) Receive(ctx context.Context, by string, rec insertion.Receipt) (id int64, err error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return 0, err
	}
	if err := rec.Validate(insertion.DateOf(s.now())); err != nil {
		return 0, err
	}
	err = s.change(ctx, by, fmt.Sprintf("lot %d : déclaration de %s à %s reçue", rec.Lot, rec.From.French(), rec.To.French()), rec.Lot, func(r *record) error {
		if err := r.receivedAlready(rec); err != nil {
			return err
		}
		id, err = r.receive(rec)
		return err
	})
	return id, err
}

// receivedAlready says when and by whom a declaration was noted, in the change that
// would note it a second time.
func (r *record) receivedAlready(rec insertion.Receipt) error {
	if rec.Again {
		return nil
	}
	have, err := query(r, r.Tx, scanReceipt, selectReceipt+" WHERE lot = ? AND first <= ? AND last >= ? ORDER BY received, id LIMIT 1", rec.Lot, rec.From, rec.To)
	if err != nil || len(have) == 0 {
		return err
	}
	return &insertion.FieldError{Field: "encore", Reason: fmt.Sprintf("déjà reçue le %s (%s), notée par %s ; demandez-en une seconde si c'en est une",
		have[0].Received.French(), have[0].Document, have[0].By)}
}

func (r *record) receive(rec insertion.Receipt) (int64, error) {
	id, err := r.exec("INSERT INTO receipt (lot, first, last, received, document, hash, by) VALUES (?, ?, ?, ?, ?, ?, ?)",
		rec.Lot, rec.From, rec.To, rec.Received, rec.Document, rec.Hash, r.by)
	r.created("receipt", id)
	return id, err
}

// RemoveReceipt takes it away; undo brings it back.
func (s *Store) RemoveReceipt(ctx context.Context, by string, id int64) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	return s.change(ctx, by, "", 0, func(r *record) error {
		rec, err := only(query(r, r.Tx, scanReceipt, selectReceipt+" WHERE id = ?", id))
		if err != nil {
			return err
		}
		r.lot, r.what = rec.Lot, fmt.Sprintf("lot %d : réception de la déclaration de %s à %s retirée", rec.Lot, rec.From.French(), rec.To.French())
		if err := r.touch("receipt", id); err != nil {
			return err
		}
		return r.remove("receipt", id)
	})
}
