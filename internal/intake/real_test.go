package intake

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"passerelle/internal/insertion"
)

// dataFolder is the folder of real files, when there is one.
func dataFolder(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("PASSERELLE_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	if _, err := os.Stat(filepath.Join(folder, "decp")); err != nil {
		t.Skipf("no folder of real files (PASSERELLE_DATA): %v", err)
	}
	return folder
}

// readAll reads every record of a file and the error that ended it.
func readAll(t testing.TB, name string, data []byte, opt Options) (records []Record, format string, err error) {
	t.Helper()
	r, err := Notices(context.Background(), name, bytes.NewReader(data), opt)
	if err != nil {
		return nil, "", err
	}
	for rec, e := range r.Each() {
		if e != nil {
			return records, r.Format(), e
		}
		records = append(records, rec)
	}
	return records, r.Format(), nil
}

func TestEveryRecordOfTheRealFilesIsRead(t *testing.T) {
	folder := dataFolder(t)
	for _, c := range []struct {
		file    string
		records int
		format  Format
		err     error
	}{
		{"2019-json/aife_2019-04-04.json", 4530, FormatNoticesJSON19, nil},
		{"2019-json/pes_api-mock_2018.json", 49, FormatNoticesJSON19, nil},
		{"2022-json/demantis_all.json", 141, FormatNoticesJSON22, nil},
		{"2022-json/dematis13.json", 137, FormatNoticesJSON22, nil},
		{"2022-json/dematis16.json", 143, FormatNoticesJSON22, nil},
		{"2022-json/dematis17.json", 159, FormatNoticesJSON22, nil},
		{"2022-json/dematis18.json", 74, FormatNoticesJSON22, nil},
		{"csv/decp_augmente_valides_2019_test.csv", 9, FormatNoticesODS, nil},
		{"csv/decp_augmente_valides_2022_test.csv", 9, FormatNoticesODS, nil},
		{"csv/eclaireur_decp-2019-10000.csv", 10_000, FormatNoticesCSV, nil},
		{"csv/scdl_exemple.csv", 1, FormatNoticesSCDL, nil},
		{"csv/scdl_exemple_avec_erreurs.csv", 4, FormatNoticesSCDL, nil},
		{"edge/01_bom_nan.json", 1, FormatNoticesJSON22, nil},
		{"edge/02_antislash_aws.json", 1, FormatNoticesJSON22, nil},
		{"edge/03_objet_unique.json", 1, FormatNoticesJSON22, nil},
		{"edge/04_vide.json", 0, "", ErrEmpty},
		{"edge/04b_liste_vide.json", 0, FormatNoticesJSON22, ErrEmpty},
		{"edge/04c_2019_vide.json", 0, FormatNoticesJSON19, ErrEmpty},
		{"edge/05_latin1_sans_declaration.json", 1, FormatNoticesJSON22, nil},
		{"edge/06_chaines_NC_ouinon.json", 6, FormatNoticesJSON22, nil},
		{"edge/07_dates.json", 16, FormatNoticesJSON22, nil},
		{"edge/08_identifiants.json", 17, FormatNoticesJSON22, nil},
		{"edge/09_titulaires.json", 8, FormatNoticesJSON22, nil},
		{"edge/10_considerations.json", 14, FormatNoticesJSON22, nil},
		{"edge/concessions_avec_modifications.json", 2, FormatNoticesJSON22, nil},
		{"edge/decp-processing_decp_test_2022.json", 5, FormatNoticesJSON22, nil},
		{"edge/eclaireur_raw_2022_quirks.json", 20, FormatNoticesJSON22, nil},
		{"edge/marches_avec_modifications.json", 2, FormatNoticesJSON22, nil},
		{"edge/marches_et_concessions.json", 3, FormatNoticesJSON22, nil},
		{"schemas/139bercy-format/exemples/json/concessions.json", 2, FormatNoticesJSON22, nil},
		{"schemas/139bercy-format/exemples/json/marches_concessions.json", 4, FormatNoticesJSON22, nil},
		{"schemas/139bercy-format/exemples/xml/Contrat-concession-modification.xml", 2, FormatNoticesXML, nil},
		{"schemas/139bercy-format/exemples/xml/Contrat-concession.xml", 2, FormatNoticesXML, nil},
		{"schemas/139bercy-format/exemples/xml/Marche.xml", 2, FormatNoticesXML, nil},
		{"schemas/schema_decp_v2.0.4.json", 0, FormatNoticesJSON22, ErrUnknown},
		{"schemas/tableschema_SCDL.json", 0, FormatNoticesFlat, ErrUnknown},
		{"xml/concessions_avec_modifications.xml", 2, FormatNoticesXML, nil},
		{"xml/marches_avec_modifications.xml", 2, FormatNoticesXML, nil},
	} {
		data, err := os.ReadFile(filepath.Join(folder, "decp", c.file))
		if err != nil {
			t.Error(err)
			continue
		}
		records, format, err := readAll(t, c.file, data, Options{})
		for i, r := range records {
			if r.Refusal != nil || r.Number != i+1 {
				t.Errorf("%s: record %d is numbered %d, %+v", c.file, i+1, r.Number, r.Refusal)
			}
		}
		if len(records) != c.records || !errors.Is(err, c.err) || (c.err == nil) != (err == nil) || format != string(c.format) {
			t.Errorf("%s: %d records, %q, %v; want %d, %q, %v", c.file, len(records), format, err, c.records, c.format, c.err)
		}
	}
}

func TestWhatTheRealFilesDeclareIsCountedRight(t *testing.T) {
	folder := dataFolder(t)
	count := func(pattern string, holds func(insertion.Notice) bool) (n int) {
		files, _ := filepath.Glob(filepath.Join(folder, "decp", pattern))
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			records, _, _ := readAll(t, file, data, Options{})
			for _, r := range records {
				if holds(r.Notice) {
					n++
				}
			}
		}
		return n
	}
	has := func(flag insertion.Social) func(insertion.Notice) bool {
		return func(n insertion.Notice) bool { return n.Social&flag != 0 }
	}
	for _, c := range []struct {
		what, files string
		holds       func(insertion.Notice) bool
		want        int
	}{
		{"clauses", "2022-json/*", has(insertion.SocialClause), 34},
		{"criteria", "2022-json/*", has(insertion.SocialCriterion), 18},
		{"reservations", "2022-json/*", has(insertion.SocialReserved), 7},
		{"without", "2022-json/*", has(insertion.NoSocial), 607},
		{"unknown in 2019", "2019-json/*", func(n insertion.Notice) bool { return n.Social == 0 }, 4579},
		{"with a lot", "2022-json/*", func(n insertion.Notice) bool { return n.LotNumber != "" }, 536},
		{"concessions of 2019", "2019-json/*", func(n insertion.Notice) bool { return n.Concession }, 22},
		{"named buyers of 2019", "2019-json/*", func(n insertion.Notice) bool { return n.Buyer.Name != "" }, 4578},
		{"without contractor", "2019-json/*", func(n insertion.Notice) bool { return len(n.Contractors) == 0 }, 6},
		{"modified in 2022", "2022-json/*", func(n insertion.Notice) bool { return len(n.Modifications) > 0 }, 31},
		{"doubtful in 2019", "2019-json/*", func(n insertion.Notice) bool { return n.AmountDoubtful }, 90},
		{"dated by their notification", "2019-json/aife*", func(n insertion.Notice) bool { return n.Notified != "" }, 2019},
		{"with a CPV", "csv/eclaireur*", func(n insertion.Notice) bool { return n.CPV != "" }, 9974},
	} {
		if got := count(c.files, c.holds); got != c.want {
			t.Errorf("%s: %d, want %d", c.what, got, c.want)
		}
	}
}
