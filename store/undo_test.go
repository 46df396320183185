package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
)

// dump is everything a person can change and the lists made from it, as text.
func dump(t rapid.TB, s *Store) string {
	t.Helper()
	ctx := context.Background()
	var b strings.Builder
	for _, table := range []string{"organisation", "lot", "clause", "structure", "introduction", "placement", "placement_month", "contact", "setting",
		"participant", "eligibility", "assignment", "hour_line", "worked_month", "deed", "receipt"} {
		rows, err := query(ctx, s.r, func(scan func(...any) error) (id int64, err error) {
			err = scan(&id)
			return id, err
		}, "SELECT rowid FROM "+table+" ORDER BY rowid")
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range rows {
			line, err := image(ctx, s.r, table, id)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&b, table, line.String)
		}
	}
	for _, f := range []insertion.LotFilter{{}, {ToWrite: true}, {Followed: true}, {Department: "92"}, {Department: "75", Sort: insertion.ByAmount}, {Text: "ville"}, {Text: "objet "}} {
		rows, err := s.Lots(ctx, f, insertion.Page{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%+v %+v\n", f, rows)
	}
	return b.String()
}

// draw makes one change at random; those refused change nothing.
func draw(t *rapid.T, s *Store) error {
	ctx := context.Background()
	lot := insertion.LotID(rapid.IntRange(1, 4).Draw(t, "lot"))
	read, err := s.Lot(ctx, lot)
	if err != nil {
		return err
	}
	hours := insertion.WholeHours(int64(rapid.IntRange(1, 500).Draw(t, "hours")))
	month := insertion.Month("2026-01").Add(rapid.IntRange(0, 5).Draw(t, "month"))
	switch rapid.IntRange(0, 10).Draw(t, "change") {
	case 0:
		return s.SaveClause(ctx, someone, insertion.Clause{Lot: lot, Basis: insertion.ByFixedVolume, Fixed: hours}, read.ClauseVersion)
	case 1:
		return s.RemoveClause(ctx, someone, lot)
	case 2:
		return s.NameOrganisation(ctx, someone, read.BuyerID, fmt.Sprint("Ville ", hours))
	case 3:
		object, place := fmt.Sprint("Objet ", hours), insertion.Place{Name: "Paris", Department: "75"}
		return s.TypeLot(ctx, someone, lot, read.Version, insertion.Typing{Object: &object, Place: &place})
	case 4:
		amount, social := insertion.Cents(hours), insertion.SocialClause
		return s.TypeLot(ctx, someone, lot, read.Version, insertion.Typing{Amount: &amount, Social: &social})
	case 5:
		st := insertion.Structure{SIRET: "42140650500022", Kind: insertion.Kinds()[rapid.IntRange(0, 3).Draw(t, "kind")], Name: fmt.Sprint("Structure ", hours), Active: true}
		if found, err := s.FindStructures(ctx, st.SIRET); err == nil && len(found) > 0 {
			st.ID, st.Kind = found[0].ID, found[0].Kind
		}
		_, err := s.SaveStructure(ctx, someone, st)
		return err
	case 6:
		return s.Propose(ctx, someone, []insertion.Introduction{{Lot: lot, Structure: 1}})
	case 7:
		intros, err := s.Introductions(ctx, lot)
		if err != nil || len(intros) == 0 || len(intros[0].State.Next()) == 0 {
			return err
		}
		return s.MoveIntroduction(ctx, someone, intros[0].ID, intros[0].State, intros[0].State.Next()[0], "")
	case 8:
		p := insertion.Placement{Lot: lot, Employer: "Employeur", Modality: insertion.DirectHire, Months: []insertion.PlacementMonth{{Month: month, Planned: hours}}}
		if have, err := s.Placements(ctx, lot); err == nil && len(have) > 0 {
			p.ID = have[0].ID
		}
		_, err := s.SavePlacement(ctx, someone, p)
		return err
	case 9:
		have, err := s.Placements(ctx, lot)
		if err != nil || len(have) == 0 || len(have[0].Months) == 0 {
			return err
		}
		m := have[0].Months[0]
		return s.SetHours(ctx, someone, have[0].ID, m.Month, m, insertion.PlacementMonth{Done: hours, Entered: true})
	default:
		return s.AddContact(ctx, someone, insertion.Contact{Lot: lot, Kind: insertion.Call, On: "2026-06-01", Text: fmt.Sprint(hours)})
	}
}

// expected are the refusals a random change may meet.
func expected(err error) bool {
	var field *insertion.FieldError
	return err == nil || errors.As(err, &field) || errors.Is(err, insertion.ErrNotFound) || errors.Is(err, insertion.ErrStale) || errors.Is(err, insertion.ErrDuplicate)
}

func TestUndoingEverythingComesBackToTheBeginning(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		s, err := OpenAt(context.Background(), filepath.Join(dir, fmt.Sprint(n, ".db")), noon)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close() //nolint:errcheck // what matters was checked
		imports(t, s, series(4))
		before := dump(t, s)
		for range rapid.IntRange(1, 12).Draw(t, "changes") {
			if err := draw(t, s); !expected(err) {
				t.Fatal(err)
			}
		}
		for {
			c, err := s.LastUndoable(context.Background(), someone)
			if errors.Is(err, insertion.ErrNothing) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Undo(context.Background(), someone, c.ID); err != nil {
				t.Fatalf("undo %q: %v", c.What, err)
			}
		}
		if after := dump(t, s); after != before {
			t.Fatalf("before:\n%s\nafter:\n%s", before, after)
		}
		if wrong, err := s.Check(context.Background()); err != nil || len(wrong) > 0 {
			t.Fatal(wrong, err)
		}
	})
}

func imports(t rapid.TB, s *Store, notices []insertion.Notice) (outcomes []insertion.Outcome) {
	t.Helper()
	ctx := context.Background()
	im, err := s.BeginImport(ctx, "import", "avis.json", "decp-2022")
	if err != nil {
		t.Fatal(err)
	}
	if outcomes, err = im.Add(ctx, notices); err != nil {
		t.Fatal(err)
	}
	if _, err := im.Finish(ctx, "", ""); err != nil {
		t.Fatal(err)
	}
	return outcomes
}

func TestReadingFilesAgainInAnyOrderChangesNothing(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		s, err := OpenAt(context.Background(), filepath.Join(dir, fmt.Sprint(n, ".db")), noon)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close() //nolint:errcheck // what matters was checked
		// Few notices, many versions of each: publications, amounts after
		// modification, names.
		versions := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) insertion.Notice {
			v := award(rapid.IntRange(0, 2).Draw(t, "n"))
			v.Published = v.Published.AddDays(rapid.IntRange(0, 2).Draw(t, "published"))
			v.CPV = []string{"77310000", "45000000", ""}[rapid.IntRange(0, 2).Draw(t, "cpv")]
			v.Buyer.Name = []string{"", "Ville", "VILLE DE X"}[rapid.IntRange(0, 2).Draw(t, "name")]
			v.Place.Department = []string{"92", "75"}[rapid.IntRange(0, 1).Draw(t, "dep")]
			if rapid.Bool().Draw(t, "modified") {
				amount := insertion.Euros(99)
				v.Modifications = []insertion.Modification{{Number: 1, Date: "2026-05-01", Amount: &amount}}
			}
			return v
		}), 1, 10).Draw(t, "versions")
		imports(t, s, versions)
		before := dump(t, s)
		for _, o := range imports(t, s, rapid.Permutation(versions).Draw(t, "again")) {
			if o != insertion.Unchanged {
				t.Fatalf("a file read again brought %v", o)
			}
		}
		if after := dump(t, s); after != before {
			t.Fatalf("before:\n%s\nafter:\n%s", before, after)
		}
		if wrong, err := s.Check(context.Background()); err != nil || len(wrong) > 0 {
			t.Fatal(wrong, err)
		}
	})
}

func TestAnUndoIsRefusedOnceSomebodyElseWentOn(t *testing.T) {
	s, ctx := opened(t), t.Context()
	imported(t, s, award(0))
	if err := s.NameOrganisation(ctx, "un", 1, "Ville de Nanterre"); err != nil {
		t.Fatal(err)
	}
	if err := s.NameOrganisation(ctx, "deux", 1, "Mairie de Nanterre"); err != nil {
		t.Fatal(err)
	}
	c, err := s.LastUndoable(ctx, "un")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Undo(ctx, "un", c.ID); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("%v, want %v", err, insertion.ErrStale)
	}
	if rows, err := s.Lots(ctx, insertion.LotFilter{Text: "mairie"}, insertion.Page{Limit: 5}); err != nil || len(rows) != 1 {
		t.Errorf("%v %v", rows, err)
	}
}
