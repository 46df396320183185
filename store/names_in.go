package store

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"passerelle/internal/insertion"
)

// keptName is a name of the file, and whose it is.
type keptName struct {
	id    insertion.ParticipantID
	words []string
}

// keptNames are all of them, whatever the role may read.
func (s *Store) keptNames(ctx context.Context) ([]keptName, error) {
	return query(ctx, s.all, func(scan func(...any) error) (k keptName, err error) {
		var name string
		err = scan(&k.id, &name)
		k.words = wordsOf(name)
		return k, err
	}, "SELECT participant, name FROM person_name ORDER BY participant")
}

// NamesIn lists the persons whose name, when the file keeps names, a text holds, as
// runsOf says. What is as much of a name in one of the public texts, as the firm of
// a contract that bears its founder's, is not it. It looks at every name, whatever
// the role may read, and gives pseudonyms only: it is what keeps a name typed in a
// text of the file from leaving with a document.
func (s *Store) NamesIn(ctx context.Context, text string, public []string) ([]insertion.ParticipantID, error) {
	names, err := s.keptNames(ctx)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	var out []insertion.ParticipantID
	words := wordsIn(text)
	said := make([][]word, len(public))
	for i, text := range public {
		said[i] = wordsIn(text)
	}
	for _, k := range names {
		if slices.ContainsFunc(runsOf(words, k.words), func(r run) bool {
			return !slices.ContainsFunc(said, func(public []word) bool {
				return slices.ContainsFunc(runsOf(public, k.words), func(p run) bool { return holdsWords(public[p.from:p.to], words[r.from:r.to]) })
			})
		}) {
			out = append(out, k.id)
		}
	}
	return out, nil
}

// holdsWords tells whether a text holds each word of another but titles.
func holdsWords(text, other []word) bool {
	return !slices.ContainsFunc(other, func(o word) bool {
		return !title(o.folded) && !slices.ContainsFunc(text, func(w word) bool { return w.folded == o.folded })
	})
}

// NameWordsIn lists, as they are written, the words of a text that are also of a name
// the file keeps: those of three letters or more, but common words and those of the
// public texts. Alone, such a word may be a firm's as well: only who reads can tell.
// Who may not read names is told none: the texts she has are without them.
func (s *Store) NameWordsIn(ctx context.Context, text string, public []string) ([]string, error) {
	if !s.access.May(insertion.ActNames) {
		return nil, nil
	}
	names, err := s.keptNames(ctx)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	parts := map[string]bool{}
	for _, k := range names {
		for _, w := range k.words {
			parts[w] = utf8.RuneCountInString(w) >= 3 && !weak(w)
		}
	}
	for _, w := range wordsOf(strings.Join(public, " ")) {
		delete(parts, w)
	}
	var out []string
	for _, w := range wordsIn(text) {
		if parts[w.folded] {
			out = append(out, text[w.from:w.to])
			parts[w.folded] = false
		}
	}
	return out, nil
}

// said is a field a person fills, and what it holds.
type said struct{ field, text string }

// namesNobody refuses a name the file keeps in what is meant for others: letterheads,
// wordings, records of the mandate. The error is an *insertion.FieldError.
func (s *Store) namesNobody(ctx context.Context, fields []said) error {
	for _, f := range fields {
		found, err := s.NamesIn(ctx, f.text, nil)
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
