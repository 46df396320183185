package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"passerelle/internal/insertion"
)

// chunk is how many notices one transaction takes: small enough that somebody
// editing meanwhile waits some tens of milliseconds.
const chunk = 4000

// Import is a file being taken in. It is used by one goroutine.
type Import struct {
	s        *Store
	by       string
	sum      insertion.Import
	refusals int
	orgs     map[insertion.Party]org // by keyOf
	renamed  bool
}

type org struct {
	id    int64
	name  string
	said  insertion.Date
	typed bool
	size  name // not its name: the size a notice gave, and when
}

// maxOrgs is how many organisations an import remembers before it forgets them
// all, so that memory stays flat.
const maxOrgs = 150_000

// BeginImport opens the record of a file being taken in. Finish closes it; an
// import never finished stays marked incomplete, and what it brought is whole
// records.
func (s *Store) BeginImport(ctx context.Context, by, file, format string) (*Import, error) {
	if err := s.MayImport(); err != nil {
		return nil, err
	}
	by = s.author(by)
	im := &Import{s: s, by: by, orgs: map[insertion.Party]org{}}
	im.sum = insertion.Import{File: file, Format: format, At: s.now(), By: by}
	err := s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT INTO import (file, format, at, by) VALUES (?, ?, ?, ?)", file, format, s.instant(), by)
		if err != nil {
			return err
		}
		id, err := res.LastInsertId()
		im.sum.ID = insertion.ImportID(id)
		return err
	})
	return im, err
}

// MayImport refuses those who may not take a file in; the error is an
// *insertion.Forbidden.
func (s *Store) MayImport() error { return s.mayWhole(insertion.ActWrite) }

// ID is the number of the import.
func (im *Import) ID() insertion.ImportID { return im.sum.ID }

// Sum is what the import brought so far.
func (im *Import) Sum() insertion.Import { return im.sum }

// Add writes notices in short transactions and tells what became of each, in
// order. An error leaves the transactions already done.
func (im *Import) Add(ctx context.Context, notices []insertion.Notice) ([]insertion.Outcome, error) {
	outcomes := make([]insertion.Outcome, 0, len(notices))
	for len(notices) > 0 {
		n := min(im.s.turn(), len(notices))
		var some []insertion.Outcome
		err := im.s.write(ctx, func(tx *sql.Tx) (err error) {
			// A chunk is short: it is finished rather than cancelled. The driver
			// watches a context that can end with a goroutine for each statement.
			some, err = im.addChunk(context.WithoutCancel(ctx), tx, notices[:n])
			return err
		})
		if err != nil {
			// What the caches learnt in the failed transaction is not in the file.
			clear(im.orgs)
			return outcomes, err
		}
		outcomes = append(outcomes, some...)
		im.count(some)
		notices = notices[n:]
		if err := pause(ctx, gap); err != nil {
			return outcomes, err
		}
	}
	return outcomes, nil
}

// gap is left between two chunks for the writers of other processes, which ask
// twice as often.
const gap = time.Millisecond

// turn is how many notices the next chunk takes: fewer while somebody waits.
func (s *Store) turn() int {
	if s.waiting.Load() > 0 {
		return chunk / 4
	}
	return chunk
}

func (im *Import) count(outcomes []insertion.Outcome) {
	for _, o := range outcomes {
		im.sum.Read++
		switch o {
		case insertion.Created:
			im.sum.New++
		case insertion.Updated:
			im.sum.Updated++
		default:
			im.sum.Unchanged++
		}
	}
}

// keptRefusals bounds the refusals kept of one import; beyond it they are only
// counted.
const keptRefusals = 20_000

// Refuse keeps records that were not taken, with the reason.
func (im *Import) Refuse(ctx context.Context, refusals []insertion.Refusal) error {
	im.sum.Read += len(refusals)
	im.sum.Refused += len(refusals)
	keep := refusals[:max(0, min(len(refusals), keptRefusals-im.refusals))]
	if len(keep) == 0 {
		return nil
	}
	return im.s.write(ctx, func(tx *sql.Tx) error {
		b := newBulk(ctx, tx, "INSERT INTO refusal", 7)
		for _, r := range keep {
			if err := b.add(im.sum.ID, im.refusals, r.Record, r.Line, r.Field, r.Value, r.Reason); err != nil {
				return err
			}
			im.refusals++
		}
		return b.flush()
	})
}

// Pass counts records that were read and change nothing by themselves.
func (im *Import) Pass(n int) {
	im.sum.Read += n
	im.sum.Unchanged += n
}

// Warn counts records taken with a doubt.
func (im *Import) Warn(n int) { im.sum.Warnings += n }

// Finish writes the final counts and one line of the journal. problem says why
// the file was not read to its end, "" when it was.
func (im *Import) Finish(ctx context.Context, hash, problem string) (insertion.Import, error) {
	im.sum.Hash, im.sum.Problem, im.sum.Complete = hash, problem, problem == ""
	s := im.sum
	if im.renamed {
		if err := im.s.relist(ctx); err != nil {
			return s, err
		}
	}
	err := im.s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE import SET hash = ?, read = ?, created = ?, updated = ?, unchanged = ?, refused = ?,
			warnings = ?, complete = ?, problem = ? WHERE id = ?`,
			s.Hash, s.Read, s.New, s.Updated, s.Unchanged, s.Refused, s.Warnings, s.Complete, s.Problem, s.ID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO change (at, by, what, undoable) VALUES (?, ?, ?, 0)", im.s.instant(), im.by,
			fmt.Sprintf("import de %s : lus %d, nouveaux %d, modifiés %d, inchangés %d, refusés %d", s.File, s.Read, s.New, s.Updated, s.Unchanged, s.Refused))
		return err
	})
	if err == nil && s.New > chunk {
		// The write-ahead log grew with the file: give the room back.
		_, _ = im.s.w.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	return s, err
}

// Imports lists the files taken in, latest first.
func (s *Store) Imports(ctx context.Context, limit int) ([]insertion.Import, error) {
	return query(ctx, s.r, func(scan func(...any) error) (i insertion.Import, err error) {
		var at string
		err = scan(&i.ID, &i.File, &i.Format, &i.Hash, &at, &i.By, &i.Read, &i.New, &i.Updated, &i.Unchanged, &i.Refused, &i.Warnings, &i.Complete, &i.Problem)
		i.At, _ = time.Parse(stamp, at)
		return i, err
	}, "SELECT id, file, format, hash, at, by, read, created, updated, unchanged, refused, warnings, complete, problem FROM import ORDER BY id DESC LIMIT ?", limit)
}

// Refusals lists what an import refused, in the order of the file, after a
// number of them.
func (s *Store) Refusals(ctx context.Context, id insertion.ImportID, after, limit int) ([]insertion.Refusal, error) {
	return query(ctx, s.r, func(scan func(...any) error) (r insertion.Refusal, err error) {
		err = scan(&r.Record, &r.Line, &r.Field, &r.Value, &r.Reason)
		return r, err
	}, "SELECT record, line, field, value, reason FROM refusal WHERE import = ? AND seq >= ? ORDER BY seq LIMIT ?", id, after, limit)
}
