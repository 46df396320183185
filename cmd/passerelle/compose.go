package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/document"
	"passerelle/internal/insertion"
	"passerelle/internal/report"
	"passerelle/store"
)

// composed is a document made, not yet written.
type composed struct {
	sheet document.Sheet
	facts insertion.DocumentFacts
	paper report.Paper
	about string // « lot 12 », « P-0042 »

	reread []string // what to read again before it leaves: see nameParts
}

// compose makes the document of a kind about a subject, from the file's facts and
// its own wording. A document for others that would hold the name of a person is
// not made.
func compose(ctx context.Context, s *store.Store, kind insertion.DocumentKind, about insertion.DocumentSubject) (composed, error) {
	sheet, err := document.SheetOf(string(kind))
	if err != nil {
		return composed{}, err
	}
	f, err := s.DocumentFacts(ctx, kind, about)
	if err != nil {
		return composed{}, err
	}
	if why := sheet.Refusal(f); why != "" {
		return composed{}, fmt.Errorf("pas de document « %s » pour l'instant : %s", sheet.Label, why)
	}
	own, err := s.Wording(ctx, kind)
	if err != nil {
		return composed{}, err
	}
	c := composed{sheet: sheet, facts: f, paper: sheet.Paper(f, own.Text), about: aboutOf(f)}
	if err := c.namesNobody(ctx, s); err != nil {
		return c, err
	}
	c.reread, err = c.nameParts(ctx, s, own.Text)
	return c, err
}

func aboutOf(f insertion.DocumentFacts) string {
	if f.Kind.Nominal() {
		return f.Person.Code()
	}
	return fmt.Sprintf("lot %d", f.Lot.ID)
}

// export is how the register calls it.
func (c composed) export(format string) insertion.Export {
	e := insertion.Export{Kind: c.sheet.Kind.Export(), What: uncapital(c.sheet.Label) + ", " + c.about, Format: format, Lot: c.facts.Lot.ID}
	if c.sheet.Kind.Nominal() {
		e.What, e.Persons = c.sheet.Label+", "+c.about, 1
	}
	return e
}

// lotOfSubject reads what a person names after the kind of document.
func (p *program) lotOfSubject(ctx context.Context, s *store.Store, sheet document.Sheet, names []string) (insertion.DocumentSubject, error) {
	var about insertion.DocumentSubject
	if sheet.Kind.Nominal() {
		id, err := pseudonym(names[0])
		if err != nil {
			return about, err
		}
		about.Person = id
		if len(names) > 1 {
			n, err := number(names[1])
			if err != nil || sheet.Kind != insertion.DocPresence {
				return about, misusef("« %s » est en trop ou n'est pas le numéro d'un placement", names[1])
			}
			about.Placement = insertion.PlacementID(n)
		}
		return about, nil
	}
	lot, err := p.lotNamed(ctx, s, names[0])
	if err != nil {
		return about, err
	}
	about.Lot = lot.ID
	if len(names) > 1 {
		if sheet.Kind != insertion.DocAgreement {
			return about, misusef("« %s » est en trop : ce document ne demande qu'un lot", names[1])
		}
		about.Structure, err = introduced(ctx, s, lot.ID, names[1])
	}
	return about, err
}

// pseudonym reads the person of a document. A bare number is refused: it is that of
// a lot too, and a paper about somebody must not come of a mistake.
func pseudonym(text string) (insertion.ParticipantID, error) {
	id, err := personNamed(text)
	if _, bare := number(text); err == nil && bare == nil {
		return 0, misusef("« %s » peut être un lot ou une personne : écrivez %s pour la personne", text, id.Code())
	}
	return id, err
}

// introduced finds a structure among those proposed for a lot, by its number or a
// part of its name.
func introduced(ctx context.Context, s *store.Store, lot insertion.LotID, name string) (insertion.StructureID, error) {
	if n, err := number(name); err == nil {
		return insertion.StructureID(n), nil
	}
	intros, err := s.Introductions(ctx, lot)
	if err != nil {
		return 0, err
	}
	var hits []insertion.StructureID
	var names []string
	for _, in := range intros {
		names = append(names, in.Name)
		if holds(in.Name, name) && !slices.Contains(hits, in.Structure) {
			hits = append(hits, in.Structure)
		}
	}
	switch len(hits) {
	case 1:
		return hits[0], nil
	case 0:
		return 0, fmt.Errorf("aucune structure proposée pour ce lot ne s'appelle « %s » (proposées : %s)", name, strings.Join(names, ", "))
	}
	return 0, misusef("« %s » désigne plusieurs structures : %s", name, strings.Join(names, ", "))
}

// possible says of each kind about a subject whether it can be made now, and why
// not otherwise. A role that may take none out is told so once.
func possible(ctx context.Context, s *store.Store, about insertion.DocumentSubject) ([]document.Sheet, []string, error) {
	var sheets []document.Sheet
	var why []string
	var lot insertion.DocumentFacts
	if about.Lot != 0 {
		var err error
		if lot, err = s.DocumentFacts(ctx, insertion.DocDone, about); err != nil {
			return nil, nil, err
		}
	}
	for _, sheet := range document.Sheets() {
		if sheet.Kind.Nominal() == (about.Person == 0) {
			continue
		}
		reason, facts := "", lot
		if about.Person != 0 || sheet.Kind == insertion.DocAgreement {
			var err error
			if facts, err = s.DocumentFacts(ctx, sheet.Kind, about); err != nil {
				var bad *insertion.FieldError
				if !errors.As(err, &bad) {
					return nil, nil, err
				}
				reason = bad.Reason
			}
		}
		if reason == "" {
			reason = sheet.Refusal(facts)
		}
		sheets, why = append(sheets, sheet), append(why, reason)
	}
	return sheets, why, nil
}
