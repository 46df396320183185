package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/report"
	"passerelle/store"
)

// namesNobody refuses a document that holds the name of a person the file knows,
// whoever typed it and where: in a wording, a letterhead, a clause. Names that are
// those of the contract and of its parties may be there: a firm may bear its
// founder's. A document about a person may hold hers.
func (c composed) namesNobody(ctx context.Context, s *store.Store) error {
	found, err := s.NamesIn(ctx, report.Text(c.paper, 1<<10), c.public())
	if err != nil || len(found) == 0 {
		return err
	}
	return fmt.Errorf("ce document porterait le nom de %s : retirez-le du texte (« passerelle modele %s »), de l'en-tête ou de la clause, puis recommencez", found[0].Code(), c.sheet.Kind)
}

// public are the names a document may hold.
func (c composed) public() []string {
	f := c.facts
	public := []string{f.Lot.Object, f.Lot.Buyer.Label(), f.Buyer.Name, f.Structure.DisplayName(), f.Person.Name}
	for _, o := range f.Lot.Contractors {
		public = append(public, o.Party.Label())
	}
	for _, i := range f.Introductions {
		public = append(public, i.DisplayName(), i.Mail, i.Address)
	}
	for _, w := range f.Work {
		public = append(public, w.Employer)
	}
	return public
}

// nameParts says which words of the document, typed by somebody, are also of a name
// the file keeps. Alone, such a word may be a firm's or a street's: the document is
// made, and who lets it out reads it again.
func (c composed) nameParts(ctx context.Context, s *store.Store, wording string) ([]string, error) {
	shown := map[string]bool{}
	for _, w := range strings.FieldsFunc(report.Text(c.paper, 1<<10), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) }) {
		shown[intake.Fold(w)] = true
	}
	public := append(c.public(), c.facts.Own.Name, c.facts.Own.Facilitator)
	where := map[string][]string{}
	var words []string
	for _, t := range c.typed(wording) {
		found, err := s.NameWordsIn(ctx, t.text, public)
		if err != nil {
			return nil, err
		}
		for _, w := range found {
			folded := intake.Fold(w)
			if !shown[folded] || slices.Contains(where[folded], t.where) {
				continue
			}
			if where[folded] == nil {
				words = append(words, w)
			}
			where[folded] = append(where[folded], t.where)
		}
	}
	var out []string
	for _, w := range words {
		out = append(out, fmt.Sprintf("relisez : %s est aussi dans un nom tenu (%s)", insertion.Quoted(w), strings.Join(where[intake.Fold(w)], " ; ")))
	}
	return out, nil
}

// typedText is a text somebody typed that a document may hold, and where.
type typedText struct{ where, text string }

func (c composed) typed(wording string) []typedText {
	own, buyer := c.facts.Own, c.facts.Buyer
	out := []typedText{
		{"texte du document", wording},
		{"en-tête, service", own.Service}, {"en-tête, contact", own.Contact}, {"en-tête, pied", own.Foot},
		{"en-tête de l'acheteur, service", buyer.Service}, {"en-tête de l'acheteur, facilitateur", buyer.Facilitator},
		{"en-tête de l'acheteur, contact", buyer.Contact}, {"en-tête de l'acheteur, pied", buyer.Foot},
	}
	if clause := c.facts.Lot.Clause; clause != nil {
		out = append(out, typedText{"clause, périmètre", clause.Perimeter}, typedText{"clause, facilitateur", clause.Contact}, typedText{"clause, note", clause.Note},
			typedText{"clause, autres publics", strings.Join(clause.OtherPublics, " ; ")})
	}
	return out
}
