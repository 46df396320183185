package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"passerelle/internal/insertion"
)

// folded is a text without case, accents or punctuation, to sort and search by.
func folded(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.IsMark(r):
		case unicode.IsLetter(r), unicode.IsNumber(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// row is what the columns of structure hold of one.
func structureColumns(st insertion.Structure) (sorted, search string, doc []byte, err error) {
	st.ID = 0
	doc, err = json.Marshal(st)
	words := []string{st.Name, st.Brand, st.City, st.PostalCode, st.SIRET, string(st.Kind)}
	return folded(st.DisplayName()), folded(strings.Join(append(words, st.Networks...), " ")), doc, err
}

func scanStructure(scan func(...any) error) (st insertion.Structure, err error) {
	var id insertion.StructureID
	var doc []byte
	if err = scan(&id, &doc); err != nil {
		return st, err
	}
	err = json.Unmarshal(doc, &st)
	st.ID = id
	return st, err
}

// AllStructures reads the whole directory, for the ranking.
func (s *Store) AllStructures(ctx context.Context) ([]insertion.Structure, error) {
	return query(ctx, s.r, scanStructure, "SELECT id, doc FROM structure ORDER BY id")
}

// Structure reads one.
func (s *Store) Structure(ctx context.Context, id insertion.StructureID) (insertion.Structure, error) {
	found, err := query(ctx, s.r, scanStructure, "SELECT id, doc FROM structure WHERE id = ?", id)
	if err == nil && len(found) == 0 {
		err = insertion.ErrNotFound
	}
	if err != nil {
		return insertion.Structure{}, err
	}
	return found[0], nil
}

// FindStructures finds those of a SIRET, one for each type.
func (s *Store) FindStructures(ctx context.Context, siret string) ([]insertion.Structure, error) {
	return query(ctx, s.r, scanStructure, "SELECT id, doc FROM structure WHERE siret = ? ORDER BY kind", siret)
}

// SaveStructure creates (ID 0) or changes a structure. The fields that differ
// become typed: no import will replace them. The error is
// insertion.ErrDuplicate when (SIRET, type) is taken, or an
// *insertion.FieldError.
func (s *Store) SaveStructure(ctx context.Context, by string, st insertion.Structure) (insertion.StructureID, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return 0, err
	}
	if err := st.Validate(); err != nil {
		return 0, err
	}
	id := int64(st.ID)
	err := s.change(ctx, by, "structure "+st.DisplayName(), 0, func(r *record) (err error) {
		if err := r.titled(said{"nom", st.Name}, said{"enseigne", st.Brand}); err != nil {
			return err
		}
		if id == 0 {
			if id, err = r.insertStructure(st, fieldsOf(st)); err == nil {
				r.created("structure", id)
			}
			return err
		}
		old, typed, err := r.structure(id)
		if err != nil {
			return err
		}
		if err := r.touch("structure", id); err != nil {
			return err
		}
		for name := range differing(old, st) {
			typed[name] = true
		}
		return r.updateStructure(id, st, typed)
	})
	return insertion.StructureID(id), err
}

func (r *record) structure(id int64) (st insertion.Structure, typed map[string]bool, err error) {
	var doc, names []byte
	if err = r.QueryRowContext(r, "SELECT doc, typed FROM structure WHERE id = ?", id).Scan(&doc, &names); err != nil {
		return st, nil, err
	}
	var list []string
	if err = json.Unmarshal(doc, &st); err == nil {
		err = json.Unmarshal(names, &list)
	}
	typed = map[string]bool{}
	for _, n := range list {
		typed[n] = true
	}
	return st, typed, err
}

func (r *record) insertStructure(st insertion.Structure, typed map[string]bool) (int64, error) {
	sorted, search, doc, err := structureColumns(st)
	if err != nil {
		return 0, err
	}
	return r.exec("INSERT INTO structure (siret, kind, sorted, search, dep, active, doc, typed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		st.SIRET, st.Kind, sorted, search, st.Department, st.Active, string(doc), typedNames(typed))
}

func (r *record) updateStructure(id int64, st insertion.Structure, typed map[string]bool) error {
	sorted, search, doc, err := structureColumns(st)
	if err != nil {
		return err
	}
	_, err = r.exec("UPDATE structure SET siret = ?, kind = ?, sorted = ?, search = ?, dep = ?, active = ?, doc = ?, typed = ?, version = version + 1 WHERE id = ?",
		st.SIRET, st.Kind, sorted, search, st.Department, st.Active, string(doc), typedNames(typed), id)
	return err
}

func typedNames(typed map[string]bool) string {
	names := slices.Sorted(maps.Keys(typed))
	if names == nil {
		names = []string{}
	}
	doc, _ := json.Marshal(names) // strings always marshal
	return string(doc)
}

// AddStructures takes in structures of a file: created, updated or left as they
// were, never over a field a person typed, never blanking what is known with
// what the file does not say.
func (im *Import) AddStructures(ctx context.Context, structures []insertion.Structure) ([]insertion.Outcome, error) {
	outcomes := make([]insertion.Outcome, 0, len(structures))
	for len(structures) > 0 {
		n := min(chunk, len(structures))
		var some []insertion.Outcome
		what := fmt.Sprintf("structures de %s", im.sum.File)
		err := im.s.change(ctx, im.by, what, 0, func(r *record) (err error) {
			r.final = true
			some, err = r.takeStructures(structures[:n])
			return err
		})
		if err != nil {
			return outcomes, err
		}
		outcomes = append(outcomes, some...)
		im.count(some)
		structures = structures[n:]
	}
	return outcomes, nil
}

func (r *record) takeStructures(structures []insertion.Structure) ([]insertion.Outcome, error) {
	outcomes := make([]insertion.Outcome, len(structures))
	find, err := r.PrepareContext(r, "SELECT id FROM structure WHERE siret = ? AND kind = ?")
	if err != nil {
		return nil, err
	}
	defer find.Close()
	for i, st := range structures {
		var id int64
		err := find.QueryRowContext(r, st.SIRET, st.Kind).Scan(&id)
		if err != nil && named(err) != insertion.ErrNotFound {
			return nil, err
		}
		if id == 0 {
			if _, err := r.insertStructure(st, nil); err != nil {
				return nil, err
			}
			outcomes[i] = insertion.Created
			continue
		}
		if outcomes[i], err = r.mergeStructure(id, st); err != nil {
			return nil, err
		}
	}
	return outcomes, nil
}

// mergeStructure lays what a file says over a structure already known.
func (r *record) mergeStructure(id int64, said insertion.Structure) (insertion.Outcome, error) {
	old, typed, err := r.structure(id)
	if err != nil {
		return insertion.Unchanged, err
	}
	merged, err := overlay(old, said, typed)
	if err != nil || len(differing(old, merged)) == 0 {
		return insertion.Unchanged, err
	}
	if err := r.touch("structure", id); err != nil {
		return insertion.Unchanged, err
	}
	return insertion.Updated, r.updateStructure(id, merged, typed)
}
