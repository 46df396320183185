package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

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
		if p.ID == asked && p.State == insertion.Declined {
			return insertion.Structure{}, &insertion.FieldError{Field: "structure", Reason: p.DisplayName() + " a décliné ce lot : proposez-le-lui de nouveau, ou choisissez une autre structure"}
		}
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
