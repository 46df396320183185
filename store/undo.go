package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// LastUndoable is the person's last change that can still be undone; the error
// is insertion.ErrNothing when there is none.
func (s *Store) LastUndoable(ctx context.Context, by string) (insertion.Change, error) {
	if err := s.may(insertion.ActJournal); err != nil {
		return insertion.Change{}, err
	}
	found, err := query(ctx, s.r, scanChange, selectChange+` WHERE c.by = ? AND c.undoable = 1
		AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.id AND u.undoes <> 0) ORDER BY c.id DESC LIMIT 1`, s.author(by))
	if err != nil {
		return insertion.Change{}, err
	}
	if len(found) == 0 {
		return insertion.Change{}, insertion.ErrNothing
	}
	found[0].Rows, err = changeRows(ctx, s.r, found[0].ID)
	return found[0], err
}

// Undo puts back every row of a change as it was before, provided each still is
// as that change left it; otherwise the error is insertion.ErrStale and nothing
// moves. The undoing is itself a change of the journal.
func (s *Store) Undo(ctx context.Context, by string, id insertion.ChangeID) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		done, err := query(ctx, tx, scanChange, selectChange+" WHERE c.id = ?", id)
		if err != nil {
			return err
		}
		if len(done) == 0 {
			return insertion.ErrNotFound
		}
		var undoable bool
		if err := tx.QueryRowContext(ctx, "SELECT undoable FROM change WHERE id = ?", id).Scan(&undoable); err != nil {
			return err
		}
		rows, err := changeRows(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, row := range rows { // before anything is said of it
			if err := s.may(actOn(row.Table)); err != nil {
				return err
			}
		}
		switch {
		case !undoable && slices.ContainsFunc(rows, aboutErased):
			return &insertion.FieldError{Field: "annulation", Reason: "ce changement touche une personne effacée depuis : il ne peut plus être annulé"}
		case done[0].Undone || !undoable:
			return insertion.ErrNothing
		}
		r := &record{Context: ctx, Tx: tx, access: s.access, anyway: s.anyway, by: s.author(by), what: "annulation : " + done[0].What, lot: done[0].Lot, undoes: id}
		slices.Reverse(rows)
		for _, row := range rows {
			if err := r.restore(row); refusedByTrigger(err) {
				return &insertion.FieldError{Field: "annulation", Reason: "les heures remises dépasseraient celles que la personne a travaillées ce mois-là : corrigez d'abord les unes ou les autres"}
			} else if errors.Is(named(err), insertion.ErrDuplicate) {
				return insertion.ErrStale // somebody wrote another row in its place
			} else if err != nil {
				return err
			}
		}
		return r.close(s.instant())
	})
}

// aboutErased tells whether a row is about a person erased since, or named one.
func aboutErased(row insertion.ChangeRow) bool {
	if row.Table == "participant" {
		return row.Row < 0
	}
	for _, image := range [][]byte{row.Before, row.After} {
		var of struct{ Participant int64 }
		if len(image) > 0 && json.Unmarshal(image, &of) == nil && of.Participant < 0 || bytes.Contains(image, []byte(redacted)) {
			return true
		}
	}
	return false
}

// restore puts one row back as it was before, if it still is as it was after.
func (r *record) restore(row insertion.ChangeRow) error {
	if err := r.touch(row.Table, row.Row); err != nil {
		return err
	}
	if now := r.rows[len(r.rows)-1].before; now.String != string(row.After) {
		return fmt.Errorf("%s %d : %w", row.Table, row.Row, insertion.ErrStale)
	}
	columns := journaled(row.Table)
	var err error
	switch {
	case row.Before == nil:
		err = r.remove(row.Table, row.Row)
	case row.After == nil:
		values := make([]string, len(columns))
		for i, c := range columns {
			values[i] = "json_extract(?1, '$." + c + "')"
		}
		if versioned(row.Table) {
			columns, values = append(columns, "version"), append(values, nextVersion)
		}
		if row.Table == "placement_month" {
			columns, values = append(columns, "done"), append(values, "0") // a month taken away held no line
		}
		_, err = r.exec("INSERT INTO "+row.Table+" ("+strings.Join(columns, ", ")+") SELECT "+strings.Join(values, ", "), string(row.Before))
	default:
		sets := make([]string, len(columns))
		for i, c := range columns {
			sets[i] = c + " = json_extract(?1, '$." + c + "')"
		}
		if versioned(row.Table) {
			sets = append(sets, "version = version + 1")
		}
		if row.Table == "hour_line" {
			sets = append(sets, "counted = min(counted, json_extract(?1, '$.hours'))") // counted again once the change is whole
		}
		_, err = r.exec("UPDATE "+row.Table+" SET "+strings.Join(sets, ", ")+" WHERE rowid = ?2", string(row.Before), row.Row)
		if err == nil && row.Table == "assignment" {
			err = r.follow(row.Row)
		}
	}
	return err
}

// follow gives the hours of an assignment that changed hands back, those entered
// since too, to whoever it is now.
func (r *record) follow(assignment int64) error {
	rows, err := query(r, r.Tx, scanID, "SELECT h.id FROM assignment a JOIN hour_line h ON h.assignment = a.id WHERE a.id = ? AND h.participant <> a.participant ORDER BY h.id", assignment)
	if err != nil {
		return err
	}
	for _, id := range rows {
		if err := r.touch("hour_line", id); err != nil {
			return err
		}
		if _, err := r.exec("UPDATE hour_line SET participant = (SELECT participant FROM assignment WHERE id = ?) WHERE id = ?", assignment, id); err != nil {
			return err
		}
	}
	return nil
}

// nextVersion is a version no row of the file had yet: a row that comes back must
// not look unchanged to who read it before it left.
const nextVersion = "(SELECT ifnull(max(id), 0) + 1 FROM change)"

func versioned(table string) bool {
	return slices.Contains([]string{"lot", "clause", "structure", "introduction", "placement", "participant", "eligibility", "assignment",
		"deed", "transfer", "penalty_step", "exemption", "mandate_record", "user", "letterhead", "wording"}, table)
}

// remove deletes a row and what hangs on it but has no journal of its own.
func (r *record) remove(table string, row int64) error {
	if table == "lot" {
		if _, err := r.exec("DELETE FROM lot_source WHERE lot = ?", row); err != nil {
			return err
		}
	}
	if table == "participant" { // names are in no journal, and texts may hold hers
		var kept bool
		if err := r.QueryRowContext(r, "SELECT EXISTS (SELECT 1 FROM person_name WHERE participant = ?)", row).Scan(&kept); err != nil {
			return err
		}
		if kept {
			return &insertion.FieldError{Field: "annulation", Reason: insertion.ParticipantID(row).Code() + " a un nom dans ce fichier : retirez-le d'abord"}
		}
	}
	if table == "assignment" { // a total other months hang on stays
		_, err := r.exec("DELETE FROM assignment WHERE id = ?1 AND (participant <> 0 OR NOT EXISTS (SELECT 1 FROM hour_line WHERE assignment = ?1))", row)
		return err
	}
	if table == "placement_month" { // a month that holds lines only loses its plan
		if _, err := r.exec("UPDATE placement_month SET planned = 0 WHERE id = ?", row); err != nil {
			return err
		}
		_, err := r.exec("DELETE FROM placement_month WHERE id = ? AND entered = 0", row)
		return err
	}
	_, err := r.exec("DELETE FROM "+table+" WHERE rowid = ?", row)
	return err
}
