package store

import (
	"context"
	"fmt"
	"slices"

	"passerelle/internal/insertion"
)

// Group is the group of contractors of a lot: its members with their parts (even
// until someone says otherwise), the transfers, and the hours each did. A
// placement that names no member counts for the lead.
func (s *Store) Group(ctx context.Context, lot insertion.LotID) (insertion.Group, error) {
	var g insertion.Group
	l, err := s.Lot(ctx, lot)
	if err != nil {
		return g, err
	}
	g.Kind, g.Due = insertion.GroupKind(l.Notice.Group), l.Hours.Due
	if len(l.Contractors) < 2 {
		g.Kind = insertion.NoGroup
	}
	shares, err := sharesOf(ctx, s.r, lot)
	if err != nil {
		return g, err
	}
	for i, o := range l.Contractors {
		m := insertion.Member{Organisation: o.ID, Name: o.Party.Label(), Lead: i == 0, Share: shares[o.ID]}
		if len(shares) == 0 {
			m.Share = even(len(l.Contractors), i)
		}
		g.Members = append(g.Members, m)
	}
	if g.Transfers, err = query(ctx, s.r, scanTransfer, selectTransfer+" WHERE lot = ? ORDER BY dated, id", lot); err != nil {
		return g, err
	}
	g.Done = map[insertion.OrganisationID]insertion.Hours{}
	_, err = query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		var id insertion.OrganisationID
		var done insertion.Hours
		err := scan(&id, &done)
		if len(l.Contractors) > 0 && !slices.ContainsFunc(l.Contractors, func(o insertion.Organisation) bool { return o.ID == id }) {
			id = l.Contractors[0].ID
		}
		g.Done[id] += done
		return struct{}{}, err
	}, "SELECT p.member, sum(m.done) FROM placement p JOIN placement_month m ON m.placement = p.id WHERE p.lot = ? GROUP BY p.member", lot)
	return g, err
}

// sharesOf are the parts somebody wrote, by member; none yet is an empty map.
func sharesOf(ctx context.Context, q querier, lot insertion.LotID) (map[insertion.OrganisationID]insertion.BasisPoints, error) {
	shares := map[insertion.OrganisationID]insertion.BasisPoints{}
	_, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var id insertion.OrganisationID
		var share insertion.BasisPoints
		err := scan(&id, &share)
		shares[id] = share
		return struct{}{}, err
	}, "SELECT organisation, share FROM group_member WHERE lot = ?", lot)
	return shares, err
}

// even is the i-th of n equal parts of 100 %, the hundredths left over first.
func even(n, i int) insertion.BasisPoints {
	share := 10_000 / n
	if i < 10_000%n {
		share++
	}
	return insertion.BasisPoints(share)
}

// SaveShares writes the parts of the members in place of those that were read; the
// error is an *insertion.FieldError when they do not make 100 %, insertion.ErrStale
// when somebody wrote others since.
func (s *Store) SaveShares(ctx context.Context, by string, lot insertion.LotID, was, members []insertion.Member) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	if err := insertion.CheckShares(members); err != nil {
		return err
	}
	return s.change(ctx, by, fmt.Sprintf("lot %d : parts du groupement", lot), lot, func(r *record) error {
		held, err := sharesOf(r, r.Tx, lot)
		if err != nil {
			return err
		}
		for _, m := range was {
			if share, written := held[m.Organisation]; len(held) > 0 && (!written || share != m.Share) {
				return insertion.ErrStale
			}
		}
		for _, m := range members {
			var id int64
			err := named(r.QueryRowContext(r, "SELECT id FROM group_member WHERE lot = ? AND organisation = ?", lot, m.Organisation).Scan(&id))
			switch {
			case err == insertion.ErrNotFound:
				if id, err = r.exec("INSERT INTO group_member (lot, organisation, share) VALUES (?, ?, ?)", lot, m.Organisation, m.Share); err == nil {
					r.created("group_member", id)
				}
			case err == nil:
				if err = r.touch("group_member", id); err == nil {
					_, err = r.exec("UPDATE group_member SET share = ? WHERE id = ?", m.Share, id)
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

const selectTransfer = "SELECT id, lot, giver, taker, hours, price, dated, by, version FROM transfer"

func scanTransfer(scan func(...any) error) (t insertion.Transfer, err error) {
	err = scan(&t.ID, &t.Lot, &t.From, &t.To, &t.Hours, &t.Price, &t.Dated, &t.By, &t.Version)
	return t, err
}

// SaveTransfer creates (ID 0) or changes a transfer of hours between members.
func (s *Store) SaveTransfer(ctx context.Context, by string, t insertion.Transfer) (int64, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return 0, err
	}
	if err := t.Validate(); err != nil {
		return 0, err
	}
	id := t.ID
	err := s.change(ctx, by, fmt.Sprintf("lot %d : %s cédées entre titulaires", t.Lot, t.Hours), t.Lot, func(r *record) (err error) {
		if id == 0 {
			id, err = r.exec("INSERT INTO transfer (lot, giver, taker, hours, price, dated, by) VALUES (?, ?, ?, ?, ?, ?, ?)", t.Lot, t.From, t.To, t.Hours, t.Price, t.Dated, by)
			r.created("transfer", id)
			return err
		}
		if err := r.unchanged("transfer", id, t.Version); err != nil {
			return err
		}
		_, err = r.exec("UPDATE transfer SET giver = ?, taker = ?, hours = ?, price = ?, dated = ?, version = version + 1 WHERE id = ?", t.From, t.To, t.Hours, t.Price, t.Dated, id)
		return err
	})
	return id, err
}

// RemoveTransfer takes a transfer away; undo brings it back.
func (s *Store) RemoveTransfer(ctx context.Context, by string, id int64) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	return s.change(ctx, by, "", 0, func(r *record) error {
		t, err := only(query(r, r.Tx, scanTransfer, selectTransfer+" WHERE id = ?", id))
		if err != nil {
			return err
		}
		r.lot, r.what = t.Lot, fmt.Sprintf("lot %d : cession de %s retirée", t.Lot, t.Hours)
		if err := r.touch("transfer", id); err != nil {
			return err
		}
		return r.remove("transfer", id)
	})
}
