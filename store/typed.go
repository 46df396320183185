package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// The fields of a lot a person may type over what was imported.
const (
	fieldObject   = "objet"
	fieldCPV      = "cpv"
	fieldAmount   = "montant"
	fieldDuration = "duree"
	fieldPlace    = "lieu"
	fieldSocial   = "social"
)

// typedColumns are the columns a typed field governs, which imports leave alone.
func typedColumns(field string) []string {
	switch field {
	case fieldObject:
		return []string{"object"}
	case fieldCPV:
		return []string{"cpv"}
	case fieldAmount:
		return []string{"amount_now", "doubtful"}
	case fieldDuration:
		return []string{"months"}
	case fieldPlace:
		return []string{"place", "insee", "dep", "lat", "lon", "basis"}
	case fieldSocial:
		return []string{"social"}
	}
	return nil
}

// said is what a notice says of a field, as people read it.
func (h hot) said(field string) string {
	switch field {
	case fieldObject:
		return h.notice.Object
	case fieldCPV:
		return h.notice.CPV
	case fieldAmount:
		return h.now.String()
	case fieldDuration:
		return strconv.Itoa(h.months)
	case fieldPlace:
		return h.place
	case fieldSocial:
		return strings.Join(h.notice.Social.Words(), ", ")
	}
	return ""
}

// TypeLot lays typed values over a lot. Imports will not replace them, and the
// imported value stays readable beside. The error is insertion.ErrStale when
// the lot changed since version, or an *insertion.FieldError.
func (s *Store) TypeLot(ctx context.Context, by string, id insertion.LotID, version int64, t insertion.Typing) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	return s.change(ctx, by, fmt.Sprintf("lot %d : champs saisis", id), id, func(r *record) error {
		var now int64
		var doc string
		if err := r.QueryRowContext(r, "SELECT version, typed FROM lot WHERE id = ?", id).Scan(&now, &doc); err != nil {
			return err
		}
		if now != version {
			return insertion.ErrStale
		}
		if err := r.touch("lot", int64(id)); err != nil {
			return err
		}
		typed := map[string]insertion.TypedField{}
		if err := json.Unmarshal([]byte(doc), &typed); err != nil {
			return err
		}
		if t.Object != nil {
			if err := r.titled(said{fieldObject, *t.Object}); err != nil {
				return err
			}
		}
		for _, c := range typing(t) {
			before, err := r.shown(id, c.field)
			if err != nil {
				return err
			}
			if before == c.shown {
				continue
			}
			if f, ok := typed[c.field]; ok {
				f.Typed = c.shown
				typed[c.field] = f
			} else {
				typed[c.field] = insertion.TypedField{Field: c.field, Typed: c.shown, Imported: before}
			}
			for i, column := range typedColumns(c.field) {
				if _, err := r.exec("UPDATE lot SET "+column+" = ? WHERE id = ?", c.values[i], id); err != nil {
					return err
				}
			}
		}
		out, err := json.Marshal(typed)
		if err != nil {
			return err
		}
		if _, err := r.exec("UPDATE lot SET typed = ?, version = version + 1 WHERE id = ?", string(out), id); err != nil {
			return err
		}
		return nil
	})
}

// typedValue is one field being typed: what people read, and the columns.
type typedValue struct {
	field, shown string
	values       []any
}

func typing(t insertion.Typing) []typedValue {
	var out []typedValue
	if t.Object != nil {
		out = append(out, typedValue{fieldObject, *t.Object, []any{*t.Object}})
	}
	if t.CPV != nil {
		out = append(out, typedValue{fieldCPV, *t.CPV, []any{*t.CPV}})
	}
	if t.Amount != nil {
		out = append(out, typedValue{fieldAmount, t.Amount.String(), []any{int64(*t.Amount), false}})
	}
	if t.Months != nil {
		out = append(out, typedValue{fieldDuration, strconv.Itoa(*t.Months), []any{*t.Months}})
	}
	if p := t.Place; p != nil {
		name := p.Name
		if name == "" {
			name = p.Code
		}
		out = append(out, typedValue{fieldPlace, name, []any{name, p.INSEE, p.Department, p.Lat, p.Lon, string(p.Basis)}})
	}
	if t.Social != nil {
		out = append(out, typedValue{fieldSocial, strings.Join(t.Social.Words(), ", "), []any{int64(*t.Social)}})
	}
	return out
}

// shown is the value of a field as people read it now.
func (r *record) shown(id insertion.LotID, field string) (string, error) {
	var h hot
	err := r.QueryRowContext(r, "SELECT object, cpv, amount_now, months, place, social FROM lot WHERE id = ?", id).
		Scan(&h.notice.Object, &h.notice.CPV, &h.now, &h.months, &h.place, &h.notice.Social)
	return h.said(field), err
}

// typedFields reads the typed fields of a lot in a stable order.
func typedFields(doc string) ([]insertion.TypedField, error) {
	var typed map[string]insertion.TypedField
	if err := json.Unmarshal([]byte(doc), &typed); err != nil {
		return nil, err
	}
	var out []insertion.TypedField
	for _, f := range typed {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b insertion.TypedField) int { return strings.Compare(a.Field, b.Field) })
	return out, nil
}

// NameOrganisation gives a buyer or a contractor a name no import will replace.
func (s *Store) NameOrganisation(ctx context.Context, by string, id insertion.OrganisationID, name string) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	name = strings.TrimSpace(name)
	if name == "" {
		return &insertion.FieldError{Field: "nom", Reason: "le nom manque"}
	}
	return s.change(ctx, by, "nom saisi : "+name, 0, func(r *record) error {
		if err := r.titled(said{"nom", name}); err != nil {
			return err
		}
		if err := r.touch("organisation", int64(id)); err != nil {
			return err
		}
		if !r.rows[0].before.Valid {
			return insertion.ErrNotFound
		}
		if _, err := r.exec("UPDATE organisation SET name = ?, typed = 1 WHERE id = ?", name, id); err != nil {
			return err
		}
		return nil
	})
}
