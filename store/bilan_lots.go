package store

import (
	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// readLots reads the lots whose clause runs in the year or that have hours or a
// plan in it.
func (r *bilanReader) readLots() error {
	r.lotAt = map[insertion.LotID]int{}
	return r.each(func(scan func(...any) error) error {
		var l bilan.Lot
		err := scan(&l.ID, &l.Contract, &l.Buyer, &l.Lead, &l.CPV, &l.Object, &l.INSEE, &l.Dep, &l.Amount, &l.Doubtful, &l.Due, &l.Total, &l.Clause, &l.Ends)
		r.lotAt[l.ID] = len(r.Lots)
		r.Lots = append(r.Lots, l)
		return err
	}, `SELECT l.id, l.contract, l.buyer, l.lead, l.cpv, iif(l.cpv = '', l.object, ''), l.insee, l.dep, l.amount_now, l.doubtful,
			ifnull(k.due, 0), ifnull(h.done, 0), k.lot IS NOT NULL, ifnull(k.ends, '')
		FROM (SELECT lot FROM clause WHERE start <= ?3 AND (ends = '' OR ends >= ?2)
			UNION SELECT p.lot FROM year_places y JOIN placement p ON p.id = y.placement WHERE y.year = ?1 AND y.planned + y.worked > 0) f
		JOIN lot l ON l.id = f.lot LEFT JOIN clause k ON k.lot = l.id LEFT JOIN lot_hours h ON h.lot = l.id
		WHERE `+r.here("l")+" ORDER BY l.id", r.Query.Year, r.first(), r.last())
}

// readSites reads the placements of the year. Those out of the scope are only
// known to be so.
func (r *bilanReader) readSites() error {
	r.siteOf = map[int64]siteOf{}
	return r.each(func(scan func(...any) error) error {
		var id int64
		var lot insertion.LotID
		var s bilan.Site
		if err := scan(&id, &lot, &s.Modality, &s.Structure, &s.Kind, &s.Planned, &s.Worked, &s.Done); err != nil {
			return err
		}
		at, here := r.lotAt[lot]
		r.siteOf[id] = siteOf{here, lot}
		if here && s.Planned+s.Worked > 0 {
			s.Lot = at
			r.Sites = append(r.Sites, s)
		}
		return nil
	}, `SELECT y.placement, p.lot, p.modality, p.structure, ifnull(t.kind, ''), y.planned, y.worked, y.done
		FROM year_places y JOIN placement p ON p.id = y.placement LEFT JOIN structure t ON t.id = p.structure
		WHERE y.year = ? ORDER BY y.placement`, r.Query.Year)
}

// readLater takes back from the lots what was done after the year.
func (r *bilanReader) readLater() error {
	return r.each(func(scan func(...any) error) error {
		var lot insertion.LotID
		var done insertion.Hours
		err := scan(&lot, &done)
		if at, here := r.lotAt[lot]; here {
			r.Lots[at].Total -= done
		}
		return err
	}, "SELECT p.lot, sum(y.done) FROM year_places y JOIN placement p ON p.id = y.placement WHERE y.year > ? GROUP BY p.lot", r.Query.Year)
}

// readMonths reads the twelve months: of the whole file they are kept.
func (r *bilanReader) readMonths() error {
	at := map[insertion.Month]int{}
	for _, m := range insertion.Months(insertion.Date(r.first()).Month(), insertion.Date(r.last()).Month()) {
		at[m] = len(r.Months)
		r.Months = append(r.Months, bilan.MonthSum{Month: m})
	}
	text := "SELECT month, hours, counted FROM month_hours WHERE month BETWEEN ? AND ?"
	if r.Narrow {
		text = `SELECT m.month, sum(m.worked), sum(m.done) FROM lot l JOIN placement p ON p.lot = l.id JOIN placement_month m ON m.placement = p.id
			WHERE l.id IN (SELECT value FROM json_each(?3)) AND m.month BETWEEN ?1 AND ?2 GROUP BY m.month`
	}
	args := []any{r.first()[:7], r.last()[:7]}
	if r.Narrow {
		ids := make([]int64, len(r.Lots))
		for i, l := range r.Lots {
			ids[i] = int64(l.ID)
		}
		args = append(args, jsonIDs(ids))
	}
	return r.each(func(scan func(...any) error) error {
		var s bilan.MonthSum
		err := scan(&s.Month, &s.Worked, &s.Done)
		if i, known := at[s.Month]; known {
			r.Months[i] = s
		}
		return err
	}, text, args...)
}

// readYears reads the sums of the years of the trend.
func (r *bilanReader) readYears() error {
	for year := r.Query.Year - bilan.Trend + 1; year <= r.Query.Year; year++ {
		y := bilan.YearSum{Year: year}
		text := "SELECT ifnull(sum(y.planned), 0), ifnull(sum(y.worked), 0), ifnull(sum(y.done), 0), count(DISTINCT iif(y.worked > 0, p.lot, NULL)) FROM year_places y JOIN placement p ON p.id = y.placement"
		if r.Narrow {
			text += " JOIN lot l ON l.id = p.lot AND " + r.here("l")
		}
		if err := r.tx.QueryRowContext(r.ctx, text+" WHERE y.year = ?", year).Scan(&y.Planned, &y.Worked, &y.Done, &y.Lots); err != nil {
			return named(err)
		}
		text = "SELECT y.participant FROM year_hours y"
		if r.Narrow {
			text += " JOIN assignment a ON a.id = y.assignment JOIN lot l ON l.id = a.lot AND " + r.here("l")
		}
		text += " WHERE y.year = ? AND y.participant <> 0 AND y.counted > 0 GROUP BY y.participant" // in the order of the key: nothing is sorted
		if err := r.tx.QueryRowContext(r.ctx, "SELECT count(*) FROM ("+text+")", year).Scan(&y.Persons); err != nil {
			return named(err)
		}
		r.Years = append(r.Years, y)
	}
	return nil
}

// readLeading names the structures with the most hours.
func (r *bilanReader) readLeading() error {
	all := r.Structures()
	ids := make([]int64, min(len(all), bilan.Leaders))
	for i := range ids {
		ids[i] = int64(all[i].Structure)
	}
	r.Leading = map[insertion.StructureID]string{}
	return r.each(func(scan func(...any) error) error {
		var id insertion.StructureID
		var s insertion.Structure
		err := scan(&id, &s.Name, &s.Brand)
		r.Leading[id] = s.DisplayName()
		return err
	}, "SELECT id, ifnull(json_extract(doc, '$.Name'), ''), ifnull(json_extract(doc, '$.Brand'), '') FROM structure WHERE id IN (SELECT value FROM json_each(?))", jsonIDs(ids))
}
