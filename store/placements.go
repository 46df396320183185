package store

import (
	"context"
	"fmt"

	"passerelle/internal/insertion"
)

// SavePlacement creates (ID 0) or changes a placement and what is planned each
// month. Hours already entered stay; a month that held some cannot be dropped.
// A new placement that comes from an introduction marks it placed.
func (s *Store) SavePlacement(ctx context.Context, by string, p insertion.Placement) (insertion.PlacementID, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return 0, err
	}
	if err := p.Validate(); err != nil {
		return 0, err
	}
	if p.Start == "" && len(p.Months) > 0 {
		p.Start = p.Months[0].Month.First()
	}
	id := int64(p.ID)
	err := s.change(ctx, by, fmt.Sprintf("lot %d : placement chez %s", p.Lot, p.Employer), p.Lot, func(r *record) (err error) {
		if err := r.titled(said{"employeur", p.Employer}); err != nil {
			return err
		}
		if id == 0 {
			if id, err = r.exec("INSERT INTO placement (lot, introduction, structure, employer, modality, signed, note, member, start) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
				p.Lot, p.Introduction, p.Structure, p.Employer, p.Modality, p.Signed, p.Note, p.Member, p.Start); err != nil {
				return err
			}
			r.created("placement", id)
			if err := r.place(p.Introduction, s.instant()); err != nil {
				return err
			}
		} else {
			if err := r.touch("placement", id); err != nil {
				return err
			}
			if _, err := r.exec("UPDATE placement SET employer = ?, modality = ?, signed = ?, note = ?, member = ?, start = ?, version = version + 1 WHERE id = ?",
				p.Employer, p.Modality, p.Signed, p.Note, p.Member, p.Start, id); err != nil {
				return err
			}
		}
		return r.planMonths(id, p)
	})
	return insertion.PlacementID(id), err
}

// place marks the introduction a placement comes from.
func (r *record) place(id insertion.IntroductionID, at string) error {
	if id == 0 {
		return nil
	}
	var state insertion.IntroductionState
	if err := r.QueryRowContext(r, "SELECT state FROM introduction WHERE id = ?", id).Scan(&state); err != nil {
		return err
	}
	if state == insertion.Placed {
		return nil
	}
	if state == insertion.Declined {
		return &insertion.FieldError{Field: "etat", Reason: "cette structure a décliné : proposez-la de nouveau avant de la placer"}
	}
	return r.moveIntroduction(id, state, insertion.Placed, "", at)
}

// planMonths writes what is planned each month, and drops the months no longer
// planned that hold no hours.
func (r *record) planMonths(placement int64, p insertion.Placement) error {
	have, err := query(r, r.Tx, scanMonth, selectMonth+" WHERE placement = ?", placement)
	if err != nil {
		return err
	}
	wanted := map[insertion.Month]insertion.Hours{}
	for _, m := range p.Months {
		wanted[m.Month] = m.Planned
	}
	for _, m := range have {
		planned, keep := wanted[m.Month]
		delete(wanted, m.Month)
		if keep && planned == m.Planned {
			continue
		}
		if err := r.touch("placement_month", m.id); err != nil {
			return err
		}
		if keep || m.Entered {
			_, err = r.exec("UPDATE placement_month SET planned = ? WHERE id = ?", planned, m.id)
		} else {
			err = r.remove("placement_month", m.id)
		}
		if err != nil {
			return err
		}
	}
	for _, m := range p.Months {
		planned, missing := wanted[m.Month]
		if !missing {
			continue
		}
		id, err := r.exec("INSERT INTO placement_month (placement, lot, month, planned, done) VALUES (?, ?, ?, ?, 0)", placement, p.Lot, m.Month, planned)
		if err != nil {
			return err
		}
		r.created("placement_month", id)
		delete(wanted, m.Month)
	}
	return nil
}

const selectMonth = "SELECT id, month, planned, done, worked, entered > 0 FROM placement_month"

type monthRow struct {
	id int64
	insertion.PlacementMonth
}

func scanMonth(scan func(...any) error) (m monthRow, err error) {
	err = scan(&m.id, &m.Month, &m.Planned, &m.Done, &m.Worked, &m.Entered)
	return m, err
}

// SetHours enters the hours done in a month as a total, without saying whose.
// old is the cell as the person saw it: when somebody entered another figure
// meanwhile the error is an *insertion.StaleHours that says who and what. new
// not Entered takes the total away.
func (s *Store) SetHours(ctx context.Context, by string, id insertion.PlacementID, month insertion.Month, old, new insertion.PlacementMonth) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	if month == "" || new.Done < 0 || new.Done > insertion.WholeHours(100_000) {
		return &insertion.FieldError{Field: "heures", Reason: "des heures vont de 0 à 100 000 par mois"}
	}
	lot, employer, err := s.placementOf(ctx, id)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("lot %d : %s faites en %s chez %s", lot, new.Done, month.French(), employer)
	return s.change(ctx, by, what, lot, func(r *record) error {
		a, err := r.total(id, lot)
		if err != nil {
			return err
		}
		now, err := r.lineOf(a.ID, month)
		if err != nil {
			return err
		}
		var detailed insertion.Hours
		var persons int
		if err := r.QueryRowContext(r, "SELECT ifnull(sum(hours), 0), count(*) FROM hour_line WHERE placement = ? AND month = ? AND participant <> 0", id, month).Scan(&detailed, &persons); err != nil {
			return err
		}
		if entered := now.id != 0 || persons > 0; entered != old.Entered || entered && now.Hours+detailed != old.Worked {
			return &insertion.StaleHours{By: now.By, Done: now.Hours + detailed, Entered: entered}
		}
		return r.setLine(a, now, insertion.LineEdit{Month: month, Hours: new.Done, Clear: !new.Entered})
	})
}

// total is the assignment that stands for hours declared without persons.
func (r *record) total(placement insertion.PlacementID, lot insertion.LotID) (insertion.Assignment, error) {
	found, err := query(r, r.Tx, scanAssignment, selectAssignment+" WHERE placement = ? AND participant = 0", placement)
	if err != nil {
		return insertion.Assignment{}, err
	}
	if len(found) == 1 {
		return found[0], nil
	}
	a := insertion.Assignment{Placement: placement, Lot: lot, Employment: insertion.OtherEmployment}
	id, err := r.exec("INSERT INTO assignment (participant, placement, lot, employment) VALUES (0, ?, ?, ?)", placement, lot, a.Employment)
	r.created("assignment", id)
	a.ID = insertion.AssignmentID(id)
	return a, err
}

func (s *Store) placementOf(ctx context.Context, id insertion.PlacementID) (lot insertion.LotID, employer string, err error) {
	err = s.r.QueryRowContext(ctx, "SELECT lot, employer FROM placement WHERE id = ?", id).Scan(&lot, &employer)
	return lot, employer, named(err)
}

// Placements are those of a lot, with their months.
func (s *Store) Placements(ctx context.Context, lot insertion.LotID) ([]insertion.Placement, error) {
	return s.placements(ctx, "lot = ?", lot)
}

// StructurePlacements are those of a structure, with their months.
func (s *Store) StructurePlacements(ctx context.Context, id insertion.StructureID) ([]insertion.Placement, error) {
	return s.placements(ctx, "structure = ? AND structure <> 0", id)
}

// Placement reads one.
func (s *Store) Placement(ctx context.Context, id insertion.PlacementID) (insertion.Placement, error) {
	found, err := s.placements(ctx, "id = ?", id)
	if err == nil && len(found) == 0 {
		err = insertion.ErrNotFound
	}
	if err != nil {
		return insertion.Placement{}, err
	}
	return found[0], nil
}

func (s *Store) placements(ctx context.Context, where string, arg any) ([]insertion.Placement, error) {
	list, err := query(ctx, s.r, func(scan func(...any) error) (p insertion.Placement, err error) {
		err = scan(&p.ID, &p.Lot, &p.Introduction, &p.Structure, &p.Employer, &p.Modality, &p.Signed, &p.Note, &p.Member, &p.Start)
		return p, err
	}, "SELECT id, lot, introduction, structure, employer, modality, signed, note, member, start FROM placement WHERE "+where+" ORDER BY id", arg)
	if err != nil {
		return nil, err
	}
	for i := range list {
		months, err := query(ctx, s.r, scanMonth, selectMonth+" WHERE placement = ? ORDER BY month", list[i].ID)
		if err != nil {
			return nil, err
		}
		for _, m := range months {
			list[i].Months = append(list[i].Months, m.PlacementMonth)
		}
	}
	return list, nil
}

// HoursGrid is every placement that plans or holds hours between two months,
// with one cell for each month; lot narrows it when it is not 0.
func (s *Store) HoursGrid(ctx context.Context, lot insertion.LotID, from, to insertion.Month) ([]insertion.HoursRow, error) {
	months := insertion.Months(from, to)
	index := map[insertion.Month]int{}
	for i, m := range months {
		index[m] = i
	}
	where, args := "m.month BETWEEN ? AND ?", []any{from, to}
	if lot != 0 {
		where, args = where+" AND p.lot = ?", append(args, lot)
	}
	rows, err := query(ctx, s.r, func(scan func(...any) error) (r insertion.HoursRow, err error) {
		r.Months = make([]insertion.PlacementMonth, len(months))
		var m insertion.PlacementMonth
		err = scan(&r.Placement, &r.Lot, &r.Object, &r.Employer, &r.Modality, &m.Month, &m.Planned, &m.Done, &m.Worked, &m.Entered)
		r.Months[index[m.Month]] = m
		return r, err
	}, `SELECT p.id, p.lot, l.object, p.employer, p.modality, m.month, m.planned, m.done, m.worked, m.entered > 0
		FROM placement_month m JOIN placement p ON p.id = m.placement JOIN lot l ON l.id = p.lot WHERE `+where+" ORDER BY p.lot, p.id, m.month", args...)
	if err != nil {
		return nil, err
	}
	var grid []insertion.HoursRow
	for _, r := range rows {
		if n := len(grid); n == 0 || grid[n-1].Placement != r.Placement {
			grid = append(grid, r)
		}
		for i, m := range r.Months {
			if m.Month != "" {
				grid[len(grid)-1].Months[i] = m
			}
		}
	}
	for _, r := range grid {
		for i := range r.Months {
			r.Months[i].Month = months[i]
		}
	}
	return grid, nil
}
