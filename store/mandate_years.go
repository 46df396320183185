package store

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// Standings tells where every commitment of the letter stands today. Counting the
// award notices reads all of them: see MandateFacts.
func (s *Store) Standings(ctx context.Context) ([]mandate.Standing, error) {
	records, err := s.MandateRecords(ctx, "", 0)
	if err != nil {
		return nil, err
	}
	facts, err := s.MandateFacts(ctx)
	if err != nil {
		return nil, err
	}
	return mandate.Standings(records, facts, insertion.DateOf(s.now())), nil
}

// MandateFacts is what the file knows of each year, oldest first: the award
// notices in the territory and in the whole file, and the hours. A million notices
// take seconds, so what they say is kept in memory until one of them, a structure,
// a name or a record of the mandate changes. Those narrowed to some buyers count their lots only.
func (s *Store) MandateFacts(ctx context.Context) ([]mandate.Facts, error) {
	if err := s.may(insertion.ActRead); err != nil {
		return nil, err
	}
	t, err := s.Thresholds(ctx)
	if err != nil {
		return nil, err
	}
	years, err := s.awards(ctx, t.Departments)
	if err != nil {
		return nil, err
	}
	facts := map[int]mandate.Facts{}
	for _, y := range years {
		facts[y.Year] = y
	}
	if err := s.hoursByYear(ctx, facts); err != nil {
		return nil, err
	}
	return slices.SortedFunc(maps.Values(facts), func(a, b mandate.Facts) int { return cmp.Compare(a.Year, b.Year) }), nil
}

// hoursByYear adds the hours counted and the lots with a clause running.
func (s *Store) hoursByYear(ctx context.Context, facts map[int]mandate.Facts) error {
	_, err := query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		var year int
		var hours insertion.Hours
		err := scan(&year, &hours)
		f := facts[year]
		f.Year, f.Hours = year, hours
		facts[year] = f
		return struct{}{}, err
	}, "SELECT CAST(substr(month, 1, 4) AS INTEGER), sum(counted) FROM month_hours GROUP BY 1")
	if err != nil {
		return err
	}
	this := s.now().Year()
	_, err = query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		var start, end insertion.Date
		err := scan(&start, &end)
		for year := start.Time().Year(); start != "" && year <= min(cmp.Or(end, start).Time().Year(), this); year++ {
			f := facts[year]
			f.Year = year
			f.Followed++
			facts[year] = f
		}
		return struct{}{}, err
	}, "SELECT start, ends FROM clause")
	return err
}

// years is what the award notices say, kept until they change.
type years struct {
	facts    []mandate.Facts
	change   int64 // the journal as it was then
	read     int64 // the imports and the number of lots, likewise
	settings string
}

// awards counts the award notices, or gives what was counted last when nothing it
// was counted from has changed.
func (s *Store) awards(ctx context.Context, departments []string) ([]mandate.Facts, error) {
	key := numbers(s.access.Buyers)
	s.pin.Lock()
	known, ok := s.counted[key]
	s.pin.Unlock()
	now := years{}
	for _, d := range departments {
		now.settings += d + " "
	}
	if err := s.all.QueryRowContext(ctx, `SELECT (SELECT ifnull(max(id), 0) FROM change),
		(SELECT ifnull(sum(n), 0) FROM lot_count) + (SELECT ifnull(max(id), 0) + ifnull(sum(created + updated), 0) FROM import)`).Scan(&now.change, &now.read); err != nil {
		return nil, named(err)
	}
	if ok && known.settings == now.settings && known.read == now.read {
		moved := false
		if err := s.all.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM change_row WHERE change > ? AND tbl IN ('lot', 'structure', 'organisation', 'mandate_record'))", known.change).Scan(&moved); err != nil {
			return nil, named(err)
		}
		if !moved {
			return known.facts, nil
		}
	}
	facts, err := countAwards(ctx, s.r, departments)
	if err != nil {
		return nil, err
	}
	now.facts = facts
	s.pin.Lock()
	defer s.pin.Unlock()
	if s.counted == nil {
		s.counted = map[string]years{}
	}
	s.counted[key] = now
	return facts, nil
}

// countAwards reads every award notice once.
func countAwards(ctx context.Context, q querier, departments []string) ([]mandate.Facts, error) {
	w, err := winnersOf(ctx, q)
	if err != nil {
		return nil, err
	}
	t := newTalliers(w, departments)
	rows, err := q.QueryContext(ctx, `SELECT contract, date, dep, lot_number <> '', social, amount_now, doubtful, holders,
		CASE WHEN lot_number = '' THEN instr(cold, '"fw":') > 0 ELSE 0 END FROM lot`)
	if err != nil {
		return nil, named(err)
	}
	defer rows.Close()
	var l awarded
	var date, dep, holders sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&l.contract, &date, &dep, &l.numbered, &l.social, &l.amount, &l.doubtful, &holders, &l.framework); err != nil {
			return nil, named(err)
		}
		if len(date) < 4 {
			continue
		}
		l.year, _ = strconv.Atoi(string(date[:4]))
		l.holders = l.holders[:0]
		n := int64(0)
		for _, c := range holders { // a JSON array of whole numbers
			switch {
			case c >= '0' && c <= '9':
				n = n*10 + int64(c-'0')
			case n > 0:
				l.holders, n = append(l.holders, n), 0
			}
		}
		t.add(l, string(dep))
	}
	if err := rows.Err(); err != nil {
		return nil, named(err)
	}
	return t.facts(), nil
}
