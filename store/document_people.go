package store

import (
	"context"

	"passerelle/internal/insertion"
)

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

// unseen sums the hours that count on a lot though nobody verified whose they are:
// those of totals without persons, and those granted before a proof was seen.
func (s *Store) unseen(ctx context.Context, lot insertion.LotID) (undetailed, granted insertion.Hours, err error) {
	err = s.r.QueryRowContext(ctx, `SELECT ifnull(sum(iif(participant = 0, counted, 0)), 0), ifnull(sum(iif(why LIKE '%"regle":"' || ?2 || '"%', counted, 0)), 0)
		FROM hour_line WHERE lot = ?1`, lot, insertion.RuleGranted).Scan(&undetailed, &granted)
	return undetailed, granted, err
}
