package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// NameSet says what SetName would reach: it does it all, and keeps none of it.
func (s *Store) NameSet(ctx context.Context, by string, id insertion.ParticipantID, name string) (insertion.NamesReport, error) {
	var report insertion.NamesReport
	err := s.setName(ctx, by, id, name, func(r insertion.NamesReport) error {
		report = r
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return report, err
}

// SetName writes a person's name, or takes it away when empty. It reaches no
// journal. A name hides itself in texts from those who may not read it; what the one
// she had hid, and no name hides any more, is first taken out of every text, as
// DropNames does for all of them: a slip corrected does not uncover what was typed
// with it.
func (s *Store) SetName(ctx context.Context, by string, id insertion.ParticipantID, name string) (insertion.NamesReport, error) {
	var report insertion.NamesReport
	err := s.setName(ctx, by, id, name, func(r insertion.NamesReport) error {
		report = r
		return nil
	})
	if err == nil && (report.Names > 0 || report.Touches()) {
		report.Residue = s.rewritten(ctx)
	}
	return report, err
}

// setName does it, asks whether it is to be kept, and says so in the journal when
// texts were rewritten.
func (s *Store) setName(ctx context.Context, by string, id insertion.ParticipantID, name string, kept func(insertion.NamesReport) error) error {
	if err := s.mayWhole(insertion.ActNames); err != nil {
		return err
	}
	on, err := s.NamesKept(ctx)
	if err != nil {
		return err
	}
	name = strings.TrimSpace(name)
	if !on && name != "" {
		return &insertion.FieldError{Field: "nom", Reason: "ce fichier ne tient pas les noms (Réglages)"}
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		r := &record{Context: ctx, Tx: tx, access: s.access, by: s.author(by)}
		if err := r.alive(id); err != nil {
			return err
		}
		report, err := r.rename(id, name)
		if err == nil {
			err = kept(report)
		}
		if err != nil || !report.Touches() {
			return err
		}
		what := id.Code() + " : nom retiré ou changé, l'ancien ôté de " + insertion.Counted(report.Texts, "texte", "textes")
		if _, err := r.exec("INSERT OR IGNORE INTO unwritten VALUES (?)", s.instant()); err != nil {
			return err
		}
		_, err = r.exec("INSERT INTO change (at, by, what, participant, undoable) VALUES (?, ?, ?, ?, 0)", s.instant(), r.by, what, id)
		return err
	})
}

// rename writes a name, or takes hers away and those of the records merged into
// hers, and unsays what no name designates any more.
func (r *record) rename(id insertion.ParticipantID, name string) (insertion.NamesReport, error) {
	const hers = "FROM person_name WHERE participant IN (SELECT id FROM participant WHERE id = ?1 OR (merged = ?1 AND merged <> 0))"
	had, err := query(r, r.Tx, scanText, "SELECT name "+hers, id)
	if err != nil {
		return insertion.NamesReport{}, err
	}
	designate := func() ([][]string, error) {
		if len(had) == 0 {
			return nil, nil // a name more uncovers nothing
		}
		names, err := query(r, r.Tx, scanText, "SELECT name FROM person_name")
		if err != nil {
			return nil, err
		}
		return designations(r, r.Tx, names)
	}
	before, err := designate()
	if err != nil {
		return insertion.NamesReport{}, err
	}
	gone := 0
	if name == "" {
		gone = len(had)
		_, err = r.exec("DELETE "+hers, id)
	} else {
		_, err = r.exec("INSERT INTO person_name VALUES (?, ?) ON CONFLICT (participant) DO UPDATE SET name = excluded.name", id, name)
	}
	if err != nil {
		return insertion.NamesReport{}, err
	}
	after, err := designate()
	if err != nil {
		return insertion.NamesReport{}, err
	}
	sought := uncovered(before, after)
	if len(sought) == 0 {
		return insertion.NamesReport{Names: gone}, nil
	}
	report, err := unsay(r, r.Tx, sought, after)
	report.Names = gone
	return report, err
}

// uncovered are the designations that some names had and that others no longer hide:
// neither whole nor word by word.
func uncovered(before, after [][]string) [][]string {
	still := map[string]bool{}
	for _, name := range after {
		if len(name) == 1 {
			still[name[0]] = true
		}
	}
	return slices.DeleteFunc(before, func(name []string) bool {
		text := wordsIn(strings.Join(name, " "))
		return another(text, run{to: len(text)}, after) || !slices.ContainsFunc(name, func(w string) bool { return !still[w] })
	})
}
