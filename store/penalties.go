package store

import (
	"context"
	"fmt"

	"passerelle/internal/insertion"
)

const selectStep = "SELECT id, lot, kind, dated, text, amount, by, version FROM penalty_step"

func scanStep(scan func(...any) error) (p insertion.Step, err error) {
	err = scan(&p.ID, &p.Lot, &p.Kind, &p.Dated, &p.Text, &p.Amount, &p.By, &p.Version)
	return p, err
}

// Steps are the reminders, meetings, notices and decisions of a lot, in order.
func (s *Store) Steps(ctx context.Context, lot insertion.LotID) ([]insertion.Step, error) {
	return query(ctx, s.r, scanStep, selectStep+" WHERE lot = ? ORDER BY dated, id", lot)
}

// SaveStep creates (ID 0) or changes a step on the way to a penalty.
func (s *Store) SaveStep(ctx context.Context, by string, p insertion.Step) (int64, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return 0, err
	}
	if err := p.Validate(insertion.DateOf(s.now())); err != nil {
		return 0, err
	}
	id := p.ID
	err := s.change(ctx, by, fmt.Sprintf("lot %d : %s du %s", p.Lot, p.Kind, p.Dated.French()), p.Lot, func(r *record) (err error) {
		if id == 0 {
			id, err = r.exec("INSERT INTO penalty_step (lot, kind, dated, text, amount, by) VALUES (?, ?, ?, ?, ?, ?)", p.Lot, p.Kind, p.Dated, p.Text, p.Amount, by)
			r.created("penalty_step", id)
			return err
		}
		if err := r.unchanged("penalty_step", id, p.Version); err != nil {
			return err
		}
		_, err = r.exec("UPDATE penalty_step SET kind = ?, dated = ?, text = ?, amount = ?, version = version + 1 WHERE id = ?", p.Kind, p.Dated, p.Text, p.Amount, id)
		return err
	})
	return id, err
}

// RemoveStep takes a step away; undo brings it back.
func (s *Store) RemoveStep(ctx context.Context, by string, id int64) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	return s.change(ctx, by, "", 0, func(r *record) error {
		p, err := only(query(r, r.Tx, scanStep, selectStep+" WHERE id = ?", id))
		if err != nil {
			return err
		}
		r.lot, r.what = p.Lot, fmt.Sprintf("lot %d : %s du %s retirée", p.Lot, p.Kind, p.Dated.French())
		if err := r.touch("penalty_step", id); err != nil {
			return err
		}
		return r.remove("penalty_step", id)
	})
}

// PenaltyInput is what the simulation of a lot reads on a day: hours due then and
// done by then, declarations late or missing, the formal notice. The error is
// insertion.ErrNotFound while the lot has no clause sheet.
func (s *Store) PenaltyInput(ctx context.Context, lot insertion.LotID, on insertion.Date) (insertion.PenaltyInput, error) {
	l, err := s.Lot(ctx, lot)
	if err != nil {
		return insertion.PenaltyInput{}, err
	}
	if l.Clause == nil {
		return insertion.PenaltyInput{}, insertion.ErrNotFound
	}
	in := insertion.PenaltyInput{Rule: l.Clause.Penalty, Amount: l.Amount, Due: l.Hours.Due, On: on}
	var ends insertion.Date
	if err := s.r.QueryRowContext(ctx, "SELECT ends FROM clause WHERE lot = ?", lot).Scan(&ends); err != nil {
		return in, named(err)
	}
	in.Over = ends != "" && ends < on
	if err := s.r.QueryRowContext(ctx, "SELECT ifnull(sum(m.done), 0) FROM placement p JOIN placement_month m ON m.placement = p.id WHERE p.lot = ? AND m.month <= ?", lot, on.Month()).Scan(&in.Done); err != nil {
		return in, named(err)
	}
	receipts, err := query(ctx, s.r, scanReceipt, selectReceipt+" WHERE lot = ? AND received <= ? ORDER BY last, id", lot, on)
	if err != nil {
		return in, err
	}
	in.Declarations = l.Clause.Calendar.Declarations(lot, l.Clause.Start, ends, receipts, on)
	steps, err := s.Steps(ctx, lot)
	for _, p := range steps {
		if p.Kind == insertion.StepNotice && p.Dated <= on {
			in.Notice = p.Dated
		}
	}
	return in, err
}

// ForecastInput is what the forecast of a lot reads today; the error is
// insertion.ErrNotFound while it has no clause sheet.
func (s *Store) ForecastInput(ctx context.Context, lot insertion.LotID) (insertion.ForecastInput, error) {
	today := insertion.DateOf(s.now())
	d, err := dues(ctx, s.r, lot, today)
	if err != nil {
		return insertion.ForecastInput{}, err
	}
	t, err := s.Thresholds(ctx)
	if err != nil {
		return insertion.ForecastInput{}, err
	}
	in := insertion.ForecastInput{Due: d.Forecast, End: d.End, Today: today, Window: t.PaceMonths}
	if err := s.r.QueryRowContext(ctx, "SELECT start FROM clause WHERE lot = ?", lot).Scan(&in.Start); err != nil {
		return in, named(err)
	}
	in.Months, err = query(ctx, s.r, func(scan func(...any) error) (m insertion.BurnMonth, err error) {
		err = scan(&m.Month, &m.Planned, &m.Done, &m.Entered)
		return m, err
	}, `SELECT m.month, sum(m.planned), sum(m.done), max(m.entered > 0) FROM placement p JOIN placement_month m ON m.placement = p.id
		WHERE p.lot = ? GROUP BY m.month ORDER BY m.month`, lot)
	return in, err
}
