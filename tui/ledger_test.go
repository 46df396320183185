package tui_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// crew is the claused lot with people at work on one placement since January,
// each seen eligible but the last.
func crew(t testing.TB, n int) (*store.Store, insertion.PlacementID, []insertion.AssignmentID) {
	t.Helper()
	s := neighbourhood(t)
	ctx := t.Context()
	place, err := s.SavePlacement(ctx, "Camille", insertion.Placement{
		Lot: 1, Employer: "Intérim du Pont", Modality: insertion.Secondment,
		Months: []insertion.PlacementMonth{{Month: "2026-04", Planned: 70_00}, {Month: "2026-05", Planned: 70_00}},
	})
	must(t, err)
	var ids []insertion.AssignmentID
	for i := range n {
		p, err := s.SaveParticipant(ctx, "Camille", insertion.Participant{Born: 1980 + i, Sex: insertion.Woman, INSEE: "92050", Level: 3, Entered: "2026-01-02"})
		must(t, err)
		if i < n-1 || n == 1 {
			_, err = s.SaveEligibility(ctx, "Camille", insertion.Eligibility{Participant: p, Category: "RSA", Proof: "rsa", Dated: "2025-12-20", Seen: "2026-01-02"})
			must(t, err)
		}
		a, err := s.SaveAssignment(ctx, "Camille", insertion.Assignment{Participant: p, Placement: place, Employment: insertion.Supplied, Start: "2026-01-05"})
		must(t, err)
		ids = append(ids, a)
	}
	return s, place, ids
}

func enterLines(t testing.TB, s *store.Store, month insertion.Month, hours insertion.Hours, ids ...insertion.AssignmentID) {
	t.Helper()
	var edits []insertion.LineEdit
	for _, id := range ids {
		edits = append(edits, insertion.LineEdit{Assignment: id, Month: month, Hours: hours})
	}
	must(t, s.SetLines(t.Context(), "Camille", edits))
}

func TestAPersonsPageSaysWhatCountsAndWhyNotTheRest(t *testing.T) {
	s, _, ids := crew(t, 2)
	enterLines(t, s, "2026-04", 70_00, ids...)
	d := drive(t, s, allDeps(s), "p", 120, 40)
	d.sees("P-0002", "aucune éligibilité enregistrée")
	d.golden("persons")
	d.resize(120, 40)
	d.press("enter")
	d.sees("70 h non comptées", "rien ne compte encore")
	d.golden("person")
	d.resize(120, 40)
	d.press("c")
	d.write("attestation demandée")
	d.press("enter")
	d.sees("compté sur décision du facilitateur : attestation demandée")
}

func TestAProofIsNotedWithoutADocument(t *testing.T) {
	s, _, ids := crew(t, 2)
	enterLines(t, s, "2026-04", 70_00, ids[1])
	d := drive(t, s, allDeps(s), "p", 120, 40)
	d.press("enter", "p")
	d.sees("jamais une copie", "attestation RSA")
	d.press("tab", "tab", "tab")
	d.write("02/01/2026")
	d.sees("vaut pour une embauche jusqu'au 02/04/2026")
	d.press("ctrl+s")
	d.sees("Justificatif noté.", "vu le 15/06/2026")
}

func TestHoursOfTwentyPersonsCostFewKeys(t *testing.T) {
	s, _, ids := crew(t, 20)
	d := drive(t, s, allDeps(s), "h", 120, 40)
	d.sees("P-0001", "P-0020", "21 lignes") // and the total declared without persons
	d.press("down")
	keys := 0
	for i := range ids { // May, two figures each: type, type, Entrée
		for _, k := range []string{"7", fmt.Sprint(i % 10), "enter"} {
			d.press(k)
			keys++
		}
	}
	d.golden("lines")
	d.resize(120, 40)
	grid, err := s.LineGrid(t.Context(), 1, "2026-05", "2026-05")
	must(t, err)
	for i, r := range grid[len(grid)-20:] {
		if want := insertion.WholeHours(int64(70 + i%10)); r.Cells[0].Hours != want {
			t.Errorf("%s holds %s, not %s", r.Participant.Code(), r.Cells[0].Hours, want)
		}
	}
	if keys != 60 {
		t.Errorf("%d keys for twenty persons", keys)
	}
	d.press("right", "V") // June as May, for everybody
	d.sees("Reprendre 05/2026 pour 20 lignes en 06/2026 ?")
	d.press("o")
	grid, err = s.LineGrid(t.Context(), 1, "2026-06", "2026-06")
	must(t, err)
	for _, r := range grid[len(grid)-20:] {
		if r.Cells[0].By == "" {
			t.Errorf("%s was left empty", r.Participant.Code())
		}
	}
}

// rival writes the cell just before the person does.
type rival struct {
	*store.Store
	first insertion.AssignmentID
	done  *bool
}

func (r rival) SetLines(ctx context.Context, by string, edits []insertion.LineEdit) error {
	if !*r.done {
		*r.done = true
		if err := r.Store.SetLines(ctx, "Ousmane", []insertion.LineEdit{{Assignment: r.first, Month: edits[0].Month, Hours: 77_00}}); err != nil {
			return err
		}
	}
	return r.Store.SetLines(ctx, by, edits)
}

func TestTwoPeopleInOneCellOfAPersonChoose(t *testing.T) {
	s, _, ids := crew(t, 1)
	deps := allDeps(s)
	deps.Grid = rival{s, ids[0], new(bool)}
	d := drive(t, s, deps, "h", 120, 40)
	d.press("down") // past the total declared without persons
	d.write("50")
	d.press("enter")
	d.sees("Ousmane a saisi 77 h entre-temps", "Mettre 50 h à la place ?")
	d.press("o")
	grid, err := s.LineGrid(t.Context(), 1, "2026-05", "2026-05")
	must(t, err)
	if got := grid[len(grid)-1].Cells[0].Hours; got != 50_00 {
		t.Errorf("the file holds %s", got)
	}
}

func TestTheSearchOfEverythingOpensWhatItFinds(t *testing.T) {
	s, _, _ := crew(t, 2)
	must(t, s.AddContact(t.Context(), "Camille", insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2026-06-01", Text: "le chantier reprend lundi"}))
	d := drive(t, s, allDeps(s), "", 120, 40)
	d.press("/")
	d.write("P-0002")
	d.sees("personne    P-0002")
	d.golden("finder")
	d.resize(120, 40)
	d.press("enter")
	d.sees("Passerelle › ", "P-0002", "affectations")
	d.press("/")
	d.write("reprend")
	d.sees("note", "le chantier reprend lundi")
	d.press("enter")
	d.sees("Lot 1")
	d.press("b")
	d.sees("Dossier", "événements", "le chantier reprend lundi")
	d.golden("dossier")
}

func TestTheThreeFiguresAndThePenaltyAreOnTheirPages(t *testing.T) {
	s, _, ids := crew(t, 1)
	enterLines(t, s, "2026-04", 70_00, ids...)
	d := drive(t, s, allDeps(s), "m", 120, 40)
	d.press("enter")
	d.sees("Lot 1")
	d.press("d")
	d.sees("au marché 1 166 h   à ce jour 1 166 h   au terme 1 166 h", "Aucun acte saisi")
	d.press("esc")
	d.press("f")
	d.sees("1 166 h dues, atteintes en 08/2027", "fourchette", "allure des")
	d.golden("forecast")
	d.resize(120, 40)
	d.press("s", "ctrl+s")
	d.sees("Supposé, sans rien enregistrer.", "1 de plus à 26 h par semaine")
	d.press("esc", "k")
	d.sees("La décision appartient à l'acheteur", "Aucune étape engagée")
	d.golden("penalties")
	d.resize(120, 40)
	d.press("t")
	d.erase()
	d.write("31/13/2026")
	d.press("enter")
	d.sees("  31/13/2026\n", "« 31/13/2026 » n'est pas une date : écrivez-la comme 31/12/2026.", "Simuler à quelle date ?")
	d.press("backspace", "esc")
	d.press("n", "tab", "tab")
	d.write("appel au conducteur de travaux")
	d.press("ctrl+s")
	d.sees("Étape enregistrée.", "appel au conducteur de travaux")
	d.press("esc", "o")
	d.sees("solidaire", "Aucune cession d'heures")
	d.golden("group")
}

func TestALineOfTheDayIsPutOffWithAReason(t *testing.T) {
	d := busy(t)
	d.press("z")
	d.write("attend un rappel")
	d.press("ctrl+s")
	d.sees("Reporté au 22/06/2026")
	d.misses("en retard")
	d.press("Z")
	d.sees("Reprendre une ligne reportée ?", "attend un rappel")
	d.press("enter")
	d.sees("en retard")
}

func TestTheWatchRecordsAnExemptionWithItsEvidence(t *testing.T) {
	s := neighbourhood(t)
	n := award(0)
	n.Reference, n.Notified, n.Published, n.Amount, n.Social = "2026-0950", "2026-06-02", "2026-06-05", insertion.Euros(6_000_000), insertion.NoSocial
	load(t, s, []insertion.Notice{n}, nil)
	d := drive(t, s, allDeps(s), "v", 120, 40)
	d.sees("1 marché au-dessus des seuils", "avant l'obligation")
	d.golden("watch")
	d.resize(120, 40)
	d.press("x", "tab")
	d.write("logiciel du commerce")
	d.press("ctrl+s")
	d.sees("dites quel document le montre")
	d.write("note du 02/03/2026")
	d.press("ctrl+s")
	d.sees("Exemption enregistrée.", "exemption motivée")
}

func TestTheGridTakesNoHoursOutsideTheAssignmentAndSaysWhy(t *testing.T) {
	s, _, ids := crew(t, 2)
	enterLines(t, s, "2026-04", 70_00, ids...)
	file, err := s.Participant(t.Context(), 1)
	must(t, err)
	a := file.Assignments[0]
	a.End = "2026-04-30"
	_, err = s.SaveAssignment(t.Context(), "Camille", a)
	must(t, err)
	d := drive(t, s, allDeps(s), "h", 120, 40)
	d.press("down")
	d.sees("P-0001 n'est pas affectée au placement 2 en 05/2026", "du 05/01/2026 au 30/04/2026")
	for _, k := range []string{"7", "0", "v", "V"} {
		d.press(k)
	}
	d.sees("Reprendre 04/2026 pour 1 ligne en 05/2026 ?") // the other person's
	d.press("o")
	grid, err := s.LineGrid(t.Context(), 1, "2026-04", "2026-05")
	must(t, err)
	for _, r := range grid {
		if r.ID == ids[0] && r.Cells[1].By != "" {
			t.Errorf("the file holds %s outside the assignment", r.Cells[1].Hours)
		}
	}
}

func TestAFigureManyTimesTheUsualIsAskedAbout(t *testing.T) {
	s, _, ids := crew(t, 1)
	enterLines(t, s, "2026-04", 20_00, ids...)
	d := drive(t, s, allDeps(s), "h", 120, 40)
	may := func() insertion.HourLine {
		grid, err := s.LineGrid(t.Context(), 1, "2026-05", "2026-05")
		must(t, err)
		return grid[len(grid)-1].Cells[0]
	}
	d.press("down", "1", "0", "0", "enter")
	d.sees("P-0001 en 05/2026 : 100 h, alors que sa moyenne est de 20 h par mois. Écrire quand même ?")
	d.press("n")
	if got := may(); got.By != "" {
		t.Errorf("written before the answer: %s", got.Hours)
	}
	d.press("up", "down", "1", "0", "0", "enter", "o")
	if got := may(); got.Hours != 100_00 {
		t.Errorf("the file holds %s", got.Hours)
	}
}

func TestADeclarationIsReadAtEveryWidthItsColumnsApart(t *testing.T) {
	s, lot := claused(t)
	at, err := s.Lot(t.Context(), lot)
	must(t, err)
	c := *at.Clause
	c.Calendar = insertion.Calendar{Rhythm: insertion.Quarterly}
	must(t, s.SaveClause(t.Context(), "Camille", c, at.ClauseVersion))
	d := drive(t, s, allDeps(s), "d", 120, 40)
	for _, w := range []int{60, 80, 120} {
		d.resize(w, 24)
		row := strings.Fields(d.chosen())
		if !slices.Contains(row, "retard") || !slices.Contains(row, "lot") {
			t.Errorf("at %d cells the row reads %q", w, d.chosen())
		}
	}
}

// A field that is no longer asked for and still holds something wrong comes back with
// what is wrong in it, instead of refusing unseen.
func TestAHiddenFieldThatIsRefusedIsShown(t *testing.T) {
	s, _, _ := crew(t, 1)
	d := drive(t, s, allDeps(s), "p", 80, 24)
	d.press("n", "tab", "tab", "tab", "tab", "tab", "tab")
	d.write("01/06/2026")
	d.press("tab", "tab")
	d.write("demain")
	d.press("shift+tab", "shift+tab")
	d.erase()
	d.misses("Rappelée le")
	d.press("ctrl+s")
	d.sees("Rappelée le", "! ce n'est pas une date")
	d.erase()
	d.press("ctrl+s")
	d.sees("P-0002")
}
