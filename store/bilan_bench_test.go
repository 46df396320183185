package store

import (
	"testing"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// BenchmarkBilan makes the bilan of a year of a file of 5,000,000 lines: of all
// the buyers, and of one.
func BenchmarkBilan(b *testing.B) {
	s := greatFile(b)
	var buyer insertion.OrganisationID
	must(b, s.r.QueryRowContext(b.Context(), "SELECT buyer FROM lot WHERE id = 1").Scan(&buyer))
	for name, q := range map[string]bilan.Query{"all": {Year: 2025}, "one": {Year: 2025, Buyer: buyer}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := s.Bilan(b.Context(), q)
				must(b, err)
				if r.Empty {
					b.Fatal("empty")
				}
			}
		})
	}
}

// BenchmarkBilanSteps tells what each reading of the bilan costs.
func BenchmarkBilanSteps(b *testing.B) {
	s := greatFile(b)
	for b.Loop() {
		_, err := s.bilanFacts(b.Context(), bilan.Query{Year: 2025, Divisor: bilan.DefaultDivisor, Least: 5, On: "2025-12-31"})
		must(b, err)
	}
}
