package store

import (
	"context"
	"encoding/json"
	"errors"

	"passerelle/internal/insertion"
)

// KeepDraft keeps what the access was typing in a form, in place of an older
// draft of the same form. No journal holds it: it is not yet a change.
func (s *Store) KeepDraft(ctx context.Context, d insertion.Draft) error {
	doc, err := json.Marshal(d)
	if err != nil {
		return err
	}
	_, err = s.w.ExecContext(ctx, `INSERT INTO draft (user, form, doc, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (user, form) DO UPDATE SET doc = excluded.doc, at = excluded.at`, s.access.User, d.Form, string(doc), s.instant())
	return named(err)
}

// Drafts are those of the access, latest first.
func (s *Store) Drafts(ctx context.Context) ([]insertion.Draft, error) {
	return query(ctx, s.r, func(scan func(...any) error) (d insertion.Draft, err error) {
		var doc, at string
		if err := scan(&doc, &at); err != nil {
			return d, err
		}
		err = json.Unmarshal([]byte(doc), &d)
		d.At = instantOf(at)
		return d, err
	}, "SELECT doc, at FROM draft WHERE user = ? ORDER BY at DESC, id DESC", s.access.User)
}

// DropDraft forgets a draft of the access; none is not an error.
func (s *Store) DropDraft(ctx context.Context, form string) error {
	_, err := s.w.ExecContext(ctx, "DELETE FROM draft WHERE user = ? AND form = ?", s.access.User, form)
	if err = named(err); errors.Is(err, insertion.ErrReadOnly) {
		return nil // nothing could be kept there either
	}
	return err
}
