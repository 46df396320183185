package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

const selectMandate = "SELECT id, kind, ifnull(parent, 0), dated, doc, by, version FROM mandate_record"

func scanMandate(scan func(...any) error) (r mandate.Record, err error) {
	var doc []byte
	if err = scan(&r.ID, &r.Kind, &r.Parent, &r.Dated, &doc, &r.By, &r.Version); err != nil {
		return r, err
	}
	return r, json.Unmarshal(doc, &r.Values)
}

// MandateRecords reads the records of a kind, by date: those under a parent, or
// all of them (parent 0). An empty kind stands for every kind.
func (s *Store) MandateRecords(ctx context.Context, kind mandate.Kind, parent mandate.RecordID) ([]mandate.Record, error) {
	if err := s.may(insertion.ActRead); err != nil {
		return nil, err
	}
	return mandateRecords(ctx, s.r, kind, parent)
}

func mandateRecords(ctx context.Context, q querier, kind mandate.Kind, parent mandate.RecordID) ([]mandate.Record, error) {
	switch {
	case parent != 0 && kind == "":
		return query(ctx, q, scanMandate, selectMandate+" WHERE parent = ? ORDER BY kind, dated, id", parent)
	case parent != 0:
		return query(ctx, q, scanMandate, selectMandate+" WHERE parent = ? AND kind = ? ORDER BY dated, id", parent, kind)
	case kind != "":
		return query(ctx, q, scanMandate, selectMandate+" WHERE kind = ? ORDER BY dated, id", kind)
	}
	return query(ctx, q, scanMandate, selectMandate+" ORDER BY kind, dated, id")
}

// MandateRecord reads one.
func (s *Store) MandateRecord(ctx context.Context, id mandate.RecordID) (mandate.Record, error) {
	if err := s.may(insertion.ActRead); err != nil {
		return mandate.Record{}, err
	}
	return only(query(ctx, s.r, scanMandate, selectMandate+" WHERE id = ?", id))
}

// SaveMandateRecord creates (ID 0) or changes a record of the mandate. The error
// is an *insertion.FieldError, or insertion.ErrStale when it changed since it was
// read.
func (s *Store) SaveMandateRecord(ctx context.Context, by string, rec mandate.Record) (mandate.RecordID, error) {
	if err := s.mayWhole(insertion.ActMandate); err != nil {
		return 0, err
	}
	sheet, ok := mandate.SheetOf(rec.Kind)
	if !ok {
		return 0, &insertion.FieldError{Field: "genre", Reason: fmt.Sprintf("« %s » n'est pas un genre de fiche du mandat", rec.Kind)}
	}
	if err := sheet.Validate(rec, insertion.DateOf(s.now())); err != nil {
		return 0, err
	}
	if err := s.namesNobody(ctx, saidIn(sheet, rec)); err != nil {
		return 0, err
	}
	doc, err := json.Marshal(rec.Values)
	if err != nil {
		return 0, err
	}
	rec.Dated = rec.Date(sheet.Dated)
	id := int64(rec.ID)
	err = s.change(ctx, by, "mandat, "+sheet.Label+" : "+rec.Title(), 0, func(r *record) (err error) {
		if err := r.hangs(sheet, rec); err != nil {
			return err
		}
		if err := r.alone(sheet, rec); err != nil {
			return err
		}
		if id == 0 {
			id, err = r.exec("INSERT INTO mandate_record (kind, parent, dated, doc, by) VALUES (?, nullif(?, 0), ?, ?, ?)", rec.Kind, rec.Parent, rec.Dated, string(doc), r.by)
			r.created("mandate_record", id)
			return err
		}
		if err := r.unchanged("mandate_record", id, rec.Version); err != nil {
			return err
		}
		_, err = r.exec("UPDATE mandate_record SET parent = nullif(?, 0), dated = ?, doc = ?, by = ?, version = version + 1 WHERE id = ? AND kind = ?",
			rec.Parent, rec.Dated, string(doc), r.by, id, rec.Kind)
		return err
	})
	return mandate.RecordID(id), err
}

// saidIn is what the fields of a record hold.
func saidIn(sheet mandate.Sheet, rec mandate.Record) []said {
	var fields []said
	for _, f := range sheet.Fields {
		fields = append(fields, said{f.Name, rec.Text(f.Name)})
	}
	return fields
}

// hangs refuses a record under what is not of the kind it hangs on.
func (r *record) hangs(sheet mandate.Sheet, rec mandate.Record) error {
	if rec.Parent == 0 {
		return nil
	}
	parent, err := only(query(r, r.Tx, scanMandate, selectMandate+" WHERE id = ? AND kind = ?", rec.Parent, sheet.Parent))
	if err != nil && named(err) != insertion.ErrNotFound {
		return err
	}
	if parent.ID == 0 {
		of, _ := mandate.SheetOf(sheet.Parent)
		return &insertion.FieldError{Field: "sous", Reason: fmt.Sprintf("la fiche %d n'est pas un genre « %s »", rec.Parent, of.Label)}
	}
	return nil
}

// SameRecord refuses a record that is the same thing as one already kept; it is an
// *insertion.FieldError too.
type SameRecord struct {
	ID  mandate.RecordID // of the one kept
	why *insertion.FieldError
}

func (e *SameRecord) Error() string { return e.why.Error() }
func (e *SameRecord) Unwrap() error { return e.why }

// alone refuses a record that is the same thing as another one.
func (r *record) alone(sheet mandate.Sheet, rec mandate.Record) error {
	if len(sheet.Unique) == 0 {
		return nil
	}
	others, err := mandateRecords(r, r.Tx, rec.Kind, rec.Parent)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID != rec.ID && sheet.Same(o, rec) {
			return &SameRecord{o.ID, &insertion.FieldError{Field: sheet.Unique[0], Reason: fmt.Sprintf("c'est déjà la fiche %d (%s) : modifiez-la", o.ID, o.Title())}}
		}
	}
	return nil
}

// RemoveMandateRecord takes a record away; undo brings it back. One that others
// hang on stays, and the error, an *insertion.FieldError, says which.
func (s *Store) RemoveMandateRecord(ctx context.Context, by string, id mandate.RecordID) error {
	if err := s.mayWhole(insertion.ActMandate); err != nil {
		return err
	}
	return s.change(ctx, by, "", 0, func(r *record) error {
		rec, err := only(query(r, r.Tx, scanMandate, selectMandate+" WHERE id = ?", id))
		if err != nil {
			return err
		}
		below, err := mandateRecords(r, r.Tx, "", id)
		if err != nil {
			return err
		}
		if len(below) > 0 {
			return &insertion.FieldError{Field: "fiche", Reason: holding(rec, below)}
		}
		sheet, _ := mandate.SheetOf(rec.Kind)
		r.what = "mandat, " + sheet.Label + " : " + rec.Title() + " (retrait)"
		if err := r.touch("mandate_record", int64(id)); err != nil {
			return err
		}
		return r.remove("mandate_record", int64(id))
	})
}

// holding says what hangs on a record.
func holding(rec mandate.Record, below []mandate.Record) string {
	var some []string
	for _, b := range below[:min(len(below), 3)] {
		sheet, _ := mandate.SheetOf(b.Kind)
		some = append(some, fmt.Sprintf("%s %d (%s)", sheet.Label, b.ID, b.Title()))
	}
	more := ""
	if n := len(below) - len(some); n > 0 {
		more = " et " + insertion.Counted(n, "autre", "autres")
	}
	return fmt.Sprintf("%s porte encore %s : %s%s ; retirez d'abord ce qui en dépend", insertion.Quoted(rec.Title()), insertion.Counted(len(below), "fiche", "fiches"), strings.Join(some, ", "), more)
}
