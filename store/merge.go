package store

import (
	"context"
	"fmt"

	"passerelle/internal/insertion"
)

// Merge gives a person everything held on another record of the same person,
// which disappears. Days both records have on one placement, or months whose
// hours both share, are conflicts: then nothing is merged. It is one change,
// undone as one.
func (s *Store) Merge(ctx context.Context, by string, keep, gone insertion.ParticipantID) (insertion.MergeReport, error) {
	report := insertion.MergeReport{Kept: keep, Gone: gone}
	if keep == gone || keep == 0 || gone == 0 {
		return report, &insertion.FieldError{Field: "doublon", Reason: "deux personnes différentes"}
	}
	err := s.change(ctx, by, fmt.Sprintf("%s réunie dans %s", gone.Code(), keep.Code()), 0, func(r *record) error {
		r.person = keep
		for _, id := range []insertion.ParticipantID{keep, gone} {
			p, err := only(query(r, r.Tx, scanParticipant, selectParticipant+" WHERE id = ?", id))
			if err != nil {
				return err
			}
			if p.Erased != "" {
				return insertion.ErrNotFound
			}
		}
		kept, err := query(r, r.Tx, scanAssignment, selectAssignment+" WHERE participant = ?", keep)
		if err != nil {
			return err
		}
		moving, err := query(r, r.Tx, scanAssignment, selectAssignment+" WHERE participant = ?", gone)
		if err != nil {
			return err
		}
		for _, a := range moving {
			id := a.ID
			a.Participant, a.ID = keep, 0
			if err := a.Validate(kept); err != nil {
				report.Conflicts = append(report.Conflicts, fmt.Sprintf("lot %d : %v", a.Lot, err))
			}
			a.ID = id
		}
		if len(report.Conflicts) > 0 {
			return nil
		}
		report.Assignments = len(moving)
		report.Lines, err = r.handOver(keep, gone)
		return err
	})
	return report, err
}

// handOver moves every row of a person to another, and removes her record.
func (r *record) handOver(keep, gone insertion.ParticipantID) (lines int, err error) {
	for _, table := range []string{"worked_month", "eligibility", "assignment", "hour_line"} {
		rows, err := query(r, r.Tx, func(scan func(...any) error) (id int64, err error) {
			err = scan(&id)
			return id, err
		}, "SELECT id FROM "+table+" WHERE participant = ? ORDER BY id", gone)
		if err != nil {
			return 0, err
		}
		if table == "hour_line" {
			lines = len(rows)
		}
		for _, id := range rows {
			if err := r.touch(table, id); err != nil {
				return 0, err
			}
			if _, err := r.exec("UPDATE "+table+" SET participant = ? WHERE id = ?", keep, id); err != nil {
				if refusedByTrigger(err) {
					return 0, &insertion.FieldError{Field: "doublon", Reason: "leurs heures réunies dépassent les heures travaillées d'un mois partagé"}
				}
				return 0, err
			}
		}
	}
	if _, err := r.exec("DELETE FROM person_name WHERE participant = ?", gone); err != nil {
		return 0, err
	}
	if err := r.touch("participant", int64(gone)); err != nil {
		return 0, err
	}
	return lines, r.remove("participant", int64(gone))
}
