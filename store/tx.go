package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"passerelle/internal/insertion"
)

// named turns an error of SQLite into one of the errors every room knows, by its
// code. It is the only place that does.
func named(err error) error {
	var e *sqlite.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return insertion.ErrNotFound
	case !errors.As(err, &e):
		return system(err)
	case e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE, e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return errors.Join(insertion.ErrDuplicate, err)
	}
	switch e.Code() {
	case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_SHMSIZE:
		return errors.Join(insertion.ErrDiskFull, err)
	case sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS:
		return errors.Join(insertion.ErrCorrupt, err)
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return errors.Join(insertion.ErrStale, err) // what it hangs on is gone, or something now hangs on it
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return errors.Join(insertion.ErrBusy, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		return errors.Join(insertion.ErrReadOnly, err)
	case sqlite3.SQLITE_CORRUPT:
		return errors.Join(insertion.ErrCorrupt, err)
	case sqlite3.SQLITE_FULL:
		return errors.Join(insertion.ErrDiskFull, err)
	case sqlite3.SQLITE_NOTADB:
		return errors.Join(insertion.ErrNotOurs, err)
	}
	return err
}

// refusedByTrigger tells whether the file's own rules refused a write.
func refusedByTrigger(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == sqlite3.SQLITE_CONSTRAINT_TRIGGER
}

// write runs fn in one transaction; an error undoes all of it.
func (s *Store) write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	if s.readOnly {
		return insertion.ErrReadOnly
	}
	s.waiting.Add(1)
	tx, err := s.begin(ctx)
	s.waiting.Add(-1)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return named(errors.Join(err, ignoreDone(tx.Rollback())))
	}
	return named(tx.Commit())
}

// patience is how long a write waits for those of other processes.
const patience = 10 * time.Second

// begin waits for its turn to write. In this process writers queue for the one
// connection. Another process can only be asked again and again: SQLite would
// ask ever more rarely and miss the gap an import leaves between two chunks.
func (s *Store) begin(ctx context.Context) (*sql.Tx, error) {
	for deadline := time.Now().Add(patience); ; {
		tx, err := s.w.BeginTx(ctx, nil)
		err = named(err)
		if !errors.Is(err, insertion.ErrBusy) || time.Now().After(deadline) {
			return tx, err
		}
		if err := pause(ctx, 500*time.Microsecond); err != nil {
			return nil, err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
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
