package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// NextMeeting is the next meeting of an instance ("" for any) on a day or after it,
// with its points; false when none is planned.
func (s *Store) NextMeeting(ctx context.Context, instance string, today insertion.Date) (mandate.Appointment, bool, error) {
	if err := s.may(insertion.ActRead); err != nil {
		return mandate.Appointment{}, false, err
	}
	var records []mandate.Record
	for _, kind := range []mandate.Kind{mandate.Meeting, mandate.Point} {
		some, err := mandateRecords(ctx, s.r, kind, 0)
		if err != nil {
			return mandate.Appointment{}, false, err
		}
		records = append(records, some...)
	}
	next, ok := mandate.NextMeeting(records, instance, today)
	return next, ok, nil
}

// MandateAgenda is what the mandate puts in a calendar, in order of time, and a mark
// of eight letters that tells this file from any other: its journal's first instant,
// which never changes.
func (s *Store) MandateAgenda(ctx context.Context) (agenda []mandate.Appointment, mark string, err error) {
	if err := s.may(insertion.ActRead); err != nil {
		return nil, "", err
	}
	var records []mandate.Record
	for _, kind := range mandate.AgendaKinds() {
		some, err := mandateRecords(ctx, s.r, kind, 0)
		if err != nil {
			return nil, "", err
		}
		records = append(records, some...)
	}
	var born string
	if err := s.r.QueryRowContext(ctx, "SELECT ifnull((SELECT at FROM change ORDER BY id LIMIT 1), '')").Scan(&born); err != nil {
		return nil, "", named(err)
	}
	sum := sha256.Sum256([]byte(born))
	return mandate.Agenda(records), hex.EncodeToString(sum[:4]), nil
}
