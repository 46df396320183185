package match

import (
	"os"
	"path/filepath"
	"testing"

	"passerelle/internal/place"
)

func readPairs(tb testing.TB, path string) []Pair {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	pairs, err := ReadPairs(f)
	if err != nil {
		tb.Fatal(err)
	}
	return pairs
}

// TestEvaluation hides the winners of real awards and looks where they come.
func TestEvaluation(t *testing.T) {
	dir := dataFolder(t)
	d := NewDirectory(readStructures(t, filepath.Join(dir, "siae", "derived_annuaire_structures.csv")), nil, place.National())
	pairs := readPairs(t, filepath.Join(dir, "evaluation", "marches-gagnes-par-des-structures.csv"))
	m := Evaluate(d, pairs)
	t.Log(m)
	if extra := os.Getenv("PAIRS"); extra != "" {
		more := readPairs(t, extra)
		h := Evaluate(d, more)
		t.Log(h)
		m.Ranks, pairs = append(m.Ranks, h.Ranks...), append(pairs, more...)
	}
	for i, p := range pairs {
		t.Logf("%5d %s %s %.70s", m.Ranks[i], p.CPV, p.PlaceCode, p.Object)
	}
}
