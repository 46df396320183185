package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"passerelle/internal/insertion"
)

// fileLots is how many lots of a firm its file looks into.
const fileLots = 200

// File is everything that happened to a lot, a firm, a structure or a person,
// newest first; text keeps the events whose words begin with all those typed.
// Changes the journal holds are told once.
func (s *Store) File(ctx context.Context, about insertion.Subject, text string, limit int) ([]insertion.Event, error) {
	var events []insertion.Event
	var err error
	switch about.Kind {
	case insertion.OnLot:
		events, err = s.History(ctx, insertion.LotID(about.ID), 5000)
	case insertion.OnParticipant:
		if err := s.may(insertion.ActPersons); err != nil {
			return nil, err
		}
		events, err = s.changesAs(ctx, changesOfPerson, about.ID)
	case insertion.OnStructure:
		events, err = s.structureEvents(ctx, insertion.StructureID(about.ID))
	case insertion.OnOrganisation:
		events, err = s.firmEvents(ctx, insertion.OrganisationID(about.ID))
	default:
		err = insertion.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	words := wordsOf(text)
	events = slices.DeleteFunc(events, func(e insertion.Event) bool {
		for _, w := range words {
			if !begins(e.What+" "+e.By+" "+e.On.French(), w) {
				return true
			}
		}
		return false
	})
	slices.SortStableFunc(events, func(a, b insertion.Event) int { return cmp.Compare(b.On, a.On) })
	return events[:min(len(events), limit)], nil
}

// changesOfPerson is the condition on change c for the changes about a person,
// under her number or one of a record merged into hers.
const changesOfPerson = `c.id IN (SELECT c2.id FROM change c2 JOIN (SELECT ?1 AS id UNION SELECT id FROM participant WHERE merged = ?1 AND merged <> 0) h
	ON c2.participant = h.id AND c2.participant <> 0
	UNION SELECT p.change FROM about_person p WHERE p.participant = ?1 OR p.participant IN (SELECT id FROM participant WHERE merged = ?1 AND merged <> 0))`

// changesAs reads changes of the journal as events, newest first.
func (s *Store) changesAs(ctx context.Context, where string, args ...any) ([]insertion.Event, error) {
	changes, err := query(ctx, s.r, scanChange, selectChange+" WHERE "+where+" ORDER BY c.id DESC LIMIT 5000", args...)
	events := make([]insertion.Event, len(changes))
	for i, c := range changes {
		events[i] = insertion.Event{On: insertion.DateOf(c.At), By: c.By, What: c.What}
	}
	return events, err
}

func eventOf(c insertion.Contact) insertion.Event {
	what := string(c.Kind)
	if c.With != "" {
		what += " avec " + c.With
	}
	if c.Lot != 0 {
		what = fmt.Sprintf("lot %d : %s", c.Lot, what)
	}
	return insertion.Event{On: c.On, By: c.By, What: what + " : " + c.Text}
}

// structureEvents: proposals and what became of them, placements, hours entered
// and exchanges.
func (s *Store) structureEvents(ctx context.Context, id insertion.StructureID) ([]insertion.Event, error) {
	contacts, err := s.Contacts(ctx, insertion.ContactFilter{Structure: id})
	if err != nil {
		return nil, err
	}
	var events []insertion.Event
	for _, c := range contacts {
		events = append(events, eventOf(c))
	}
	intros, err := s.StructureIntroductions(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, i := range intros {
		events = append(events, insertion.Event{On: insertion.DateOf(i.Proposed), By: i.By, What: fmt.Sprintf("lot %d : proposée", i.Lot)})
		if i.State != insertion.Proposed {
			what := fmt.Sprintf("lot %d : %s", i.Lot, i.State)
			if i.Reason != "" {
				what += ", " + i.Reason
			}
			events = append(events, insertion.Event{On: insertion.DateOf(i.Changed), By: i.By, What: what})
		}
	}
	placements, err := s.StructurePlacements(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, p := range placements {
		events = append(events, insertion.Event{On: p.Signed, What: fmt.Sprintf("lot %d : placement signé, %s", p.Lot, p.Modality.Label())})
	}
	hours, err := query(ctx, s.r, func(scan func(...any) error) (e insertion.Event, err error) {
		var lot insertion.LotID
		var m insertion.Month
		var worked, counted insertion.Hours
		err = scan(&lot, &m, &worked, &counted, &e.By)
		e.On, e.What = m.Last(), fmt.Sprintf("lot %d : %s déclarées en %s, %s comptées", lot, worked, m.French(), counted)
		return e, err
	}, `SELECT m.lot, m.month, m.worked, m.done, m.by FROM placement p JOIN placement_month m ON m.placement = p.id WHERE p.structure = ? AND m.entered > 0`, id)
	return append(events, hours...), err
}

// firmEvents: its lots and all that happened to those it leads, and exchanges.
func (s *Store) firmEvents(ctx context.Context, id insertion.OrganisationID) ([]insertion.Event, error) {
	contacts, err := s.Contacts(ctx, insertion.ContactFilter{Organisation: id})
	if err != nil {
		return nil, err
	}
	var events []insertion.Event
	for _, c := range contacts {
		if c.Lot == 0 { // those about a lot come with it
			events = append(events, eventOf(c))
		}
	}
	var lots []insertion.LotRow
	for _, f := range []insertion.LotFilter{{Contractor: id}, {Buyer: id}} {
		some, err := s.Lots(ctx, f, insertion.Page{Limit: fileLots})
		if err != nil {
			return nil, err
		}
		lots = append(lots, some...)
	}
	for _, l := range lots {
		events = append(events, insertion.Event{On: l.Date, What: fmt.Sprintf("lot %d attribué par %s : %s, %s", l.ID, l.Buyer.Label(), l.Object, l.Amount.Round())})
		if !l.HasClause {
			continue
		}
		history, err := s.History(ctx, l.ID, 500)
		if err != nil {
			return nil, err
		}
		events = append(events, history...)
	}
	return events, nil
}
