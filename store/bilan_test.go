package store

import (
	"errors"
	"strings"
	"testing"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// figure is a number of a bilan.
func figure(t testing.TB, r bilan.Report, id string) bilan.Cell {
	t.Helper()
	for _, f := range r.Figures {
		if f.ID == id {
			return f.Cell
		}
	}
	t.Fatalf("no figure %q", id)
	return bilan.Cell{}
}

// cellOf is a cell of a bilan; a row that is not there is Absent.
func cellOf(t testing.TB, r bilan.Report, table, row string, column int) bilan.Cell {
	t.Helper()
	for _, one := range r.Tables {
		if one.ID != table {
			continue
		}
		for _, line := range one.Rows {
			if line.Label == row {
				return line.Cells[column]
			}
		}
	}
	return bilan.Cell{State: bilan.Absent}
}

func TestAReaderGetsAggregatesOfPersonsSheMayNotSee(t *testing.T) {
	s := working(t)
	for range 12 {
		a := s.hired("2026-01-01")
		s.seen(a.Participant, "2026-01-01")
		s.types(a, "2026-01", 50)
	}
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Viewer})
	r, err := view.Bilan(t.Context(), bilan.Query{Year: 2026})
	must(t, err)
	if c := figure(t, r, "personnes"); c != (bilan.Cell{Value: 12}) {
		t.Errorf("persons %+v", c)
	}
	var n int
	must(t, view.r.QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM year_hours) + (SELECT count(*) FROM participant)").Scan(&n))
	if n != 0 {
		t.Errorf("she sees %d rows of persons", n)
	}
	_, err = view.Bilan(t.Context(), bilan.Query{Year: 2026, Least: 3})
	var field *insertion.FieldError
	if !errors.As(err, &field) || field.Field != "seuil" {
		t.Errorf("she moves the threshold: %v", err)
	}
}

func TestAYearThatIsNotTheSumOfItsLinesIsFound(t *testing.T) {
	for damage, want := range map[string]string{
		"UPDATE year_hours SET counted = counted + 1":     "année 2025, affectation",
		"DELETE FROM year_hours WHERE participant = 1":    "année 2025, affectation",
		"UPDATE year_places SET planned = planned + 1":    "année 2025, placement",
		"INSERT INTO year_places VALUES (2031,1,1,1,1,1)": "année 2031, placement 1",
	} {
		s := smallYear(t)
		if found := checked(t, s); len(found) > 0 {
			t.Fatalf("%q in a sound file", found)
		}
		_, err := s.w.ExecContext(t.Context(), damage)
		must(t, err)
		if found := strings.Join(checked(t, s), "\n"); !strings.Contains(found, want) {
			t.Errorf("after %s: %q", damage, found)
		}
	}
}

// TestAnOlderFileGetsItsYears runs what the migration does to the lines a file
// already holds.
func TestAnOlderFileGetsItsYears(t *testing.T) {
	s := smallYear(t)
	text, err := migrations.ReadFile("migrations/00005_bilans.sql")
	must(t, err)
	before, _, _ := strings.Cut(string(text), "-- +goose StatementBegin")
	for _, table := range []string{"year_hours", "year_places"} {
		_, fill, _ := strings.Cut(before, "INSERT INTO "+table)
		fill, _, _ = strings.Cut(fill, ";")
		for _, statement := range []string{"DELETE FROM " + table, "INSERT INTO " + table + fill} {
			_, err := s.w.ExecContext(t.Context(), statement)
			must(t, err)
		}
		var n int
		must(t, s.r.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
		if n == 0 {
			t.Errorf("%s is empty", table)
		}
	}
	if found := checked(t, s); len(found) > 0 {
		t.Errorf("%q", found)
	}
}
