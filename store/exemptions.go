package store

import (
	"context"
	"errors"
	"fmt"

	"passerelle/internal/insertion"
)

const selectExemption = "SELECT lot, motive, text, evidence, dated, by, version FROM exemption"

func scanExemption(scan func(...any) error) (e insertion.Exemption, err error) {
	err = scan(&e.Lot, &e.Motive, &e.Text, &e.Evidence, &e.Dated, &e.By, &e.Version)
	return e, err
}

// Exemption is why a lot has no social clause; nil when nothing is recorded.
func (s *Store) Exemption(ctx context.Context, lot insertion.LotID) (*insertion.Exemption, error) {
	e, err := only(query(ctx, s.r, scanExemption, selectExemption+" WHERE lot = ?", lot))
	if errors.Is(err, insertion.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &e, nil
}

// SaveExemption records or changes it; Version 0 is a first one. The error is an
// *insertion.FieldError, or insertion.ErrStale.
func (s *Store) SaveExemption(ctx context.Context, by string, e insertion.Exemption) error {
	if err := s.may(insertion.ActApprove); err != nil {
		return err
	}
	if err := e.Validate(insertion.DateOf(s.now())); err != nil {
		return err
	}
	return s.change(ctx, by, fmt.Sprintf("lot %d : exemption, %s", e.Lot, e.Motive), e.Lot, func(r *record) error {
		if e.Version == 0 {
			_, err := r.exec("INSERT INTO exemption (lot, motive, text, evidence, dated, by, version) VALUES (?, ?, ?, ?, ?, ?, "+nextVersion+")", e.Lot, e.Motive, e.Text, e.Evidence, e.Dated, by)
			r.created("exemption", int64(e.Lot))
			if errors.Is(named(err), insertion.ErrDuplicate) {
				return insertion.ErrStale
			}
			return err
		}
		if err := r.unchanged("exemption", int64(e.Lot), e.Version); err != nil {
			return err
		}
		_, err := r.exec("UPDATE exemption SET motive = ?, text = ?, evidence = ?, dated = ?, by = ?, version = version + 1 WHERE lot = ?", e.Motive, e.Text, e.Evidence, e.Dated, by, e.Lot)
		return err
	})
}

// RemoveExemption takes it away; undo brings it back.
func (s *Store) RemoveExemption(ctx context.Context, by string, lot insertion.LotID) error {
	if err := s.may(insertion.ActApprove); err != nil {
		return err
	}
	return s.change(ctx, by, fmt.Sprintf("lot %d : exemption retirée", lot), lot, func(r *record) error {
		if err := r.touch("exemption", int64(lot)); err != nil {
			return err
		}
		if !r.rows[0].before.Valid {
			return insertion.ErrNotFound
		}
		return r.remove("exemption", int64(lot))
	})
}

// Watches are the lots at or above the European threshold of their day without
// any social consideration nor clause, largest first. The launch of a
// consultation is not in award notices: the notification stands for it.
func (s *Store) Watches(ctx context.Context, limit int) ([]insertion.Watch, error) {
	t, err := s.Thresholds(ctx)
	if err != nil {
		return nil, err
	}
	lowest, _ := insertion.EUThreshold(insertion.StateSupplies, insertion.DateOf(s.now()))
	var out []insertion.Watch
	page := insertion.Page{Limit: 500}
	for len(out) < limit {
		rows, err := s.Lots(ctx, insertion.LotFilter{Sort: insertion.ByAmount}, page)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			w, ok, err := s.watch(ctx, r, t)
			if err != nil {
				return nil, err
			}
			if ok && len(out) < limit {
				out = append(out, w)
			}
		}
		if len(rows) < page.Limit || rows[len(rows)-1].Amount < lowest {
			break
		}
		page.From = rows[len(rows)-1].Cursor(insertion.ByAmount)
	}
	return out, nil
}

// watch tells whether the law asks about a lot.
func (s *Store) watch(ctx context.Context, r insertion.LotRow, t insertion.Thresholds) (insertion.Watch, bool, error) {
	if r.HasClause || r.Doubtful || r.Social&^insertion.NoSocial != 0 {
		return insertion.Watch{}, false, nil
	}
	kind := insertion.ThresholdKindOf(insertion.Notice{CPV: r.CPV, Buyer: r.Buyer})
	threshold, known := insertion.EUThreshold(kind, r.Date)
	if !known || r.Amount < threshold {
		return insertion.Watch{}, false, nil
	}
	e, err := s.Exemption(ctx, r.ID)
	return insertion.Watch{Lot: r, Threshold: threshold, Kind: kind, Duty: r.Date >= t.SocialDuty, Exemption: e}, true, err
}
