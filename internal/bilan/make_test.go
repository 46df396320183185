package bilan

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"passerelle/internal/insertion"
)

func figureOf(t *testing.T, r Report, id string) Cell {
	t.Helper()
	for _, f := range r.Figures {
		if f.ID == id {
			return f.Cell
		}
	}
	t.Fatalf("no figure %q", id)
	return Cell{}
}

// national is the consolidation of 2021 as published (Alliance Villes Emploi,
// achatpublic.info, 21/09/2023): 25 124 684 h, 57 231 persons, 75 194 contracts.
func national() Facts {
	const hours, persons, contracts = 25_124_684, 57_231, 75_194
	f := Facts{Scope: "tous les acheteurs", Query: Query{Year: 2021, Divisor: DefaultDivisor, Least: DefaultLeast, On: "2021-12-31", Names: codes{}}}
	f.Lots = []Lot{{ID: 1}}
	f.Sites = []Site{{Modality: insertion.DirectHire, Worked: insertion.WholeHours(hours), Done: insertion.WholeHours(hours)}}
	for i := range persons {
		f.Persons = append(f.Persons, Person{Here: true, Sex: []insertion.Sex{insertion.Woman, insertion.Man}[i%2], Born: 1960 + i%45, Entered: "2021-02-01"})
	}
	for i := range contracts {
		h := insertion.WholeHours(int64(hours / contracts))
		if i == 0 {
			h += insertion.WholeHours(int64(hours % contracts))
		}
		f.Contracts = append(f.Contracts, Contract{Person: min(i, persons-1), Here: true, Employment: insertion.CDD, Start: "2021-02-01", Done: h})
		f.Persons[min(i, persons-1)].Done += h
	}
	return f
}

func TestTheNationalConsolidationOf2021ComesOut(t *testing.T) {
	r := Make(national())
	for id, want := range map[string]int64{
		"heures":          25_124_684_00,
		"etp":             15_702_93, // published as 15 703
		"personnes":       57_231,
		"contrats":        75_194,
		"heures-personne": 439_00, // DOMAIN §2.6: 439 h per participant
		"heures-contrat":  334_13, // 334 h per contract
	} {
		if got := figureOf(t, r, id); got != (Cell{Value: want}) {
			t.Errorf("%s is %+v, want %d", id, got, want)
		}
	}
	f := national()
	f.Query.Divisor = insertion.WholeHours(1607)
	if got := figureOf(t, Make(f), "etp"); got.Value != 15_634_53 {
		t.Errorf("at 1 607 h, %+v ETP", got)
	}
}

func TestTablesOfPersonsSayWhichHoursTheyLack(t *testing.T) {
	f := national()
	f.Sites[0].Done += insertion.WholeHours(2172)
	r := Make(f)
	want := "Des 25 126 856 h comptées dans l'année, 2 172 h ont été déclarées sans dire de qui : les tableaux des personnes et des contrats ne les ont pas."
	for _, table := range r.Tables {
		note := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(table.Note)
		switch table.ID {
		case "sexe":
			if note != want {
				t.Errorf("%q, want %q", note, want)
			}
		case "ages", "categories", "niveaux", "qpv", "entrees", "residence", "contrats":
			if !strings.HasSuffix(note, "Les heures déclarées sans les personnes n'y sont pas.") {
				t.Errorf("%s: %q", table.ID, note)
			}
		}
	}
	for _, table := range Make(national()).Tables {
		if strings.Contains(table.Note, "sans dire de qui") || strings.Contains(table.Note, "sans les personnes") {
			t.Errorf("no hours lack: %q", table.Note)
		}
	}
}

func TestTheTabsOfASpreadsheetHoldTheNamesOfTablesWhole(t *testing.T) {
	f := national()
	f.Sites[0].Structure, f.Leading = 1, map[insertion.StructureID]string{1: "Régie"}
	f.Notices = []NoticeSum{{N: 1}}
	for range 6 {
		f.Leavers = append(f.Leavers, Leaver{Exit: insertion.Exits()[0], Here: true})
	}
	for i := range f.Contracts[:20] {
		f.Contracts[i].End = "2021-06-30"
	}
	seen := map[string]bool{}
	for _, table := range Make(f).Tables {
		short := table.Short()
		if n := len(utf16.Encode([]rune(short))); n > 31 || n == 0 || seen[short] {
			t.Errorf("%s: %q of %d characters", table.ID, short, n)
		}
		seen[short] = true
	}
	if len(seen) < 20 {
		t.Errorf("only %d tables", len(seen))
	}
}

func TestAgeBandsHoldAtTheirEdgesAndForPersonsErased(t *testing.T) {
	m := &maker{Facts: Facts{Query: Query{Year: 2025}}}
	for _, c := range []struct {
		born   int
		erased bool
		band   int
	}{{2000, false, 0}, {1999, false, 1}, {1985, false, 1}, {1984, false, 2}, {1975, false, 2}, {1974, false, 3}, {0, false, 4}, {0, true, 4},
		{1995, true, 1}, // 1995 to 1999: 28 in the middle
		{2000, true, 0}, {1980, true, 2}, {1970, true, 3}} {
		if got := m.band(Person{Born: c.born, Erased: c.erased}); got != c.band {
			t.Errorf("born %d (erased: %t): band %d, want %d", c.born, c.erased, got, c.band)
		}
	}
}

func TestContractsAreLongAsTheCalendarSays(t *testing.T) {
	for _, c := range []struct {
		start, end insertion.Date
		band       int
	}{{"2025-01-01", "2025-01-30", 0}, {"2025-01-01", "2025-01-31", 1}, {"2025-01-01", "2025-03-31", 1}, {"2025-01-01", "2025-04-01", 2},
		{"2025-01-01", "2025-06-30", 2}, {"2025-01-01", "2025-07-01", 3}} {
		if got := span(c.start, c.end); got != c.band {
			t.Errorf("from %s to %s: band %d, want %d", c.start, c.end, got, c.band)
		}
	}
}

func TestConcentrationGoesFromSharedToWhole(t *testing.T) {
	one := []StructureHours{{Done: 700}}
	if got := hhi(one, 700); got != 10_000 {
		t.Errorf("one structure: %d", got)
	}
	four := slices.Repeat([]StructureHours{{Done: 100}}, 4)
	if got := hhi(four, 400); got != 2500 {
		t.Errorf("four alike: %d", got)
	}
}

func TestAYearWithoutAnythingSaysSo(t *testing.T) {
	r := Make(Facts{Query: Query{Year: 2019, Divisor: DefaultDivisor, Least: DefaultLeast, Names: codes{}}})
	if !r.Empty || len(r.Tables)+len(r.Figures) != 0 || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "Rien en 2019") || r.Fingerprint == "" {
		t.Errorf("%+v", r)
	}
}

func TestAYearWithoutPersonsHasItsHoursAndSaysThatNobodyIsThere(t *testing.T) {
	f := national()
	f.Persons, f.Contracts = nil, nil
	r := Make(f)
	if got := figureOf(t, r, "heures-personne"); got.State != Absent {
		t.Errorf("hours of nobody: %+v", got)
	}
	if slices.Contains(r.IDs(), "sexe") || !slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, "Aucune personne") }) {
		t.Errorf("tables %v, notes %q", r.IDs(), r.Notes)
	}
}

func TestThreePersonsAreToldOfNowhere(t *testing.T) {
	f := national()
	f.Persons, f.Contracts = f.Persons[:3], f.Contracts[:3]
	for i := range f.Persons {
		f.Begun = append(f.Begun, Beginning{Person: insertion.ParticipantID(i + 1), Seen: true, Here: true})
	}
	f.Years = []YearSum{{Year: 2021, Persons: 3}}
	r := Make(f)
	for _, id := range []string{"personnes", "contrats", "heures-personne", "heures-contrat"} {
		if got := figureOf(t, r, id); got.State != Hidden || got.Value != 0 {
			t.Errorf("%s: %+v", id, got)
		}
	}
	for _, id := range []string{"sexe", "ages", "residence", "contrats", "categories"} {
		if slices.Contains(r.IDs(), id) {
			t.Errorf("there is a table %q", id)
		}
	}
	for _, table := range r.Tables {
		if table.ID == "annees" && table.Rows[0].Cells[3].State != Hidden {
			t.Errorf("the trend tells of them: %+v", table.Rows[0])
		}
		if table.ID == "qualite" && table.Rows[0].Cells[0].State != Hidden {
			t.Errorf("the quality tells of them: %+v", table.Rows[0])
		}
	}
}

// TestTheFingerprintIsThatOfTheFacts makes the same bilan in other processes, of
// other places and languages.
func TestTheFingerprintIsThatOfTheFacts(t *testing.T) {
	here := Make(mixed()).Fingerprint
	if os.Getenv("BILAN_ABROAD") != "" {
		t.Log("fingerprint:" + here)
		return
	}
	for _, env := range [][]string{{"TZ=Pacific/Kiritimati", "LANG=fr_FR.UTF-8"}, {"TZ=America/Adak", "LC_ALL=C"}} {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestTheFingerprintIsThatOfTheFacts$", "-test.v")
		cmd.Env = append(append(os.Environ(), "BILAN_ABROAD=1"), env...)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "fingerprint:"+here) {
			t.Errorf("%v: %v\n%s\nhere %s", env, err, out, here)
		}
	}
	for range 20 { // maps are read in another order each time
		if again := Make(mixed()).Fingerprint; again != here {
			t.Fatalf("%s, then %s", here, again)
		}
	}
	other := mixed()
	other.Sites[3].Done++
	if Make(other).Fingerprint == here {
		t.Error("a hundredth of an hour more leaves the same fingerprint")
	}
}

// mixed are facts with many rows alike, whose order only their labels settle.
func mixed() Facts {
	f := Facts{Scope: "tous", Query: Query{Year: 2025, Divisor: DefaultDivisor, Least: DefaultLeast, On: "2025-12-31", Names: codes{}},
		Buyers: map[insertion.OrganisationID]string{}, Leading: map[insertion.StructureID]string{}}
	for i := range 40 {
		f.Buyers[insertion.OrganisationID(i)] = "Acheteur " + string(rune('A'+i))
		f.Leading[insertion.StructureID(i+1)] = "Structure " + string(rune('A'+i))
		f.Lots = append(f.Lots, Lot{ID: insertion.LotID(i + 1), Buyer: insertion.OrganisationID(i), CPV: "7731000" + string(rune('0'+i%8)), INSEE: "920" + string(rune('0'+i%7)) + "0", Due: 100, Clause: true})
		f.Sites = append(f.Sites, Site{Lot: i, Modality: insertion.Secondment, Structure: insertion.StructureID(i + 1), Kind: insertion.Kinds()[i%len(insertion.Kinds())], Worked: 50, Done: 50})
	}
	for i := range 200 {
		f.Persons = append(f.Persons, Person{Here: true, INSEE: "920" + string(rune('0'+i%9)) + "1", Born: 1960 + i%45, Level: insertion.Level(i % 9), Done: 25, Entered: "2025-01-01"})
		f.Contracts = append(f.Contracts, Contract{Person: i, Here: true, Employment: insertion.Employments()[i%10], Start: "2025-01-01", Done: 25})
	}
	return f
}
