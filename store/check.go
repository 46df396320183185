package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Check looks the whole file over and says, in French, everything found wrong;
// nothing when it is sound. It reads every page: seconds for a large file.
//
// It reads through a connection of its own: FTS5 checks its indexes against the
// structure a connection remembers, which is out of date as soon as another
// connection has written.
func (s *Store) Check(ctx context.Context) (found []string, err error) {
	db, err := pool(s.path, reading, 1)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return check(ctx, db)
}

func check(ctx context.Context, db querier) ([]string, error) {
	found, err := query(ctx, db, scanText, "PRAGMA integrity_check(100)")
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(line string) bool { return line == "ok" })
	orphans, err := query(ctx, db, func(scan func(...any) error) (line string, err error) {
		var table, parent string
		var n int
		err = scan(&table, &parent, &n)
		return fmt.Sprintf("%d ligne(s) de « %s » renvoient à « %s » qui n'existe pas", n, table, parent), err
	}, `SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2`)
	if err != nil {
		return nil, err
	}
	counted, err := query(ctx, db, scanText, `SELECT 'les listes comptent ' || c.n || ' lots, la base en contient ' || l.n
		FROM (SELECT ifnull(sum(n), 0) AS n FROM lot_count) c, (SELECT count(*) AS n FROM lot) l WHERE c.n <> l.n`)
	if err != nil {
		return nil, err
	}
	found = append(append(found, orphans...), counted...)
	for _, sum := range sums() {
		some, err := query(ctx, db, scanText, sum+" LIMIT 20")
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	return found, nil
}

// sums are the questions that answer, in French, each total of hours that is not
// the sum of its lines, and each line the file should not hold.
func sums() []string {
	const months = "(SELECT placement, month, sum(hours) AS worked, sum(counted) AS done, count(*) AS entered FROM hour_line GROUP BY placement, month)"
	const years = `(SELECT CAST(substr(month, 1, 4) AS INTEGER) AS year, participant, assignment, sum(hours) AS hours, sum(counted) AS counted, count(*) AS lines
		FROM hour_line GROUP BY 1, 2, 3)`
	const placeYears = `(SELECT CAST(substr(month, 1, 4) AS INTEGER) AS year, placement, sum(planned) AS planned, sum(worked) AS worked, sum(done) AS done, count(*) AS months
		FROM placement_month GROUP BY 1, 2)`
	return []string{
		`SELECT 'placement ' || m.placement || ', ' || m.month || ' : les totaux du mois ne sont pas la somme des lignes' FROM placement_month m LEFT JOIN ` + months + ` h
			ON h.placement = m.placement AND h.month = m.month
			WHERE m.worked <> ifnull(h.worked, 0) OR m.done <> ifnull(h.done, 0) OR m.entered <> ifnull(h.entered, 0)`,
		`SELECT 'placement ' || h.placement || ', ' || h.month || ' : des lignes sans total du mois' FROM ` + months + ` h
			WHERE NOT EXISTS (SELECT 1 FROM placement_month m WHERE m.placement = h.placement AND m.month = h.month)`,
		`SELECT 'lot ' || p.lot || ' : le total des heures n''est pas la somme des mois' FROM (SELECT lot, sum(planned) AS planned, sum(done) AS done FROM placement_month GROUP BY lot) p
			LEFT JOIN lot_hours t ON t.lot = p.lot WHERE ifnull(t.planned, -1) <> p.planned OR ifnull(t.done, -1) <> p.done`,
		`SELECT 'mois ' || h.month || ' : le total de la base n''est pas la somme des lignes' FROM (SELECT month, sum(hours) AS hours, sum(counted) AS counted FROM hour_line GROUP BY month) h
			LEFT JOIN month_hours t ON t.month = h.month WHERE ifnull(t.hours, -1) <> h.hours OR ifnull(t.counted, -1) <> h.counted`,
		`SELECT 'année ' || y.year || ', affectation ' || y.assignment || ' : le total de l''année n''est pas la somme des lignes' FROM year_hours y LEFT JOIN ` + years + ` h
			ON h.year = y.year AND h.participant = y.participant AND h.assignment = y.assignment
			WHERE y.hours <> ifnull(h.hours, -1) OR y.counted <> ifnull(h.counted, -1) OR y.lines <> ifnull(h.lines, -1)`,
		`SELECT 'année ' || h.year || ', affectation ' || h.assignment || ' : des lignes sans total de l''année' FROM ` + years + ` h
			WHERE NOT EXISTS (SELECT 1 FROM year_hours y WHERE y.year = h.year AND y.participant = h.participant AND y.assignment = h.assignment)`,
		`SELECT 'année ' || y.year || ', placement ' || y.placement || ' : le total de l''année n''est pas la somme des mois' FROM year_places y LEFT JOIN ` + placeYears + ` m
			ON m.year = y.year AND m.placement = y.placement
			WHERE y.planned <> ifnull(m.planned, -1) OR y.worked <> ifnull(m.worked, -1) OR y.done <> ifnull(m.done, -1) OR y.months <> ifnull(m.months, -1)`,
		`SELECT 'année ' || m.year || ', placement ' || m.placement || ' : des mois sans total de l''année' FROM ` + placeYears + ` m
			WHERE NOT EXISTS (SELECT 1 FROM year_places y WHERE y.year = m.year AND y.placement = m.placement)`,
		`SELECT 'ligne ' || h.id || ' : elle n''est pas à la personne, au placement ou au lot de son affectation' FROM hour_line h JOIN assignment a ON a.id = h.assignment
			JOIN placement p ON p.id = a.placement WHERE h.participant <> a.participant OR h.placement <> a.placement OR h.lot <> p.lot OR a.lot <> p.lot`,
		`SELECT printf('P-%04d, ', w.participant) || w.month || ' : plus d''heures que travaillées' FROM worked_month w
			WHERE w.hours < (SELECT sum(hours) FROM hour_line h WHERE h.participant = w.participant AND h.month = w.month)`,
	}
}

func scanText(scan func(...any) error) (text string, err error) {
	err = scan(&text)
	return text, err
}
