package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// journal takes her out of the changes. Rows about her keep what statistics keep;
// a change that holds one can no longer be undone.
func (e *eraser) journal() error {
	about := "SELECT id FROM change WHERE " + e.hers("participant") + " UNION SELECT change FROM about_person WHERE " + e.hers("participant") +
		" UNION SELECT change FROM change_row WHERE tbl = 'postponed' AND (before LIKE '{%' AND " + e.todos("json_extract(before, '$.todo')") +
		" OR after LIKE '{%' AND " + e.todos("json_extract(after, '$.todo')") + ")"
	changes, err := query(e.ctx, e.tx, scanID, about)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if err := e.exec("UPDATE change SET undoable = 0, participant = iif("+e.hers("participant")+", 0, participant) WHERE id = ?", c); err != nil {
			return err
		}
	}
	if err := e.exec("DELETE FROM about_person WHERE " + e.hers("participant")); err != nil {
		return err
	}
	touched := map[int64]bool{}
	e.moved = touched
	if err := e.rows(changes, touched); err != nil {
		return err
	}
	for _, c := range changes {
		touched[c] = true
	}
	// These sentences say which document was seen.
	if err := e.exec(`UPDATE change SET what = 'éligibilité : ' || ?1 WHERE id IN (SELECT value FROM json_each(?2))
		AND id IN (SELECT change FROM change_row WHERE tbl = 'eligibility' AND change IN (SELECT value FROM json_each(?2)))
		AND id NOT IN (SELECT change FROM change_row WHERE tbl = 'participant' AND change IN (SELECT value FROM json_each(?2)))`, redacted, jsonIDs(changes)); err != nil {
		return err
	}
	if err := e.whats(touched); err != nil {
		return err
	}
	e.report.Changes = len(touched)
	return nil
}

// journalRow is one row of the journal.
type journalRow struct {
	change, seq, row int64
	table            string
	before, after    sql.NullString
}

// rows rewrites the rows of her changes, and every other that mentions her.
func (e *eraser) rows(changes []int64, touched map[int64]bool) error {
	scan := func(scan func(...any) error) (r journalRow, err error) {
		err = scan(&r.change, &r.seq, &r.table, &r.row, &r.before, &r.after)
		return r, err
	}
	const selectRow = "SELECT change, seq, tbl, row, before, after FROM change_row WHERE "
	list, err := query(e.ctx, e.tx, scan, selectRow+"change IN (SELECT value FROM json_each(?))", jsonIDs(changes))
	if err != nil {
		return err
	}
	where, args := e.traces.like("before", "after")
	others, err := query(e.ctx, e.tx, scan, selectRow+where, args...)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, c := range changes {
		seen[c] = true
	}
	for _, r := range append(list, slices.DeleteFunc(others, func(r journalRow) bool { return seen[r.change] })...) {
		now := r
		now.before, now.after = e.scrub(r.table, r.row, r.before), e.scrub(r.table, r.row, r.after)
		if r.table == "participant" && slices.Contains(e.ids, r.row) {
			now.row = e.fresh
		}
		if now == r {
			continue
		}
		touched[r.change] = true
		if err := e.exec("UPDATE change_row SET row = ?, before = ?, after = ? WHERE change = ? AND seq = ?", now.row, now.before, now.after, r.change, r.seq); err != nil {
			return err
		}
		if err := e.exec("UPDATE change SET undoable = 0 WHERE id = ?", r.change); err != nil {
			return err
		}
	}
	return nil
}

// kept are the columns of the journal that say nothing of a person.
func kept(table string) []string {
	switch table {
	case "participant":
		return []string{}
	case "eligibility":
		return []string{"id", "category"}
	case "assignment":
		return []string{"id", "placement", "lot", "employment"}
	case "hour_line":
		return []string{"id", "assignment", "month", "placement", "lot", "hours", "by"}
	case "worked_month":
		return []string{"id"}
	}
	return nil
}

// scrub leaves of an image only what says nothing of her.
func (e *eraser) scrub(table string, row int64, image sql.NullString) sql.NullString {
	if !image.Valid {
		return image
	}
	columns := kept(table)
	if columns == nil {
		if table == "postponed" && e.isTodo(image.String) {
			return sql.NullString{String: `{"todo":"` + redacted + `"}`, Valid: true}
		}
		image.String = e.traces.redactIn(table, image.String)
		return image
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(image.String), &fields) != nil {
		return sql.NullString{String: "{}", Valid: true}
	}
	person := string(fields["participant"])
	if table == "participant" {
		person = fmt.Sprint(row)
	}
	if !slices.ContainsFunc(e.ids, func(id int64) bool { return fmt.Sprint(id) == person }) {
		image.String = e.traces.redact(image.String, true) // somebody else, in the same change
		return image
	}
	pairs := make([]string, 0, len(columns)+1)
	for _, c := range columns {
		if v, ok := fields[c]; ok {
			pairs = append(pairs, fmt.Sprintf("%q:%s", c, v))
		}
	}
	name := "participant"
	if table == name {
		name = "id"
	}
	pairs = append(pairs, fmt.Sprintf("%q:%d", name, e.fresh))
	return sql.NullString{String: "{" + strings.Join(pairs, ",") + "}", Valid: true}
}

// whats rewrites the sentences that mention her.
func (e *eraser) whats(touched map[int64]bool) error {
	type sentence struct {
		id   int64
		what string
	}
	where, args := e.traces.like("what")
	list, err := query(e.ctx, e.tx, func(scan func(...any) error) (s sentence, err error) {
		err = scan(&s.id, &s.what)
		return s, err
	}, "SELECT id, what FROM change WHERE "+where, args...)
	if err != nil {
		return err
	}
	for _, s := range list {
		now := e.traces.redact(s.what, true)
		if now == s.what {
			continue
		}
		touched[s.id] = true
		if err := e.exec("UPDATE change SET what = ? WHERE id = ?", now, s.id); err != nil {
			return err
		}
	}
	return nil
}

// personTodos are the kinds of things to do whose id begins with a person's number.
func personTodos() []insertion.TodoKind {
	return []insertion.TodoKind{insertion.TodoWindow, insertion.TodoCeiling, insertion.TodoEligibility, insertion.TodoOutcome}
}

// todosOf is the condition on a column for the ids of what was to do about a
// person, under any of her numbers.
func todosOf(column string, ids []int64) string {
	var either []string
	for _, id := range ids {
		for _, kind := range personTodos() {
			todo := strings.ReplaceAll(fmt.Sprintf("%s:%d", kind, id), "'", "''")
			either = append(either, fmt.Sprintf("%s = '%s' OR %[1]s LIKE '%[2]s:%%'", column, todo))
		}
	}
	either = append(either, column+" IN (SELECT '"+string(insertion.TodoProof)+":' || id FROM eligibility WHERE participant IN (SELECT value FROM json_each('"+jsonIDs(ids)+"')))")
	return "(" + strings.Join(either, " OR ") + ")"
}

// todos is the same, her proofs being under their new number already.
func (e *eraser) todos(column string) string {
	return todosOf(column, append(slices.Clone(e.ids), e.fresh))
}

// isTodo tells whether an image of postponed is about her.
func (e *eraser) isTodo(image string) bool {
	var row struct{ Todo string }
	if json.Unmarshal([]byte(image), &row) != nil {
		return false
	}
	var hers bool
	err := e.tx.QueryRowContext(e.ctx, "SELECT "+e.todos("?1"), row.Todo).Scan(&hers)
	return err != nil || hers
}

// postponements drops what was put off about her.
func (e *eraser) postponements() error {
	return e.exec("DELETE FROM postponed WHERE " + e.todos("todo"))
}
