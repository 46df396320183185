package store

import (
	"fmt"
	"testing"
	"time"

	"passerelle/internal/insertion"
)

// year is a year of a département: contracts with a clause and a placement,
// persons seen eligible, each at work on several contracts, a line a month.
func year(t testing.TB, contracts, persons, each int) *Store {
	t.Helper()
	s, ctx := opened(t), t.Context()
	s.now = func() time.Time { return time.Date(2026, 12, 31, 12, 0, 0, 0, time.UTC) }
	imported(t, s, series(contracts)...)
	kinds := insertion.Kinds()
	for n := range contracts {
		lot := insertion.LotID(n + 1)
		must(t, s.SaveClause(ctx, someone, insertion.Clause{Lot: lot, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(2000), Start: "2026-01-01", End: "2027-06-30"}, 0))
		structure, err := s.SaveStructure(ctx, someone, insertion.Structure{SIRET: siret(n), Kind: kinds[n%4], Name: fmt.Sprint("Structure ", n), Active: true})
		must(t, err)
		_, err = s.SavePlacement(ctx, someone, insertion.Placement{Lot: lot, Structure: structure, Employer: fmt.Sprint("Structure ", n), Modality: insertion.Secondment, Start: "2026-01-01"})
		must(t, err)
	}
	for n := range persons {
		p, err := s.SaveParticipant(ctx, someone, insertion.Participant{Born: 1970 + n%35, Entered: "2026-01-01"})
		must(t, err)
		_, err = s.SaveEligibility(ctx, someone, insertion.Eligibility{Participant: p, Category: "RSA", Proof: "rsa", Dated: "2025-12-15", Seen: "2025-12-20"})
		must(t, err)
		var edits []insertion.LineEdit
		for i := range each {
			a, err := s.SaveAssignment(ctx, someone, insertion.Assignment{
				Participant: p, Placement: insertion.PlacementID((n*7+i*11)%contracts + 1), Employment: insertion.CDDI, Start: "2026-01-01", Tutor: true})
			must(t, err)
			for _, m := range insertion.Months("2026-01", "2026-12") {
				edits = append(edits, insertion.LineEdit{Assignment: a, Month: m, Hours: insertion.Hours(1000 + 25*((n+i)%20))})
			}
		}
		must(t, s.SetLines(ctx, someone, edits))
	}
	return s
}

func BenchmarkLineGrid(b *testing.B) {
	s := year(b, 100, 100, 8)
	b.ResetTimer()
	for b.Loop() {
		rows, err := s.LineGrid(b.Context(), 0, "2026-11", "2026-12")
		must(b, err)
		if len(rows) != 800 {
			b.Fatal(len(rows))
		}
	}
}

// BenchmarkSetLines types one cell of a person with 96 lines.
func BenchmarkSetLines(b *testing.B) {
	s := year(b, 100, 100, 8)
	grid, err := s.LineGrid(b.Context(), 5, "2026-12", "2026-12")
	must(b, err)
	cell := grid[0].Cells[0]
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		hours := insertion.WholeHours(int64(10 + i%5))
		must(b, s.SetLines(b.Context(), someone, []insertion.LineEdit{{Assignment: cell.Assignment, Month: cell.Month, Old: cell, Hours: hours}}))
		cell.Hours = hours
	}
}

// BenchmarkErase erases one of 100 persons of a year, the file written anew.
func BenchmarkErase(b *testing.B) {
	s := year(b, 100, 100, 8)
	b.ResetTimer()
	for i := 1; b.Loop(); i++ {
		if i > 100 {
			b.Skip("nobody is left")
		}
		_, err := s.Erase(b.Context(), someone, insertion.ParticipantID(i))
		must(b, err)
	}
}
