package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"passerelle/internal/insertion"
)

// longestNote is the longest text of an exchange, in characters: two pages. More is a
// paste that went wrong.
const longestNote = 5_000

// AddContact keeps an exchange with a firm or a structure, or about a lot.
func (s *Store) AddContact(ctx context.Context, by string, c insertion.Contact) error {
	if err := s.may(insertion.ActComment); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(c.Text) == "":
		return &insertion.FieldError{Field: "texte", Reason: "dites en quelques mots ce qui s'est dit"}
	case utf8.RuneCountInString(c.Text) > longestNote:
		return &insertion.FieldError{Field: "texte", Reason: "trop long : " + insertion.Counted(utf8.RuneCountInString(c.Text), "signe", "signes") +
			", " + insertion.Thousands(longestNote) + " au plus ; gardez l'essentiel, le reste va dans un fichier"}
	case c.On == "":
		return &insertion.FieldError{Field: "date", Reason: "la date manque"}
	case c.Lot == 0 && c.Organisation == 0 && c.Structure == 0:
		return &insertion.FieldError{Field: "avec", Reason: "avec qui, ou au sujet de quel lot ?"}
	}
	return s.change(ctx, by, string(c.Kind)+" : "+c.Text, c.Lot, func(r *record) error {
		id, err := r.exec("INSERT INTO contact (lot, organisation, structure, kind, held, text, by) VALUES (?, ?, ?, ?, ?, ?, ?)",
			c.Lot, c.Organisation, c.Structure, c.Kind, c.On, c.Text, by)
		r.created("contact", id)
		return err
	})
}

// Contacts reads the exchanges of a lot, a firm or a structure, latest first.
func (s *Store) Contacts(ctx context.Context, f insertion.ContactFilter) ([]insertion.Contact, error) {
	where, arg := "c.lot = ? AND c.lot <> 0", any(f.Lot)
	switch {
	case f.Organisation != 0:
		where, arg = "c.organisation = ? AND c.organisation <> 0", f.Organisation
	case f.Structure != 0:
		where, arg = "c.structure = ? AND c.structure <> 0", f.Structure
	}
	return query(ctx, s.r, func(scan func(...any) error) (c insertion.Contact, err error) {
		err = scan(&c.ID, &c.Lot, &c.Organisation, &c.Structure, &c.With, &c.Kind, &c.On, &c.Text, &c.By)
		return c, err
	}, `SELECT c.id, c.lot, c.organisation, c.structure, coalesce(nullif(o.name, ''), json_extract(t.doc, '$.Name'), ''), c.kind, c.held, c.text, c.by
		FROM contact c LEFT JOIN organisation o ON o.id = c.organisation LEFT JOIN structure t ON t.id = c.structure
		WHERE `+where+" ORDER BY c.held DESC, c.id DESC LIMIT 500", arg)
}

// History is everything that happened to a lot, newest first: changes of the
// journal and exchanges, which the journal also holds and are told once.
func (s *Store) History(ctx context.Context, lot insertion.LotID, limit int) ([]insertion.Event, error) {
	changes, err := query(ctx, s.r, scanChange, selectChange+" WHERE "+changesOfLot+`
		AND NOT EXISTS (SELECT 1 FROM change_row x WHERE x.change = c.id AND x.tbl = 'contact') ORDER BY c.id DESC LIMIT ?`, lot, lot, limit)
	if err != nil {
		return nil, err
	}
	contacts, err := s.Contacts(ctx, insertion.ContactFilter{Lot: lot})
	if err != nil {
		return nil, err
	}
	var events []insertion.Event
	for _, c := range changes {
		events = append(events, insertion.Event{On: insertion.DateOf(c.At), By: c.By, What: c.What})
	}
	for _, c := range contacts {
		what := string(c.Kind)
		if c.With != "" {
			what += " avec " + c.With
		}
		events = append(events, insertion.Event{On: c.On, By: c.By, What: what + " : " + c.Text})
	}
	slices.SortStableFunc(events, func(a, b insertion.Event) int { return cmp.Compare(b.On, a.On) })
	return events[:min(len(events), limit)], nil
}
