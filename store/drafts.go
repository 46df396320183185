package store

import (
	"context"
	"encoding/json"
	"errors"

	"passerelle/internal/insertion"
)

// KeepDraft keeps what the access was typing in a form, beside the drafts of the
// same form: two windows may have been open on it. No journal holds it: it is not
// yet a change.
func (s *Store) KeepDraft(ctx context.Context, d insertion.Draft) (insertion.DraftID, error) {
	doc, err := json.Marshal(d)
	if err != nil {
		return 0, err
	}
	done, err := s.w.ExecContext(ctx, "INSERT INTO draft (user, form, doc, at) VALUES (?, ?, ?, ?)", s.access.User, d.Form, string(doc), s.instant())
	if err != nil {
		return 0, named(err)
	}
	id, err := done.LastInsertId()
	return insertion.DraftID(id), err
}

// Drafts are those of the access, latest first.
func (s *Store) Drafts(ctx context.Context) ([]insertion.Draft, error) {
	return query(ctx, s.r, func(scan func(...any) error) (d insertion.Draft, err error) {
		var doc, at string
		if err := scan(&d.ID, &doc, &at); err != nil {
			return d, err
		}
		err = json.Unmarshal([]byte(doc), &d)
		d.At = instantOf(at)
		return d, err
	}, "SELECT id, doc, at FROM draft WHERE user = ? ORDER BY at DESC, id DESC", s.access.User)
}

// DropDraft forgets a draft of the access; none is not an error.
func (s *Store) DropDraft(ctx context.Context, id insertion.DraftID) error {
	_, err := s.w.ExecContext(ctx, "DELETE FROM draft WHERE user = ? AND id = ?", s.access.User, id)
	if err = named(err); errors.Is(err, insertion.ErrReadOnly) {
		return nil // nothing could be kept there either
	}
	return err
}
