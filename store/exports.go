package store

import (
	"context"
	"database/sql"
	"slices"

	"passerelle/internal/insertion"
)

// MayExport refuses what the role may not take out; the error is an
// *insertion.Forbidden.
func (s *Store) MayExport(_ context.Context, kind insertion.ExportKind) error {
	return s.access.MayExport(kind)
}

// AddExport writes in the register what leaves the file, before it does, and
// gives its number; an error means it must not leave.
func (s *Store) AddExport(ctx context.Context, by string, e insertion.Export) (id int64, err error) {
	if !slices.Contains(insertion.ExportKinds(), e.Kind) || e.What == "" || e.Format == "" {
		return 0, &insertion.FieldError{Field: "export", Reason: "le registre demande un genre, un objet et un format"}
	}
	if err := s.MayExport(ctx, e.Kind); err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT INTO export (at, by, kind, what, format, persons, hash, lot, buyer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			s.instant(), s.author(by), e.Kind, e.What, e.Format, e.Persons, e.Hash, e.Lot, e.Buyer)
		if err != nil {
			return err
		}
		id, err = res.LastInsertId()
		return err
	})
	return id, err
}

// VoidExport says of an export of the same author that in the end it could not be
// written and nothing left: a line more, for none is ever rewritten.
func (s *Store) VoidExport(ctx context.Context, by string, id int64) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `INSERT INTO export (at, by, kind, what, format, persons, hash, lot, buyer, voids)
			SELECT ?1, by, kind, what, format, persons, hash, lot, buyer, id FROM export WHERE id = ?2 AND by = ?3 AND voids = 0`, s.instant(), id, s.author(by))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return insertion.ErrNotFound
		}
		return nil
	})
}

// Exports reads the register, newest first, before a number (0 = the newest).
// Those narrowed to some buyers read what left of their lots.
func (s *Store) Exports(ctx context.Context, before int64, limit int) ([]insertion.Export, error) {
	if err := s.may(insertion.ActJournal); err != nil {
		return nil, err
	}
	if before == 0 {
		before = 1 << 62
	}
	return query(ctx, s.r, func(scan func(...any) error) (e insertion.Export, err error) {
		var at string
		err = scan(&e.ID, &at, &e.By, &e.Kind, &e.What, &e.Format, &e.Persons, &e.Hash, &e.Lot, &e.Buyer, &e.Void)
		e.At = instantOf(at)
		return e, err
	}, `SELECT e.id, e.at, e.by, e.kind, e.what, e.format, e.persons, e.hash, e.lot, e.buyer, EXISTS (SELECT 1 FROM export v WHERE v.voids = e.id)
		FROM export e WHERE e.voids = 0 AND e.id < ? ORDER BY e.id DESC LIMIT ?`, before, limit)
}
