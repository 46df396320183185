package store

import (
	"bytes"
	"cmp"
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

// replaceSettings writes a setting of several fields in place of the one that was
// read; the error is insertion.ErrStale when it is no longer that one.
func replaceSettings[T any](r *record, name string, defaults, was, is T) error {
	if err := settingOver(r, r.Tx, name, &defaults); err != nil {
		return err
	}
	held, err := json.Marshal(defaults)
	if err != nil {
		return err
	}
	if read, err := json.Marshal(was); err != nil || !bytes.Equal(held, read) {
		return cmp.Or(err, error(insertion.ErrStale))
	}
	doc, err := json.Marshal(is)
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

// SetThresholds changes the settings of Aujourd'hui from what they were read to be;
// the error is an *insertion.FieldError when one is out of range, insertion.ErrStale
// when somebody changed them since.
func (s *Store) SetThresholds(ctx context.Context, by string, was, is insertion.Thresholds) error {
	if err := s.may(insertion.ActSettings); err != nil {
		return err
	}
	if err := is.Validate(); err != nil {
		return err
	}
	return s.change(ctx, by, "réglages", 0, func(r *record) error {
		return replaceSettings(r, thresholdsName, insertion.DefaultThresholds(), was, is)
	})
}

// lateBelow is the pace under which a lot is late.
func (s *Store) lateBelow(ctx context.Context) (insertion.BasisPoints, error) {
	t, err := s.Thresholds(ctx)
	return t.Orange, err
}
