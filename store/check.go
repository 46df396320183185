package store

import (
	"context"
	"fmt"
	"slices"
)

// Check looks the whole file over and says, in French, everything found wrong;
// nothing when it is sound. It reads every page: seconds for a large file.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	text := func(scan func(...any) error) (line string, err error) {
		err = scan(&line)
		return line, err
	}
	found, err := query(ctx, s.r, text, "PRAGMA integrity_check(100)")
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(line string) bool { return line == "ok" })
	orphans, err := query(ctx, s.r, func(scan func(...any) error) (line string, err error) {
		var table, parent string
		var n int
		err = scan(&table, &parent, &n)
		return fmt.Sprintf("%d ligne(s) de « %s » renvoient à « %s » qui n'existe pas", n, table, parent), err
	}, `SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2`)
	if err != nil {
		return nil, err
	}
	counted, err := query(ctx, s.r, text, `SELECT 'les listes comptent ' || c.n || ' lots, la base en contient ' || l.n
		FROM (SELECT ifnull(sum(n), 0) AS n FROM lot_count) c, (SELECT count(*) AS n FROM lot) l WHERE c.n <> l.n`)
	return append(append(found, orphans...), counted...), err
}
