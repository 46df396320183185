package store

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// checked is what a check of the file finds.
func checked(t *testing.T, s *Store) []string {
	t.Helper()
	wrong, err := s.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return wrong
}

func TestASoundFileIsFoundSoundHoweverMuchWasWrittenSinceItWasLastChecked(t *testing.T) {
	s := fresh(t, filepath.Join(t.TempDir(), "f.db"))
	imported(t, s, series(3)...)
	for range 20 { // the indexes are merged after every sixteen writes
		err := s.SaveClause(t.Context(), someone, insertion.Clause{Lot: 1, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(400)}, 0)
		before := checked(t, s)
		if err := errors.Join(err, s.RemoveClause(t.Context(), someone, 1)); err != nil {
			t.Fatal(err)
		}
		if wrong := append(before, checked(t, s)...); len(wrong) > 0 {
			t.Fatal(wrong)
		}
	}
}

func TestAWrongTotalAndALostParentAreFound(t *testing.T) {
	s := fresh(t, filepath.Join(t.TempDir(), "f.db"))
	imported(t, s, series(3)...)
	if _, err := s.MandateFacts(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, damage := range []string{"PRAGMA foreign_keys = OFF", "UPDATE lot_count SET n = n + 1", "UPDATE lot_pack SET packed = substr(packed, 1, length(packed) / 3)",
		"INSERT INTO deed (lot, kind, dated, by) VALUES (99, 'avenant', '2024-01-01', 'moi')"} {
		if _, err := s.w.Exec(damage); err != nil {
			t.Fatal(err)
		}
	}
	found := strings.Join(checked(t, s), "\n")
	for _, want := range []string{"les listes comptent", "« deed » renvoie à « lot »", "lots 1 à 3 : ce que le mandat compte", "les années d'avis comptées pour le mandat"} {
		if !strings.Contains(found, want) {
			t.Errorf("no %q in %q", want, found)
		}
	}
}

func TestATornPackIsFoundAndDoesNotKeepTheRestFromBeingChecked(t *testing.T) {
	s := fresh(t, filepath.Join(t.TempDir(), "f.db"))
	imported(t, s, series(3)...)
	if _, err := s.MandateFacts(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.Exec("UPDATE lot_pack SET packed = substr(packed, 1, length(packed) - 1)"); err != nil {
		t.Fatal(err)
	}
	if found := strings.Join(checked(t, s), "\n"); !strings.Contains(found, "lots 1 à 3 : ce que le mandat compte") {
		t.Errorf("found %q", found)
	}
}
