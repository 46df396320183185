package store

import (
	"context"
	"errors"

	"passerelle/internal/insertion"
)

// AddDoorEvent keeps an event of the door. It is never undone nor rewritten.
func (s *Store) AddDoorEvent(ctx context.Context, v insertion.DoorEvent) error {
	_, err := s.w.ExecContext(ctx, "INSERT INTO visit (at, kind, user, by, fingerprint, address, text, status, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		s.instant(), v.Kind, v.User, v.By, v.Fingerprint, v.Address, v.Text, v.Status, v.Line)
	if errors.Is(named(err), insertion.ErrReadOnly) {
		return insertion.ErrReadOnly
	}
	return named(err)
}

// DoorEvents reads the journal of the door, newest first, before a number (0 = the
// newest); kind narrows it when it is not empty.
func (s *Store) DoorEvents(ctx context.Context, kind string, before int64, limit int) ([]insertion.DoorEvent, error) {
	if err := s.may(insertion.ActJournal); err != nil {
		return nil, err
	}
	if before == 0 {
		before = 1 << 62
	}
	where, args := "id < ?", []any{before}
	if kind != "" {
		where, args = "kind = ? AND id < ?", []any{kind, before}
	}
	if s.narrowed() { // what others did is of lots she may not see
		where, args = where+" AND user = ?", append(args, s.access.User)
	}
	if !s.access.May(insertion.ActUsers) { // keys of strangers
		where += " AND kind <> 'refus'"
	}
	return query(ctx, s.r, func(scan func(...any) error) (v insertion.DoorEvent, err error) {
		var at string
		err = scan(&v.ID, &at, &v.Kind, &v.User, &v.By, &v.Fingerprint, &v.Address, &v.Text, &v.Status, &v.Line)
		v.At = instantOf(at)
		return v, err
	}, "SELECT id, at, kind, user, by, fingerprint, address, text, status, line FROM visit WHERE "+where+" ORDER BY id DESC LIMIT ?", append(args, limit)...)
}
