package store

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"passerelle/internal/insertion"
)

const someone = "facilitatrice"

// noon is the clock of the tests.
func noon() time.Time { return time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC) }

func opened(t testing.TB) *Store {
	t.Helper()
	s, err := OpenAt(t.Context(), filepath.Join(t.TempDir(), "base.db"), noon)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// award is the n-th of a series of invented notices.
func award(n int) insertion.Notice {
	social := insertion.NoSocial
	if n%3 == 0 {
		social = insertion.SocialClause
	}
	return insertion.Notice{
		Reference: fmt.Sprintf("2026-%05d", n), Object: fmt.Sprintf("Entretien des espaces verts, secteur %d", n), CPV: "77310000",
		Buyer:       insertion.Party{Kind: insertion.SIRET, ID: fmt.Sprintf("0009100%07d", n%7)},
		Contractors: []insertion.Party{{Kind: insertion.SIRET, ID: fmt.Sprintf("0009200%07d", n%11)}},
		Place:       insertion.Place{Code: "92050", Kind: "commune", INSEE: "92050", Department: []string{"92", "75"}[n%2], Lat: 48.9, Lon: 2.2, Basis: insertion.PlaceExact},
		Months:      12, Notified: insertion.Date("2026-01-01").AddDays(n % 150), Published: insertion.Date("2026-01-10").AddDays(n % 150),
		Amount: insertion.Euros(int64(50_000 + n)), Social: social,
	}
}

func imported(t testing.TB, s *Store, notices ...insertion.Notice) insertion.Import {
	t.Helper()
	im, err := s.BeginImport(t.Context(), someone, "avis.json", "decp-2022")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := im.Add(t.Context(), notices); err != nil {
		t.Fatal(err)
	}
	sum, err := im.Finish(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func series(n int) []insertion.Notice {
	out := make([]insertion.Notice, n)
	for i := range out {
		out[i] = award(i)
	}
	return out
}

func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	s := opened(t)
	if sum := imported(t, s, series(2500)...); sum.New != 2500 || sum.Read != 2500 {
		t.Fatalf("first import %+v", sum)
	}
	if sum := imported(t, s, series(2500)...); sum.Unchanged != 2500 || sum.New+sum.Updated != 0 {
		t.Errorf("second import %+v", sum)
	}
	if c, err := s.CountLots(t.Context(), insertion.LotFilter{}, 10); err != nil || c.N != 2500 || !c.Exact {
		t.Errorf("%+v %v", c, err)
	}
}

func TestWhatAPersonTypedSurvivesAnImport(t *testing.T) {
	s := opened(t)
	imported(t, s, award(3))
	cpv := "90911200"
	if err := s.TypeLot(t.Context(), someone, 1, 1, insertion.Typing{CPV: &cpv}); err != nil {
		t.Fatal(err)
	}
	newer := award(3)
	newer.CPV, newer.Published, newer.Months = "45000000", newer.Published.AddDays(30), 24
	if sum := imported(t, s, newer); sum.Updated != 1 {
		t.Fatalf("%+v", sum)
	}
	lot, err := s.Lot(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if lot.CPV != cpv || lot.MonthsNow != 24 {
		t.Errorf("CPV %s, %d months: want the typed CPV and the new duration", lot.CPV, lot.MonthsNow)
	}
	if len(lot.Typed) != 1 || lot.Typed[0].Imported != "45000000" {
		t.Errorf("the difference is not shown: %+v", lot.Typed)
	}
}

func TestAWholeJobIsFollowedAndEachStepCanBeUndone(t *testing.T) {
	s, ctx := opened(t), t.Context()
	imported(t, s, award(0))
	structure := insertion.Structure{SIRET: "00093000000018", Kind: insertion.EI, Name: "Vert Demain", Active: true}
	for d := range 10 { // find a valid key
		structure.SIRET = fmt.Sprintf("0009300000001%d", d)
		if insertion.ValidSIRET(structure.SIRET) {
			break
		}
	}
	id, err := s.SaveStructure(ctx, someone, structure)
	if err != nil {
		t.Fatal(err)
	}
	stage := func(want insertion.Stage) {
		t.Helper()
		lot, err := s.Lot(ctx, 1)
		if err != nil || lot.Stage != want {
			t.Fatalf("stage %q, want %q (%v)", lot.Stage, want, err)
		}
	}
	stage(insertion.StageToWrite)
	clause := insertion.Clause{Lot: 1, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(400), Start: "2026-05-01", End: "2027-04-30"}
	if err := s.SaveClause(ctx, someone, clause, 0); err != nil {
		t.Fatal(err)
	}
	stage(insertion.StageToMatch)
	if err := s.Propose(ctx, someone, []insertion.Introduction{{Lot: 1, Structure: id, Rank: 1, Score: 80}}); err != nil {
		t.Fatal(err)
	}
	stage(insertion.StageProposed)
	intros, _ := s.Introductions(ctx, 1)
	if err := s.MoveIntroduction(ctx, someone, intros[0].ID, insertion.Proposed, insertion.Accepted, ""); err != nil {
		t.Fatal(err)
	}
	placement, err := s.SavePlacement(ctx, someone, insertion.Placement{
		Lot: 1, Introduction: intros[0].ID, Structure: id, Employer: "Vert Demain", Modality: insertion.Subcontracting,
		Months: []insertion.PlacementMonth{{Month: "2026-05", Planned: insertion.WholeHours(40)}, {Month: "2026-06", Planned: insertion.WholeHours(40)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	todos, err := s.Todos(ctx, "2026-06-15", insertion.DefaultThresholds())
	if err != nil || !hasTodo(todos, insertion.TodoNoHours) {
		t.Errorf("May without hours is not on the queue: %+v %v", todos, err)
	}
	if err := s.SetHours(ctx, someone, placement, "2026-05", insertion.PlacementMonth{}, insertion.PlacementMonth{Done: insertion.WholeHours(400), Entered: true}); err != nil {
		t.Fatal(err)
	}
	stage(insertion.StageMet)
	for range 6 {
		c, err := s.LastUndoable(ctx, someone)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Undo(ctx, someone, c.ID); err != nil {
			t.Fatalf("undo %q: %v", c.What, err)
		}
	}
	stage(insertion.StageToWrite)
	if all, _ := s.AllStructures(ctx); len(all) != 0 {
		t.Errorf("the structure is still there after undoing all")
	}
}

func hasTodo(todos []insertion.Todo, kind insertion.TodoKind) bool {
	for _, t := range todos {
		if t.Kind == kind {
			return true
		}
	}
	return false
}
