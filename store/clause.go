package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"passerelle/internal/insertion"
)

// clause reads the clause sheet of a lot; nil when none is written.
func (s *Store) clause(ctx context.Context, id insertion.LotID) (*insertion.Clause, int64, error) {
	var doc string
	var version int64
	var invoiced, expected insertion.Cents
	err := named(s.r.QueryRowContext(ctx, "SELECT doc, version, invoiced, expected FROM clause WHERE lot = ?", id).Scan(&doc, &version, &invoiced, &expected))
	if errors.Is(err, insertion.ErrNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	var c insertion.Clause
	if err := json.Unmarshal([]byte(doc), &c); err != nil {
		return nil, 0, fmt.Errorf("clause du lot %d : %w", id, err)
	}
	c.Consumed, c.Expected = invoiced, expected
	return &c, version, nil
}

// SaveClause writes the clause sheet of c.Lot. version is the Lot.ClauseVersion
// that was read, 0 for a first sheet: when another person wrote meanwhile the
// error is insertion.ErrStale and nothing is written. A sheet that cannot be
// computed is an *insertion.FieldError.
func (s *Store) SaveClause(ctx context.Context, by string, c insertion.Clause, version int64) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	due, err := c.Compute()
	if err != nil {
		return err
	}
	doc, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return s.change(ctx, by, fmt.Sprintf("clause du lot %d : %s", c.Lot, due.Hours), c.Lot, func(r *record) error {
		now, err := clauseVersion(r, c.Lot)
		if err != nil {
			return err
		}
		if now != version {
			return insertion.ErrStale
		}
		if version == 0 {
			if err := r.touchEntry(int64(c.Lot)); err != nil {
				return err
			}
			r.created("clause", int64(c.Lot))
			_, err = r.exec("INSERT INTO clause (lot, doc, due, start, finish, version) VALUES (?, ?, ?, ?, ?, "+nextVersion+")", c.Lot, string(doc), due.Hours, c.Start, c.End)
			return err
		}
		if err := r.touch("clause", int64(c.Lot)); err != nil {
			return err
		}
		_, err = r.exec("UPDATE clause SET doc = ?, due = ?, start = ?, finish = ?, version = version + 1 WHERE lot = ?", string(doc), due.Hours, c.Start, c.End, c.Lot)
		return err
	})
}

// RemoveClause takes the clause sheet of a lot away; undo brings it back.
func (s *Store) RemoveClause(ctx context.Context, by string, lot insertion.LotID) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	return s.change(ctx, by, fmt.Sprintf("clause du lot %d retirée", lot), lot, func(r *record) error {
		if err := r.touch("clause", int64(lot)); err != nil {
			return err
		}
		if !r.rows[0].before.Valid {
			return insertion.ErrNotFound
		}
		return r.remove("clause", int64(lot))
	})
}

// clauseVersion is the version of a lot's sheet, 0 without one; a lot that does
// not exist is an error.
func clauseVersion(r *record, lot insertion.LotID) (version int64, err error) {
	err = r.QueryRowContext(r, "SELECT ifnull((SELECT version FROM clause WHERE lot = l.id), 0) FROM lot l WHERE l.id = ?", lot).Scan(&version)
	return version, err
}
