package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// Bilan is the bilan of a year, of all the buyers the access may see or of one.
// The error is an *insertion.FieldError for a query out of range, and an
// *insertion.Forbidden for a buyer the access does not see.
//
// It reads around the veils: aggregates are for every reader, who may see no row of
// a person, and what may be said of some persons depends on those of the other
// buyers. The condition on buyers is written in bilanReader.here instead. No row
// leaves this file: the facts go into bilan.Make, and only its tables come out,
// small cells hidden. Someone who may not see persons may not move the threshold
// either, nor get persons buyer by buyer: trying several, or taking one bilan from
// another, would find what one hides.
func (s *Store) Bilan(ctx context.Context, q bilan.Query) (r bilan.Report, err error) {
	if err := s.may(insertion.ActRead); err != nil {
		return r, err
	}
	if q.Buyer != 0 && s.narrowed() && !slices.Contains(s.access.Buyers, q.Buyer) {
		return r, &insertion.Forbidden{Role: s.access.Role, Act: insertion.ActRead, Elsewhere: true}
	}
	if q, err = q.Settled(insertion.DateOf(s.now())); err != nil {
		return r, err
	}
	if q.Least != bilan.DefaultLeast && !s.access.May(insertion.ActPersons) {
		return r, &insertion.FieldError{Field: "seuil", Reason: "il est réservé à ceux qui peuvent lire les personnes : en essayer plusieurs révélerait ce qu'un seul masque"}
	}
	f, err := s.bilanFacts(ctx, q)
	if err != nil {
		return r, err
	}
	return bilan.Make(f), nil
}

// bilanFacts reads everything in one transaction, so that tables agree with each
// other whatever is written meanwhile.
func (s *Store) bilanFacts(ctx context.Context, q bilan.Query) (f bilan.Facts, err error) {
	thresholds, err := s.Thresholds(ctx)
	if err != nil {
		return f, err
	}
	tx, err := s.all.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return f, named(err)
	}
	defer func() { err = errors.Join(err, ignoreDone(tx.Rollback())) }()
	r := &bilanReader{ctx: ctx, tx: tx, buyers: s.access.Buyers, departments: thresholds.Departments, Facts: bilan.Facts{Query: q}}
	if q.Buyer != 0 {
		r.buyers = []insertion.OrganisationID{q.Buyer}
	}
	r.Narrow = len(r.buyers) > 0
	r.Withheld = q.Buyer != 0 && len(s.access.Buyers) != 1 && !s.access.May(insertion.ActPersons)
	people := []func() error{r.readPersons, r.readPublics, r.readContracts, r.readRights, r.readLeavers}
	if r.Withheld {
		people = nil
	}
	for _, step := range append([]func() error{
		r.readBuyers, r.readLots, r.readSites, r.readLater, r.readMonths, r.readYears,
		r.readNotices, r.readDeclarations, r.readAnswers, r.readPenalties, r.readLeading,
	}, people...) {
		if err := step(); err != nil {
			return f, err
		}
	}
	return r.Facts, nil
}

// bilanReader fills the facts of a bilan, step by step.
type bilanReader struct {
	bilan.Facts
	ctx         context.Context
	tx          *sql.Tx
	buyers      []insertion.OrganisationID // the scope; empty = all
	departments []string                   // of the territory; empty = the whole file
	lotAt       map[insertion.LotID]int
	siteOf      map[int64]siteOf // of every placement with rows in the year, here or not
	personAt    map[int64]int
	seen        map[int64]insertion.Date  // the first day an eligibility was seen, by person, of everybody
	several     map[int64]bool            // who has several
	holders     []insertion.ParticipantID // of each contract
	lotsOf      []insertion.LotID         // of each contract
}

type siteOf struct {
	here bool
	lot  insertion.LotID
}

// here is the condition on a lot for being within the scope.
func (r *bilanReader) here(lot string) string {
	if !r.Narrow {
		return "1"
	}
	return lot + ".buyer IN " + numbers(r.buyers)
}

func (r *bilanReader) each(row func(scan func(...any) error) error, text string, args ...any) error {
	rows, err := r.tx.QueryContext(r.ctx, text, args...)
	if err != nil {
		return named(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return named(rows.Err())
}

func (r *bilanReader) first() string { return fmt.Sprintf("%04d-01-01", r.Query.Year) }
func (r *bilanReader) last() string  { return fmt.Sprintf("%04d-12-31", r.Query.Year) }

func (r *bilanReader) readBuyers() error {
	r.Buyers = map[insertion.OrganisationID]string{}
	where := "EXISTS (SELECT 1 FROM clause k JOIN lot l ON l.id = k.lot WHERE l.buyer = o.id)"
	if r.Narrow {
		where = "o.id IN " + numbers(r.buyers)
	} else {
		where = "o.id IN (SELECT l.buyer FROM clause k JOIN lot l ON l.id = k.lot UNION SELECT l.buyer FROM year_places y JOIN placement p ON p.id = y.placement JOIN lot l ON l.id = p.lot WHERE y.year = ?)"
	}
	args := []any{r.Query.Year}
	if r.Narrow {
		args = nil
	}
	err := r.each(func(scan func(...any) error) error {
		var id insertion.OrganisationID
		var p insertion.Party
		err := scan(&id, &p.Kind, &p.ID, &p.Name)
		r.Buyers[id] = shownParty(p).Label()
		return err
	}, "SELECT o.id, o.kind, o.ident, o.name FROM organisation o WHERE "+where, args...)
	if err != nil {
		return err
	}
	r.Scope = "tous les acheteurs"
	if r.Narrow {
		if r.Query.Buyer != 0 && r.Buyers[r.Query.Buyer] == "" {
			return insertion.ErrNotFound
		}
		var labels []string
		for _, b := range r.buyers {
			labels = append(labels, r.Buyers[b])
		}
		slices.Sort(labels)
		r.Scope = strings.Join(labels, ", ")
	}
	return nil
}
