package tui_test

import (
	"context"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/match"
	"passerelle/internal/place"
	"passerelle/store"
	"passerelle/tui"
)

type findsIn struct{ s *store.Store }

func (f findsIn) Directory(ctx context.Context) (*match.Directory, error) {
	all, err := f.s.AllStructures(ctx)
	if err != nil {
		return nil, err
	}
	records, err := f.s.Records(ctx, insertion.DateOf(noon()))
	return match.NewDirectory(all, records, place.National()), err
}

func allDeps(s *store.Store) tui.Deps {
	d := depsOf(s)
	d.Day, d.Proposals, d.Introductions, d.Placements, d.Hours, d.Structures, d.Changes, d.Settings = s, s, s, s, s, s, s, s
	d.Finder = findsIn{s}
	d.Persons, d.Grid, d.Dues, d.Groups, d.Declarations, d.Penalties, d.Forecasts = s, s, s, s, s, s, s
	d.Law, d.Postpone, d.Find, d.Files = s, s, s, s
	d.Exports, d.Retention = s, s
	d.Bilans = readsBilans{s}
	d.Mandate = s
	return d
}

// staffed is the claused lot with a structure that can do its hours.
func staffed(t testing.TB) *store.Store {
	t.Helper()
	s, _ := claused(t)
	_, err := s.SaveStructure(t.Context(), "Camille", insertion.Structure{
		SIRET: "44229337500014", Kind: insertion.EI, Name: "PINCEAUX SOLIDAIRES", NAF: "4334Z", City: "Nanterre", PostalCode: "92000",
		INSEE: "92050", Department: "92", Active: true, Activities: []insertion.Activity{{Trade: "peinture"}},
	})
	must(t, err)
	return s
}

func TestTheMainJobIsDoneByKeysAlone(t *testing.T) {
	s := staffed(t)
	d := drive(t, s, allDeps(s), "", 120, 50)
	d.sees("Aujourd'hui", "1 166 h dues")
	d.press("g", "m", "enter", "m")
	d.sees("PINCEAUX SOLIDAIRES", "à 0,9 km")
	d.press("p", "o", "esc")
	d.sees("◔ proposée   EI PINCEAUX SOLIDAIRES")
	d.press("i", "down", "enter") // contacted, accepted
	d.sees("✓ acceptée   EI PINCEAUX SOLIDAIRES")
	d.press("p", "enter")
	d.sees("Heures prévues")
	d.press("ctrl+s")
	d.sees("1 166 h", "PINCEAUX SOLIDAIRES")
}

func TestARoomThatIsAFormIsLeftForTheFirstRoom(t *testing.T) {
	s := staffed(t)
	d := drive(t, s, allDeps(s), "m", 100, 30)
	d.press("g", "r")
	d.sees("Réglages")
	d.press("esc")
	d.sees("Aujourd'hui")
	if d.quit {
		t.Error("the program stopped")
	}
}

// everywhere adds the other rooms to visits.
func everywhere() map[string][]string {
	all := visits()
	all["day"] = []string{"g", "a"}
	all["structures"] = []string{"g", "s"}
	all["structure"] = []string{"g", "s", "enter"}
	all["structure form"] = []string{"g", "s", "enter", "e"}
	all["new structure"] = []string{"g", "s", "n"}
	all["map"] = []string{"g", "s", "c"}
	all["hours"] = []string{"g", "h"}
	all["journal"] = []string{"g", "j"}
	all["settings"] = []string{"g", "r"}
	all["bilans"] = []string{"B"}
	all["bilan table"] = []string{"g", "b", "tab", "tab"}
	all["candidates"] = []string{"enter", "m"}
	all["weights"] = []string{"enter", "m", "w"}
	all["left out"] = []string{"enter", "m", "x"}
	all["placement"] = []string{"enter", "p", "enter"}
	return all
}

func TestKeysTypedAheadReachTheScreenTheyWereMeantFor(t *testing.T) {
	s := stocked(t, 3)
	deps := depsOf(s)
	deps.Find = s
	d := drive(t, s, deps, "m", 100, 30)
	d.hold = true // no read answers meanwhile
	d.press("/")
	d.write("peinture")
	d.release(false)
	d.sees("Chercher partout", "/ peinture", "▸ lot")
}

func TestKeysTypedBeforeAScreenHasReadWaitForIt(t *testing.T) {
	s := staffed(t)
	d := drive(t, s, allDeps(s), "m", 100, 30)
	d.hold = true
	d.press("enter", "j") // opens the lot, and asks to note an exchange there
	d.sees("Lecture…")
	d.write("bonjour")
	d.release(false)
	d.sees("Échange", "bonjour")
}

func TestEscapeLeavesAScreenThatIsStillReading(t *testing.T) {
	s := staffed(t)
	d := drive(t, s, allDeps(s), "m", 100, 30)
	d.hold = true
	d.press("enter", "j", "esc")
	d.sees("Marchés")
	d.release(false)
	d.misses("Échange")
}

func TestEveryRoomShowsAfterG(t *testing.T) {
	s := staffed(t)
	d := drive(t, s, allDeps(s), "m", 80, 24)
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d.resize(size[0], size[1])
		d.press("g")
		d.sees("Aller à", "a Aujourd'hui", "e Mandat (engagements)", "c Conservation", "t Textes", "Échap rester ici")
		d.press("esc")
		d.misses("Aller à ")
	}
}

func TestThePaletteWithoutAMatchSaysSo(t *testing.T) {
	s := staffed(t)
	d := drive(t, s, allDeps(s), "m", 80, 24)
	d.press(":")
	d.write("zzz")
	d.sees("Rien de tel ici")
}
