package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/mandate"
	"passerelle/internal/place"
	"passerelle/internal/report"
	"passerelle/store"
)

// taker takes the rows of a file in, one by one.
type taker struct {
	p       *program
	s       *store.Store
	sheet   mandate.Sheet
	g       *place.Gazetteer
	fields  map[int]string // column → field
	number  int            // column of the number, -1
	under   int            // column of the parent, -1
	parents map[string]mandate.RecordID
	known   []mandate.Record
}

// prepare reads the header, what is already there and what rows may hang on.
func (k *taker) prepare(ctx context.Context, t *intake.Table) (ignored []string, err error) {
	if k.g, err = gazetteer(ctx, k.s); err != nil {
		return nil, err
	}
	k.fields, k.number, k.under, k.parents = map[int]string{}, -1, -1, map[string]mandate.RecordID{}
	for i, head := range t.Header() {
		folded := intake.Fold(head)
		switch {
		case folded == "fiche" || folded == "numero":
			k.number = i
		case folded == "sous":
			k.under = i
		default:
			known := false
			for _, f := range k.sheet.Fields {
				if folded == intake.Fold(f.Name) || folded == intake.Fold(f.Label) {
					k.fields[i], known = f.Name, true
				}
			}
			if !known && head != "" {
				ignored = append(ignored, head)
			}
		}
	}
	if len(k.fields) == 0 {
		return nil, fmt.Errorf("aucune colonne n'est un champ de « %s » (%s) : rien n'est entré", k.sheet.Label, strings.Join(k.sheet.Names(), ", "))
	}
	if k.sheet.Parent != "" {
		parents, err := k.s.MandateRecords(ctx, k.sheet.Parent, 0)
		if err != nil {
			return nil, err
		}
		for _, r := range parents {
			k.parents[intake.Fold(r.Title())] = r.ID
		}
	}
	k.known, err = k.s.MandateRecords(ctx, k.sheet.Kind, 0)
	return ignored, err
}

// take makes a record of a row and keeps it; only what stops the whole file is an
// error.
func (k *taker) take(ctx context.Context, row intake.Row) (rowJSON, error) {
	out := rowJSON{Line: row.Line, What: "refusée"}
	r, err := k.read(row)
	if err == nil {
		out.What, err = k.keep(ctx, &r)
	}
	var field *insertion.FieldError
	switch {
	case errors.As(err, &field):
		return rowJSON{Line: row.Line, What: "refusée", Field: field.Field, Reason: field.Reason}, nil
	case errors.Is(err, insertion.ErrStale):
		return rowJSON{Line: row.Line, What: "refusée", Field: "fiche", Reason: "modifiée entre-temps par quelqu'un d'autre"}, nil
	case err != nil:
		return out, err
	}
	out.ID, out.Title = r.ID, r.Title()
	return out, nil
}

// read makes a record of a row: the one it numbers or designates, else a new one.
func (k *taker) read(row intake.Row) (mandate.Record, error) {
	r := mandate.Record{Kind: k.sheet.Kind}
	bad := func(field, reason string) (mandate.Record, error) {
		return r, &insertion.FieldError{Field: field, Reason: reason}
	}
	if row.TooLong {
		return bad("ligne", "plus de 4 Mo")
	}
	said := map[string]string{}
	for i, name := range k.fields {
		v := intake.Decode(row.At(i))
		if rest, ok := strings.CutPrefix(v, "'"); ok && report.Inert(rest) == v {
			v = rest // as our own export wrote it
		}
		said[name] = v
	}
	if text := intake.Clean(row.At(k.under)); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if known, ok := k.parents[intake.Fold(text)]; ok && err != nil {
			n, err = int64(known), nil
		}
		if err != nil {
			return bad("sous", fmt.Sprintf("« %s » n'est ni un numéro ni le titre d'une fiche", text))
		}
		r.Parent = mandate.RecordID(n)
	}
	if text := intake.Clean(row.At(k.number)); text != "" {
		found := false
		for _, old := range k.known {
			if strconv.FormatInt(int64(old.ID), 10) == text {
				parent := r.Parent
				r, found = cloned(old), true
				if k.under >= 0 {
					r.Parent = parent
				}
			}
		}
		if !found {
			return bad("fiche", fmt.Sprintf("aucune fiche « %s » n'a le numéro %s", k.sheet.Label, text))
		}
	}
	for _, name := range k.sheet.Names() { // in the order of the sheet: the first fault is the first field
		v, ok := said[name]
		if !ok {
			continue
		}
		if err := put(k.sheet, &r, name, v, k.g); err != nil {
			return r, err
		}
	}
	return k.designated(r, said), nil
}

// designated is the record already kept that a new one would repeat, changed by it.
func (k *taker) designated(r mandate.Record, said map[string]string) mandate.Record {
	if r.ID != 0 {
		return r
	}
	for _, old := range k.known {
		if !k.sheet.Same(old, r) && !(len(k.sheet.Unique) == 0 && saysTheSame(old, r)) {
			continue
		}
		merged := cloned(old)
		for name := range said {
			if v := r.Text(name); v != "" {
				merged.Values[name] = v
			} else {
				delete(merged.Values, name)
			}
		}
		merged.Dated = merged.Date(k.sheet.Dated)
		return merged
	}
	return r
}

func cloned(r mandate.Record) mandate.Record {
	values := make(map[string]string, len(r.Values))
	for name, v := range r.Values {
		values[name] = v
	}
	r.Values = values
	return r
}

// saysTheSame tells whether two records say the same things of the same parent.
func saysTheSame(a, b mandate.Record) bool {
	if a.Parent != b.Parent || len(a.Values) != len(b.Values) {
		return false
	}
	for name, v := range a.Values {
		if b.Values[name] != v {
			return false
		}
	}
	return true
}

// keep saves a record unless it says nothing new.
func (k *taker) keep(ctx context.Context, r *mandate.Record) (string, error) {
	for i, old := range k.known {
		if old.ID != r.ID {
			continue
		}
		if saysTheSame(old, *r) {
			return "inchangée", nil
		}
		if _, err := k.s.SaveMandateRecord(ctx, k.p.who(), *r); err != nil {
			return "", err
		}
		r.Version++
		k.known[i] = cloned(*r)
		return "modifiée", nil
	}
	id, err := k.s.SaveMandateRecord(ctx, k.p.who(), *r)
	if err != nil {
		return "", err
	}
	r.ID, r.Version = id, 1
	k.known = append(k.known, cloned(*r))
	return "créée", nil
}
