package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"passerelle/internal/insertion"
)

// record is a change being made: it keeps what each row was before, and reads
// what it became when the change is done.
type record struct {
	context.Context
	*sql.Tx
	access   insertion.Access
	by, what string
	lot      insertion.LotID
	person   insertion.ParticipantID // whom it is about, 0 for nobody
	undoes   insertion.ChangeID
	final    bool // cannot be undone
	anyway   bool // though no facilitator enters any more
	entered  *int // facilitators who could enter, before a user or a key was touched
	rows     []touched
	noted    map[touched]bool // rows, without what they were
	entries  map[int64]*entry // what the lists knew of the lots it touches
	names    []int64          // organisations whose name it touches
}

type touched struct {
	table  string
	row    int64
	before sql.NullString
}

// change runs fn in one transaction and writes its journal entry in the same
// one. A change that leaves every row as it was writes nothing.
func (s *Store) change(ctx context.Context, by, what string, lot insertion.LotID, fn func(r *record) error) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		r := &record{Context: ctx, Tx: tx, access: s.access, anyway: s.anyway, by: s.author(by), what: what, lot: lot}
		if err := fn(r); err != nil {
			return err
		}
		return r.close(s.instant())
	})
}

// touch keeps a row as it is now; call it before changing the row.
func (r *record) touch(table string, row int64) error {
	if !r.note(table, row) {
		return nil
	}
	before, err := image(r, r.Tx, table, row)
	if err != nil {
		return err
	}
	r.rows = append(r.rows, touched{table, row, before})
	switch table {
	case "lot", "clause":
		return r.touchEntry(row)
	case "organisation":
		r.names = append(r.names, row)
	case "user", "user_key":
		if r.entered == nil {
			r.entered = new(int)
			*r.entered, err = r.entering()
		}
	}
	return err
}

// created notes a row that did not exist; call it after inserting the row. What
// it changes to the lists is noted by touchEntry, before.
func (r *record) created(table string, row int64) {
	if !r.note(table, row) {
		return
	}
	r.rows = append(r.rows, touched{table: table, row: row})
}

// note tells whether a row was not noted yet: what it was before is what it was
// before the whole change.
func (r *record) note(table string, row int64) bool {
	k := touched{table: table, row: row}
	if r.noted[k] {
		return false
	}
	if r.noted == nil {
		r.noted = map[touched]bool{}
	}
	r.noted[k] = true
	return true
}

// touchEntry keeps what the lists know of a lot, so that they follow once the
// change is done.
func (r *record) touchEntry(lot int64) error {
	if _, known := r.entries[lot]; known {
		return nil
	}
	e, err := entryOf(r, r.Tx, lot)
	if err != nil {
		return err
	}
	if r.entries == nil {
		r.entries = map[int64]*entry{}
	}
	r.entries[lot] = e
	return nil
}

// relist takes the lots touched to where the lists should have them.
func (r *record) relist() error {
	for _, lot := range slices.Sorted(maps.Keys(r.entries)) {
		after, err := entryOf(r, r.Tx, lot)
		if err != nil {
			return err
		}
		if err := reindex(r, r.Tx, r.entries[lot], after); err != nil {
			return err
		}
	}
	for _, org := range r.names {
		for below := int64(0); ; {
			var err error
			if below, err = reindexOrganisation(r, r.Tx, org, below, 1000); err != nil {
				return err
			}
			if below == 0 {
				break
			}
		}
	}
	return nil
}

// exec runs a statement and returns the id of the row it inserted.
func (r *record) exec(text string, args ...any) (int64, error) {
	res, err := r.Tx.ExecContext(r, text, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// close ends the change: what follows from it is worked out, then it is written
// down. A change that left every row as it was leaves no trace.
func (r *record) close(at string) error {
	if err := r.relist(); err != nil {
		return err
	}
	if err := r.redue(insertion.DateOf(instantOf(at))); err != nil {
		return err
	}
	rows, err := r.changed()
	if err != nil || len(rows) == 0 {
		return err
	}
	if err := r.allowed(rows); err != nil {
		return err
	}
	if err := r.someoneLeft(); err != nil {
		return err
	}
	about, err := reachOf(rows)
	if err != nil {
		return err
	}
	if err := r.recount(about); err != nil {
		return err
	}
	if err := about.hold(r); err != nil {
		return err
	}
	about.name(r)
	change, err := r.exec("INSERT INTO change (at, by, what, lot, participant, undoes, undoable) VALUES (?, ?, ?, ?, ?, ?, ?)",
		at, r.by, r.what, r.lot, r.person, r.undoes, !r.final && r.undoes == 0)
	if err != nil {
		return err
	}
	if err := about.file(r, change); err != nil {
		return err
	}
	b := newBulk(r, r.Tx, "INSERT INTO change_row", 6)
	for seq, t := range rows {
		if err := b.add(change, seq, t.table, t.row, t.before, t.after); err != nil {
			return err
		}
	}
	return b.flush()
}
