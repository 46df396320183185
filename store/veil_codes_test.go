package store

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

func TestPseudonymsAreHiddenHoweverTheyAreTyped(t *testing.T) {
	codes := newCoded()
	for text, want := range map[string]string{
		"vu P-0042 hier":                  "vu (personne masquée) hier",
		"p-42, P‑042 et P0042 (p 042)":    "(personne masquée), (personne masquée) et (personne masquée) ((personne masquée))",
		"P – 42":                          "(personne masquée)",
		"marché P-2026, AP-42, P2, p 42":  "marché P-2026, AP-42, P2, p 42", // nobody's number, another word, a kind of upkeep, a page
		`{"n":42,"t":"<P-0042>\nP-0007"}`: `{"n":42,"t":"<(personne masquée)>\n(personne masquée)"}`,
		`{"t":"\u003cP-0042"}`:            `{"t":"<(personne masquée)"}`,
		"rien":                            "rien",
	} {
		if got := codes.hide(text, 50); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// closed are the columns of text nobody types sentences in, or that a reader never
// sees: what is not named here and is no free text fails the test below.
func closed(table, column string) bool {
	if slices.Contains([]string{"by", "version"}, column) {
		return true
	}
	hidden := []string{"person_name", "participant", "eligibility", "worked_month", "visit"} // from a reader, whole
	own := []string{"draft", "user", "user_key", "unwritten", "uncounted"}                   // one's own, or the owner's
	published := []string{"lot", "lot_source", "organisation", "exact_place", "lot_count"}   // see TestTitlesNameNobody
	figures := []string{"assignment", "award_count", "award_moved", "month_hours", "placement_month", "picture", "setting", "transfer", "about_lot"}
	if slices.Contains(slices.Concat(hidden, own, published, figures), table) {
		return true
	}
	return slices.Contains(map[string][]string{
		"change": {"at"}, "change_row": {"tbl"}, "clause": {"start", "finish", "ends"}, "contact": {"kind", "held"},
		"deed": {"kind", "dated", "start", "finish", "affirmed"}, "exemption": {"motive", "dated"}, "export": {"at", "kind", "format", "hash"},
		"hour_line": {"month"}, "import": {"format", "hash", "at"}, "introduction": {"state", "rule", "proposed", "changed"}, "letterhead": {"picture"},
		"mandate_record": {"kind", "dated"}, "penalty_step": {"kind", "dated"}, "placement": {"employer", "signed", "start"},
		"postponed": {"todo", "until"}, "receipt": {"first", "last", "received", "hash"}, "refusal": {"field", "reason"},
		"structure": {"siret", "kind", "sorted", "search", "dep", "typed"}, "wording": {"kind"},
	}[table], column)
}

// TestNoPseudonymIsTold plants one, and a name the file keeps, in every column where
// people type, then asks the store every question it answers on behalf of a reader.
func TestNoPseudonymIsTold(t *testing.T) {
	s, mine, _ := twoBuyers(t)
	told := " P-0002 Zéphyrine Imaginaire"
	fill(t, s)
	must(t, s.KeepNames(t.Context(), someone, true))
	setName(t, s, 2, "Zéphyrine Imaginaire")
	plant(t, s, told)

	holding := func(a insertion.Access, text string) (methods []string) {
		for method, answer := range answers(t, s, a, text) {
			if strings.Contains(answer, "P-0002") {
				methods = append(methods, method)
			}
		}
		slices.Sort(methods)
		return methods
	}
	for _, buyers := range [][]insertion.OrganisationID{nil, {mine}} {
		reader := insertion.Access{User: 1, Name: "Lea", Role: insertion.Viewer, Buyers: buyers}
		for _, text := range []string{"nous", "0002"} {
			if methods := holding(reader, text); len(methods) > 0 {
				t.Errorf("a reader of %v is told of a person by %v", buyers, methods)
			}
		}
		if hits, err := s.As(reader).Find(t.Context(), "P-0002", 50); err != nil || len(hits) > 0 {
			t.Errorf("a reader of %v finds %+v %v", buyers, hits, err)
		}
	}
	for _, f := range freeTexts() { // a question written tomorrow
		for _, column := range f.columns {
			for _, role := range []insertion.Role{insertion.Viewer, insertion.Delegate} { // nor a name, to either
				var n int
				must(t, s.As(insertion.Access{Role: role}).r.QueryRowContext(t.Context(), "SELECT count(*) FROM "+f.table+" WHERE "+column+" LIKE '%maginaire%'").Scan(&n))
				if n > 0 {
					t.Errorf("%s reads %d names in %s.%s", role, n, f.table, column)
				}
			}
			for access, most := range map[insertion.Role]int{insertion.Viewer: 0, insertion.Delegate: 1000} {
				var n int
				must(t, s.As(insertion.Access{Role: access}).r.QueryRowContext(t.Context(), "SELECT count(*) FROM "+f.table+" WHERE "+column+" LIKE '%P-0002%'").Scan(&n))
				if n > most || n == 0 && most > 0 && column != "why" {
					t.Errorf("%s reads %d pseudonyms in %s.%s", access, n, f.table, column)
				}
			}
		}
	}
	// The same questions, by who may know.
	want := []string{"Changes", "Contacts", "Deeds", "Exemption", "Exports", "File", "Find", "History", "Introductions", "Letterhead", "Lot", "MandateRecords", "Participant",
		"Placements", "Postponements", "Steps", "Structure", "StructureIntroductions", "StructurePlacements", "Wordings"}
	for _, role := range []insertion.Role{insertion.Facilitator, insertion.Delegate} {
		methods := holding(insertion.Access{User: 1, Name: "Camille", Role: role}, "nous")
		for _, m := range want {
			if !slices.Contains(methods, m) {
				t.Errorf("%s is not told by %s: the question asks nothing", role, m)
			}
		}
	}
}

// TestTitlesNameNobody tries what names a contract, a firm or a structure: every
// role reads it, and no veil covers it.
func TestTitlesNameNobody(t *testing.T) {
	s, buyer, _ := twoBuyers(t)
	ctx := t.Context()
	const title = "Suite du chantier de p-2"
	object := title
	lot, err := s.Lot(ctx, 1)
	must(t, err)
	notice := award(9)
	notice.Object = title
	_, errLot := s.AddLot(ctx, someone, notice)
	_, errStructure := s.SaveStructure(ctx, someone, insertion.Structure{SIRET: "40117125100036", Kind: insertion.EI, Name: "Pinceaux", Brand: title, Active: true})
	_, errPlacement := s.SavePlacement(ctx, someone, insertion.Placement{Lot: 1, Employer: title, Modality: insertion.DirectHire})
	for field, err := range map[string]error{
		"objet du lot": errLot, "objet saisi": s.TypeLot(ctx, someone, 1, lot.Version, insertion.Typing{Object: &object}),
		"nom": s.NameOrganisation(ctx, someone, buyer, title), "enseigne": errStructure, "employeur": errPlacement,
	} {
		var bad *insertion.FieldError
		if !errors.As(err, &bad) || !strings.Contains(bad.Reason, "p-2") {
			t.Errorf("%s: %v", field, err)
		}
	}
	object = "Rénovation, marché P-2026"
	must(t, s.TypeLot(ctx, someone, 1, lot.Version, insertion.Typing{Object: &object}))
}

// fill writes a row in the tables that a lot, its work and its people leave empty.
func fill(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	structure, err := s.Structure(ctx, 1)
	must(t, err)
	structure.Description = "à nous"
	_, err = s.SaveStructure(ctx, someone, structure)
	must(t, err)
	structure.Description = "connue de nous, à nous"
	_, err = s.SaveStructure(ctx, someone, structure)
	must(t, err)
	must(t, s.SetWorked(ctx, someone, insertion.WorkedMonth{Participant: 1, Month: "2026-05", Hours: insertion.WholeHours(100), Agreement: "à nous"}))
	must(t, s.SaveLetterhead(ctx, someone, insertion.Letterhead{Name: "Ville", Service: "à nous", Facilitator: "Camille Durand"}))
	must(t, s.SaveWording(ctx, someone, insertion.Wording{Kind: insertion.DocDone, Text: "Pour le marché"}))
	_, err = s.SaveMandateRecord(ctx, someone, mandate.Record{Kind: mandate.Network, Values: map[string]string{"nom": "à nous"}})
	must(t, err)
	_, err = s.AddExport(ctx, someone, insertion.Export{Kind: insertion.ExportKinds()[0], What: "à nous", Format: "csv"})
	must(t, err)
	im, err := s.BeginImport(ctx, someone, "avis.json", "decp")
	must(t, err)
	must(t, im.Refuse(ctx, []insertion.Refusal{{Line: 1, Field: "objet", Value: "à nous", Reason: "trop long"}}))
}

// plant appends words to every text people typed in the file, the journal included.
func plant(t *testing.T, s *Store, words string) {
	t.Helper()
	ctx := t.Context()
	exec := func(text string, args ...any) int64 {
		res, err := s.w.ExecContext(ctx, text, args...)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		n, _ := res.RowsAffected()
		return n
	}
	exec("INSERT INTO erasing VALUES (0)")
	columns, err := query(ctx, s.w, func(scan func(...any) error) (c [2]string, err error) {
		err = scan(&c[0], &c[1])
		return c, err
	}, `SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
		WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'goose%' AND c.type = 'TEXT'`)
	must(t, err)
	for _, c := range columns {
		table, column := c[0], c[1]
		if column == "why" {
			continue // an explanation the program writes, of hours of persons
		}
		if !typedIn(table, column) {
			if !closed(table, column) {
				t.Errorf("is %s.%s a text people type? Say so in freeTexts, or in closed", table, column)
			}
			continue
		}
		planted := exec("UPDATE "+table+" SET "+column+" = "+column+" || ? WHERE "+column+" NOT LIKE '{%' AND "+column+" NOT LIKE '[%'", words)
		for _, word := range []string{"à nous", "rival"} {
			planted += exec("UPDATE "+table+" SET "+column+" = replace("+column+", ?1, ?1 || ?2) WHERE "+column+" LIKE '{%' AND "+column+" LIKE '%' || ?1 || '%'", word, words)
		}
		if planted == 0 {
			t.Errorf("%s.%s is empty: nothing is planted there", table, column)
		}
	}
	exec("DELETE FROM erasing")
}
