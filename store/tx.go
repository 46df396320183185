package store

import (
	"context"
	"database/sql"
	"errors"

	"modernc.org/sqlite"

	"passerelle/internal/insertion"
)

// SQLite result codes we tell apart; the low byte of an extended code.
const (
	codeBusy, codeLocked, codeReadOnly, codeIO = 5, 6, 8, 10
	codeCorrupt, codeFull, codeCantOpen        = 11, 13, 14
	codeConstraint, codeNotDB                  = 19, 26
	codeUnique                                 = 2067
)

// named turns an error of SQLite into one of the errors every room knows.
func named(err error) error {
	var e *sqlite.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return insertion.ErrNotFound
	case !errors.As(err, &e):
		return err
	case e.Code() == codeUnique:
		return errors.Join(insertion.ErrDuplicate, err)
	}
	for code, known := range map[int]error{
		codeBusy: insertion.ErrBusy, codeLocked: insertion.ErrBusy, codeReadOnly: insertion.ErrReadOnly,
		codeCorrupt: insertion.ErrCorrupt, codeFull: insertion.ErrDiskFull, codeNotDB: insertion.ErrNotOurs,
	} {
		if e.Code()&0xff == code {
			return errors.Join(known, err)
		}
	}
	return err
}

// write runs fn in one transaction; an error undoes all of it.
func (s *Store) write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	if s.readOnly {
		return insertion.ErrReadOnly
	}
	tx, err := s.w.BeginTx(ctx, nil)
	if err != nil {
		return named(err)
	}
	if err := fn(tx); err != nil {
		return named(errors.Join(err, ignoreDone(tx.Rollback())))
	}
	return named(tx.Commit())
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row
}

// collect reads rows into a slice and closes them; keep may be nil.
func collect[T any](rows *sql.Rows, scan func(func(...any) error) (T, error), keep func(T) bool) ([]T, error) {
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows.Scan)
		if err != nil {
			return nil, err
		}
		if keep == nil || keep(v) {
			out = append(out, v)
		}
	}
	return out, named(rows.Err())
}

// query reads rows of a question into a slice.
func query[T any](ctx context.Context, q querier, scan func(func(...any) error) (T, error), text string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, named(err)
	}
	return collect(rows, scan, nil)
}
