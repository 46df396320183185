package store

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// twoBuyers is a file where two buyers follow a lot each, with all that a lot may
// hold. What is of the second one bears the word « rival », and its person is
// P-0002.
func twoBuyers(t *testing.T) (s *Store, first, second insertion.OrganisationID) {
	t.Helper()
	s = opened(t)
	ours, theirs := award(3), award(6)
	ours.Object, theirs.Object = "Chantier du parc", "Chantier rival"
	imported(t, s, ours, theirs)
	ctx := t.Context()
	structure, err := s.SaveStructure(ctx, someone, insertion.Structure{SIRET: "44229337500014", Kind: insertion.EI, Name: "Pinceaux", Active: true})
	must(t, err)
	for lot, word := range map[insertion.LotID]string{1: "à nous", 2: "rival"} {
		must(t, s.SaveClause(ctx, someone, insertion.Clause{Lot: lot, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(1000), Start: "2026-01-01", End: "2027-12-31", Note: word}, 0))
		must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: lot, Kind: insertion.Call, On: "2026-02-02", Text: "appel " + word}))
		must(t, s.Propose(ctx, someone, []insertion.Introduction{{Lot: lot, Structure: structure}}))
		_, err = s.SaveDeed(ctx, someone, insertion.Deed{Lot: lot, Kind: insertion.Invoice, Dated: "2026-02-01", Amount: 100_00, Label: word})
		must(t, err)
		_, err = s.SaveStep(ctx, someone, insertion.Step{Lot: lot, Kind: insertion.StepReminder, Dated: "2026-03-01", Text: word})
		must(t, err)
		_, err = s.Receive(ctx, someone, insertion.Receipt{Lot: lot, From: "2026-01", To: "2026-03", Received: "2026-04-02", Document: word})
		must(t, err)
		must(t, s.SaveExemption(ctx, someone, insertion.Exemption{Lot: lot, Motive: insertion.MotiveUnlinked, Text: word, Evidence: word, Dated: "2026-01-01"}))
	}
	for lot := insertion.LotID(1); lot <= 2; lot++ {
		word := []string{"", "Chez nous", "Chez le rival"}[lot]
		p, err := s.SavePlacement(ctx, someone, insertion.Placement{Lot: lot, Structure: structure, Employer: word, Modality: insertion.DirectHire,
			Months: []insertion.PlacementMonth{{Month: "2026-05", Planned: insertion.WholeHours(100)}}})
		must(t, err)
		who, err := s.SaveParticipant(ctx, someone, insertion.Participant{Born: 1990, Entered: "2026-01-01"})
		must(t, err)
		_, err = s.SaveEligibility(ctx, someone, insertion.Eligibility{Participant: who, Category: "RSA", Proof: "rsa", Dated: "2026-01-01", Seen: "2026-01-02"})
		must(t, err)
		a, err := s.SaveAssignment(ctx, someone, insertion.Assignment{Participant: who, Placement: p, Employment: insertion.CDDI, Start: "2026-01-01"})
		must(t, err)
		must(t, s.SetLines(ctx, someone, []insertion.LineEdit{{Assignment: a, Month: "2026-05", Hours: insertion.WholeHours(10 * int64(lot))}}))
		must(t, s.Postpone(ctx, someone, insertion.Postponed{Todo: []string{"", "en-retard:1", "en-retard:2"}[lot], Until: "2026-07-01", Reason: word}))
	}
	return s, organisationOf(t, s, 1), organisationOf(t, s, 2)
}

func organisationOf(t *testing.T, s *Store, lot insertion.LotID) (id insertion.OrganisationID) {
	t.Helper()
	must(t, s.all.QueryRow("SELECT buyer FROM lot WHERE id = ?", lot).Scan(&id))
	return id
}

// asked is an argument of a question about the lot, the person or the firm 2, as
// wide as it may be.
func asked(of reflect.Type) reflect.Value {
	v := reflect.New(of).Elem()
	switch of {
	case reflect.TypeFor[insertion.Page]():
		v.Set(reflect.ValueOf(insertion.Page{Limit: 100}))
	case reflect.TypeFor[insertion.Subject]():
		v.Set(reflect.ValueOf(insertion.Subject{Kind: insertion.OnLot, ID: 2}))
	case reflect.TypeFor[insertion.Date]():
		v.SetString("2026-06-15")
	case reflect.TypeFor[insertion.Month]():
		v.SetString("2026-05")
	case reflect.TypeFor[insertion.Thresholds]():
		v.Set(reflect.ValueOf(insertion.DefaultThresholds()))
	default:
		switch of.Kind() {
		case reflect.Int64:
			v.SetInt(2)
		case reflect.Int:
			v.SetInt(100)
		case reflect.String:
			v.SetString("rival")
		}
	}
	return v
}

// TestWhoIsNarrowedToABuyerIsToldNothingOfTheOthers asks the store every question
// it answers, about what is another buyer's.
func TestWhoIsNarrowedToABuyerIsToldNothingOfTheOthers(t *testing.T) {
	s, mine, theirs := twoBuyers(t)
	told := func(buyer insertion.OrganisationID) map[string]string {
		view := reflect.ValueOf(s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate, Buyers: []insertion.OrganisationID{buyer}}))
		out := map[string]string{}
		for name, act := range acts() {
			switch {
			case act != insertion.ActRead && act != insertion.ActPersons && act != insertion.ActJournal && act != insertion.ActExport:
				continue
			case name == "As" || name == "Close" || name == "Check" || name == "Enter" || name == "AddDoorEvent" || name == "DoorEvents" || name == "Path":
				continue // nothing of lots
			}
			for _, empty := range []bool{false, true} { // about the other's, then about everything
				m := view.MethodByName(name)
				var args []reflect.Value
				for i := range m.Type().NumIn() {
					switch in := m.Type().In(i); {
					case i == 0 && in.Kind() == reflect.Interface:
						args = append(args, reflect.ValueOf(t.Context()))
					case empty && in.Kind() != reflect.Int && in != reflect.TypeFor[insertion.Page]() && in != reflect.TypeFor[insertion.Date]():
						args = append(args, reflect.Zero(in))
					default:
						args = append(args, asked(in))
					}
				}
				for _, v := range m.Call(args) {
					if _, isErr := v.Interface().(error); isErr {
						continue
					}
					text, err := json.Marshal(v.Interface())
					must(t, err)
					out[name] += string(text)
				}
			}
		}
		return out
	}
	seen := 0
	for name, text := range told(mine) {
		if strings.Contains(text, "rival") || strings.Contains(text, "P-0002") {
			t.Errorf("%s tells of the other buyer: %s", name, text)
		}
	}
	for _, text := range told(theirs) { // the same questions, by who may ask them
		if strings.Contains(text, "rival") {
			seen++
		}
	}
	if seen < 12 {
		t.Errorf("only %d answers show what is hers: the questions ask nothing", seen)
	}
}

func TestWhoIsNarrowedCountsAndSumsHerOwnLots(t *testing.T) {
	s, mine, _ := twoBuyers(t)
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate, Buyers: []insertion.OrganisationID{mine}})
	f, err := view.Figures(t.Context(), "2026-06-15", insertion.DefaultThresholds())
	must(t, err)
	if f.Lots != 1 || f.Notices != 1 || f.YearDone != insertion.WholeHours(10) || f.Hours.Due != insertion.WholeHours(1000) {
		t.Errorf("%+v", f)
	}
	for _, sort := range []insertion.LotSort{insertion.ByDate, insertion.ByAmount} {
		rows, err := view.Lots(t.Context(), insertion.LotFilter{Sort: sort}, insertion.Page{Limit: 10})
		if err != nil || len(rows) != 1 || rows[0].ID != 1 {
			t.Errorf("by %q: %+v %v", sort, rows, err)
		}
	}
	if c, err := view.CountLots(t.Context(), insertion.LotFilter{Text: "chantier"}, 10); err != nil || c.N != 1 {
		t.Errorf("%+v %v", c, err)
	}
}

func TestWhoIsNarrowedWritesOnHerOwnLotsOnly(t *testing.T) {
	s, mine, _ := twoBuyers(t)
	ctx := t.Context()
	view := s.As(insertion.Access{User: 1, Name: "Camille", Role: insertion.Facilitator, Buyers: []insertion.OrganisationID{mine}})
	note := func(lot insertion.LotID) error {
		return view.AddContact(ctx, "x", insertion.Contact{Lot: lot, Kind: insertion.Call, On: "2026-06-01", Text: "appel"})
	}
	must(t, note(1))
	elsewhere := map[string]error{
		"exchange": note(2),
		"person":   view.RemoveEligibility(ctx, "x", 2),
		"users": func() error {
			_, err := view.SaveUser(ctx, "x", insertion.User{Name: "Intrus", Role: insertion.Facilitator})
			return err
		}(),
		"import": func() error { _, err := view.BeginImport(ctx, "x", "f", "g"); return err }(),
		"hours":  view.SetLines(ctx, "x", []insertion.LineEdit{{Assignment: 2, Month: "2026-06", Hours: 100}}),
	}
	for what, err := range elsewhere {
		if no := new(insertion.Forbidden); !errors.As(err, &no) || !no.Elsewhere {
			t.Errorf("%s: %v", what, err)
		}
	}
	must(t, view.RemoveEligibility(ctx, "x", 1))
}

// TestNoNameIsTold asks the store every question it answers, by every role that may
// not read names, narrowed or not, on a file that keeps a name and where people
// typed it wherever they may type.
func TestNoNameIsTold(t *testing.T) {
	s, mine, _ := twoBuyers(t)
	ctx := t.Context()
	const name = "Zéphyrine Imaginaire"
	must(t, s.KeepNames(ctx, someone, true))
	for _, who := range []insertion.ParticipantID{1, 2} {
		setName(t, s, who, name)
	}
	said := "appel de IMAGINAIRE Zephyrine, puis de Zéphyrine  Imaginaire"
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2026-06-01", Text: said}))
	must(t, s.Postpone(ctx, someone, insertion.Postponed{Todo: "en retard:1", Until: "2026-07-01", Reason: said}))
	structure, err := s.Structure(ctx, 1)
	must(t, err)
	structure.Description, structure.Mail = said, "zephyrine@imaginaire.example"
	_, err = s.SaveStructure(ctx, someone, structure)
	must(t, err)
	_, err = s.SaveDeed(ctx, someone, insertion.Deed{Lot: 1, Kind: insertion.Invoice, Dated: "2026-02-01", Amount: 100_00, Label: said})
	must(t, err)
	_, err = s.SaveStep(ctx, someone, insertion.Step{Lot: 1, Kind: insertion.StepReminder, Dated: "2026-03-01", Text: said})
	must(t, err)
	_, err = s.Receive(ctx, someone, insertion.Receipt{Lot: 1, From: "2026-01", To: "2026-03", Received: "2026-06-02", Document: said, Again: true})
	must(t, err)
	lot, err := s.Lot(ctx, 1)
	must(t, err)
	clause := *lot.Clause
	clause.Note = said
	must(t, s.SaveClause(ctx, someone, clause, lot.ClauseVersion))
	grid, err := s.LineGrid(ctx, 1, "2026-05", "2026-05")
	must(t, err)
	must(t, s.SetLines(ctx, someone, []insertion.LineEdit{{Assignment: 1, Month: "2026-05", Old: grid[0].Cells[0], Hours: insertion.WholeHours(10), Granted: said}}))
	_, err = s.SaveEligibility(ctx, someone, insertion.Eligibility{Participant: 1, Category: "AVIS", Proof: "avis", Seen: "2026-02-11", Reason: said})
	must(t, err)

	told := func(a insertion.Access) (methods []string) {
		for method, text := range answers(t, s, a, "zephyrine") {
			if strings.Contains(strings.Join(wordsOf(text), " "), "zephyrine") {
				methods = append(methods, method)
			}
		}
		return methods
	}
	for _, role := range []insertion.Role{insertion.Delegate, insertion.Viewer} {
		for _, buyers := range [][]insertion.OrganisationID{nil, {mine}} {
			if methods := told(insertion.Access{User: 1, Name: "Dominique", Role: role, Buyers: buyers}); len(methods) > 0 {
				t.Errorf("%s of %v is told a name by %v", role, buyers, methods)
			}
		}
	}
	// The same questions, by who may know: they do ask.
	if methods := told(insertion.Access{User: 1, Name: "Camille", Role: insertion.Facilitator}); len(methods) < 12 {
		t.Errorf("only %v tell the facilitator", methods)
	}
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate})
	notes, err := view.Contacts(ctx, insertion.ContactFilter{Lot: 1})
	must(t, err)
	if notes[0].Text != "appel de (nom masqué), puis de (nom masqué)" {
		t.Errorf("%q", notes[0].Text)
	}
	// Rows of the journal are JSON in bytes: they are read as people see them.
	changes, err := view.Changes(ctx, 0, 0, 100)
	must(t, err)
	hidden := 0
	for _, c := range changes {
		for _, r := range c.Rows {
			for _, image := range [][]byte{r.Before, r.After} {
				if strings.Contains(strings.Join(wordsOf(string(image)), " "), "zephyrine") || len(image) > 0 && !json.Valid(image) {
					t.Errorf("%s: %s", c.What, image)
				}
				hidden += strings.Count(string(image), hiddenName)
			}
		}
	}
	if hidden < 10 {
		t.Errorf("only %d names hidden in the journal", hidden)
	}
}

// TestNoRowOfAPersonReachesAReader asks the tables themselves: a question written
// tomorrow must find nothing either.
func TestNoRowOfAPersonReachesAReader(t *testing.T) {
	s := working(t)
	s.types(s.hired("2026-01-01"), "2026-01", 50)
	view := s.As(insertion.Access{User: 1, Name: "Lea", Role: insertion.Viewer})
	for table, rows := range map[string]string{
		"participant": "1", "eligibility": "1", "worked_month": "1", "about_person": "1", "person_name": "1", "hour_line": "participant > 0", "assignment": "participant > 0",
	} {
		var all, hers int
		if err := s.r.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table+" WHERE "+rows).Scan(&all); err != nil {
			t.Fatal(err)
		}
		if err := view.r.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table+" WHERE "+rows).Scan(&hers); err != nil {
			t.Fatal(err)
		}
		if hers != 0 {
			t.Errorf("%d rows of %s of %d", hers, table, all)
		}
		if all == 0 && (table == "participant" || table == "hour_line" || table == "assignment") {
			t.Errorf("%s is empty: nothing is proved", table)
		}
	}
}
