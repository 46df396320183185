package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"passerelle/internal/insertion"
)

// removedName stands in a text where a name was, when the file keeps none any more.
const removedName = "(nom retiré)"

// NamesDropped says what DropNames would reach: it does it all, and keeps none of it.
func (s *Store) NamesDropped(ctx context.Context) (insertion.NamesReport, error) {
	if err := s.may(insertion.ActSettings); err != nil {
		return insertion.NamesReport{}, err
	}
	var report insertion.NamesReport
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		if report, err = dropNames(ctx, tx); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return report, err
}

// DropNames erases every name the file keeps, for ever, and stops keeping them.
// What hides names from those who may not read them is that list: every text that
// holds one, or a word of one that was hidden, is first rewritten, the journal
// included, and the changes it reaches can no longer be undone. The file is then
// written anew, as after an erasure.
func (s *Store) DropNames(ctx context.Context, by string) (insertion.NamesReport, error) {
	if err := s.may(insertion.ActSettings); err != nil {
		return insertion.NamesReport{}, err
	}
	var report insertion.NamesReport
	err := s.change(ctx, by, "noms des personnes : non tenus, tous effacés", 0, func(r *record) (err error) {
		r.final = true
		if report, err = dropNames(ctx, r.Tx); err != nil {
			return err
		}
		if _, err := r.exec("INSERT OR IGNORE INTO unwritten VALUES (?)", s.instant()); err != nil {
			return err
		}
		return r.setting(namesSetting, "non")
	})
	if err == nil {
		report.Residue = s.rewritten(ctx)
	}
	return report, err
}

// namesAtOnce is how many designations one reading of the file seeks: SQLite
// refuses conditions too deep.
const namesAtOnce = 100

func dropNames(ctx context.Context, tx *sql.Tx) (insertion.NamesReport, error) {
	names, err := query(ctx, tx, scanText, "SELECT name FROM person_name ORDER BY participant")
	if err != nil {
		return insertion.NamesReport{}, err
	}
	sought, err := designations(ctx, tx, names)
	if err != nil {
		return insertion.NamesReport{}, err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM person_name"); err != nil {
		return insertion.NamesReport{}, err
	}
	report, err := unsay(ctx, tx, sought, nil)
	report.Names = len(names)
	return report, err
}

// unsay takes what designates persons, the longest first, out of every text of the
// file, the journal included, but what is more of a name still kept.
func unsay(ctx context.Context, tx *sql.Tx, sought, kept [][]string) (insertion.NamesReport, error) {
	e := eraser{ctx: ctx, tx: tx}
	if err := e.exec("INSERT INTO erasing VALUES (0)"); err != nil {
		return insertion.NamesReport{}, err
	}
	touched := map[int64]bool{}
	first := slices.IndexFunc(sought, func(name []string) bool { return len(name) == 1 })
	if first < 0 {
		first = len(sought)
	}
	for i, part := range [][][]string{sought[:first], sought[first:]} {
		e.alone = i == 1
		for some := range slices.Chunk(part, namesAtOnce) {
			e.traces = traces{names: some, kept: kept, mark: removedName}
			if err := errors.Join(e.rows(nil, touched), e.whats(touched), e.texts()); err != nil {
				return insertion.NamesReport{}, err
			}
		}
	}
	for _, text := range []string{"DELETE FROM erasing", "INSERT INTO contact_words (contact_words) VALUES ('optimize')"} {
		if err := e.exec(text); err != nil {
			return insertion.NamesReport{}, err
		}
	}
	return insertion.NamesReport{Changes: len(touched), Texts: e.report.Notes}, nil
}
