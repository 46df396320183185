package store

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// acts says, for every method of the store, which act it is: a method missing
// here fails the test below.
func acts() map[string]insertion.Act {
	out := map[string]insertion.Act{}
	for act, names := range map[insertion.Act][]string{
		insertion.ActRead: {"Access", "Anyway", "As", "AllStructures", "Check", "Close", "Contacts", "Content", "Contract", "ContractLots", "CountLots", "CountStructures", "Declarations", "Deeds",
			"Enter", "ExactPlaces", "Exemption", "Figures", "File", "Find", "FindLots", "FindStructures", "ForecastInput", "Group", "History", "HoursGrid", "Imports",
			"Introduction", "Introductions", "Lot", "LotDues", "Lots", "NamesKept", "Path", "PenaltyInput", "Placement", "FindBuyer", "Organisations", "Placements", "Postponements", "ProposalShares",
			"Records", "Refusals", "Retention", "Bilan", "SimilarLots", "Steps", "Structure", "StructureIntroductions", "StructurePlacements", "Structures", "Thresholds", "Todos", "Version", "Watches",
			"MandateRecords", "MandateRecord", "MandateFacts", "MandateScope", "Standings",
			"MandateAgenda", "NextMeeting", "AdviceRules",
			"Letterhead", "Letterheads", "Wording", "Wordings",
			"NamesIn", "NameWordsIn", "ForOthers", // pseudonyms only, of texts the caller has
			"MayExport", "MayImport", "AddExport", "VoidExport", // each kind of export says what it needs
			"FollowedBuyers",
			"AddDoorEvent",                      // the door itself writes it, whoever is at it
			"KeepDraft", "Drafts", "DropDraft"}, // one's own, and nobody else's
		insertion.ActPersons: {"Participants", "Participant", "LineGrid", "Assignments", "Declarants", "CheckStatement"},
		insertion.ActExport:  {"StatementSheet", "DocumentFacts"}, // and ActPersons: see exports_test.go
		insertion.ActNames:   {"NameSet", "SetName", "PersonExport"},
		insertion.ActErase:   {"Erasure", "Erase", "EraseWithParts", "Expired", "EraseExpired"},
		insertion.ActJournal: {"Changes", "DoorEvents", "LastUndoable", "Exports", "Processings"},
		insertion.ActUsers:   {"Users", "FindUser", "SaveUser", "RemoveUser", "AddKey", "RemoveKey"},
		insertion.ActBackup:  {"Backup"},
		insertion.ActComment: {"AddContact"},
		insertion.ActApprove: {"Propose", "MoveIntroduction", "SaveExemption", "RemoveExemption"},
		insertion.ActMandate: {"SaveMandateRecord", "RemoveMandateRecord", "SaveMandateParts"},
		insertion.ActSettings: {"SetThresholds", "KeepNames", "DropNames", "NamesDropped", "SetRetention", "SetAdviceRules",
			"SaveLetterhead", "RemoveLetterhead", "SaveWording"},
		insertion.ActWrite: {"AcceptStatement", "AddLot", "BeginImport", "Merge", "NameOrganisation", "Postpone", "Receive", "Recount", "RemoveAssignment", "RemoveClause", "RemoveDeed",
			"RemoveEligibility", "RemoveReceipt", "RemoveStep", "RemoveTransfer", "Resume", "SaveAssignment", "SaveClause", "SaveDeed", "SaveEligibility", "SaveParticipant", "SavePlacement",
			"SaveShares", "SaveStep", "SaveStructure", "SaveTransfer", "SetExactPlaces", "SetHours", "SetLines", "SetWorked", "TypeLot", "Undo"},
	} {
		for _, n := range names {
			out[n] = act
		}
	}
	return out
}

func TestEveryMethodOfTheStoreIsAnAct(t *testing.T) {
	known := acts()
	store := reflect.TypeFor[*Store]()
	for i := range store.NumMethod() {
		name := store.Method(i).Name
		if _, ok := known[name]; !ok {
			t.Errorf("%s is no act: say in this table who may do it, and refuse the others", name)
		}
		delete(known, name)
	}
	for name := range known {
		t.Errorf("%s is no method of the store", name)
	}
}

// TestAReaderIsRefusedBeforeAnythingIsRead calls every method that writes, with
// numbers that exist and values that are wrong: the right comes first.
func TestAReaderIsRefusedBeforeAnythingIsRead(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.types(a, "2026-01", 50)
	view := reflect.ValueOf(s.As(insertion.Access{User: 1, Name: "Camille", Role: insertion.Viewer}))
	for name, act := range acts() {
		if slices.Contains([]insertion.Act{insertion.ActRead, insertion.ActPersons, insertion.ActJournal, insertion.ActExport}, act) {
			continue
		}
		m := view.MethodByName(name)
		for _, number := range []int64{0, 1} {
			args := []reflect.Value{reflect.ValueOf(t.Context())}
			for i := 1; i < m.Type().NumIn(); i++ {
				of := m.Type().In(i)
				arg := reflect.New(of).Elem()
				switch {
				case of.Kind() == reflect.Int64:
					arg.SetInt(number * int64(i-1)) // two persons of Merge differ
				case of.Kind() == reflect.Slice:
					arg = reflect.MakeSlice(of, int(number), int(number))
				}
				args = append(args, arg)
			}
			out := m.Call(args)
			err, _ := out[len(out)-1].Interface().(error)
			var no *insertion.Forbidden
			if name == "Undo" && (errors.Is(err, insertion.ErrNotFound) || errors.Is(err, insertion.ErrNothing)) {
				continue // what it undoes says who may
			}
			if !errors.As(err, &no) {
				t.Errorf("%s, %d: %v", name, number, err)
			}
		}
	}
}

// TestMergingTellsNothingOfThoseOfOtherBuyers is asked by somebody narrowed.
func TestMergingTellsNothingOfThoseOfOtherBuyers(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	other, err := s.SaveParticipant(t.Context(), someone, insertion.Participant{Born: 1950, Entered: "2026-01-01"})
	must(t, err)
	view := s.As(insertion.Access{User: 1, Name: "Camille", Role: insertion.Facilitator, Buyers: []insertion.OrganisationID{999}})
	report, err := view.Merge(t.Context(), "x", other, a.Participant)
	var no *insertion.Forbidden
	if !errors.As(err, &no) || len(report.Conflicts) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
	if err := view.SetWorked(t.Context(), "x", insertion.WorkedMonth{Participant: a.Participant, Month: "2026-01", Hours: 1}); !errors.As(err, &no) {
		t.Errorf("worked: %v", err)
	}
}

// TestWhatARoleMayNotReadIsRefused calls every method whose act is not writing,
// with every role.
func TestWhatARoleMayNotReadIsRefused(t *testing.T) {
	s := working(t)
	first := []insertion.Act{insertion.ActPersons, insertion.ActExport, insertion.ActErase, insertion.ActJournal, insertion.ActBackup}
	for _, role := range insertion.Roles() {
		view := reflect.ValueOf(s.As(insertion.Access{User: 1, Name: "Camille", Role: role}))
		for name, act := range acts() {
			if !slices.Contains(first, act) && name != "Users" {
				continue
			}
			m := view.MethodByName(name)
			args := []reflect.Value{reflect.ValueOf(t.Context())}
			for i := 1; i < m.Type().NumIn(); i++ {
				args = append(args, reflect.Zero(m.Type().In(i)))
			}
			out := m.Call(args)
			err, _ := out[len(out)-1].Interface().(error)
			var no *insertion.Forbidden
			if errors.As(err, &no) == role.May(act) {
				t.Errorf("%s, %s: %v", role, name, err)
			}
		}
	}
}

func TestWhatARoleMayNotWriteIsRefusedAndNothingIsWritten(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.seen(a.Participant, "2026-01-01")
	s.types(a, "2026-01", 50)
	_, err := s.SaveStructure(t.Context(), someone, insertion.Structure{SIRET: "44229337500014", Kind: insertion.EI, Name: "Pinceaux", Active: true})
	must(t, err)
	file, err := s.Participant(t.Context(), a.Participant)
	must(t, err)
	ctx := t.Context()
	lot, err := s.Lot(ctx, s.lot)
	must(t, err)
	writes := map[string]struct {
		act insertion.Act
		do  func(v *Store) error
	}{
		"exchange": {insertion.ActComment, func(v *Store) error {
			return v.AddContact(ctx, "x", insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2026-06-01", Text: "appel"})
		}},
		"proposal": {insertion.ActApprove, func(v *Store) error { return v.Propose(ctx, "x", []insertion.Introduction{{Lot: 1, Structure: 1}}) }},
		"exemption": {insertion.ActApprove, func(v *Store) error {
			return v.SaveExemption(ctx, "x", insertion.Exemption{Lot: 1, Motive: insertion.MotiveUnlinked, Text: "a", Evidence: "b", Dated: "2026-06-01"})
		}},
		"clause": {insertion.ActWrite, func(v *Store) error {
			c := *lot.Clause
			c.Note = "n"
			return v.SaveClause(ctx, "x", c, lot.ClauseVersion)
		}},
		"deed": {insertion.ActWrite, func(v *Store) error {
			_, err := v.SaveDeed(ctx, "x", insertion.Deed{Lot: 1, Kind: insertion.Invoice, Dated: "2026-06-01", Amount: 100})
			return err
		}},
		"hours": {insertion.ActWrite, func(v *Store) error {
			return v.SetLines(ctx, "x", []insertion.LineEdit{{Assignment: a.ID, Month: "2026-02", Hours: 100}})
		}},
		"person": {insertion.ActWrite, func(v *Store) error {
			_, err := v.SaveParticipant(ctx, "x", insertion.Participant{Entered: "2026-01-01"})
			return err
		}},
		"proof": {insertion.ActWrite, func(v *Store) error { return v.RemoveEligibility(ctx, "x", file.Eligibilities[0].ID) }},
		"settings": {insertion.ActSettings, func(v *Store) error {
			th := insertion.DefaultThresholds()
			th.AnswerDays = 9
			return v.SetThresholds(ctx, "x", insertion.DefaultThresholds(), th)
		}},
		"user": {insertion.ActUsers, func(v *Store) error {
			_, err := v.SaveUser(ctx, "x", insertion.User{Name: "Intrus", Role: insertion.Facilitator})
			return err
		}},
		"mandate": {insertion.ActMandate, func(v *Store) error {
			_, err := v.SaveMandateRecord(ctx, "x", mandate.Record{Kind: mandate.Network, Values: map[string]string{"nom": "Réseau " + string(v.access.Role)}})
			return err
		}},
		"import": {insertion.ActWrite, func(v *Store) error { _, err := v.BeginImport(ctx, "x", "f", "g"); return err }},
		"step": {insertion.ActWrite, func(v *Store) error {
			_, err := v.SaveStep(ctx, "x", insertion.Step{Lot: 1, Kind: insertion.StepReminder, Dated: "2026-06-01"})
			return err
		}},
		"declaration": {insertion.ActWrite, func(v *Store) error {
			_, err := v.Receive(ctx, "x", insertion.Receipt{Lot: 1, From: "2026-01", To: "2026-03", Received: "2026-06-01", Document: "d"})
			return err
		}},
	}
	for _, role := range []insertion.Role{insertion.Viewer, insertion.Delegate} {
		view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: role})
		for name, w := range writes {
			before, err := s.Changes(ctx, 0, 0, 1)
			must(t, err)
			err = w.do(view)
			var no *insertion.Forbidden
			if errors.As(err, &no) == role.May(w.act) {
				t.Errorf("%s, %s: %v", role, name, err)
			}
			after, e := s.Changes(ctx, 0, 0, 1)
			must(t, e)
			switch {
			case no != nil && after[0].ID != before[0].ID:
				t.Errorf("%s, %s: refused, and yet written", role, name)
			case no == nil && after[0].By != "Dominique":
				t.Errorf("%s, %s: written by %q", role, name, after[0].By)
			}
		}
	}
}

func TestAReaderSeesNobody(t *testing.T) {
	s := working(t)
	a := s.hired("2026-01-01")
	s.types(a, "2026-01", 50)
	must(t, s.AddContact(t.Context(), someone, insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2026-06-01", Text: "appel au sujet de " + a.Participant.Code()}))
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Viewer})
	if hits, err := view.Find(t.Context(), a.Participant.Code(), 10); err != nil || slices.ContainsFunc(hits, func(h insertion.Hit) bool { return h.Kind == insertion.OnParticipant }) {
		t.Errorf("found %+v %v", hits, err)
	}
	events, err := view.File(t.Context(), insertion.Subject{Kind: insertion.OnLot, ID: 1}, "", 100)
	must(t, err)
	if slices.ContainsFunc(events, func(e insertion.Event) bool { return strings.Contains(e.What, a.Participant.Code()) }) {
		t.Errorf("she is told of: %+v", events)
	}
	todos, err := view.Todos(t.Context(), "2026-06-15", insertion.DefaultThresholds())
	must(t, err)
	if slices.ContainsFunc(todos, func(d insertion.Todo) bool { return d.Person != 0 }) {
		t.Errorf("she waits on the queue: %+v", todos)
	}
}
