package store

import (
	"context"
	"fmt"
	"slices"

	"passerelle/internal/insertion"
)

const selectIntroduction = `SELECT i.id, i.lot, i.structure, json_extract(t.doc, '$.Name'), t.kind, t.siret, i.state, i.reason, i.rank, i.score, i.rule, i.by, i.proposed, i.changed
	FROM introduction i JOIN structure t ON t.id = i.structure`

func scanIntroduction(scan func(...any) error) (i insertion.Introduction, err error) {
	var proposed, changed string
	err = scan(&i.ID, &i.Lot, &i.Structure, &i.Name, &i.Kind, &i.SIRET, &i.State, &i.Reason, &i.Rank, &i.Score, &i.Rule, &i.By, &proposed, &changed)
	i.Proposed, i.Changed = instantOf(proposed), instantOf(changed)
	return i, err
}

// Propose keeps the structures proposed for a lot, with the date, the person,
// their rank, their score and the version of the rule. One already open for the
// lot is left as it is.
func (s *Store) Propose(ctx context.Context, by string, list []insertion.Introduction) error {
	if err := s.may(insertion.ActApprove); err != nil {
		return err
	}
	if len(list) == 0 {
		return nil
	}
	what := fmt.Sprintf("lot %d : %s", list[0].Lot, insertion.Counted(len(list), "structure proposée", "structures proposées"))
	return s.change(ctx, by, what, list[0].Lot, func(r *record) error {
		at := s.instant()
		for _, i := range list {
			var open bool
			if err := r.QueryRowContext(r, "SELECT EXISTS (SELECT 1 FROM introduction WHERE lot = ? AND structure = ? AND state <> 'déclinée')", i.Lot, i.Structure).Scan(&open); err != nil {
				return err
			}
			if open {
				continue
			}
			id, err := r.exec("INSERT INTO introduction (lot, structure, state, rank, score, rule, by, proposed, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
				i.Lot, i.Structure, insertion.Proposed, i.Rank, i.Score, i.Rule, by, at, at)
			if err != nil {
				return err
			}
			r.created("introduction", id)
		}
		return nil
	})
}

// Introductions are the structures proposed for a lot, latest first.
func (s *Store) Introductions(ctx context.Context, lot insertion.LotID) ([]insertion.Introduction, error) {
	return query(ctx, s.r, scanIntroduction, selectIntroduction+" WHERE i.lot = ? ORDER BY i.id DESC", lot)
}

// StructureIntroductions are the lots a structure was proposed for, latest first.
func (s *Store) StructureIntroductions(ctx context.Context, id insertion.StructureID) ([]insertion.Introduction, error) {
	return query(ctx, s.r, scanIntroduction, selectIntroduction+" WHERE i.structure = ? ORDER BY i.id DESC LIMIT 200", id)
}

// Introduction reads one.
func (s *Store) Introduction(ctx context.Context, id insertion.IntroductionID) (insertion.Introduction, error) {
	found, err := query(ctx, s.r, scanIntroduction, selectIntroduction+" WHERE i.id = ?", id)
	if err == nil && len(found) == 0 {
		err = insertion.ErrNotFound
	}
	if err != nil {
		return insertion.Introduction{}, err
	}
	return found[0], nil
}

// MoveIntroduction takes an introduction from a state to the next. The error is
// insertion.ErrStale when it is no longer in that state, an
// *insertion.FieldError when it cannot move so or a refusal has no reason.
func (s *Store) MoveIntroduction(ctx context.Context, by string, id insertion.IntroductionID, from, to insertion.IntroductionState, reason string) error {
	if err := s.may(insertion.ActApprove); err != nil {
		return err
	}
	if !slices.Contains(from.Next(), to) {
		return &insertion.FieldError{Field: "etat", Reason: fmt.Sprintf("une mise en relation %s ne peut devenir %s", from, to)}
	}
	if to == insertion.Declined && reason == "" {
		return &insertion.FieldError{Field: "motif", Reason: "dites pourquoi la structure décline"}
	}
	i, err := s.Introduction(ctx, id)
	if err != nil {
		return err
	}
	return s.change(ctx, by, fmt.Sprintf("lot %d : %s, %s", i.Lot, i.Name, to), i.Lot, func(r *record) error {
		return r.moveIntroduction(id, from, to, reason, s.instant())
	})
}

func (r *record) moveIntroduction(id insertion.IntroductionID, from, to insertion.IntroductionState, reason, at string) error {
	if err := r.touch("introduction", int64(id)); err != nil {
		return err
	}
	res, err := r.Tx.ExecContext(r, "UPDATE introduction SET state = ?, reason = ?, changed = ?, version = version + 1 WHERE id = ? AND state = ?", to, reason, at, id, from)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return insertion.ErrStale
	}
	return nil
}

// ProposalShares is each structure's part of all the proposals made, largest
// first: the figure by which equality of treatment can be shown.
func (s *Store) ProposalShares(ctx context.Context) ([]insertion.Share, error) {
	shares, err := query(ctx, s.r, func(scan func(...any) error) (h insertion.Share, err error) {
		err = scan(&h.Structure, &h.Name, &h.Kind, &h.Proposals, &h.Placed)
		return h, err
	}, `SELECT t.id, json_extract(t.doc, '$.Name'), t.kind, count(*), sum(i.state = 'placée')
		FROM introduction i JOIN structure t ON t.id = i.structure GROUP BY t.id ORDER BY count(*) DESC, t.sorted`)
	total := 0
	for _, h := range shares {
		total += h.Proposals
	}
	for i := range shares {
		shares[i].Part = insertion.ShareOf(int64(shares[i].Proposals), int64(total))
	}
	return shares, err
}
