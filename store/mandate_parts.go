package store

import (
	"context"
	"encoding/json"
	"fmt"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// SaveMandateParts gives a contract in preparation its lots, in place of those it
// had, as one change that one undo takes back. The parent of each is set here.
func (s *Store) SaveMandateParts(ctx context.Context, by string, project mandate.RecordID, parts []mandate.Record) error {
	if err := s.mayWhole(insertion.ActMandate); err != nil {
		return err
	}
	sheet, _ := mandate.SheetOf(mandate.Part)
	docs := make([]string, len(parts))
	for i := range parts {
		parts[i].Kind, parts[i].Parent = mandate.Part, project
		if err := sheet.Validate(parts[i], insertion.DateOf(s.now())); err != nil {
			return fmt.Errorf("lot %d : %w", i+1, err)
		}
		if err := s.namesNobody(ctx, saidIn(sheet, parts[i])); err != nil {
			return fmt.Errorf("lot %d : %w", i+1, err)
		}
		doc, err := json.Marshal(parts[i].Values)
		if err != nil {
			return err
		}
		docs[i] = string(doc)
	}
	return s.change(ctx, by, "", 0, func(r *record) error {
		rec, err := only(query(r, r.Tx, scanMandate, selectMandate+" WHERE id = ? AND kind = ?", project, mandate.Project))
		if err != nil {
			return err
		}
		r.what = fmt.Sprintf("mandat, découpage de %s : %s", insertion.Quoted(rec.Title()), insertion.Counted(len(parts), "lot", "lots"))
		had, err := mandateRecords(r, r.Tx, mandate.Part, project)
		if err != nil {
			return err
		}
		for _, old := range had {
			if err := r.touch("mandate_record", int64(old.ID)); err != nil {
				return err
			}
			if err := r.remove("mandate_record", int64(old.ID)); err != nil {
				return err
			}
		}
		for _, doc := range docs {
			id, err := r.exec("INSERT INTO mandate_record (kind, parent, dated, doc, by) VALUES (?, ?, '', ?, ?)", mandate.Part, project, doc, r.by)
			if err != nil {
				return err
			}
			r.created("mandate_record", id)
		}
		return nil
	})
}
