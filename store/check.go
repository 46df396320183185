package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"passerelle/internal/insertion"
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
		return fmt.Sprintf("%s à « %s » qui n'existe pas", insertion.Counted(n, "ligne de « "+table+" » renvoie", "lignes de « "+table+" » renvoient"), parent), err
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
	for _, kept := range []func(context.Context, querier) ([]string, error){checkPacks, checkAwards} {
		some, err := kept(ctx, db)
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
		`SELECT 'année ' || year || ', affectation ' || assignment || ' : le total de l''année n''est pas la somme des lignes' FROM (
			SELECT year, participant, assignment, hours, counted, lines FROM year_hours
			UNION ALL SELECT CAST(substr(month, 1, 4) AS INTEGER), participant, assignment, -hours, -counted, -1 FROM hour_line)
			GROUP BY year, participant, assignment HAVING sum(hours) <> 0 OR sum(counted) <> 0 OR sum(lines) <> 0`,
		`SELECT 'année ' || year || ', placement ' || placement || ' : le total de l''année n''est pas la somme des mois' FROM (
			SELECT year, placement, planned, worked, done, months FROM year_places
			UNION ALL SELECT CAST(substr(month, 1, 4) AS INTEGER), placement, -planned, -worked, -done, -1 FROM placement_month)
			GROUP BY year, placement HAVING sum(planned) <> 0 OR sum(worked) <> 0 OR sum(done) <> 0 OR sum(months) <> 0`,
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
