package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"passerelle/internal/insertion"
)

// stamp is how the file writes an instant, in UTC so that text sorts.
const stamp = "2006-01-02T15:04:05.000Z"

func (s *Store) instant() string { return s.now().UTC().Format(stamp) }

func instantOf(text string) time.Time {
	t, err := time.Parse(stamp, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

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
		r := &record{Context: ctx, Tx: tx, access: s.access, by: s.author(by), what: what, lot: lot}
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
	}
	return nil
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

// changedRow is a row that is no longer what it was.
type changedRow struct {
	touched
	after sql.NullString
}

// changed reads what the rows touched have become, and keeps those that differ.
func (r *record) changed() ([]changedRow, error) {
	ids := map[string][]int64{}
	for _, t := range r.rows {
		ids[t.table] = append(ids[t.table], t.row)
	}
	after := map[touched]sql.NullString{}
	for table, rows := range ids {
		if _, err := query(r, r.Tx, func(scan func(...any) error) (struct{}, error) {
			k, now := touched{table: table}, sql.NullString{}
			err := scan(&k.row, &now)
			after[k] = now
			return struct{}{}, err
		}, "SELECT rowid, "+imageOf(table)+" FROM "+table+" WHERE rowid IN (SELECT value FROM json_each(?))", jsonIDs(rows)); err != nil {
			return nil, err
		}
	}
	var out []changedRow
	for _, t := range r.rows {
		if now := after[touched{table: t.table, row: t.row}]; now != t.before {
			out = append(out, changedRow{t, now})
		}
	}
	return out, nil
}

// journaled lists the columns of the tables the journal follows, save the
// natural key, which never changes, and the version, which only grows.
func journaled(table string) []string {
	switch table {
	case "organisation":
		return []string{"id", "kind", "ident", "name", "typed"}
	case "lot":
		return strings.Fields("id hash contract reference lot_number object buyer lead holders cpv place insee dep lat lon basis date notified published amount amount_now doubtful months social cold typed import")
	case "clause":
		return []string{"lot", "doc", "due", "start", "finish"}
	case "structure":
		return []string{"id", "siret", "kind", "sorted", "search", "dep", "active", "doc", "typed"}
	case "introduction":
		return []string{"id", "lot", "structure", "state", "reason", "rank", "score", "rule", "by", "proposed", "changed"}
	case "placement":
		return []string{"id", "lot", "introduction", "structure", "employer", "modality", "signed", "note", "member", "start"}
	case "placement_month": // done, worked and entered follow the lines
		return []string{"id", "placement", "lot", "month", "planned"}
	case "participant":
		return []string{"id", "born", "sex", "insee", "qpv", "level", "entered", "left_on", "outcome", "later", "asked", "erased", "merged"}
	case "eligibility":
		return []string{"id", "participant", "category", "proof", "dated", "seen", "by", "until", "reason"}
	case "assignment":
		return []string{"id", "participant", "placement", "lot", "employment", "start", "finish", "weekly", "tutor"}
	case "hour_line": // counted and why are the ledger's
		return []string{"id", "assignment", "month", "participant", "placement", "lot", "hours", "granted", "source", "by"}
	case "deed":
		return []string{"id", "lot", "kind", "label", "dated", "amount", "start", "finish", "hours", "affirmed", "member", "by"}
	case "group_member":
		return []string{"id", "lot", "organisation", "share"}
	case "transfer":
		return []string{"id", "lot", "giver", "taker", "hours", "price", "dated", "by"}
	case "receipt":
		return []string{"id", "lot", "first", "last", "received", "document", "hash", "by"}
	case "penalty_step":
		return []string{"id", "lot", "kind", "dated", "text", "amount", "by"}
	case "exemption":
		return []string{"lot", "motive", "text", "evidence", "dated", "by"}
	case "postponed":
		return []string{"id", "todo", "until", "reason", "by"}
	case "worked_month":
		return []string{"id", "participant", "month", "hours", "agreement"}
	case "contact":
		return []string{"id", "lot", "organisation", "structure", "kind", "held", "text", "by"}
	case "mandate_record":
		return []string{"id", "kind", "parent", "dated", "doc", "by"}
	case "user":
		return []string{"id", "name", "role", "buyers"}
	case "user_key":
		return []string{"id", "user", "fingerprint", "line", "label", "added"}
	case "letterhead":
		return []string{"id", "organisation", "doc", "picture"}
	case "wording":
		return []string{"id", "kind", "text"}
	case "setting":
		return []string{"id", "name", "value"}
	}
	return nil
}

// imageOf writes the JSON object that stands for a row of a table.
func imageOf(table string) string {
	var pairs []string
	for _, c := range journaled(table) {
		pairs = append(pairs, fmt.Sprintf("'%s', %s", c, c))
	}
	return "json_object(" + strings.Join(pairs, ", ") + ")"
}

// image is a row as a JSON object, or null when there is none.
func image(ctx context.Context, q querier, table string, row int64) (sql.NullString, error) {
	var out sql.NullString
	err := q.QueryRowContext(ctx, "SELECT "+imageOf(table)+" FROM "+table+" WHERE rowid = ?", row).Scan(&out)
	if err == sql.ErrNoRows {
		return sql.NullString{}, nil
	}
	return out, err
}

// Changes reads the journal, newest first, before a change (0 = the newest),
// with its rows. lot narrows it when it is not 0.
func (s *Store) Changes(ctx context.Context, lot insertion.LotID, before insertion.ChangeID, limit int) ([]insertion.Change, error) {
	if err := s.may(insertion.ActJournal); err != nil {
		return nil, err
	}
	if before == 0 {
		before = 1 << 62
	}
	where, args := "c.id < ?", []any{before}
	if lot != 0 {
		where, args = changesOfLot+" AND c.id < ?", []any{lot, lot, before}
	}
	changes, err := query(ctx, s.r, scanChange, selectChange+" WHERE "+where+" ORDER BY c.id DESC LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, err
	}
	for i := range changes {
		if changes[i].Rows, err = changeRows(ctx, s.r, changes[i].ID); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

// changesOfLot is the condition on change c for the changes about a lot, given
// twice: those about it alone, and those about several.
const changesOfLot = "(c.id IN (SELECT id FROM change WHERE lot = ? AND lot <> 0 UNION ALL SELECT change FROM about_lot WHERE lot = ?))"

const selectChange = `SELECT c.id, c.at, c.by, c.what, c.lot, c.undoes,
	EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.id AND u.undoes <> 0) FROM change c`

func scanChange(scan func(...any) error) (c insertion.Change, err error) {
	var at string
	err = scan(&c.ID, &at, &c.By, &c.What, &c.Lot, &c.Undoes, &c.Undone)
	c.At = instantOf(at)
	return c, err
}

func changeRows(ctx context.Context, q querier, id insertion.ChangeID) ([]insertion.ChangeRow, error) {
	return query(ctx, q, func(scan func(...any) error) (r insertion.ChangeRow, err error) {
		var before, after sql.NullString
		err = scan(&r.Table, &r.Row, &before, &after)
		if before.Valid {
			r.Before = []byte(before.String)
		}
		if after.Valid {
			r.After = []byte(after.String)
		}
		return r, err
	}, "SELECT tbl, row, before, after FROM change_row WHERE change = ? ORDER BY seq", id)
}
