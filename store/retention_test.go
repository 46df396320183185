package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// later moves the clock of a file.
func (s site) later(day insertion.Date) {
	s.handle.now = func() time.Time { return day.Time().Add(12 * time.Hour) }
}

// aged is a file where six persons worked in 2026 on a contract that ends with
// that year, seen three years later; P-0001 has a name, a proof and an exchange.
func aged(t *testing.T) (s site, last insertion.Assignment) {
	t.Helper()
	s = working(t)
	ctx := t.Context()
	lot, err := s.Lot(ctx, s.lot)
	must(t, err)
	c := *lot.Clause
	c.End = "2026-12-31"
	must(t, s.SaveClause(ctx, someone, c, lot.ClauseVersion))
	must(t, s.KeepNames(ctx, someone, true))
	for i := range 6 {
		last = s.hired("2026-01-05")
		s.seen(last.Participant, "2026-01-02")
		s.types(last, "2026-02", int64(20+i))
		last.End = "2026-03-31"
		file, err := s.Participant(ctx, last.Participant)
		must(t, err)
		last.Version = file.Assignments[0].Version
		_, err = s.SaveAssignment(ctx, someone, last)
		must(t, err)
	}
	setName(t, s, 1, "Zéphyrine Imaginaire")
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: "P-0001 a rappelé"}))
	return s, last
}

func (s site) expired() insertion.RetentionReport {
	s.t.Helper()
	r, err := s.Expired(s.t.Context())
	must(s.t, err)
	return r
}

func states(r insertion.RetentionReport) string {
	var out []string
	for _, e := range r.Persons {
		out = append(out, e.Code+" "+string(e.State))
	}
	return strings.Join(out, ", ")
}

func TestAPersonIsToldBeforeHerTermThenLeftAGraceThenToErase(t *testing.T) {
	s, _ := aged(t)
	for _, c := range []struct {
		day  insertion.Date
		want string
	}{
		{"2028-02-29", ""},
		{"2028-03-01", "P-0002 bientôt, P-0003 bientôt, P-0004 bientôt, P-0005 bientôt, P-0006 bientôt"}, // 30 days before the term
		{"2028-03-31", "P-0002 en grâce, P-0003 en grâce, P-0004 en grâce, P-0005 en grâce, P-0006 en grâce"},
		{"2028-04-30", "P-0002 à effacer, P-0003 à effacer, P-0004 à effacer, P-0005 à effacer, P-0006 à effacer, P-0001 bientôt"}, // she rang in May
		{"2028-06-01", "P-0002 à effacer, P-0003 à effacer, P-0004 à effacer, P-0005 à effacer, P-0006 à effacer, P-0001 à effacer"},
	} {
		s.later(c.day)
		if got := states(s.expired()); got != c.want {
			t.Errorf("%s: %s", c.day, got)
		}
	}
	e := s.expired().Persons[5]
	if e.Last != "2026-05-02" || e.Sign != "échange" || e.Term != "2028-05-02" || e.From != "2028-06-01" || !e.Name || e.Proofs != 1 || e.Lines != 1 || e.Notes != 1 || e.Hours != insertion.WholeHours(20) {
		t.Errorf("%+v", e)
	}
}

func TestWhatHoldsSomebodyBackIsSaid(t *testing.T) {
	s, _ := aged(t)
	ctx := t.Context()
	s.later("2028-06-15")
	lot, err := s.Lot(ctx, s.lot)
	must(t, err)
	held := func(part string) {
		t.Helper()
		r := s.expired()
		if r.In(insertion.ExpiryHeld) != 6 || len(r.Due()) != 0 || !strings.Contains(strings.Join(r.Persons[0].Held, " ; "), part) {
			t.Errorf("%s: %s %v", part, states(r), r.Persons)
		}
		if _, err := s.EraseExpired(ctx, someone, r, nil); err != nil {
			t.Error(err)
		}
		if _, err := s.Participant(ctx, 2); err != nil {
			t.Fatalf("she is erased, and held back: %v", err)
		}
	}
	c := *lot.Clause
	c.End = "2030-12-31"
	must(t, s.SaveClause(ctx, someone, c, lot.ClauseVersion))
	held("le marché court jusqu'au 31/12/2030")
	lot, err = s.Lot(ctx, s.lot)
	must(t, err)
	c.End = "2026-12-31"
	must(t, s.SaveClause(ctx, someone, c, lot.ClauseVersion))

	step := func(kind insertion.StepKind, day insertion.Date) {
		_, err := s.SaveStep(ctx, someone, insertion.Step{Lot: s.lot, Kind: kind, Dated: day, Text: "essai"})
		must(t, err)
	}
	step(insertion.StepReminder, "2027-01-10")
	if got := len(s.expired().Due()); got != 6 {
		t.Errorf("a reminder holds %d back", 6-got)
	}
	step(insertion.StepNotice, "2027-02-10")
	held("pénalité engagée (mise en demeure)")
	step(insertion.StepDecision, "2027-03-10")

	r := insertion.DefaultRetention()
	r.Funded = []insertion.LotID{s.lot}
	must(t, s.SetRetention(ctx, someone, insertion.DefaultRetention(), r))
	held("FSE+ (lot 1) : preuves gardées jusqu'au")
	s.later("2036-06-15")
	if got := len(s.expired().Due()); got != 6 {
		t.Errorf("ten years later, %d to erase", got)
	}
}

// statistics are what a yearly report sums: hours by month and lot, persons by sex,
// level, five years of birth, département and category.
func statistics(t *testing.T, s *Store) string {
	t.Helper()
	var out []string
	for _, text := range []string{
		"SELECT 'mois', month, sum(hours), sum(counted) FROM hour_line GROUP BY month ORDER BY month",
		"SELECT 'total', month, hours, counted FROM month_hours ORDER BY month",
		"SELECT 'lot', lot, sum(hours), sum(counted) FROM hour_line GROUP BY lot ORDER BY lot",
		"SELECT 'placement', placement || ' ' || month, worked, done FROM placement_month ORDER BY placement, month",
		"SELECT 'personnes', lot, count(DISTINCT participant), 0 FROM hour_line WHERE participant <> 0 GROUP BY lot ORDER BY lot",
		"SELECT 'sexe', sex, count(*), 0 FROM participant WHERE merged = 0 GROUP BY sex ORDER BY sex",
		"SELECT 'niveau', level, count(*), 0 FROM participant WHERE merged = 0 GROUP BY level ORDER BY level",
		"SELECT 'âge', born / 5 * 5, count(*), 0 FROM participant WHERE merged = 0 GROUP BY born / 5 ORDER BY born / 5",
		"SELECT 'sortie', outcome || '/' || later, count(*), 0 FROM participant WHERE merged = 0 GROUP BY outcome, later ORDER BY outcome, later",
		"SELECT 'catégorie', category, count(DISTINCT participant), 0 FROM eligibility GROUP BY category ORDER BY category",
		"SELECT 'contrat', employment, count(*), 0 FROM assignment GROUP BY employment ORDER BY employment",
		"SELECT 'année', year, sum(hours), sum(counted) FROM year_hours GROUP BY year ORDER BY year",
	} {
		rows, err := query(t.Context(), s.all, func(scan func(...any) error) (string, error) {
			var what, key string
			var a, b int64
			err := scan(&what, &key, &a, &b)
			return fmt.Sprint(what, " ", key, " ", a, " ", b), err
		}, text)
		must(t, err)
		out = append(out, rows...)
	}
	return strings.Join(out, "\n")
}

func TestErasingAtTermKeepsStatisticsAndForgetsEverybody(t *testing.T) {
	s, _ := aged(t)
	ctx := t.Context()
	s.later("2028-06-15")
	before := statistics(t, s.Store)
	report := s.expired()
	var told []string
	done, err := s.EraseExpired(ctx, someone, report, func(done, total int) { told = append(told, fmt.Sprintf("%d/%d", done, total)) })
	must(t, err)
	if done.Persons != 6 || done.Proofs != 6 || done.Lines != 6 || done.Passed != 0 || done.Residue != "" || done.Notes == 0 {
		t.Errorf("%+v", done)
	}
	if got := strings.Join(told, " "); got != "0/7 1/7 2/7 3/7 4/7 5/7 6/7 7/7" { // and the old exchanges
		t.Errorf("told %s", got)
	}
	if after := statistics(t, s.Store); after != before {
		t.Errorf("statistics moved:\n%s\nwere:\n%s", after, before)
	}
	raw := bytes.ToLower(s.raw())
	for _, trace := range []string{"p-0001", "p-0006", "zéphyrine", "imaginaire", "attestation rsa"} {
		if bytes.Contains(raw, []byte(trace)) {
			t.Errorf("the file still holds %q", trace)
		}
	}
	if found, err := s.Check(ctx); err != nil || len(found) != 0 {
		t.Errorf("%v %v", found, err)
	}
	if again := s.expired(); !again.Nothing() || len(again.Persons) != 0 {
		t.Errorf("%+v", again)
	}
}

func TestAnErasureInterruptedGoesOnFromThere(t *testing.T) {
	s, _ := aged(t)
	s.later("2028-06-15")
	before := statistics(t, s.Store)
	ctx, cancel := context.WithCancel(t.Context())
	done, err := s.EraseExpired(ctx, someone, s.expired(), func(done, _ int) {
		if done == 2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || done.Persons != 2 {
		t.Fatalf("%+v %v", done, err)
	}
	report := s.expired()
	if len(report.Due()) != 4 || report.Rewrite {
		t.Errorf("%s, rewrite %v", states(report), report.Rewrite)
	}
	done, err = s.EraseExpired(t.Context(), someone, report, nil)
	if err != nil || done.Persons != 4 || statistics(t, s.Store) != before {
		t.Errorf("%+v %v", done, err)
	}
}

func TestAFileThatCouldNotBeWrittenAnewIsSoAtTheNextAct(t *testing.T) {
	s, _ := aged(t)
	s.later("2028-06-15")
	_, err := s.eraseOne(t.Context(), someone, 2, "une personne effacée", false, nil) // as if cut there
	must(t, err)
	if report := s.expired(); !report.Rewrite || report.Nothing() {
		t.Errorf("nobody is told: %+v", report)
	}
	done, err := s.EraseExpired(t.Context(), someone, insertion.RetentionReport{Rewrite: true}, nil)
	if err != nil || done.Residue != "" || s.expired().Rewrite {
		t.Errorf("%+v %v", done, err)
	}
}

func TestSomebodyHeardOfSinceTheReportIsSpared(t *testing.T) {
	s, last := aged(t)
	s.later("2028-06-15")
	report := s.expired()
	must(t, s.AddContact(t.Context(), someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2028-06-14", Text: "p-" + fmt.Sprint(int64(last.Participant)) + " cherche du travail"}))
	done, err := s.EraseExpired(t.Context(), someone, report, nil)
	must(t, err)
	if done.Persons != 5 || done.Passed != 1 {
		t.Errorf("%+v", done)
	}
	if _, err := s.Participant(t.Context(), last.Participant); err != nil {
		t.Errorf("she is gone: %v", err)
	}
}

func TestOtherTracesGoAtTheirTermAndLeaveWhatTheySay(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	im, err := s.BeginImport(ctx, someone, "vieux.json", "essai")
	must(t, err)
	must(t, im.Refuse(ctx, []insertion.Refusal{{Record: 1, Field: "objet", Value: "une valeur", Reason: "illisible"}}))
	_, err = im.Finish(ctx, "", "")
	must(t, err)
	_, err = s.KeepDraft(ctx, insertion.Draft{Form: "essai"})
	must(t, err)
	for _, name := range []string{"Dominique", "Lou"} {
		id, err := s.SaveUser(ctx, someone, insertion.User{Name: name, Role: insertion.Delegate})
		must(t, err)
		must(t, s.AddKey(ctx, someone, id, insertion.UserKey{Fingerprint: "SHA256:" + name, Line: "ssh-ed25519 " + name}))
		must(t, s.AddDoorEvent(ctx, insertion.DoorEvent{Kind: "connexion", By: name, Fingerprint: "SHA256:" + name, Address: "192.0.2.1"}))
	}
	must(t, s.AddDoorEvent(ctx, insertion.DoorEvent{Kind: "refus", Address: "192.0.2.7", Line: "ssh-ed25519 INCONNUE"}))
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-06-01", Text: "appel de p-0007, absente, et de P‑9"}))
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-06-01", Text: "le lot 7 avance"}))
	if r := s.expired(); len(r.Traces) != 0 {
		t.Fatalf("%+v", r.Traces)
	}
	if _, err := s.w.Exec("DELETE FROM visit"); !refusedByTrigger(err) {
		t.Errorf("the journal of the door can be emptied: %v", err)
	}
	s.later("2029-07-16")
	must(t, s.AddDoorEvent(ctx, insertion.DoorEvent{Kind: "connexion", By: "Lou", Fingerprint: "SHA256:Lou"}))
	r := s.expired()
	var kinds []string
	for _, tr := range r.Traces {
		kinds = append(kinds, fmt.Sprintf("%s %d %v", tr.Kind, tr.Count, tr.Names))
	}
	// Three visits of 2026 have passed their term; Dominique's tells when she last came.
	if got := strings.Join(kinds, ", "); got != "échanges 1 [], refus d'import 1 [], journal de la porte 2 [], brouillons 1 [], comptes inutilisés 1 [Dominique]" {
		t.Fatalf("%s", got)
	}
	done, err := s.EraseExpired(ctx, someone, r, nil)
	must(t, err)
	if !reflect.DeepEqual(done.Traces, r.Traces) {
		t.Errorf("announced %+v, done %+v", r.Traces, done.Traces)
	}
	if left := s.expired(); !left.Nothing() {
		t.Errorf("%+v", left)
	}
	notes, err := s.Contacts(ctx, insertion.ContactFilter{Lot: s.lot})
	must(t, err)
	if all := fmt.Sprint(notes); !strings.Contains(all, "appel de (une personne), absente, et de (une personne)") || !strings.Contains(all, "le lot 7 avance") {
		t.Errorf("%s", all)
	}
	raw := s.raw()
	for _, trace := range []string{"p-0007", "une valeur", "192.0.2.7", "INCONNUE"} {
		if bytes.Contains(raw, []byte(trace)) {
			t.Errorf("the file still holds %q", trace)
		}
	}
	imports, err := s.Imports(ctx, 10)
	must(t, err)
	if imports[0].Refused != 1 || imports[0].File != "vieux.json" {
		t.Errorf("the import itself moved: %+v", imports[0])
	}
	users, err := s.Users(ctx)
	must(t, err)
	if len(users) != 1 || users[0].Name != "Lou" {
		t.Errorf("%+v", users)
	}
}

func TestWhatHasPassedItsTermWaitsOnTheQueueOfWhoMayEraseIt(t *testing.T) {
	s, _ := aged(t)
	ctx := t.Context()
	s.later("2028-06-15")
	find := func(v *Store) (found []insertion.Todo) {
		t.Helper()
		todos, err := v.Todos(ctx, "2028-06-15", insertion.DefaultThresholds())
		must(t, err)
		for _, d := range todos {
			if d.Kind == insertion.TodoRetention {
				found = append(found, d)
			}
		}
		return found
	}
	if got := find(s.Store); len(got) != 1 || got[0].What != "6 personnes ont passé leur terme ; échus : échanges. Rien ne s'efface sans vous" || got[0].Since != "2026-05-02" {
		t.Errorf("%+v", got)
	}
	if got := find(s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate})); len(got) != 0 {
		t.Errorf("a delegate is told: %+v", got)
	}
	must(t, s.Postpone(ctx, someone, insertion.Postponed{Todo: "conservation", Until: "2028-09-01", Reason: "après le bilan"}))
	if got := find(s.Store); len(got) != 0 {
		t.Errorf("put off, it is there: %+v", got)
	}
}

func TestTermsAreKeptInRangeAndInTheJournal(t *testing.T) {
	s := working(t)
	for field, change := range map[string]func(r *insertion.Retention){
		"personne": func(r *insertion.Retention) { r.PersonMonths = 0 },
		"fse":      func(r *insertion.Retention) { r.FundedMonths = 12 },
		"echange":  func(r *insertion.Retention) { r.NoteMonths = 6 },
		"lots_fse": func(r *insertion.Retention) { r.Funded = []insertion.LotID{99} },
		"grace":    func(r *insertion.Retention) { r.GraceDays = -1 },
	} {
		r := insertion.DefaultRetention()
		change(&r)
		var wrong *insertion.FieldError
		if err := s.SetRetention(t.Context(), someone, insertion.DefaultRetention(), r); !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	r := insertion.DefaultRetention()
	r.PersonMonths, r.NoteMonths, r.Funded = 36, 48, []insertion.LotID{1}
	must(t, s.SetRetention(t.Context(), someone, insertion.DefaultRetention(), r))
	if got, err := s.Retention(t.Context()); err != nil || !reflect.DeepEqual(got, r) {
		t.Errorf("%+v %v", got, err)
	}
	changes, err := s.Changes(t.Context(), 0, 0, 1)
	must(t, err)
	if doc, _ := json.Marshal(changes[0]); !strings.Contains(string(doc), "délais de conservation") {
		t.Errorf("%s", doc)
	}
}

// TestTheBilanOfAYearDoesNotMoveWhenItsPersonsAreErased compares every figure and
// table, but those that say less of a person erased: her age is that of the middle
// of the five years she was born in, of where she lived the département alone is
// kept, and her contracts begin and end with a month.
func TestTheBilanOfAYearDoesNotMoveWhenItsPersonsAreErased(t *testing.T) {
	s, _ := aged(t)
	ctx := t.Context()
	for i := range 20 { // enough to be told
		who, err := s.SaveParticipant(ctx, someone, insertion.Participant{Born: 1960 + 2*i, Sex: []insertion.Sex{insertion.Woman, insertion.Man}[i%2], INSEE: "92050",
			Level: insertion.Level(2 + i%4), Entered: "2026-01-05", Left: "2026-04-01", Exit: insertion.Exits()[i%3], Later: insertion.ExitLasting, Asked: "2026-05-01"})
		must(t, err)
		category := []string{"RSA", "DELD", "JEUNE"}[i%3]
		_, err = s.SaveEligibility(ctx, someone, insertion.Eligibility{Participant: who, Category: category, Proof: insertion.Proofs(category)[0].Code, Dated: "2026-01-02", Seen: insertion.Date("2026-01-02").AddDays(i / 4)}) // the last ones after the 5th, when they began
		must(t, err)
		a, err := s.SaveAssignment(ctx, someone, insertion.Assignment{Participant: who, Placement: s.placement, Employment: insertion.CDDI, Start: "2026-01-05", End: "2026-03-31"})
		must(t, err)
		must(t, s.SetLines(ctx, someone, []insertion.LineEdit{{Assignment: a, Month: "2026-02", Hours: insertion.WholeHours(int64(30 + i))}}))
	}
	s.later("2028-06-15")
	bilans := func() (out []bilan.Report) {
		for _, q := range []bilan.Query{{Year: 2026}, {Year: 2026, Buyer: organisationOf(t, s.Store, 1)}} {
			r, err := s.Bilan(ctx, q)
			must(t, err)
			out = append(out, r)
		}
		return out
	}
	before := bilans()
	done, err := s.EraseExpired(ctx, someone, s.expired(), nil)
	must(t, err)
	if done.Persons != 26 {
		t.Fatalf("%+v", done)
	}
	after := bilans()
	compared := 0
	for i := range before {
		for k, f := range before[i].Figures {
			if f.ID != "duree" && !reflect.DeepEqual(f, after[i].Figures[k]) {
				t.Errorf("%+v, was %+v", after[i].Figures[k], f)
			}
		}
		for k, table := range before[i].Tables {
			if table.ID == "ages" || table.ID == "residence" || table.ID == "durees" {
				continue
			}
			if compared++; !reflect.DeepEqual(table, after[i].Tables[k]) {
				t.Errorf("table %q moved:\n%+v\nwas\n%+v", table.ID, after[i].Tables[k].Rows, table.Rows)
			}
		}
	}
	if compared < 10 {
		t.Errorf("only %d tables compared", compared)
	}
}
