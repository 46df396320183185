package store

import (
	"context"
	"database/sql"

	"passerelle/internal/insertion"
)

// MayExport refuses what the role may not take out; the error is an
// *insertion.Forbidden.
func (s *Store) MayExport(_ context.Context, kind insertion.ExportKind) error {
	for _, act := range kind.Needs() {
		if err := s.may(act); err != nil {
			return err
		}
	}
	return nil
}

// AddExport writes in the register what leaves the file, before it does; an error
// means it must not leave.
func (s *Store) AddExport(ctx context.Context, by string, e insertion.Export) error {
	if err := s.MayExport(ctx, e.Kind); err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO export (at, by, kind, what, format, persons, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
			s.instant(), s.author(by), e.Kind, e.What, e.Format, e.Persons, e.Hash)
		return err
	})
}
