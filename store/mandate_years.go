package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/gob"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// Standings tells where every commitment of the letter stands today: see MandateFacts for
// what it costs.
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

// MandateScope names the buyers whose lots alone are counted, for those narrowed to
// some; "" is the whole file.
func (s *Store) MandateScope(ctx context.Context) (string, error) {
	if err := s.may(insertion.ActRead); err != nil || len(s.access.Buyers) == 0 {
		return "", err
	}
	names, err := query(ctx, s.r, func(scan func(...any) error) (string, error) {
		var p insertion.Party
		err := scan(&p.Kind, &p.ID, &p.Name)
		return shownParty(p).Label(), err
	}, "SELECT kind, ident, name FROM organisation WHERE id IN "+numbers(s.access.Buyers)+" ORDER BY name, id")
	return strings.Join(names, ", "), err
}

// MandateFacts is what the file knows of each year, oldest first: the award
// notices in the territory and in the whole file, and the hours. What the notices say
// is kept in the file until one of them, a structure, the name or the size of a
// winner changes. Those narrowed to some buyers count their lots only.
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

// awards counts the award notices, or gives what was counted last when nothing it
// was counted from has moved since, in this process or another.
func (s *Store) awards(ctx context.Context, departments []string) ([]mandate.Facts, error) {
	seen := strings.Join(departments, " ") + numbers(s.access.Buyers)
	if facts, ok, err := counted(ctx, s.all, seen); err != nil || ok {
		return facts, err
	}
	if err := s.packUp(ctx); err != nil && !unwritable(err) {
		return nil, err
	}
	now, facts, err := s.countAwards(ctx, departments)
	if err != nil {
		return nil, err
	}
	if now == (moment{}) { // one not packed could change and nothing tell
		return facts, nil
	}
	if err := s.keepCount(ctx, seen, now, facts); err != nil && !unwritable(err) {
		return nil, err
	}
	return facts, nil
}

// unwritable tells an error that keeps a file from being written, not from being read.
func unwritable(err error) bool {
	return errors.Is(err, insertion.ErrReadOnly) || errors.Is(err, insertion.ErrBusy) || errors.Is(err, insertion.ErrDiskFull)
}

// moment is what a count was made of: how often packs of lots and what is known of
// winners had moved, and the newest lot.
type moment struct{ lots, winners, newest int64 }

func momentOf(ctx context.Context, q querier) (m moment, err error) {
	err = named(q.QueryRowContext(ctx, `SELECT (SELECT n FROM award_moved WHERE what = 'lot'), (SELECT n FROM award_moved WHERE what = 'winner'),
		(SELECT ifnull(max(id), 0) FROM lot)`).Scan(&m.lots, &m.winners, &m.newest))
	return m, err
}

// counted is what was counted last, while it is still good.
func counted(ctx context.Context, q querier, seen string) (facts []mandate.Facts, ok bool, err error) {
	now, err := momentOf(ctx, q)
	if err != nil {
		return nil, false, err
	}
	var doc []byte
	err = named(q.QueryRowContext(ctx, "SELECT counted FROM award_count WHERE seen = ? AND lots = ? AND winners = ? AND newest = ?",
		seen, now.lots, now.winners, now.newest).Scan(&doc))
	if errors.Is(err, insertion.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	// A program that counts otherwise does not read it: it counts again.
	return facts, gob.NewDecoder(bytes.NewReader(doc)).Decode(&facts) == nil, nil
}

// keepCount keeps what was counted, and drops what is no longer good.
func (s *Store) keepCount(ctx context.Context, seen string, at moment, facts []mandate.Facts) error {
	var doc bytes.Buffer
	if err := gob.NewEncoder(&doc).Encode(facts); err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM award_count WHERE lots <> ? OR winners <> ? OR newest <> ?", at.lots, at.winners, at.newest); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO award_count (seen, lots, winners, newest, counted) VALUES (?, ?, ?, ?, ?)",
			seen, at.lots, at.winners, at.newest, doc.Bytes())
		return err
	})
}

// countAwards reads every award notice the access sees, all of one moment: zero when
// what was counted is not to be kept.
func (s *Store) countAwards(ctx context.Context, departments []string) (moment, []mandate.Facts, error) {
	tx, err := s.all.BeginTx(ctx, nil)
	if err != nil {
		return moment{}, nil, named(err)
	}
	at, facts, err := countAwards(ctx, tx, departments, s.access.Buyers)
	return at, facts, errors.Join(err, ignoreDone(tx.Rollback()))
}

func countAwards(ctx context.Context, q querier, departments []string, buyers []insertion.OrganisationID) (at moment, facts []mandate.Facts, err error) {
	if at, err = momentOf(ctx, q); err != nil {
		return at, nil, err
	}
	w, err := winnersOf(ctx, q)
	if err != nil {
		return at, nil, err
	}
	t := newTalliers(w, departments, at.newest)
	all, err := everyAwarded(ctx, q, func(l *awarded) {
		if l.year > 0 && (len(buyers) == 0 || slices.Contains(buyers, insertion.OrganisationID(l.buyer))) {
			t.add(l)
		}
	})
	if !all {
		at = moment{}
	}
	return at, t.facts(), err
}

// checkAwards says whether what was counted last is what would be counted now, for
// the whole file.
func checkAwards(ctx context.Context, q querier) ([]string, error) {
	kept, err := query(ctx, q, scanText, "SELECT seen FROM award_count WHERE seen LIKE '%()'")
	if err != nil {
		return nil, err
	}
	var found []string
	for _, seen := range kept {
		facts, ok, err := counted(ctx, q, seen)
		if err != nil {
			return nil, err
		}
		_, want, err := countAwards(ctx, q, strings.Fields(strings.TrimSuffix(seen, numbers(nil))), nil)
		if errors.Is(err, errPack) {
			return nil, nil // checkPacks says so
		}
		if err != nil {
			return nil, err
		}
		if ok && !reflect.DeepEqual(facts, want) {
			found = append(found, "les années d'avis comptées pour le mandat ne sont pas celles que disent les avis")
		}
	}
	return found, nil
}
