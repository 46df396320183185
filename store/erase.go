package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"passerelle/internal/insertion"
)

// errRehearsed ends a rehearsal: everything was done, nothing is kept.
var errRehearsed = errors.New("répétition")

// errSpared ends the erasure of somebody whose term is no longer over.
var errSpared = errors.New("épargnée")

// Erasure says what erasing a person would reach: it does it all, and keeps none
// of it.
func (s *Store) Erasure(ctx context.Context, id insertion.ParticipantID) (insertion.ErasureReport, error) {
	if err := s.may(insertion.ActErase); err != nil {
		return insertion.ErasureReport{}, err
	}
	e := eraser{ctx: ctx, today: insertion.DateOf(s.now())}
	err := s.write(ctx, func(tx *sql.Tx) error {
		e.tx = tx
		if err := e.run(id); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return e.report, err
}

// Erase forgets a person for ever and keeps the statistics: her hours stay,
// counted as they were on that day, under a number below 0 that nobody knows,
// with the five years she was born in, her sex, level, département and categories,
// and the months she came, worked and left. Her pseudonym and her name leave the journal, the exchanges, the
// reports and the index of words; no change that touches her can be undone. The
// file is then written anew, so that nothing of her waits in its free space; the
// copies made before are the facilitator's to destroy. (RGPD art. 17; what is
// kept follows les-emplois, itou/archive, anonymize_jobseekers.)
func (s *Store) Erase(ctx context.Context, by string, id insertion.ParticipantID) (insertion.ErasureReport, error) {
	return s.eraseNow(ctx, by, id, false)
}

// EraseWithParts is Erase that also takes out the words of her name that stand alone,
// which Erase only lists as doubts: once she is erased nothing hides them from those
// who may not read names.
func (s *Store) EraseWithParts(ctx context.Context, by string, id insertion.ParticipantID) (insertion.ErasureReport, error) {
	return s.eraseNow(ctx, by, id, true)
}

func (s *Store) eraseNow(ctx context.Context, by string, id insertion.ParticipantID, parts bool) (insertion.ErasureReport, error) {
	if err := s.may(insertion.ActErase); err != nil {
		return insertion.ErasureReport{}, err
	}
	report, err := s.eraseOne(ctx, by, id, "une personne effacée", parts, nil)
	if err == nil {
		report.Residue = s.rewritten(ctx)
	}
	return report, err
}

// eraseOne erases a person in a transaction of her own, unless still says no: then
// the error is errSpared. The file is left to be written anew.
func (s *Store) eraseOne(ctx context.Context, by string, id insertion.ParticipantID, what string, parts bool, still func(tx *sql.Tx) (bool, error)) (insertion.ErasureReport, error) {
	e := eraser{ctx: ctx, today: insertion.DateOf(s.now()), parts: parts}
	err := s.write(ctx, func(tx *sql.Tx) error {
		if still != nil {
			if ok, err := still(tx); err != nil || !ok {
				return errors.Join(err, errSpared)
			}
		}
		e.tx = tx
		if err := e.run(id); err != nil {
			return err
		}
		return s.told(e, by, fmt.Sprintf("%s : %s sans nom ni numéro", what, insertion.Counted(e.report.Lines, "ligne d'heures gardée", "lignes d'heures gardées")))
	})
	return e.report, err
}

// told writes in the journal that something was erased, and that the file is to be
// written anew.
func (s *Store) told(e eraser, by, what string) error {
	if err := e.exec("INSERT OR IGNORE INTO unwritten VALUES (?)", s.instant()); err != nil {
		return err
	}
	return e.exec("INSERT INTO change (at, by, what, undoable) VALUES (?, ?, ?, 0)", s.instant(), s.author(by), what)
}

// rewritten writes the file anew, and says in French what to do when it cannot.
func (s *Store) rewritten(ctx context.Context) string {
	err := s.rewrite(ctx)
	if err == nil {
		_, err = s.w.ExecContext(ctx, "DELETE FROM unwritten")
	}
	if err == nil {
		return ""
	}
	return "l'effacement est fait, mais le fichier n'a pas pu être réécrit (" + err.Error() +
		") : des traces peuvent rester dans son espace libre ; fermez les autres sessions, libérez du disque, puis lancez « passerelle conservation --effacer --oui »"
}

// rewrite writes the file anew without its free space, and empties its log.
func (s *Store) rewrite(ctx context.Context) error {
	conn, err := s.w.Conn(ctx)
	if err != nil {
		return named(err)
	}
	defer conn.Close() //nolint:errcheck // it only goes back to the pool
	// The copy passes through a temporary file, not through the memory.
	for _, text := range []string{"PRAGMA temp_store = FILE", "VACUUM", "PRAGMA temp_store = MEMORY"} {
		if _, err := conn.ExecContext(ctx, text); err != nil {
			return named(err)
		}
	}
	var busy, frames, moved int
	if err := conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return named(err)
	}
	if busy != 0 {
		return insertion.ErrBusy
	}
	return nil
}

// eraser is one erasure under way.
type eraser struct {
	ctx    context.Context
	tx     *sql.Tx
	today  insertion.Date
	ids    []int64 // her number, and those of the records merged into hers
	fresh  int64   // what takes its place
	traces traces
	names  []string // hers, as kept
	parts  bool     // the words of her names alone go too
	alone  bool     // traces are words alone, sought only where sentences are typed: elsewhere they may be a choice in a list
	report insertion.ErasureReport
	moved  map[int64]bool // changes of the journal rewritten
}

func (e *eraser) exec(text string, args ...any) error {
	_, err := e.tx.ExecContext(e.ctx, text, args...)
	return err
}

// hers is the condition on a column for her numbers, which are given as a JSON
// array of whole numbers.
func (e *eraser) hers(column string) string {
	return column + " IN (SELECT value FROM json_each('" + jsonIDs(e.ids) + "'))"
}

func (e *eraser) run(id insertion.ParticipantID) error {
	if err := e.find(id); err != nil {
		return err
	}
	if err := e.exec("INSERT INTO erasing VALUES (?)", e.ids[0]); err != nil {
		return err
	}
	for _, step := range []func() error{e.stand, e.publics, e.anonymise, e.lines, e.postponements, e.journal, e.texts, e.partsToo, e.doubts, e.leave} {
		if err := step(); err != nil {
			return err
		}
	}
	return e.exec("DELETE FROM erasing")
}

// find reads who she is: her numbers, and the names that may stand in texts.
func (e *eraser) find(id insertion.ParticipantID) error {
	if err := e.tx.QueryRowContext(e.ctx, "SELECT iif(merged <> 0, merged, id) FROM participant WHERE id = ? AND id > 0", id).Scan(&id); err != nil {
		return named(err)
	}
	e.report.Participant = id
	var err error
	if e.ids, err = query(e.ctx, e.tx, scanID, "SELECT id FROM participant WHERE id = ?1 OR (merged = ?1 AND merged <> 0) ORDER BY id <> ?1, id", id); err != nil {
		return err
	}
	if e.names, err = query(e.ctx, e.tx, scanText, "SELECT name FROM person_name WHERE "+e.hers("participant")); err != nil {
		return err
	}
	others, err := query(e.ctx, e.tx, scanText, "SELECT name FROM person_name WHERE NOT "+e.hers("participant"))
	if err != nil {
		return err
	}
	e.traces = tracesOf(e.ids, e.names)
	e.traces.kept = tracesOf(nil, others).names
	e.report.Name = len(e.names) > 0
	return named(e.tx.QueryRowContext(e.ctx, `SELECT (SELECT count(*) FROM eligibility WHERE `+e.hers("participant")+`),
		(SELECT count(*) FROM hour_line WHERE `+e.hers("participant")+`), (SELECT min(0, ifnull(min(id), 0)) - 1 FROM participant)`).
		Scan(&e.report.Proofs, &e.report.Lines, &e.fresh))
}

func scanID(scan func(...any) error) (id int64, err error) {
	err = scan(&id)
	return id, err
}

// toMonth cuts a day to the first of its month.
func toMonth(column string) string {
	return "iif(" + column + " = '', '', substr(" + column + ", 1, 7) || '-01')"
}

// stand makes the record of statistics.
func (e *eraser) stand() error {
	return e.exec(`INSERT INTO participant (id, born, sex, insee, qpv, level, entered, left_on, outcome, later, asked, erased)
			SELECT ?1, born / 5 * 5, sex, iif(insee LIKE '97%', substr(insee, 1, 3), substr(insee, 1, 2)), iif(qpv = '', '', 'oui'), level,
			`+toMonth("entered")+", "+toMonth("left_on")+", outcome, later, "+toMonth("asked")+", ?2 FROM participant WHERE id = ?3", e.fresh, e.today, e.ids[0])
}

// anonymise hands the record of statistics what counts.
func (e *eraser) anonymise() error {
	for _, text := range []string{
		"DELETE FROM person_name WHERE " + e.hers("participant"),
		"DELETE FROM worked_month WHERE " + e.hers("participant"),
		"UPDATE assignment SET participant = ?1, start = " + toMonth("start") + `, finish = iif(finish = '', '', date(substr(finish, 1, 7) || '-01', '+1 month', '-1 day')),
			window = '', ceiling = 0, mission = '', lacks = '' WHERE ` + e.hers("participant"),
	} {
		if err := e.exec(text, e.fresh); err != nil {
			return err
		}
	}
	return nil
}

// publics keeps, of her eligibilities, the categories and the month each was seen,
// so that a bilan goes on saying which came first and whether it was before the
// work began: the day of the first becomes the 1st of its month, or the 2nd when she
// had begun that month before; that of the others the 3rd. It comes before the
// assignments lose their days.
func (e *eraser) publics() error {
	firsts, err := query(e.ctx, e.tx, scanID, `SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY category ORDER BY seen = '', seen, id) AS n, seen = '' AS unseen, seen
		FROM eligibility WHERE `+e.hers("participant")+") WHERE n = 1 ORDER BY unseen, seen, id")
	if err != nil || len(firsts) == 0 {
		return err
	}
	if err := e.exec("DELETE FROM eligibility WHERE " + e.hers("participant") + " AND id NOT IN (SELECT value FROM json_each('" + jsonIDs(firsts) + "'))"); err != nil {
		return err
	}
	return e.exec(`UPDATE eligibility SET participant = ?1, proof = '', dated = '', by = '', until = '', reason = '', seen = iif(seen = '', '', substr(seen, 1, 7) ||
		iif(id <> ?2, '-03', iif(EXISTS (SELECT 1 FROM assignment a WHERE `+e.hers("a.participant")+` AND substr(a.start, 1, 7) = substr(seen, 1, 7) AND a.start < seen), '-02', '-01')))
		WHERE `+e.hers("participant"), e.fresh, firsts[0])
}

// lines hands over the lines of hours: they keep the rule and the hours of what
// did not count, not the day a proof was seen nor a decision's reason.
func (e *eraser) lines() error {
	type line struct {
		id  int64
		why string
	}
	explained, err := query(e.ctx, e.tx, func(scan func(...any) error) (l line, err error) {
		err = scan(&l.id, &l.why)
		return l, err
	}, "SELECT id, why FROM hour_line WHERE why <> '' AND "+e.hers("participant"))
	if err != nil {
		return err
	}
	for _, l := range explained {
		if err := e.exec("UPDATE hour_line SET why = ? WHERE id = ?", withoutDays(l.why), l.id); err != nil {
			return err
		}
	}
	return e.exec("UPDATE hour_line SET participant = ?, granted = iif(granted = '', '', 'décision motivée') WHERE "+e.hers("participant"), e.fresh)
}

// leave takes her records away, and merges what the index of words kept aside.
func (e *eraser) leave() error {
	for _, text := range []string{
		"DELETE FROM participant WHERE " + e.hers("id"),
		"INSERT INTO contact_words (contact_words) VALUES ('optimize')",
	} {
		if err := e.exec(text); err != nil {
			return err
		}
	}
	return nil
}
