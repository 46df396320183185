package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"passerelle/internal/insertion"
)

// limitOf is the day before which a kind of traces has passed its term.
func limitOf(kind insertion.TraceKind, r insertion.Retention, today insertion.Date) insertion.Date {
	switch kind {
	case insertion.TraceNotes:
		return today.AddMonths(-r.NoteMonths)
	case insertion.TraceRefusals:
		return today.AddMonths(-r.RefusalMonths)
	case insertion.TraceDoor:
		return today.AddMonths(-r.DoorMonths)
	case insertion.TraceDrafts:
		return today.AddMonths(-r.DraftMonths)
	}
	return today.AddMonths(-r.UserMonths).AddDays(-r.GraceDays)
}

// lastLogins are the visits that stay whatever their age: without them nobody
// could tell an account is unused.
const lastLogins = "SELECT max(v.id) FROM visit v JOIN user_key k ON k.fingerprint = v.fingerprint WHERE v.kind = 'connexion' GROUP BY v.fingerprint"

// lastUsed is the day user u last came in, else was given a key; ” for one who
// never could.
const lastUsed = `max(ifnull((SELECT max(substr(v.at, 1, 10)) FROM visit v JOIN user_key k ON k.fingerprint = v.fingerprint WHERE k.user = u.id AND v.kind = 'connexion'), ''),
	ifnull((SELECT max(added) FROM user_key k WHERE k.user = u.id), ''))`

// traceOf counts what of a kind has passed its term.
func traceOf(ctx context.Context, q querier, kind insertion.TraceKind, r insertion.Retention, today insertion.Date) (insertion.Trace, error) {
	t := insertion.Trace{Kind: kind, Before: limitOf(kind, r, today)}
	if kind == insertion.TraceNotes {
		notes, err := oldNotes(ctx, q, t.Before)
		for _, n := range notes {
			if t.Count++; t.Oldest == "" || n.on < t.Oldest {
				t.Oldest = n.on
			}
		}
		return t, err
	}
	if kind == insertion.TraceAccounts {
		_, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
			var name string
			var used insertion.Date
			err := scan(&name, &used)
			t.Count++
			t.Names = append(t.Names, name)
			if t.Oldest == "" {
				t.Oldest = used
			}
			return struct{}{}, err
		}, "SELECT u.name, "+lastUsed+" AS used FROM user u WHERE used <> '' AND used < ? ORDER BY used, u.id", t.Before)
		return t, err
	}
	text := map[insertion.TraceKind]string{
		insertion.TraceRefusals: "SELECT count(*), ifnull(min(i.at), '') FROM import i JOIN refusal r ON r.import = i.id WHERE i.at < ?",
		insertion.TraceDoor:     "SELECT count(*), ifnull(min(at), '') FROM visit WHERE at < ? AND id NOT IN (" + lastLogins + ")",
		insertion.TraceDrafts:   "SELECT count(*), ifnull(min(at), '') FROM draft WHERE at < ?",
	}[kind]
	var at string
	if err := q.QueryRowContext(ctx, text, t.Before).Scan(&t.Count, &at); err != nil {
		return t, named(err)
	}
	if at != "" {
		t.Oldest = insertion.DateOf(instantOf(at))
	}
	return t, nil
}

// note is an exchange that designates somebody.
type note struct {
	id   int64
	on   insertion.Date
	text string
}

// oldNotes are the exchanges held before a day where a pseudonym stands.
func oldNotes(ctx context.Context, q querier, before insertion.Date) ([]note, error) {
	code := newCoded()
	rows, err := q.QueryContext(ctx, "SELECT id, held, text FROM contact WHERE held < ? AND "+mentionsSomebody+" ORDER BY id", before)
	if err != nil {
		return nil, named(err)
	}
	return collect(rows, func(scan func(...any) error) (n note, err error) {
		err = scan(&n.id, &n.on, &n.text)
		return n, err
	}, func(n note) bool { return code.MatchString(n.text) })
}

// somebody stands where a pseudonym was.
const somebody = "(une personne)"

// eraseTrace takes away what of a kind has passed its term.
func (s *Store) eraseTrace(e eraser, by string, r insertion.Retention, kind insertion.TraceKind) (insertion.Trace, error) {
	t, err := traceOf(e.ctx, e.tx, kind, r, e.today)
	if err != nil || t.Count == 0 {
		return t, err
	}
	if err := e.exec("INSERT INTO erasing VALUES (0)"); err != nil {
		return t, err
	}
	switch kind {
	case insertion.TraceNotes:
		err = e.forgetIn(t.Before)
	case insertion.TraceRefusals:
		err = e.exec("DELETE FROM refusal WHERE import IN (SELECT id FROM import WHERE at < ?)", t.Before)
	case insertion.TraceDoor:
		err = e.exec("DELETE FROM visit WHERE at < ? AND id NOT IN ("+lastLogins+")", t.Before)
	case insertion.TraceDrafts:
		err = e.exec("DELETE FROM draft WHERE at < ?", t.Before)
	case insertion.TraceAccounts:
		// Nothing keeps their last visit any longer.
		err = e.exec("DELETE FROM visit WHERE at < ? AND fingerprint IN (SELECT fingerprint FROM user_key k JOIN user u ON u.id = k.user WHERE u.name IN (SELECT value FROM json_each(?)))",
			limitOf(insertion.TraceDoor, r, e.today), texts(t.Names))
		for _, name := range t.Names {
			for _, text := range []string{
				"DELETE FROM draft WHERE user = (SELECT id FROM user WHERE name = ?)",
				"DELETE FROM user_key WHERE user = (SELECT id FROM user WHERE name = ?)", "DELETE FROM user WHERE name = ?",
			} {
				err = errors.Join(err, e.exec(text, name))
			}
		}
	}
	if err != nil {
		return t, err
	}
	if err := e.exec("DELETE FROM erasing"); err != nil {
		return t, err
	}
	return t, s.told(e, by, fmt.Sprintf("conservation : %s d'avant le %s, %s effacés à leur terme", kind, t.Before.French(), insertion.Thousands(int64(t.Count))))
}

// forgetIn takes the pseudonyms out of the exchanges held before a day, and out of
// the changes that wrote them.
func (e *eraser) forgetIn(before insertion.Date) error {
	notes, err := oldNotes(e.ctx, e.tx, before)
	if err != nil {
		return err
	}
	code, was, ids := newCoded(), map[int64]string{}, make([]int64, len(notes))
	for i, n := range notes {
		ids[i], was[n.id] = n.id, n.text
		if err := e.exec("UPDATE contact SET text = ? WHERE id = ?", code.ReplaceAllString(n.text, somebody), n.id); err != nil {
			return err
		}
	}
	wrote, err := query(e.ctx, e.tx, func(scan func(...any) error) (r journalRow, err error) {
		err = scan(&r.change, &r.seq, &r.row)
		return r, err
	}, "SELECT change, seq, row FROM change_row WHERE tbl = 'contact' AND row IN (SELECT value FROM json_each(?))", jsonIDs(ids))
	if err != nil {
		return err
	}
	for _, r := range wrote {
		now := code.ReplaceAllString(was[r.row], somebody)
		if err := e.exec(`UPDATE change_row SET before = iif(before IS NULL, NULL, json_set(before, '$.text', ?1)), after = iif(after IS NULL, NULL, json_set(after, '$.text', ?1))
			WHERE change = ?2 AND seq = ?3`, now, r.change, r.seq); err != nil {
			return err
		}
		if err := e.exec("UPDATE change SET undoable = 0, what = replace(what, ?, ?) WHERE id = ?", was[r.row], now, r.change); err != nil {
			return err
		}
	}
	return nil
}

// texts is a list of texts as SQL reads it.
func texts(list []string) string {
	doc, err := json.Marshal(list)
	if err != nil {
		return "[]" // a list of texts always has one
	}
	return string(doc)
}
