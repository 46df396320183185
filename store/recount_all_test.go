package store

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// asSchema2 writes a file as the program did when its schema was 2: somebody at work
// from January to February 2026, with hours counted in April too, and a forecast
// that today's rules do not give.
func asSchema2(t *testing.T) string {
	t.Helper()
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "ancienne.db")
	db, err := pool(path, writing, 1)
	must(t, err)
	defer db.Close()
	files, err := fs.Sub(migrations, "migrations")
	must(t, err)
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	must(t, err)
	_, err = p.UpTo(ctx, 2)
	must(t, err)
	const why = `[{"regle":"cddi-4-24","heures":0,"texte":"CDDI de moins de 4 mois"}]`
	for _, text := range []string{
		`INSERT INTO organisation VALUES (1, 'SIRET', '00091000000003', '', '', 0), (2, 'SIRET', '00092000000003', '', '', 0)`,
		`INSERT INTO lot VALUES (1, X'b3c8e305eebd9c024ed39d7c5d3635c9', 3682170400386112702, 7552211302277672239, '2026-00003', '', 'Entretien des espaces verts', 1, 2, '[2]',
			'77310000', '92050', '92050', '75', 48.9, 2.2, 'commune', '2026-01-04', '2026-01-04', '2026-01-13', 5000300, 5000300, 0, 12, 1, '{"lc":"92050","lk":"commune","mo":12}', '{}', 1, 1, 1)`,
		`INSERT INTO lot_count VALUES ('75', 1, 1)`,
		`INSERT INTO clause VALUES (1, '{"lot":1,"base":"volume-fixe","volume":100000,"publics":null,"debut":"2026-01-01","fin":"2027-12-31","penalite":{},"note":""}',
			100000, '2026-01-01', '2027-12-31', 2, 99900, 0, 0, '2027-12-31')`,
		`INSERT INTO placement VALUES (1, 1, 0, 0, 'Mains Utiles', 2, '', '', 1, 0, '2026-01-01')`,
		`INSERT INTO participant VALUES (1, 1990, 'F', '', '', 0, '2026-01-05', '', '', '', '', '', 0, 1)`,
		`INSERT INTO eligibility VALUES (1, 1, 'RSA', 'rsa', '2025-12-28', '2026-01-02', 'Camille', '', '', 1)`,
		`INSERT INTO assignment VALUES (1, 1, 1, 1, 'CDDI', '2026-01-05', '2026-02-28', 0, 0, 2, '', 0, '', '')`,
		`INSERT INTO hour_line VALUES (1, 1, '2026-01', 1, 1, 1, 5000, 5000, '` + why + `', '', 'saisie', 'Camille'),
			(2, 1, '2026-02', 1, 1, 1, 6000, 6000, '` + why + `', '', 'saisie', 'Camille'), (3, 1, '2026-04', 1, 1, 1, 7000, 7000, '` + why + `', '', 'saisie', 'Camille')`,
	} {
		if _, err := db.ExecContext(ctx, text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	return path
}

// TestAFileOfAnOlderVersionIsCountedByTheRulesOfThisOne, at once: no figure waits for
// somebody to touch it before it moves.
func TestAFileOfAnOlderVersionIsCountedByTheRulesOfThisOne(t *testing.T) {
	for _, interrupted := range []bool{false, true} {
		path, ctx := asSchema2(t), t.Context()
		if interrupted { // between the migration and the count
			db, err := pool(path, writing, 1)
			must(t, err)
			must(t, climb(ctx, db))
			must(t, db.Close())
		}
		s, err := OpenAt(ctx, path, noon)
		must(t, err)
		lot, err := s.Lot(ctx, 1)
		must(t, err)
		var forecast insertion.Hours
		must(t, s.all.QueryRowContext(ctx, "SELECT forecast FROM clause").Scan(&forecast))
		if lot.Hours.Done != insertion.WholeHours(110) || forecast != insertion.WholeHours(1000) {
			t.Errorf("interrupted %v: %s done, %s at the end", interrupted, lot.Hours.Done, forecast)
		}
		grid, err := s.LineGrid(ctx, 1, "2026-04", "2026-04")
		must(t, err)
		if c := grid[0].Cells[0]; c.Hours != insertion.WholeHours(70) || c.Counted != 0 || len(c.Why) == 0 {
			t.Errorf("interrupted %v: April is %+v", interrupted, c)
		}
		report, err := s.Bilan(ctx, bilan.Query{Year: 2026})
		must(t, err)
		if done := figure(t, report, "heures").Value; done != int64(insertion.WholeHours(110)) {
			t.Errorf("interrupted %v: the bilan of the year has %d hundredths of an hour", interrupted, done)
		}
		if found, err := s.Check(ctx); err != nil || len(found) > 0 {
			t.Errorf("interrupted %v: %v %v", interrupted, found, err)
		}
		changes, err := s.Changes(ctx, 0, 0, 10)
		must(t, err)
		if len(changes) != 1 || !strings.Contains(changes[0].What, "3 lignes d'heures et 1 clause") && !strings.Contains(changes[0].What, "1 ligne d'heures et 1 clause") {
			t.Errorf("interrupted %v: the journal says %+v", interrupted, changes)
		}
		if n, err := s.Recount(ctx); n != 0 || err != nil {
			t.Errorf("interrupted %v: %d lines were left (%v)", interrupted, n, err)
		}
		must(t, s.Close())
		s, err = OpenAt(ctx, path, noon)
		must(t, err)
		if again, err := s.Changes(ctx, 0, 0, 10); err != nil || len(again) != 1 {
			t.Errorf("interrupted %v: opening again says %+v %v", interrupted, again, err)
		}
		must(t, s.Close())
	}
}
