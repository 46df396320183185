package store

import (
	"context"
	"fmt"

	"passerelle/internal/insertion"
)

const selectAssignment = "SELECT id, participant, placement, lot, employment, start, finish, weekly, tutor, version FROM assignment"

func scanAssignment(scan func(...any) error) (a insertion.Assignment, err error) {
	err = scan(&a.ID, &a.Participant, &a.Placement, &a.Lot, &a.Employment, &a.Start, &a.End, &a.Weekly, &a.Tutor, &a.Version)
	return a, err
}

func (r *record) assignment(id insertion.AssignmentID) (insertion.Assignment, error) {
	found, err := query(r, r.Tx, scanAssignment, selectAssignment+" WHERE id = ?", id)
	if err == nil && len(found) == 0 {
		err = insertion.ErrNotFound
	}
	if err != nil {
		return insertion.Assignment{}, err
	}
	return found[0], nil
}

// Assignments are those of a lot, the total without persons first.
func (s *Store) Assignments(ctx context.Context, lot insertion.LotID) ([]insertion.Assignment, error) {
	if err := s.may(insertion.ActPersons); err != nil {
		return nil, err
	}
	return query(ctx, s.r, scanAssignment, selectAssignment+" WHERE lot = ? ORDER BY placement, participant, id", lot)
}

// SaveAssignment creates (ID 0) or changes an assignment. The placement gives the
// lot. The error is an *insertion.FieldError when two of the same person and
// placement would share a day, insertion.ErrStale when somebody changed it since.
func (s *Store) SaveAssignment(ctx context.Context, by string, a insertion.Assignment) (insertion.AssignmentID, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return 0, err
	}
	lot, employer, err := s.placementOf(ctx, a.Placement)
	if err != nil {
		return 0, err
	}
	a.Lot = lot
	id := int64(a.ID)
	what := fmt.Sprintf("lot %d : %s affectée chez %s (%s)", lot, a.Participant.Code(), employer, a.Employment)
	err = s.change(ctx, by, what, lot, func(r *record) (err error) {
		r.person = a.Participant
		if err := r.alive(a.Participant); err != nil {
			return err
		}
		others, err := query(r, r.Tx, scanAssignment, selectAssignment+" WHERE participant = ? AND placement = ?", a.Participant, a.Placement)
		if err != nil {
			return err
		}
		if err := a.Validate(others); err != nil {
			return err
		}
		if id == 0 {
			id, err = r.exec("INSERT INTO assignment (participant, placement, lot, employment, start, finish, weekly, tutor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
				a.Participant, a.Placement, a.Lot, a.Employment, a.Start, a.End, a.Weekly, a.Tutor)
			r.created("assignment", id)
			return err
		}
		now, err := r.assignment(a.ID)
		if err != nil {
			return err
		}
		if now.Version != a.Version {
			return insertion.ErrStale
		}
		if now.Placement != a.Placement || now.Participant != a.Participant {
			return &insertion.FieldError{Field: "placement", Reason: "une affectation ne change ni de personne ni de placement : terminez-la et créez-en une autre"}
		}
		if err := r.touch("assignment", id); err != nil {
			return err
		}
		_, err = r.exec("UPDATE assignment SET employment = ?, start = ?, finish = ?, weekly = ?, tutor = ?, version = version + 1 WHERE id = ?",
			a.Employment, a.Start, a.End, a.Weekly, a.Tutor, id)
		return err
	})
	return insertion.AssignmentID(id), err
}

// RemoveAssignment takes away an assignment that holds no hours; one that does is
// an *insertion.FieldError.
func (s *Store) RemoveAssignment(ctx context.Context, by string, id insertion.AssignmentID) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	return s.change(ctx, by, "affectation retirée", 0, func(r *record) error {
		a, err := r.assignment(id)
		if err != nil {
			return err
		}
		if a.Participant < 0 {
			return erasedHours()
		}
		r.lot, r.person = a.Lot, a.Participant
		r.what = fmt.Sprintf("lot %d : affectation de %s retirée", a.Lot, a.Participant.Code())
		var lines int
		if err := r.QueryRowContext(r, "SELECT count(*) FROM hour_line WHERE assignment = ?", id).Scan(&lines); err != nil {
			return err
		}
		if lines > 0 {
			return &insertion.FieldError{Field: "affectation", Reason: "des heures y sont saisies : donnez-lui une date de fin, ou effacez d'abord les heures"}
		}
		if err := r.touch("assignment", int64(id)); err != nil {
			return err
		}
		return r.remove("assignment", int64(id))
	})
}
