package store

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// readRights asks the clause of the first contract of the year of each person with
// several eligibilities which one lets her work (Clause.Eligible). Where none does,
// or nothing is kept of it any more, hers stays the one seen first.
func (r *bilanReader) readRights() error {
	type right struct {
		contract bilan.Contract
		lot      insertion.LotID
	}
	rights, lots := map[insertion.ParticipantID]right{}, map[int64]bool{}
	for i, c := range r.Contracts {
		person := r.holders[i]
		if !r.several[int64(person)] {
			continue
		}
		if known, ok := rights[person]; !ok || c.Start < known.contract.Start {
			rights[person] = right{c, r.lotsOf[i]}
		}
	}
	people := make([]int64, 0, len(rights))
	for person, one := range rights {
		people = append(people, int64(person))
		lots[int64(one.lot)] = true
	}
	slices.Sort(people)
	clauses := map[insertion.LotID]insertion.Clause{}
	if err := r.each(func(scan func(...any) error) error {
		var c insertion.Clause
		var lot insertion.LotID
		var publics, others string
		if err := scan(&lot, &publics, &others); err != nil {
			return err
		}
		err := errors.Join(json.Unmarshal([]byte(publics), &c.Publics), json.Unmarshal([]byte(others), &c.OtherPublics))
		clauses[lot] = c
		return err
	}, `SELECT k.lot, ifnull(json_extract(k.doc, '$.publics'), 'null'), ifnull(json_extract(k.doc, '$.autres_publics'), 'null')
		FROM clause k WHERE k.lot IN (SELECT value FROM json_each(?)) AND instr(k.doc, 'ublics":[') > 0`, jsonIDs(slices.Sorted(maps.Keys(lots)))); err != nil {
		return err
	}
	seen := map[insertion.ParticipantID][]insertion.Eligibility{}
	if err := r.each(func(scan func(...any) error) error {
		e, err := scanEligibility(scan)
		seen[e.Participant] = append(seen[e.Participant], e)
		return err
	}, "SELECT e.id, e.participant, e.category, e.proof, e.dated, e.seen, e.by, e.until, e.reason, e.version FROM json_each(?) j JOIN eligibility e ON e.participant = j.value ORDER BY e.participant, e.id", jsonIDs(people)); err != nil {
		return err
	}
	for person, one := range rights {
		if e, ok, _ := clauses[one.lot].Eligible(seen[person], one.contract.Start); ok {
			r.Persons[one.contract.Person].Public = e.Category
		}
	}
	return nil
}
