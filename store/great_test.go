package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"passerelle/internal/insertion"
)

// greatFile opens the file named by PASSERELLE_GRANDE_BASE, which holds millions of
// lines; it is made when it does not exist. Without the variable the benchmark is
// skipped.
func greatFile(b *testing.B) *Store {
	b.Helper()
	path := os.Getenv("PASSERELLE_GRANDE_BASE")
	if path == "" {
		b.Skip("PASSERELLE_GRANDE_BASE names no file")
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		makeGreatFile(b, path)
	}
	s, err := Open(b.Context(), path)
	must(b, err)
	b.Cleanup(func() { must(b, s.Close()) })
	return s
}

// makeGreatFile writes the country into a file: a million notices of eight years,
// 20,800 clauses with a placement each, 3,000 structures, 52,000 persons who each
// year hold two contracts of some ten months: 5,000,000 lines in five years.
func makeGreatFile(b *testing.B, path string) {
	ctx := b.Context()
	half := path + ".half"
	must(b, errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.RemoveAll(half)))
	s, err := Open(ctx, half)
	must(b, err)
	im, err := s.BeginImport(ctx, someone, "pays.json", "decp-2022")
	must(b, err)
	for from := 0; from < 1_000_000; from += 20_000 {
		notices := make([]insertion.Notice, 20_000)
		for i := range notices {
			notices[i] = national(from + i)
		}
		_, err := im.Add(ctx, notices)
		must(b, err)
	}
	_, err = im.Finish(ctx, "", "")
	must(b, err)
	const count = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < "
	for _, text := range []string{
		count + `3000) INSERT INTO structure (siret, kind, sorted, search, dep, active, doc)
			SELECT printf('%014d', i), json_extract('["EI","ACI","AI","ETTI","GEIQ","EA","RQ"]', '$[' || (i % 7) || ']'), printf('structure %04d', i), '', '92', 1,
			json_object('Name', printf('Structure fictive %04d', i), 'Kind', 'EI', 'Active', json('true')) FROM n`,
		count + `20800) INSERT INTO clause (lot, doc, due, start, finish, forecast, ends)
			SELECT i + 1, json_object('lot', i + 1, 'base', 'volume-fixe', 'volume', 10000000, 'debut', '2022-01-01', 'fin', '2026-12-31',
			'declarations', json_object('rythme', 'trimestriel')), 10000000, '2022-01-01', '2026-12-31', 10000000, '2026-12-31' FROM n`,
		count + `20800) INSERT INTO placement (lot, structure, employer, modality, signed, start)
			SELECT i + 1, iif(i % 10 = 0, 0, i * i % 3000 + 1), 'Employeur fictif', iif(i % 10 = 0, 1, 1 << (i % 3)), '2022-01-01', '2022-01-01' FROM n`,
		count + `52000) INSERT INTO participant (born, sex, insee, qpv, level, entered, left_on, outcome, later, asked)
			SELECT 1960 + i % 48, iif(i % 5 < 2, 'F', 'H'), iif(i % 9 = 0, '', printf('%02d%03d', 92 + i % 4, 1 + i % 70)), iif(i % 4 = 0, 'QN09201M', ''), i % 8 + 1 - (i % 8 = 0),
			printf('%d-03-01', 2021 + i % 5), iif(i % 6 = 0, '2025-11-30', ''), iif(i % 6 = 0, 'emploi durable', ''), '', '' FROM n`,
		count + `60000) INSERT INTO eligibility (participant, category, proof, dated, seen, by)
			SELECT i % 52000 + 1, json_extract('["RSA","DELD","JEUNE","QPV","RQTH","SENIOR","IAE"]', '$[' || ((i + i / 52000) % 7) || ']'), 'rsa', '2021-12-20', '2022-01-02', 'facilitatrice' FROM n`,
		count + `520000) INSERT INTO assignment (participant, placement, lot, employment, start, finish)
			SELECT i / 10 + 1, i * 7919 % 20800 + 1, i * 7919 % 20800 + 1, json_extract('["CDDI","intérim","CDD","CDI"]', '$[' || (i % 4) || ']'),
			printf('%d-01-01', 2022 + i % 10 / 2), printf('%d-11-30', 2022 + i % 10 / 2) FROM n`,
		`WITH m(j) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10))
			INSERT INTO hour_line (assignment, month, participant, placement, lot, hours, counted, source, by)
			SELECT a.id, printf('%s-%02d', substr(a.start, 1, 4), m.j), a.participant, a.placement, a.lot, 4000 + a.id % 1000, 4000 + a.id % 1000, 'saisie', 'facilitatrice'
			FROM assignment a JOIN m WHERE m.j < 10 OR a.id % 13 < 8 ORDER BY a.id, m.j`,
		"UPDATE placement_month SET planned = 25000",
		`WITH q(first, last, on_) AS (VALUES ('2025-01', '2025-03', '2025-04-10'), ('2025-04', '2025-06', '2025-07-20'))
			INSERT INTO receipt (lot, first, last, received, document, by) SELECT k.lot, q.first, q.last, q.on_, 'relevé', 'facilitatrice' FROM clause k JOIN q`,
		"ANALYZE",
	} {
		_, err := s.w.ExecContext(context.WithoutCancel(ctx), text)
		must(b, err)
	}
	must(b, s.Close())
	must(b, os.Rename(half, path))
}

// national is the n-th notice of the country, of 3,576 buyers.
func national(n int) insertion.Notice {
	a := award(n)
	a.Buyer.ID, a.Contractors[0].ID = siret(n%3576), siret(10_000+n%40_000)
	a.Notified = insertion.Date("2019-01-01").AddDays(n % 2900)
	a.Published = a.Notified.AddDays(10)
	a.CPV = []string{"77310000", "45233000", "90910000", "45442100", "55500000"}[n%5]
	a.Place.INSEE = []string{"92050", "92002", "92040", "75056", "92036"}[n/7%5]
	return a
}
