package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"passerelle/internal/insertion"
)

// Recount counts the whole file again, the hours due by each clause too, and tells
// how many lines of hours changed: none, unless the rules of the program did.
func (s *Store) Recount(ctx context.Context) (changed int, err error) {
	if err := s.mayWhole(insertion.ActWrite); err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		changed, _, err = recountAll(ctx, tx, insertion.DateOf(s.now()))
		return err
	})
	return changed, err
}

// peopleAtOnce bounds what a recount of the whole file holds in memory.
const peopleAtOnce = 1000

// recountAll writes again what each clause makes due, then what counts of each line,
// and tells how many lines and how many clauses changed. The hours of those erased
// stay as they were counted that day.
func recountAll(ctx context.Context, tx *sql.Tx, today insertion.Date) (lines, clauses int, err error) {
	lots, err := query(ctx, tx, scanID, "SELECT lot FROM clause ORDER BY lot")
	if err != nil {
		return 0, 0, err
	}
	for _, lot := range lots {
		moved, err := redueLot(ctx, tx, insertion.LotID(lot), today)
		if bad := new(insertion.FieldError); errors.As(err, &bad) {
			continue // its sheet says what is wrong; its figures stay
		}
		if err != nil {
			return 0, 0, err
		}
		if moved {
			clauses++
		}
	}
	for _, of := range []struct {
		ids   string
		count func(some []int64) (int, error)
	}{
		{"SELECT DISTINCT participant FROM assignment WHERE participant > 0 ORDER BY 1", func(some []int64) (int, error) { return recount(ctx, tx, some, nil) }},
		{"SELECT placement FROM assignment WHERE participant = 0 ORDER BY 1", func(some []int64) (int, error) { return recount(ctx, tx, nil, some) }},
	} {
		ids, err := query(ctx, tx, scanID, of.ids)
		if err != nil {
			return 0, 0, err
		}
		for some := range slices.Chunk(ids, peopleAtOnce) {
			n, err := of.count(some)
			if err != nil {
				return 0, 0, err
			}
			lines += n
		}
	}
	return lines, clauses, nil
}

// settle counts the file again when a migration says that the rules changed since
// it was counted, so that no figure waits for somebody to touch it before it moves;
// and says so in the journal. A file that can only be read stays as it is.
func (s *Store) settle(ctx context.Context) error {
	const waits = "SELECT EXISTS (SELECT 1 FROM uncounted)"
	var pending bool
	if err := s.all.QueryRowContext(ctx, waits).Scan(&pending); err != nil || !pending || s.readOnly {
		return named(err)
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, waits).Scan(&pending); err != nil || !pending {
			return err // another process did
		}
		lines, clauses, err := recountAll(ctx, tx, insertion.DateOf(s.now()))
		if err != nil {
			return err
		}
		if lines+clauses > 0 {
			what := fmt.Sprintf("version nouvelle du programme : %s et %s comptées de nouveau selon ses règles",
				insertion.Counted(lines, "ligne d'heures", "lignes d'heures"), insertion.Counted(clauses, "clause", "clauses"))
			if _, err := tx.ExecContext(ctx, "INSERT INTO change (at, by, what, undoable) VALUES (?, 'Passerelle', ?, 0)", s.instant(), what); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM uncounted")
		return err
	})
}
