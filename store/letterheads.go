package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"passerelle/internal/insertion"
)

const selectLetterhead = "SELECT h.organisation, h.doc, ifnull(p.data, ''), h.version FROM letterhead h LEFT JOIN picture p ON p.hash = h.picture"

func scanLetterhead(scan func(...any) error) (l insertion.Letterhead, err error) {
	var doc string
	var org insertion.OrganisationID
	if err := scan(&org, &doc, &l.Image, &l.Version); err != nil {
		return l, err
	}
	err = json.Unmarshal([]byte(doc), &l)
	l.Organisation = org
	return l, err
}

// Letterheads lists those written: our service's first, then the buyers'.
func (s *Store) Letterheads(ctx context.Context) ([]insertion.Letterhead, error) {
	return query(ctx, s.r, scanLetterhead, selectLetterhead+" ORDER BY h.organisation")
}

// Letterhead is that of a buyer, or of our own service (0); one never written is
// empty, its version 0.
func (s *Store) Letterhead(ctx context.Context, id insertion.OrganisationID) (insertion.Letterhead, error) {
	l, err := only(query(ctx, s.r, scanLetterhead, selectLetterhead+" WHERE h.organisation = ?", id))
	if errors.Is(err, insertion.ErrNotFound) {
		return insertion.Letterhead{Organisation: id}, nil
	}
	return l, err
}

// SaveLetterhead writes one. A Version 0 is a new one; another must be that read,
// or the error is insertion.ErrStale. A bad field is an *insertion.FieldError.
func (s *Store) SaveLetterhead(ctx context.Context, by string, l insertion.Letterhead) error {
	if err := s.mayWhole(insertion.ActSettings); err != nil {
		return err
	}
	if err := l.Validate(); err != nil {
		return err
	}
	if err := s.namesNobody(ctx, []said{
		{"nom", l.Name}, {"service", l.Service}, {"adresse", l.Address}, {"facilitateur", l.Facilitator}, {"contact", l.Contact}, {"lieu", l.Place}, {"pied", l.Foot},
	}); err != nil {
		return err
	}
	doc, err := json.Marshal(l)
	if err != nil {
		return err
	}
	what := "en-tête des documents : " + l.Name
	return s.change(ctx, by, what, 0, func(r *record) error {
		hash, err := r.picture(l.Image)
		if err != nil {
			return err
		}
		if l.Version == 0 {
			id, err := r.exec("INSERT INTO letterhead (organisation, doc, picture) VALUES (?, ?, ?)", l.Organisation, string(doc), hash)
			if errors.Is(named(err), insertion.ErrDuplicate) {
				return insertion.ErrStale // somebody wrote it meanwhile
			}
			r.created("letterhead", id)
			return err
		}
		id, err := r.letterhead(l.Organisation)
		if err != nil {
			return err
		}
		if err := r.unchanged("letterhead", id, l.Version); err != nil {
			return err
		}
		_, err = r.exec("UPDATE letterhead SET doc = ?, picture = ?, version = version + 1 WHERE id = ?", string(doc), hash, id)
		return err
	})
}

// RemoveLetterhead takes one away; undo brings it back. The error is
// insertion.ErrNotFound when there is none.
func (s *Store) RemoveLetterhead(ctx context.Context, by string, org insertion.OrganisationID) error {
	if err := s.mayWhole(insertion.ActSettings); err != nil {
		return err
	}
	return s.change(ctx, by, "en-tête des documents retiré", 0, func(r *record) error {
		id, err := r.letterhead(org)
		if err != nil {
			return err
		}
		if err := r.touch("letterhead", id); err != nil {
			return err
		}
		return r.remove("letterhead", id)
	})
}

func (r *record) letterhead(org insertion.OrganisationID) (id int64, err error) {
	err = named(r.QueryRowContext(r, "SELECT id FROM letterhead WHERE organisation = ?", org).Scan(&id))
	return id, err
}

// picture keeps an image and returns its name, "" for none.
func (r *record) picture(data []byte) (string, error) {
	if len(data) == 0 {
		return "", nil
	}
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	_, err := r.exec("INSERT INTO picture VALUES (?, ?) ON CONFLICT DO NOTHING", hash, data)
	return hash, err
}

func scanWording(scan func(...any) error) (w insertion.Wording, err error) {
	err = scan(&w.Kind, &w.Text, &w.Version)
	return w, err
}

// Wordings lists the kinds of documents whose text the file writes its own way.
func (s *Store) Wordings(ctx context.Context) ([]insertion.Wording, error) {
	return query(ctx, s.r, scanWording, "SELECT kind, text, version FROM wording ORDER BY kind")
}

// Wording is the file's own text of a kind; the program's stands (Version 0, no
// text) until somebody writes one.
func (s *Store) Wording(ctx context.Context, kind insertion.DocumentKind) (insertion.Wording, error) {
	if !kind.Known() {
		return insertion.Wording{}, unknownKind(kind)
	}
	w, err := only(query(ctx, s.r, scanWording, "SELECT kind, text, version FROM wording WHERE kind = ?", kind))
	if errors.Is(err, insertion.ErrNotFound) {
		return insertion.Wording{Kind: kind}, nil
	}
	return w, err
}

// SaveWording writes the text of a kind, already checked by who knows its fields;
// an empty text gives the program's own back. The error is insertion.ErrStale when
// it is no longer the version read.
func (s *Store) SaveWording(ctx context.Context, by string, w insertion.Wording) error {
	if err := s.mayWhole(insertion.ActSettings); err != nil {
		return err
	}
	if !w.Kind.Known() {
		return unknownKind(w.Kind)
	}
	if err := s.namesNobody(ctx, []said{{"texte", w.Text}}); err != nil {
		return err
	}
	what := "texte du document " + insertion.Quoted(w.Kind.Label())
	if w.Text == "" {
		what += " : celui du programme"
	}
	return s.change(ctx, by, what, 0, func(r *record) error {
		if w.Version == 0 {
			if w.Text == "" {
				return nil // it is the program's already
			}
			id, err := r.exec("INSERT INTO wording (kind, text) VALUES (?, ?)", w.Kind, w.Text)
			if errors.Is(named(err), insertion.ErrDuplicate) {
				return insertion.ErrStale
			}
			r.created("wording", id)
			return err
		}
		var id int64
		if err := named(r.QueryRowContext(r, "SELECT id FROM wording WHERE kind = ?", w.Kind).Scan(&id)); err != nil {
			if errors.Is(err, insertion.ErrNotFound) {
				return insertion.ErrStale
			}
			return err
		}
		if err := r.unchanged("wording", id, w.Version); err != nil {
			return err
		}
		if w.Text == "" {
			return r.remove("wording", id)
		}
		_, err := r.exec("UPDATE wording SET text = ?, version = version + 1 WHERE id = ?", w.Text, id)
		return err
	})
}
