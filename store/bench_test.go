package store

import (
	"testing"

	"passerelle/internal/insertion"
)

// BenchmarkImport writes notices never seen, 10 000 a turn.
func BenchmarkImport(b *testing.B) {
	s := opened(b)
	im, err := s.BeginImport(b.Context(), someone, "avis.json", "decp-2022")
	if err != nil {
		b.Fatal(err)
	}
	const turn = 10_000
	n := 0
	for b.Loop() {
		batch := make([]insertion.Notice, turn)
		for i := range batch {
			batch[i] = award(n)
			n++
		}
		if _, err := im.Add(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "avis/s")
}
