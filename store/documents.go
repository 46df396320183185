package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// DocumentFacts reads all that a document of a kind may say about its subject, at
// one moment. The error is an *insertion.Forbidden when the role may not take that
// kind out, an *insertion.FieldError when the subject does not say enough, or
// insertion.ErrNotFound.
func (s *Store) DocumentFacts(ctx context.Context, kind insertion.DocumentKind, about insertion.DocumentSubject) (insertion.DocumentFacts, error) {
	if err := s.MayExport(ctx, kind.Export()); err != nil {
		return insertion.DocumentFacts{}, err
	}
	if !kind.Known() {
		return insertion.DocumentFacts{}, unknownKind(kind)
	}
	today := insertion.DateOf(s.now())
	f := insertion.DocumentFacts{Kind: kind, On: today, Deadline: cmp.Or(about.Deadline, today.AddDays(insertion.AnswerDays))}
	err := s.still(ctx, func(v *Store) (err error) {
		if f.Own, err = v.Letterhead(ctx, 0); err != nil {
			return err
		}
		if kind.Nominal() {
			if err := v.aboutPerson(ctx, &f, about); err != nil || f.Assignment.Lot == 0 {
				return err
			}
			about.Lot = f.Assignment.Lot
		}
		if err := v.aboutLot(ctx, &f, about.Lot); err != nil || kind != insertion.DocAgreement {
			return err
		}
		f.Structure, err = partner(f, about.Structure)
		return err
	})
	if err != nil {
		return insertion.DocumentFacts{}, err
	}
	return f, nil
}

func unknownKind(kind insertion.DocumentKind) error {
	return &insertion.FieldError{Field: "genre", Reason: "« " + string(kind) + " » n'est pas un genre de document"}
}

// aboutLot reads the facts of a lot.
func (s *Store) aboutLot(ctx context.Context, f *insertion.DocumentFacts, id insertion.LotID) (err error) {
	if f.Lot, err = s.Lot(ctx, id); err != nil {
		return err
	}
	if f.Buyer, err = s.Letterhead(ctx, f.Lot.BuyerID); err != nil {
		return err
	}
	f.Buyer.Name = cmp.Or(f.Buyer.Name, f.Lot.Buyer.Label())
	if f.Kind.Nominal() {
		return nil // of the lot, only what it is called
	}
	if f.Lot.Clause != nil {
		if f.Dues, err = s.LotDues(ctx, id); err != nil {
			return err
		}
		in, err := s.PenaltyInput(ctx, id, f.On)
		if err != nil {
			return err
		}
		f.Estimate, f.Declarations = in.Estimate(), in.Declarations
	}
	if f.Steps, err = s.Steps(ctx, id); err != nil {
		return err
	}
	for i := range f.Steps {
		f.Steps[i].Text = ""
	}
	if err := s.work(ctx, f); err != nil {
		return err
	}
	if err := s.proposed(ctx, f); err != nil {
		return err
	}
	f.People, err = s.peopleCount(ctx, f.Lot)
	return err
}

// work sums the placements of the lot, by placement and by month.
func (s *Store) work(ctx context.Context, f *insertion.DocumentFacts) error {
	placements, err := s.Placements(ctx, f.Lot.ID)
	if err != nil {
		return err
	}
	kinds := map[insertion.StructureID]insertion.Kind{}
	months := map[insertion.Month]insertion.PlacementMonth{}
	for _, p := range placements {
		if p.Structure != 0 && kinds[p.Structure] == "" {
			st, err := s.Structure(ctx, p.Structure)
			if err != nil {
				return err
			}
			kinds[p.Structure] = st.Kind
		}
		one := insertion.PlacedHours{Placement: p.ID, Employer: p.Employer, Structure: p.Structure, Kind: kinds[p.Structure], Modality: p.Modality, Signed: p.Signed, Start: p.Start}
		for _, m := range p.Months {
			one.Planned += m.Planned
			one.Done += m.Done
			sum := months[m.Month]
			sum.Month, sum.Planned, sum.Done, sum.Worked = m.Month, sum.Planned+m.Planned, sum.Done+m.Done, sum.Worked+m.Worked
			sum.Entered = sum.Entered || m.Entered
			months[m.Month] = sum
		}
		f.Work = append(f.Work, one)
	}
	for _, m := range months {
		f.Months = append(f.Months, m)
	}
	slices.SortFunc(f.Months, func(a, b insertion.PlacementMonth) int { return cmp.Compare(a.Month, b.Month) })
	return nil
}

// proposed lists the structures proposed for the lot by name, so that no order says
// which is preferred.
func (s *Store) proposed(ctx context.Context, f *insertion.DocumentFacts) error {
	intros, err := s.Introductions(ctx, f.Lot.ID)
	if err != nil {
		return err
	}
	latest := map[insertion.StructureID]insertion.Introduction{}
	for _, in := range intros {
		if in.ID > latest[in.Structure].ID {
			latest[in.Structure] = in
		}
	}
	for id, in := range latest {
		st, err := s.Structure(ctx, id)
		if err != nil {
			return err
		}
		f.Introductions = append(f.Introductions, insertion.ProposedStructure{Structure: st, State: in.State, Proposed: insertion.DateOf(in.Proposed)})
	}
	slices.SortFunc(f.Introductions, func(a, b insertion.ProposedStructure) int {
		return cmp.Or(slices.Compare(wordsOf(a.DisplayName()), wordsOf(b.DisplayName())), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

// partner is the structure of the agreement: the one asked among those proposed, or
// the only one that accepted.
func partner(f insertion.DocumentFacts, asked insertion.StructureID) (insertion.Structure, error) {
	var agreed, all []string
	var one insertion.Structure
	for _, p := range f.Introductions {
		if p.ID == asked {
			return p.Structure, nil
		}
		name := fmt.Sprintf("%s (%d)", p.DisplayName(), p.ID)
		all = append(all, name)
		if p.State == insertion.Accepted || p.State == insertion.Placed {
			agreed, one = append(agreed, name), p.Structure
		}
	}
	bad := func(format string, args ...any) (insertion.Structure, error) {
		return insertion.Structure{}, &insertion.FieldError{Field: "structure", Reason: fmt.Sprintf(format, args...)}
	}
	switch {
	case asked != 0:
		return bad("la structure %d n'a pas été proposée pour ce lot (proposées : %s)", asked, cmp.Or(strings.Join(all, ", "), "aucune"))
	case len(agreed) == 1:
		return one, nil
	case len(agreed) == 0:
		return bad("aucune structure n'a accepté ce lot")
	}
	return bad("plusieurs structures ont accepté ce lot, dites laquelle : %s", strings.Join(agreed, ", "))
}

// peopleCount counts persons without naming any.
func (s *Store) peopleCount(ctx context.Context, lot insertion.Lot) (insertion.PeopleCount, error) {
	var c insertion.PeopleCount
	people, err := query(ctx, s.r, func(scan func(...any) error) (p insertion.Participant, err error) {
		var start insertion.Date
		err = scan(&p.ID, &p.Sex, &p.Exit, &start)
		p.Entered = start // of her first hire here: the day her proofs are looked at
		return p, err
	}, `SELECT a.participant, ifnull(p.sex, ''), ifnull(p.outcome, ''), min(a.start) FROM assignment a LEFT JOIN participant p ON p.id = a.participant
		WHERE a.lot = ? AND a.participant <> 0 AND EXISTS (SELECT 1 FROM hour_line h WHERE h.assignment = a.id AND h.hours > 0) GROUP BY a.participant ORDER BY 1`, lot.ID)
	if err != nil {
		return c, err
	}
	ids := make([]int64, len(people))
	for i, p := range people {
		ids[i] = int64(p.ID)
	}
	proofs := map[insertion.ParticipantID][]insertion.Eligibility{}
	if _, err := query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		e, err := scanEligibility(scan)
		proofs[e.Participant] = append(proofs[e.Participant], e)
		return struct{}{}, err
	}, selectEligibility+" WHERE participant IN (SELECT value FROM json_each(?)) ORDER BY id", jsonIDs(ids)); err != nil {
		return c, err
	}
	for _, p := range people {
		c.Total++
		if p.Sex == insertion.Woman {
			c.Women++
		}
		if p.Exit != insertion.ExitNone {
			c.Exits = append(c.Exits, p.Exit)
		}
		category := ""
		if lot.Clause != nil {
			if e, ok, _ := lot.Clause.Eligible(proofs[p.ID], p.Entered); ok {
				category = e.Category
			}
		}
		c.Categories = append(c.Categories, category)
	}
	return c, nil
}

// aboutPerson reads the facts of a document about one person; her name is there
// only when the file keeps names and the role may read them.
func (s *Store) aboutPerson(ctx context.Context, f *insertion.DocumentFacts, about insertion.DocumentSubject) error {
	file, err := s.Participant(ctx, about.Person)
	if err != nil {
		return err
	}
	f.Person = file
	if f.Kind != insertion.DocPresence {
		return nil
	}
	for _, a := range file.Assignments {
		if about.Placement == 0 || a.Placement == about.Placement {
			if f.Assignment.ID == 0 || a.Start >= f.Assignment.Start {
				f.Assignment = a
			}
		}
	}
	if f.Assignment.ID == 0 {
		reason := file.Code() + " ne travaille sur aucun placement"
		if about.Placement != 0 {
			reason = fmt.Sprintf("%s ne travaille pas sur le placement %d", file.Code(), about.Placement)
		}
		return &insertion.FieldError{Field: "placement", Reason: reason}
	}
	f.From, f.To = about.From, about.To
	for _, l := range file.Lines {
		if l.Assignment == f.Assignment.ID {
			if about.From == "" && (f.From == "" || l.Month < f.From) {
				f.From = l.Month
			}
			if about.To == "" && l.Month > f.To {
				f.To = l.Month
			}
		}
	}
	if f.From != "" && f.To != "" && f.To < f.From {
		return &insertion.FieldError{Field: "au", Reason: "la fin de la période précède son début"}
	}
	return nil
}

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
