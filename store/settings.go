package store

import (
	"context"
	"encoding/json"
	"errors"

	"passerelle/internal/insertion"
)

const thresholdsName = "seuils"

// settingOver reads a setting over the defaults it is given; one nobody set leaves
// them, and so does a field it does not have.
func settingOver(ctx context.Context, q querier, name string, defaults any) error {
	var doc string
	err := named(q.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = ?", name).Scan(&doc))
	if errors.Is(err, insertion.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(doc), defaults)
}

// settings writes a setting of several fields.
func (r *record) settings(name string, value any) error {
	doc, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return r.setting(name, string(doc))
}

// Thresholds reads the settings of Aujourd'hui, or their defaults.
func (s *Store) Thresholds(ctx context.Context) (insertion.Thresholds, error) {
	t := insertion.DefaultThresholds()
	err := settingOver(ctx, s.r, thresholdsName, &t)
	return t, err
}

// SetThresholds changes the settings of Aujourd'hui; the error is an
// *insertion.FieldError when one is out of range.
func (s *Store) SetThresholds(ctx context.Context, by string, t insertion.Thresholds) error {
	if err := s.may(insertion.ActSettings); err != nil {
		return err
	}
	if err := t.Validate(); err != nil {
		return err
	}
	return s.change(ctx, by, "réglages", 0, func(r *record) error { return r.settings(thresholdsName, t) })
}

// lateBelow is the pace under which a lot is late.
func (s *Store) lateBelow(ctx context.Context) (insertion.BasisPoints, error) {
	t, err := s.Thresholds(ctx)
	return t.Orange, err
}
