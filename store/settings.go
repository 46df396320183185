package store

import (
	"context"
	"encoding/json"
	"errors"

	"passerelle/internal/insertion"
)

const thresholdsName = "seuils"

// Thresholds reads the settings of Aujourd'hui, or their defaults.
func (s *Store) Thresholds(ctx context.Context) (insertion.Thresholds, error) {
	t := insertion.DefaultThresholds()
	var doc string
	err := named(s.r.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = ?", thresholdsName).Scan(&doc))
	if errors.Is(err, insertion.ErrNotFound) {
		return t, nil
	}
	if err != nil {
		return t, err
	}
	return t, json.Unmarshal([]byte(doc), &t)
}

// SetThresholds changes the settings of Aujourd'hui; the error is an
// *insertion.FieldError when one is out of range.
func (s *Store) SetThresholds(ctx context.Context, by string, t insertion.Thresholds) error {
	if err := t.Validate(); err != nil {
		return err
	}
	doc, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return s.change(ctx, by, "réglages", 0, func(r *record) error {
		return r.setting(thresholdsName, string(doc))
	})
}

// lateBelow is the pace under which a lot is late.
func (s *Store) lateBelow(ctx context.Context) (insertion.BasisPoints, error) {
	t, err := s.Thresholds(ctx)
	return t.Orange, err
}
