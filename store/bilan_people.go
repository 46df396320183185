package store

import (
	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// readPersons reads everybody with hours that count in the year, whatever the
// scope: see bilan.Facts.
func (r *bilanReader) readPersons() error {
	r.personAt = map[int64]int{}
	return r.each(func(scan func(...any) error) error {
		var id int64
		var p bilan.Person
		err := scan(&id, &p.Born, &p.Sex, &p.INSEE, &p.QPV, &p.Level, &p.Entered, &p.Erased)
		r.personAt[id] = len(r.Persons)
		r.Persons = append(r.Persons, p)
		return err
	}, `SELECT y.participant, p.born, p.sex, p.insee, p.qpv <> '', p.level, p.entered, p.erased <> ''
		FROM (SELECT participant FROM year_hours WHERE year = ? AND participant <> 0 GROUP BY participant HAVING sum(counted) > 0) y
		JOIN participant p ON p.id = y.participant ORDER BY y.participant`, r.Query.Year)
}

// readPublics finds the category of each, and the first day one was seen. Of those
// who have several, readRights tells which opened her right.
func (r *bilanReader) readPublics() error {
	r.seen, r.several = map[int64]insertion.Date{}, map[int64]bool{}
	return r.each(func(scan func(...any) error) error {
		var person int64
		var category string
		var seen insertion.Date
		if err := scan(&person, &category, &seen); err != nil {
			return err
		}
		at, known := r.personAt[person]
		if known && category == "QPV" && seen != "" {
			r.Persons[at].QPV = true // her address proved it
		}
		first, before := r.seen[person]
		r.several[person] = before
		if before && (seen == "" || first != "" && seen >= first) {
			return nil
		}
		r.seen[person] = seen
		if known {
			r.Persons[at].Public = category
		}
		return nil
	}, "SELECT participant, category, seen FROM eligibility ORDER BY participant, id")
}

// readContracts reads the assignments with hours that count in the year, and those
// begun in it with any.
func (r *bilanReader) readContracts() error {
	return r.each(func(scan func(...any) error) error {
		var person, placement int64
		var c bilan.Contract
		if err := scan(&person, &placement, &c.Done, &c.Employment, &c.Start, &c.End); err != nil {
			return err
		}
		c.Here = r.siteOf[placement].here
		if c.Start.Time().Year() == r.Query.Year {
			seen := r.seen[person]
			r.Begun = append(r.Begun, bilan.Beginning{Person: insertion.ParticipantID(person), Seen: seen != "" && seen <= c.Start, Here: c.Here})
		}
		at, known := r.personAt[person]
		if !known || c.Done <= 0 {
			return nil
		}
		if c.Person = at; c.Here {
			r.Persons[at].Here = true
			r.Persons[at].Done += c.Done
		}
		r.Contracts = append(r.Contracts, c)
		r.holders, r.lotsOf = append(r.holders, insertion.ParticipantID(person)), append(r.lotsOf, r.siteOf[placement].lot)
		return nil
	}, `SELECT y.participant, a.placement, y.counted, a.employment, a.start, a.finish FROM year_hours y JOIN assignment a ON a.id = y.assignment
		WHERE y.year = ? AND y.participant <> 0 AND y.hours > 0 ORDER BY y.participant, y.assignment`, r.Query.Year)
}

// readLeavers reads those who left in the year after having worked; their scope is
// that of any work of theirs.
func (r *bilanReader) readLeavers() error {
	work := "EXISTS (SELECT 1 FROM assignment a WHERE a.participant = p.id)"
	here := "1"
	if r.Narrow {
		here = "EXISTS (SELECT 1 FROM assignment a JOIN lot l ON l.id = a.lot WHERE a.participant = p.id AND " + r.here("l") + ")"
	}
	return r.each(func(scan func(...any) error) error {
		var l bilan.Leaver
		err := scan(&l.Exit, &l.Later, &l.Asked, &l.Here)
		r.Leavers = append(r.Leavers, l)
		return err
	}, "SELECT p.outcome, p.later, p.asked <> '', "+here+" FROM participant p WHERE p.left_on BETWEEN ? AND ? AND p.merged = 0 AND "+work+" ORDER BY p.id", r.first(), r.last())
}
