package store

import (
	"context"
	"slices"

	"passerelle/internal/insertion"
)

// NamesIn lists the persons whose name, when the file keeps names, a text holds: all
// its words, in either order, accents and capitals aside. It looks at every name,
// whatever the role may read, and gives pseudonyms only: it is what keeps a name
// typed in a text of the file from leaving with a document.
func (s *Store) NamesIn(ctx context.Context, text string) ([]insertion.ParticipantID, error) {
	type kept struct {
		id   insertion.ParticipantID
		name string
	}
	names, err := query(ctx, s.all, func(scan func(...any) error) (k kept, err error) {
		err = scan(&k.id, &k.name)
		return k, err
	}, "SELECT participant, name FROM person_name ORDER BY participant")
	if err != nil || len(names) == 0 {
		return nil, err
	}
	var out []insertion.ParticipantID
	words := wordsIn(text)
	for _, k := range names {
		for _, name := range tracesOf([]int64{int64(k.id)}, []string{k.name}).names {
			if holdsWords(words, name) {
				out = append(out, k.id)
				break
			}
		}
	}
	return out, nil
}

// holdsWords tells whether words follow each other in a text.
func holdsWords(text []word, name []string) bool {
	for i := 0; i+len(name) <= len(text); i++ {
		if slices.EqualFunc(text[i:i+len(name)], name, func(w word, n string) bool { return w.folded == n }) {
			return true
		}
	}
	return false
}

// said is a field a person fills, and what it holds.
type said struct{ field, text string }

// namesNobody refuses a name the file keeps in what is meant for others: letterheads,
// wordings, records of the mandate. The error is an *insertion.FieldError.
func (s *Store) namesNobody(ctx context.Context, fields []said) error {
	for _, f := range fields {
		found, err := s.NamesIn(ctx, f.text)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			continue
		}
		whose := "d'une personne"
		if s.access.May(insertion.ActNames) {
			whose = "de " + found[0].Code()
		}
		return &insertion.FieldError{Field: f.field, Reason: "ce texte est destiné à d'autres et porte le nom " + whose + " : retirez-le"}
	}
	return nil
}
