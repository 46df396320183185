package store

import (
	"context"
	"database/sql"
	"errors"
)

// still gives fn a view of the file that does not move: all it reads there is of
// one moment, whoever writes meanwhile.
func (s *Store) still(ctx context.Context, fn func(view *Store) error) error {
	tx, err := s.beginReading(ctx)
	if err != nil {
		return err
	}
	return errors.Join(fn(&Store{handle: s.handle, r: tx, access: s.access}), ignoreDone(tx.Rollback()))
}

// beginReading begins a transaction of a pool; within still there is one already.
func (s *Store) beginReading(ctx context.Context) (*sql.Tx, error) {
	pool, ok := s.r.(*sql.DB)
	if !ok {
		return nil, errors.New("une lecture d'un seul moment en commence une autre")
	}
	tx, err := pool.BeginTx(ctx, nil)
	return tx, named(err)
}
