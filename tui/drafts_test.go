package tui_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/store"
	"passerelle/tui"
)

// cut ends the program from outside, as a server that stops does.
func (d *driver) cut() {
	d.t.Helper()
	d.send(tui.Leave())
	if !d.quit {
		d.t.Fatal("asked to leave, the program stays")
	}
	if err := d.app.(*tui.App).KeepDrafts(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

func TestAFormCutShortIsOfferedAtTheNextLogin(t *testing.T) {
	s := stocked(t, 1)
	d := drive(t, s, depsOf(s), "m", 100, 30)
	d.press("enter", "c", "tab")
	d.erase()
	d.write("123456")
	d.cut()

	d = drive(t, s, depsOf(s), "m", 100, 30)
	d.sees("Brouillon du 15/06/2026 à 12 h 00 : Clause, lot 1", "Ouvrir lot 1", "Jeter ce brouillon")
	d.press("enter", "c")
	d.sees("123456", "Brouillon du 15/06/2026 à 12 h 00 repris")
	d.press("esc")
	d.sees("Abandonner ce qui a été saisi ?")

	d = drive(t, s, depsOf(s), "m", 100, 30)
	d.misses("Brouillon")
}

// What habit types while the question comes up by itself, « g j » and Entrée, throws
// nothing away; throwing away is asked about.
func TestADraftIsThrownAwayOnlyOnPurpose(t *testing.T) {
	s := stocked(t, 1)
	d := drive(t, s, depsOf(s), "m", 100, 30)
	d.press("enter", "c", "tab")
	d.erase()
	d.write("123456")
	d.cut()
	d = drive(t, s, depsOf(s), "m", 100, 30)
	d.press("g", "j", "j", "k", "q")
	d.sees("▸ Ouvrir lot 1")
	d.press("down", "down", "enter")
	d.sees("Jeter le brouillon « Clause, lot 1 » ? Ce qui y est écrit sera perdu.")
	d.press("enter")
	d = drive(t, s, depsOf(s), "m", 100, 30)
	d.sees("Brouillon du 15/06/2026")
	d.press("down", "down", "enter", "o")
	drive(t, s, depsOf(s), "m", 100, 30).misses("Brouillon")
}

// One person has the same form open in two windows when the server stops.
func TestTwoWindowsOnOneFormLeaveTwoDrafts(t *testing.T) {
	s := stocked(t, 1)
	var windows []*driver
	for _, text := range []string{"111111", "222222"} {
		d := drive(t, s, depsOf(s), "m", 100, 30)
		d.press("enter", "c", "tab")
		d.erase()
		d.write(text)
		windows = append(windows, d)
	}
	for _, d := range windows {
		d.cut()
	}
	d := drive(t, s, depsOf(s), "m", 100, 30)
	d.sees("(et 1 autre)")
	d.press("enter")
	d.hold = true
	d.send(tui.Changed()) // something moves in the file, and is read while the form opens
	d.press("c")
	d.sees("222222", "repris", "(1 autre ensuite)")
	d.release(false)
	d.sees("222222") // the next draft has not come over the first
	d.press("esc", "o", "c")
	d.sees("111111", "repris")
	d.misses("ensuite")
	d.press("esc", "o", "c")
	d.misses("repris")
	drive(t, s, depsOf(s), "m", 100, 30).misses("Brouillon")
}

func TestADraftIsNamedAfterWhatItIsAbout(t *testing.T) {
	s, _, _ := crew(t, 1)
	deps, room := paperDesk(s, false)
	must(t, room.SaveLetterhead(t.Context(), "Dominique", insertion.Letterhead{Name: "Délégation fictive"}))
	for keys, title := range map[string]string{
		"enter":   "Brouillon du 15/06/2026 à 12 h 00 : Texte : " + string(insertion.DocumentKinds()[0]),
		"e enter": "Brouillon du 15/06/2026 à 12 h 00 : En-tête de votre service",
	} {
		d := drive(t, s, deps, "t", 80, 24)
		d.press(strings.Fields(keys)...)
		d.write("essai")
		d.cut()
		d = drive(t, s, deps, "t", 80, 24)
		d.sees(title)
		d.misses(title + ",")
		d.press("down", "enter", "o") // thrown away
	}
	users := neighbourhood(t)
	_, err := users.SaveUser(t.Context(), "Camille", insertion.User{Name: "Dominique", Role: insertion.Viewer})
	must(t, err)
	d := drive(t, users, atDoor(users), "u", 80, 24)
	d.press("enter")
	d.write("x")
	d.cut()
	drive(t, users, atDoor(users), "u", 80, 24).sees("Rôle, Dominique")
}

func TestAFormGivenUpLeavesNoDraft(t *testing.T) {
	s := stocked(t, 1)
	d := drive(t, s, depsOf(s), "m", 100, 30)
	d.press("enter", "c", "tab")
	d.write("9")
	d.press("ctrl+c", "o")
	if !d.quit {
		t.Fatal("still there")
	}
	if err := d.app.(*tui.App).KeepDrafts(t.Context()); err != nil {
		t.Fatal(err)
	}
	drive(t, s, depsOf(s), "m", 100, 30).misses("Brouillon")
}

// amended is what somebody else writes of the clause of lot 1 while a draft waits.
func amended(t *testing.T, s *store.Store, change func(c *insertion.Clause)) {
	t.Helper()
	lot, err := s.Lot(t.Context(), 1)
	must(t, err)
	c := *lot.Clause
	change(&c)
	must(t, s.SaveClause(t.Context(), "Dominique", c, lot.ClauseVersion))
}

func TestADraftTellsWhatSomebodyElseChangedMeanwhile(t *testing.T) {
	for name, c := range map[string]struct {
		answer []string
		amount insertion.Cents // of the clause kept in the end
		said   string
	}{
		"mine":    {[]string{"enter"}, insertion.Euros(123456), "! changé depuis"},
		"theirs":  {[]string{"down", "enter"}, insertion.Euros(777777), "repris"},
		"neither": {[]string{"esc"}, insertion.Euros(123456), "changé depuis"},
	} {
		t.Run(name, func(t *testing.T) {
			s := stocked(t, 1)
			must(t, s.SaveClause(t.Context(), "Camille", insertion.Clause{
				Lot: 1, Basis: insertion.ByLabourShare, Amount: insertion.Euros(500_000), LabourShare: 5000, Rate: 500, HourlyCost: insertion.Euros(30),
				Start: "2026-05-01", End: "2027-04-30",
			}, 0))
			d := drive(t, s, depsOf(s), "m", 120, 40)
			d.press("enter", "c", "tab")
			d.erase()
			d.write("123456")
			d.cut()
			amended(t, s, func(c *insertion.Clause) { c.Amount, c.Note = insertion.Euros(777777), "avenant 2" })

			d = drive(t, s, depsOf(s), "m", 120, 40)
			d.press("esc", "enter", "c")
			d.sees("Quelqu'un a changé pendant votre saisie : Montant HT")
			d.press(c.answer...)
			d.sees(c.said)
			d.press("ctrl+s")
			lot, err := s.Lot(t.Context(), 1)
			must(t, err)
			if lot.Clause.Amount != c.amount || lot.Clause.Note != "avenant 2" {
				t.Errorf("%+v", lot.Clause)
			}
		})
	}
}

func TestTheOtherDraftsWaitInTheirForms(t *testing.T) {
	s := stocked(t, 2)
	for _, down := range []int{0, 1} {
		d := drive(t, s, depsOf(s), "m", 100, 30)
		for range down {
			d.press("esc", "down") // the first draft is offered: not now
		}
		d.press("enter", "c", "tab")
		d.erase()
		d.write([]string{"111111", "222222"}[down])
		d.cut()
	}
	d := drive(t, s, depsOf(s), "m", 100, 30)
	d.sees("(et 1 autre)")
	d.press("esc", "enter", "c")
	d.sees("111111", "repris")
	d.cut() // cut again before saving, it is kept again
	d = drive(t, s, depsOf(s), "m", 100, 30)
	d.press("esc", "enter", "c")
	d.sees("111111", "repris")
}

func TestAWordingCutShortIsOfferedAtTheNextLogin(t *testing.T) {
	s, _, _ := crew(t, 1)
	deps, room := paperDesk(s, false)
	d := drive(t, s, deps, "t", 80, 24)
	d.press("enter")
	d.write("Bonjour à tous. ")
	d.cut()

	w, err := room.ReadWording(t.Context(), insertion.DocumentKinds()[0])
	must(t, err)
	w.Text = "Un tout autre texte."
	must(t, room.WriteWording(t.Context(), "Dominique", w))

	d = drive(t, s, deps, "t", 80, 24)
	d.sees("Brouillon du 15/06/2026 à 12 h 00")
	d.press("esc", "enter")
	d.sees("Quelqu'un a changé pendant votre saisie : Texte")
	d.press("down", "down", "enter")
	d.sees("Un tout autre texte.")
	d.misses("Bonjour")
	d.press("esc")
	d.sees("Bonjour à tous.")
	d.press("esc", "o", "enter")
	d.sees("Un tout autre texte.")
	d.misses("Bonjour")
}

// Two people write one record; the second takes up what she typed over what the first
// wrote, field by field, without typing it again.
func TestWhatWasTypedIsTakenUpOverARecordThatChanged(t *testing.T) {
	s, _, _ := crew(t, 1)
	deps, room := paperDesk(s, false)
	must(t, room.SaveLetterhead(t.Context(), "Dominique", insertion.Letterhead{Name: "Délégation fictive", Place: "Rocreuse"}))
	d := drive(t, s, deps, "t", 80, 24)
	d.press("e", "enter", "tab")
	d.write("Bureau de l'insertion")

	other, err := room.Letterhead(t.Context(), 0)
	must(t, err)
	other.Place = "Nanterre"
	must(t, room.SaveLetterhead(t.Context(), "Dominique", other))

	d.press("ctrl+s")
	d.sees("Quelqu'un a modifié ceci pendant votre saisie")
	d.press("enter")
	d.sees("Rouvrez le formulaire")
	d.press("enter")
	d.sees("Bureau de l'insertion", "Nanterre")
	d.press("ctrl+s")
	d.sees("En-tête enregistré")
	if l, err := room.Letterhead(t.Context(), 0); err != nil || l.Service != "Bureau de l'insertion" || l.Place != "Nanterre" {
		t.Errorf("%+v %v", l, err)
	}
	drive(t, s, deps, "t", 80, 24).misses("Brouillon")
}

func TestWhatWasTypedIsTakenUpOverSettingsThatChanged(t *testing.T) {
	s := stocked(t, 1)
	deps := depsOf(s)
	deps.Settings = s
	d := drive(t, s, deps, "r", 100, 30)
	d.press("tab")
	d.erase()
	d.write("12")

	was, err := s.Thresholds(t.Context())
	must(t, err)
	is := was
	is.AnswerDays, is.SilenceDays = 9, 61
	must(t, s.SetThresholds(t.Context(), "Dominique", was, is))

	d.press("ctrl+s")
	d.sees("Quelqu'un a modifié ceci pendant votre saisie")
	d.press("enter")
	d.sees("Quelqu'un a changé pendant votre saisie : Sans réponse (jours)")
	d.press("enter", "ctrl+s")
	d.sees("Réglages enregistrés")
	if is, err = s.Thresholds(t.Context()); err != nil || is.AnswerDays != 12 || is.SilenceDays != 61 {
		t.Errorf("%+v %v", is, err)
	}
}

// What is typed of one record never fills the form of another.
func TestADraftStaysWithItsRecord(t *testing.T) {
	s, _, _ := crew(t, 1)
	deps, room := paperDesk(s, false)
	must(t, room.SaveLetterhead(t.Context(), "Dominique", insertion.Letterhead{Name: "Délégation fictive"}))
	must(t, room.SaveLetterhead(t.Context(), "Dominique", insertion.Letterhead{Organisation: 1, Name: "Acheteur un"}))
	must(t, room.SaveLetterhead(t.Context(), "Dominique", insertion.Letterhead{Organisation: 2, Name: "Acheteur deux"}))
	d := drive(t, s, deps, "t", 80, 24)
	d.press("e", "down", "enter", "tab")
	d.write("Direction des achats")
	d.cut()
	d = drive(t, s, deps, "t", 80, 24)
	d.press("esc", "e", "down", "down", "enter")
	d.misses("Direction des achats")
	d.press("esc", "up", "enter")
	d.sees("Direction des achats", "repris")
}

// Every screen that holds a form, or a text of several lines, hands it over: what is
// typed there is asked about before leaving, and kept when the session is cut.
func TestEveryFormHandsOverWhatIsTyped(t *testing.T) {
	files, err := filepath.Glob("*.go")
	must(t, err)
	holding, handing := map[string]bool{}, map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		must(t, err)
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.Name == "fields" && d.Recv != nil {
					handing[strings.TrimPrefix(types.ExprString(d.Recv.List[0].Type), "*")] = true
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					of, ok := spec.(*ast.TypeSpec)
					if !ok {
						continue
					}
					held, ok := of.Type.(*ast.StructType)
					if !ok {
						continue
					}
					for _, f := range held.Fields.List {
						switch types.ExprString(f.Type) {
						case "*form", "[]*input", "textarea.Model", "*textarea.Model":
							holding[of.Name.Name] = true
						}
					}
				}
			}
		}
	}
	// What forms are made of.
	for _, part := range []string{"form", "input", "questionnaire", "fieldReader"} {
		delete(holding, part)
	}
	if len(holding) < 8 {
		t.Errorf("only %v hold a form", holding)
	}
	for name := range holding {
		if !handing[name] {
			t.Errorf("%s holds a form and has no fields method: what is typed in it is lost when a session is cut", name)
		}
	}
}
