package store

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"passerelle/internal/insertion"
)

// reach is whom and what the rows of a change are about.
type reach struct {
	people, places, lots, structures map[int64]bool // places: placements
	shared                           map[personMonth]bool
	clauses                          map[int64]bool // lots whose rules of counting may have moved
	moved                            map[int64]bool // placements that changed themselves
}

// personMonth is a person and a month.
type personMonth struct {
	person insertion.ParticipantID
	month  insertion.Month
}

// reachOf reads it in the rows, as they were and as they are.
func reachOf(rows []changedRow) (reach, error) {
	a := reach{
		people: map[int64]bool{}, places: map[int64]bool{}, lots: map[int64]bool{}, structures: map[int64]bool{},
		shared: map[personMonth]bool{}, clauses: map[int64]bool{}, moved: map[int64]bool{},
	}
	for _, t := range rows {
		for i, image := range [...]string{t.before.String, t.after.String} {
			if image == "" {
				continue
			}
			if err := a.read(t.touched, image, i == 1); err != nil {
				return a, fmt.Errorf("%s %d : %w", t.table, t.row, err)
			}
		}
	}
	return a, nil
}

// read adds one image of a row; now tells that it is what the row is now.
func (a *reach) read(t touched, image string, now bool) error {
	switch t.table {
	case "participant":
		a.people[t.row] = true
		return nil
	case "structure":
		a.structures[t.row] = true
		return nil
	case "clause", "lot":
		a.lots[t.row], a.clauses[t.row] = true, true
		return nil
	case "organisation", "setting", "letterhead", "wording", "postponed", "mandate_record":
		return nil
	}
	var row struct {
		Participant, Placement, Lot int64
		Month                       insertion.Month
	}
	if err := json.Unmarshal([]byte(image), &row); err != nil {
		return err
	}
	if row.Lot != 0 {
		a.lots[row.Lot] = true
	}
	switch t.table {
	case "deed":
		a.clauses[row.Lot] = true
	case "placement":
		a.moved[t.row] = true
	case "eligibility":
		a.people[row.Participant] = true
	case "worked_month":
		a.people[row.Participant] = true
	case "assignment", "hour_line":
		a.people[row.Participant], a.places[row.Placement] = true, true
		if t.table == "hour_line" && now && row.Participant > 0 {
			a.shared[personMonth{insertion.ParticipantID(row.Participant), row.Month}] = true
		}
	}
	return nil
}

// recount counts again the lines of every person the change reached, of the
// totals beside theirs, and of everybody at work where the rules changed.
func (r *record) recount(a reach) error {
	people, places := maps.Clone(a.people), maps.Clone(a.places)
	for text, from := range map[string]map[int64]bool{
		"SELECT participant, placement FROM assignment WHERE lot IN (SELECT value FROM json_each(?))":       a.clauses,
		"SELECT participant, placement FROM assignment WHERE placement IN (SELECT value FROM json_each(?))": a.moved,
		`SELECT a.participant, a.placement FROM placement p JOIN assignment a ON a.placement = p.id
			WHERE p.structure IN (SELECT value FROM json_each(?))`: a.structures,
	} {
		if len(from) == 0 {
			continue
		}
		if _, err := query(r, r.Tx, func(scan func(...any) error) (struct{}, error) {
			var person, place int64
			err := scan(&person, &place)
			people[person], places[place] = true, true
			return struct{}{}, err
		}, text, jsonIDs(slices.Sorted(maps.Keys(from)))); err != nil {
			return err
		}
	}
	delete(people, 0)
	if len(people)+len(places) == 0 {
		return nil
	}
	_, err := recount(r, r.Tx, slices.Sorted(maps.Keys(people)), slices.Sorted(maps.Keys(places)))
	return err
}

// hold refuses more hours in a month than a month holds, all the lines of a
// person together, whatever wrote them.
func (a reach) hold(r *record) error {
	if len(a.shared) == 0 {
		return nil
	}
	people := map[int64]bool{}
	for pm := range a.shared {
		people[int64(pm.person)] = true
	}
	over, err := query(r, r.Tx, func(scan func(...any) error) (f insertion.FieldError, err error) {
		var pm personMonth
		var sum insertion.Hours
		err = scan(&pm.person, &pm.month, &sum)
		f.Field = "heures"
		f.Reason = fmt.Sprintf("%s aurait %s en %s, toutes lignes réunies : un mois ne tient pas tant d'heures (au plus %s)",
			pm.person.Code(), sum, pm.month.French(), insertion.MaxMonth)
		return f, err
	}, `SELECT l.participant, l.month, sum(l.hours) FROM json_each(?) j JOIN hour_line l ON l.participant = j.value
		GROUP BY 1, 2 HAVING sum(l.hours) > ? LIMIT 1`, jsonIDs(slices.Sorted(maps.Keys(people))), insertion.MaxMonth)
	if err == nil && len(over) > 0 {
		err = &over[0]
	}
	return err
}

// name says whom and which lot the change is about, when there is only one and
// nobody said so.
func (a reach) name(r *record) {
	if r.person == 0 {
		people := a.alive()
		if len(people) == 1 {
			r.person = insertion.ParticipantID(people[0])
		}
	}
	if r.lot == 0 && len(a.lots) == 1 && !r.final {
		for lot := range a.lots {
			r.lot = insertion.LotID(lot)
		}
	}
}

// alive are the persons reached, save totals and those erased.
func (a reach) alive() []int64 {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(a.people)), func(p int64) bool { return p <= 0 })
}

// file puts the change in the file of each other person and lot it is about. An
// import reaches too many for that.
func (a reach) file(r *record, change int64) error {
	if r.final {
		return nil
	}
	for _, p := range a.alive() {
		if p == int64(r.person) {
			continue
		}
		if _, err := r.exec("INSERT INTO about_person VALUES (?, ?)", p, change); err != nil {
			return err
		}
	}
	for _, lot := range slices.Sorted(maps.Keys(a.lots)) {
		if lot == int64(r.lot) {
			continue
		}
		if _, err := r.exec("INSERT INTO about_lot VALUES (?, ?)", lot, change); err != nil {
			return err
		}
	}
	return nil
}
