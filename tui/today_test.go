package tui_test

import (
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

func TestAnEmptyFileSaysWhatToDoFirst(t *testing.T) {
	s := opened(t)
	d := drive(t, s, allDeps(s), "", 80, 24)
	d.sees("La base est vide", "importez des avis", "g puis i")
	d.golden("day-empty")
}

func TestADirectoryIsAskedForWhenThereIsNone(t *testing.T) {
	s := opened(t)
	plain := award(1)
	load(t, s, []insertion.Notice{plain}, nil)
	d := drive(t, s, allDeps(s), "", 80, 24)
	d.sees("Il n'y a aucune structure")
}

// busy is a file where each kind of thing waits.
func busy(t testing.TB) *driver {
	t.Helper()
	s := neighbourhood(t)
	ctx := t.Context()
	waiting, unmatched := award(0), award(0)
	waiting.Reference, waiting.LotNumber, waiting.Notified, waiting.Published = "2026-0900", "", "2026-05-02", "2026-05-10"
	unmatched.Reference, unmatched.Notified, unmatched.Published = "2026-0901", "2026-05-03", "2026-05-11"
	load(t, s, []insertion.Notice{waiting, unmatched}, nil)
	must(t, s.SaveClause(ctx, "Camille", insertion.Clause{Lot: 3, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(300), Start: "2026-05-03", End: "2027-05-02"}, 0))
	_, err := s.SavePlacement(ctx, "Camille", insertion.Placement{
		Lot: 1, Employer: "Intérim du Pont", Modality: insertion.Secondment, Signed: "2026-03-03",
		Months: []insertion.PlacementMonth{{Month: "2026-04", Planned: 70_00}, {Month: "2026-05", Planned: 70_00}},
	})
	must(t, err)
	return drive(t, s, allDeps(s), "", 120, 40)
}

func TestTheDayShowsWhatWaitsAndTheKeyThatDoesIt(t *testing.T) {
	d := busy(t)
	d.sees("▽ 1", "◌ 1", "○ 1", "! 1", "en retard", "heures manquantes", "à pourvoir", "à clauser", "Entrée ouvrir le lot")
	d.golden("day")
}

func TestTheDayTheLotAndItsChartTellOnePace(t *testing.T) {
	d := busy(t)
	choose(t, d, "en retard")
	d.sees("245,50 h faites sur 1 166 h dues, rythme 63 %")
	d.press("enter")
	d.sees("en retard : 63 % des 388,13 h attendues au", "█ faites 245,50 h  · 388,13 h attendues au")
}

func TestEachLineOfTheDayOpensWhatItAsks(t *testing.T) {
	for kind, seen := range map[string]string{"heures manquantes": "Heures du lot 1", "à pourvoir": "Candidats du lot 3", "à clauser": "Clause"} {
		d := busy(t)
		choose(t, d, kind)
		d.press("enter")
		d.sees(seen)
	}
}

// choose keeps one kind of thing to do.
func choose(t testing.TB, d *driver, kind string) {
	t.Helper()
	d.press("t")
	for range 8 {
		lines := strings.Split(d.screen(), "\n▸") // the last mark is the question's
		if line, _, _ := strings.Cut(lines[len(lines)-1], "\n"); strings.Contains(line, kind) {
			break
		}
		d.press("down")
	}
	d.press("enter")
	d.sees(kind + " seulement")
}

func TestTheHoursThatMissOpenOnTheirMonth(t *testing.T) {
	d := busy(t)
	choose(t, d, "heures manquantes")
	d.press("enter")
	d.sees("04/2026 : non saisies, 70 h prévues", "▸ Intérim du Pont")
}

func TestAnExchangeIsLoggedFromTheDay(t *testing.T) {
	d := busy(t)
	d.press("j")
	d.write("rappellera demain")
	d.press("ctrl+s")
	d.sees("Échange noté", "Aujourd'hui", "0 jour de silence")
}

func TestEachKindOfThingToDoHasASignOfItsOwnThatTheHelpExplains(t *testing.T) {
	d := busy(t)
	d.resize(120, 80)
	d.press("?")
	d.sees("Signes")
	seen := map[string]string{}
	for _, line := range strings.Split(d.screen(), "\n") {
		for _, k := range insertion.TodoKinds() {
			sign, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			if words := strings.TrimSpace(rest); strings.HasPrefix(words, string(k)+" : ") && len(words) > len(k)+len(" : ") {
				if other, twice := seen[sign]; twice {
					t.Errorf("%s stands for %s and %s", sign, other, k)
				}
				seen[sign] = string(k)
			}
		}
	}
	if len(seen) != len(insertion.TodoKinds()) {
		t.Errorf("%d kinds explained of %d", len(seen), len(insertion.TodoKinds()))
	}
}
