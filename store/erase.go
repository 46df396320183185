package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// Erasure says what erasing a person would reach; nothing is written.
func (s *Store) Erasure(ctx context.Context, id insertion.ParticipantID) (insertion.ErasureReport, error) {
	var report insertion.ErasureReport
	tx, err := s.r.BeginTx(ctx, nil)
	if err != nil {
		return report, named(err)
	}
	defer func() { _ = tx.Rollback() }()
	return reachOf(ctx, tx, id)
}

// mentions matches the texts that hold a pseudonym.
func mentions(column string) string { return "instr(" + column + ", ?1) > 0" }

func reachOf(ctx context.Context, tx *sql.Tx, id insertion.ParticipantID) (insertion.ErasureReport, error) {
	r := insertion.ErasureReport{Participant: id}
	var erased string
	if err := tx.QueryRowContext(ctx, "SELECT erased FROM participant WHERE id = ?", id).Scan(&erased); err != nil {
		return r, named(err)
	}
	if erased != "" {
		return r, insertion.ErrNotFound
	}
	code := id.Code()
	err := tx.QueryRowContext(ctx, `SELECT
		EXISTS (SELECT 1 FROM person_name WHERE participant = ?2),
		(SELECT count(*) FROM eligibility WHERE participant = ?2),
		(SELECT count(*) FROM hour_line WHERE participant = ?2),
		(SELECT count(*) FROM change WHERE participant = ?2 OR `+mentions("what")+`),
		(SELECT count(*) FROM contact WHERE `+mentions("text")+`) + (SELECT count(*) FROM refusal WHERE `+mentions("value || reason")+`)
		+ (SELECT count(*) FROM postponed WHERE `+mentions("reason")+`) + (SELECT count(*) FROM penalty_step WHERE `+mentions("text")+`)`, code, id).
		Scan(&r.Name, &r.Proofs, &r.Lines, &r.Changes, &r.Notes)
	return r, named(err)
}

// Erase forgets a person for ever and keeps the statistics: her hours go on under
// a number nobody knows, with the five years she was born in, her sex, level,
// département and categories. Her pseudonym leaves the journal, the exchanges and
// the reports; undo cannot bring her back. Reasons: DOMAIN §8 (les-emplois
// anonymisation), RGPD art. 17.
func (s *Store) Erase(ctx context.Context, by string, id insertion.ParticipantID) (insertion.ErasureReport, error) {
	var report insertion.ErasureReport
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		if report, err = reachOf(ctx, tx, id); err != nil {
			return err
		}
		e := eraser{ctx, tx, id, insertion.DateOf(s.now())}
		if err := e.run(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO change (at, by, what, undoable) VALUES (?, ?, 'une personne effacée à sa demande ou au terme, statistiques gardées', 0)", s.instant(), by)
		return err
	})
	if err == nil {
		// What was written over must not wait in the log either.
		_, err = s.w.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	return report, named(err)
}

// eraser is one erasure under way.
type eraser struct {
	ctx   context.Context
	tx    *sql.Tx
	id    insertion.ParticipantID
	today insertion.Date
}

func (e eraser) exec(text string, args ...any) error {
	_, err := e.tx.ExecContext(e.ctx, text, args...)
	return err
}

func (e eraser) run() error {
	steps := []struct {
		text string
		args []any
	}{
		{"DELETE FROM person_name WHERE participant = ?", []any{e.id}},
		{"INSERT INTO erasing VALUES (?)", []any{e.id}},
		// A new number for the statistics.
		{`INSERT INTO participant (born, sex, insee, level, entered, left_on, outcome, later, asked, erased)
			SELECT iif(born = 0, 0, born / 5 * 5), sex, iif(insee = '', '', substr(insee, 1, iif(substr(insee, 1, 2) = '97', 3, 2))), level,
			substr(entered, 1, 7) || '-01', iif(left_on = '', '', substr(left_on, 1, 7) || '-01'), outcome, later, iif(asked = '', '', substr(asked, 1, 7) || '-01'), ?
			FROM participant WHERE id = ?`, []any{e.today, e.id}},
	}
	for _, s := range steps {
		if err := e.exec(s.text, s.args...); err != nil {
			return err
		}
	}
	var fresh int64
	if err := e.tx.QueryRowContext(e.ctx, "SELECT last_insert_rowid()").Scan(&fresh); err != nil {
		return err
	}
	for _, s := range []struct {
		text string
		args []any
	}{
		{"UPDATE assignment SET participant = ?, start = iif(start = '', '', substr(start, 1, 7) || '-01') WHERE participant = ?", []any{fresh, e.id}},
		{"DELETE FROM worked_month WHERE participant = ?", []any{e.id}},
		{"UPDATE hour_line SET participant = ?, granted = iif(granted = '', '', 'décision motivée'), source = 'anonymisée' WHERE participant = ?", []any{fresh, e.id}},
		{"UPDATE eligibility SET participant = ?, dated = '', until = '', reason = '', seen = iif(seen = '', '', substr(seen, 1, 7) || '-01') WHERE participant = ?", []any{fresh, e.id}},
		{"DELETE FROM postponed WHERE todo LIKE '%:' || ?1 OR todo LIKE '%:' || ?1 || ':%'", []any{int64(e.id)}},
	} {
		if err := e.exec(s.text, s.args...); err != nil {
			return err
		}
	}
	if err := e.journal(fresh); err != nil {
		return err
	}
	if err := e.texts(); err != nil {
		return err
	}
	if err := e.exec("DELETE FROM participant WHERE id = ?", e.id); err != nil {
		return err
	}
	return e.exec("DELETE FROM erasing")
}

// gone is what stands where a pseudonym stood.
const gone = "personne effacée"

// texts rewrites what people wrote with her pseudonym in it.
func (e eraser) texts() error {
	for _, t := range []struct{ table, column string }{
		{"contact", "text"}, {"refusal", "value"}, {"refusal", "reason"}, {"postponed", "reason"}, {"penalty_step", "text"},
		{"exemption", "text"}, {"receipt", "document"}, {"deed", "label"},
	} {
		if err := e.exec("UPDATE "+t.table+" SET "+t.column+" = replace("+t.column+", ?1, '"+gone+"') WHERE "+mentions(t.column), e.id.Code()); err != nil {
			return err
		}
	}
	return nil
}

// journal takes her out of the changes: rows about her lose what they held, and
// the changes they belong to can no longer be undone.
func (e eraser) journal(fresh int64) error {
	const hers = "(SELECT id FROM change WHERE participant = ?1)"
	type row struct {
		change, seq   int64
		table         string
		before, after sql.NullString
	}
	rows, err := query(e.ctx, e.tx, func(scan func(...any) error) (r row, err error) {
		err = scan(&r.change, &r.seq, &r.table, &r.before, &r.after)
		return r, err
	}, `SELECT change, seq, tbl, before, after FROM change_row WHERE change IN `+hers+`
		OR (tbl IN ('participant', 'eligibility', 'assignment', 'hour_line', 'worked_month') AND ?1 IN (json_extract(before, '$.participant'), json_extract(after, '$.participant')))
		OR instr(ifnull(before, '') || ifnull(after, ''), ?2) > 0`, e.id, e.id.Code())
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := e.exec("UPDATE change SET undoable = 0, participant = 0 WHERE id = ?", r.change); err != nil {
			return err
		}
		if err := e.exec("UPDATE change_row SET row = iif(tbl = 'participant', 0, row), before = ?, after = ? WHERE change = ? AND seq = ?",
			e.scrub(r.table, r.before, fresh), e.scrub(r.table, r.after, fresh), r.change, r.seq); err != nil {
			return err
		}
	}
	if err := e.exec("UPDATE change SET participant = 0, undoable = 0 WHERE participant = ?", e.id); err != nil {
		return err
	}
	return e.exec("UPDATE change SET what = replace(what, ?1, '"+gone+"') WHERE "+mentions("what"), e.id.Code())
}

// scrub leaves of an image only what says nothing of her.
func (e eraser) scrub(table string, image sql.NullString, fresh int64) sql.NullString {
	if !image.Valid {
		return image
	}
	var fields map[string]any
	if json.Unmarshal([]byte(image.String), &fields) != nil {
		return sql.NullString{}
	}
	keep := map[string][]string{
		"hour_line":  {"id", "month", "placement", "lot", "hours"},
		"assignment": {"id", "placement", "lot", "employment"},
	}
	names, personal := keep[table], table == "participant" || table == "eligibility" || table == "worked_month"
	for name, value := range fields {
		text, isText := value.(string)
		switch {
		case personal, names != nil && !slices.Contains(names, name):
			delete(fields, name)
		case isText:
			fields[name] = strings.ReplaceAll(text, e.id.Code(), gone)
		}
	}
	if names != nil {
		fields["participant"] = fresh
	}
	doc, err := json.Marshal(fields)
	if err != nil {
		return sql.NullString{}
	}
	return sql.NullString{String: string(doc), Valid: true}
}

// PersonExport is all that is held on one person, as JSON, to be given to her
// (RGPD art. 15).
func (s *Store) PersonExport(ctx context.Context, id insertion.ParticipantID) ([]byte, error) {
	f, err := s.Participant(ctx, id)
	if err != nil {
		return nil, err
	}
	events, err := s.File(ctx, insertion.Subject{Kind: insertion.OnParticipant, ID: int64(id)}, "", 10_000)
	if err != nil {
		return nil, err
	}
	notes, err := query(ctx, s.r, func(scan func(...any) error) (e insertion.Event, err error) {
		err = scan(&e.On, &e.By, &e.What)
		return e, err
	}, "SELECT held, by, text FROM contact WHERE "+mentions("text")+" ORDER BY held", id.Code())
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(map[string]any{
		"pseudonyme": f.Code(), "nom": f.Name, "personne": f.Participant, "eligibilites": f.Eligibilities, "affectations": f.Assignments,
		"heures": f.Lines, "heures_partagees": f.Worked, "journal": events, "notes": notes,
	}, "", "  ")
}
