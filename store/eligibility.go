package store

import (
	"context"
	"fmt"

	"passerelle/internal/insertion"
)

func scanEligibility(scan func(...any) error) (e insertion.Eligibility, err error) {
	err = scan(&e.ID, &e.Participant, &e.Category, &e.Proof, &e.Dated, &e.Seen, &e.By, &e.Until, &e.Reason, &e.Version)
	return e, err
}

const selectEligibility = "SELECT id, participant, category, proof, dated, seen, by, until, reason, version FROM eligibility"

// SaveEligibility creates (ID 0) or changes what was seen of a person's
// eligibility. By is who saw it; left empty it is the author of the change. The
// error is an *insertion.FieldError, or insertion.ErrStale.
func (s *Store) SaveEligibility(ctx context.Context, by string, e insertion.Eligibility) (int64, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return 0, err
	}
	if err := e.Validate(insertion.DateOf(s.now())); err != nil {
		return 0, err
	}
	if e.By == "" && e.Seen != "" {
		e.By = by
	}
	id := e.ID
	what := fmt.Sprintf("%s : éligibilité %s, %s", e.Participant.Code(), e.Category, e.ProofLabel())
	err := s.change(ctx, by, what, 0, func(r *record) (err error) {
		r.person = e.Participant
		if err := r.alive(e.Participant); err != nil {
			return err
		}
		if id == 0 {
			id, err = r.exec("INSERT INTO eligibility (participant, category, proof, dated, seen, by, until, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
				e.Participant, e.Category, e.Proof, e.Dated, e.Seen, e.By, e.Until, e.Reason)
			r.created("eligibility", id)
			return err
		}
		var now int64
		if err := r.QueryRowContext(r, "SELECT version FROM eligibility WHERE id = ? AND participant = ?", id, e.Participant).Scan(&now); err != nil {
			return err
		}
		if now != e.Version {
			return insertion.ErrStale
		}
		if err := r.touch("eligibility", id); err != nil {
			return err
		}
		_, err = r.exec("UPDATE eligibility SET category = ?, proof = ?, dated = ?, seen = ?, by = ?, until = ?, reason = ?, version = version + 1 WHERE id = ?",
			e.Category, e.Proof, e.Dated, e.Seen, e.By, e.Until, e.Reason, id)
		return err
	})
	return id, err
}

// RemoveEligibility takes it away; undo brings it back.
func (s *Store) RemoveEligibility(ctx context.Context, by string, id int64) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	return s.change(ctx, by, "éligibilité retirée", 0, func(r *record) error {
		found, err := query(r, r.Tx, scanEligibility, selectEligibility+" WHERE id = ?", id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return insertion.ErrNotFound
		}
		r.person = found[0].Participant
		if err := r.alive(r.person); err != nil {
			return err
		}
		r.what = fmt.Sprintf("%s : éligibilité %s retirée", r.person.Code(), found[0].Category)
		if err := r.touch("eligibility", id); err != nil {
			return err
		}
		return r.remove("eligibility", id)
	})
}
