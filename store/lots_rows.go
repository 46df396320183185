package store

import (
	"encoding/json"

	"passerelle/internal/insertion"
)

// lotColumns is what a row of a list shows of lot l, in the order scanLot reads.
const lotColumns = `l.id, l.contract, l.reference, l.lot_number, l.object, ifnull(b.kind, ''), ifnull(b.ident, ''), ifnull(b.name, ''),
	ifnull(w.kind, ''), ifnull(w.ident, ''), ifnull(w.name, ''), l.holders, l.cpv, l.place, l.insee, l.dep, l.lat, l.lon, l.basis,
	l.date, l.amount_now, l.doubtful, l.social, l.clause, ifnull(k.due, 0), ifnull(k.start, ''), ifnull(k.ends, ''), ifnull(k.invoiced, 0), ifnull(k.expected, 0),
	ifnull(h.planned, 0), ifnull(h.done, 0),
	CASE l.clause WHEN 1 THEN EXISTS (SELECT 1 FROM introduction i WHERE i.lot = l.id AND i.state <> 'déclinée') ELSE 0 END,
	CASE l.clause WHEN 1 THEN EXISTS (SELECT 1 FROM placement p WHERE p.lot = l.id) ELSE 0 END`

// lotJoins brings the names, the clause and the hours of each row.
const lotJoins = ` LEFT JOIN organisation b ON b.id = l.buyer LEFT JOIN organisation w ON w.id = l.lead
	LEFT JOIN clause k ON k.lot = l.id LEFT JOIN lot_hours h ON h.lot = l.id`

func (s *Store) scanLot(late insertion.BasisPoints) func(func(...any) error) (insertion.LotRow, error) {
	today := insertion.DateOf(s.now())
	return func(scan func(...any) error) (r insertion.LotRow, err error) {
		var start, finish insertion.Date
		var introduced, placed bool
		var invoiced, expected insertion.Cents
		var holders []byte
		err = scan(&r.ID, &r.Contract, &r.Reference, &r.LotNumber, &r.Object, &r.Buyer.Kind, &r.Buyer.ID, &r.Buyer.Name,
			&r.Lead.Kind, &r.Lead.ID, &r.Lead.Name, &holders, &r.CPV, &r.Place.Name, &r.Place.INSEE, &r.Place.Department,
			&r.Place.Lat, &r.Place.Lon, &r.Place.Basis, &r.Date, &r.Amount, &r.Doubtful, &r.Social, &r.HasClause,
			&r.Hours.Due, &start, &finish, &invoiced, &expected, &r.Hours.Planned, &r.Hours.Done, &introduced, &placed)
		if err != nil {
			return r, err
		}
		var ids []int64
		if err := json.Unmarshal(holders, &ids); err != nil {
			return r, err
		}
		r.Others = max(0, len(ids)-1)
		r.Buyer, r.Lead = shownParty(r.Buyer), shownParty(r.Lead)
		p := insertion.Progress{
			Flagged: r.Social&insertion.SocialClause != 0, Introduced: introduced, Placed: placed,
			Sum: r.Hours, Today: today, LateBelow: late,
		}
		if r.HasClause {
			p.Clause = &insertion.Clause{Start: start, End: finish, ByAmount: expected > 0, Consumed: invoiced, Expected: expected}
		}
		r.Stage = p.Stage()
		if p.Clause != nil {
			r.Awaited, r.Pace = p.Clause.Awaits(r.Hours.Due, today), p.Clause.Pace(r.Hours, today)
			r.Starts, r.Ends = start, finish
		}
		return r, err
	}
}
