package store

import (
	"testing"

	"passerelle/internal/insertion"
)

// TestNoRowOfAJournalIsEverRewritten tries every way SQL has of doing it, through
// the connection that writes.
func TestNoRowOfAJournalIsEverRewritten(t *testing.T) {
	s := working(t)
	must(t, s.AddDoorEvent(t.Context(), insertion.DoorEvent{Kind: "connexion", By: "Camille"}))
	_, err := s.AddExport(t.Context(), someone, insertion.Export{Kind: insertion.ExportBilan, What: "bilan 2026", Format: "pdf"})
	must(t, err)
	for _, table := range []string{"change", "change_row", "visit", "export"} {
		var first string
		must(t, s.all.QueryRow("SELECT name FROM pragma_table_info(?) LIMIT 1", table).Scan(&first))
		count := func() (n int) {
			must(t, s.all.QueryRow("SELECT count(*) FROM "+table).Scan(&n))
			return n
		}
		before := count()
		if before == 0 {
			t.Fatalf("%s is empty", table)
		}
		for _, rewrite := range []string{
			"UPDATE " + table + " SET " + first + " = " + first,
			"DELETE FROM " + table,
			"INSERT OR REPLACE INTO " + table + " SELECT * FROM " + table + " LIMIT 1",
		} {
			if _, err := s.w.Exec(rewrite); err == nil {
				t.Errorf("the file lets %q be done", rewrite)
			}
		}
		if after := count(); after != before {
			t.Errorf("%s had %d rows and has %d", table, before, after)
		}
	}
}
