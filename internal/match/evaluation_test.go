package match

import (
	"os"
	"path/filepath"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

// reality is the folder of real files, read once a test.
type reality struct {
	structures []insertion.Structure
	pairs      []Pair // the evaluation file
	aside      []Pair // awards kept aside
}

func readReality(tb testing.TB) reality {
	tb.Helper()
	dir := dataFolder(tb)
	f, err := os.Open(filepath.Join(dir, "evaluation", "marches-gagnes-par-des-structures.csv"))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	pairs, err := ReadPairs(f)
	if err != nil {
		tb.Fatal(err)
	}
	structures := readStructures(tb, filepath.Join(dir, "siae", "derived_annuaire_structures.csv"))
	return reality{structures, pairs, asideFrom(tb, dir, structures)}
}

// TestEvaluation hides the winners of real awards, looks where they come, and
// refuses to fall below what was reached.
func TestEvaluation(t *testing.T) {
	r := readReality(t)
	d := NewDirectory(r.structures, nil, place.National())
	m, aside := Evaluate(d, r.pairs), Evaluate(d, r.aside)
	t.Logf("%s, %d structures", m.Ranking, d.Len())
	t.Logf("fichier d'évaluation : %s", m)
	t.Logf("gardés à part        : %s", aside)
	if m.Pairs > 50 && (m.R10 < 0.60 || m.MRR < 0.38) {
		t.Errorf("R@10 %.3f and MRR %.3f, below the floors 0.60 and 0.38", m.R10, m.MRR)
	}
	if aside.Pairs > 15 && (aside.R10 < 0.60 || aside.MRR < 0.35) {
		t.Errorf("aside: R@10 %.3f and MRR %.3f, below the floors 0.60 and 0.35", aside.R10, aside.MRR)
	}
}

// TestEvaluationIgnoresTheWinner gives the winner another SIRET everywhere: a
// ranking that had learnt identities would change.
func TestEvaluationIgnoresTheWinner(t *testing.T) {
	r := readReality(t)
	before := Evaluate(NewDirectory(r.structures, nil, place.National()), r.pairs).Ranks
	other := func(siret string) string { return "9" + siret[1:] }
	for i := range r.structures {
		r.structures[i].SIRET = other(r.structures[i].SIRET)
	}
	for i := range r.pairs {
		r.pairs[i].Winner = other(r.pairs[i].Winner)
	}
	after := Evaluate(NewDirectory(r.structures, nil, place.National()), r.pairs).Ranks
	for i := range before {
		if before[i] != after[i] {
			t.Errorf("pair %d: rank %d, then %d under other SIRETs", i, before[i], after[i])
		}
	}
}

// BenchmarkAblation reports what each sign brings: go test -bench Ablation -benchtime 1x.
func BenchmarkAblation(b *testing.B) {
	r := readReality(b)
	g := gazetteer{place.National()}
	show := func(name string, structures []insertion.Structure, pairs func([]Pair) []Pair, change func(*rule), w Weights) {
		rules := defaultRule()
		if change != nil {
			change(&rules)
		}
		d := newDirectory(structures, nil, g, rules)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				seen, aside := d.evaluate(pairs(r.pairs), w), d.evaluate(pairs(r.aside), w)
				b.ReportMetric(seen.R1, "R@1")
				b.ReportMetric(seen.R10, "R@10")
				b.ReportMetric(seen.MRR, "MRR")
				b.ReportMetric(aside.R10, "aside-R@10")
				b.ReportMetric(aside.MRR, "aside-MRR")
			}
		})
	}
	as := func(p []Pair) []Pair { return p }
	blind := func(change func(*Pair)) func([]Pair) []Pair {
		return func(p []Pair) []Pair {
			out := make([]Pair, len(p))
			for i := range p {
				out[i] = p[i]
				change(&out[i])
			}
			return out
		}
	}
	less := func(change func(*insertion.Structure)) []insertion.Structure {
		out := make([]insertion.Structure, len(r.structures))
		for i := range out {
			out[i] = r.structures[i]
			change(&out[i])
		}
		return out
	}
	w := DefaultWeights()
	show("tout", r.structures, as, nil, w)
	show("distance seule", r.structures, as, nil, Weights{Distance: 1})
	show("filière seule", r.structures, as, nil, Weights{Trade: 1})
	show("sans la taille des structures", r.structures, as, nil, Weights{Trade: w.Trade, Distance: w.Distance})
	show("sans le CPV", r.structures, blind(func(p *Pair) { p.CPV = "" }), nil, w)
	show("sans les mots de l'objet", r.structures, blind(func(p *Pair) { p.Object = "" }), nil, w)
	show("sans le NAF", less(func(s *insertion.Structure) { s.NAF = "" }), as, nil, w)
	show("sans le ROME", less(func(s *insertion.Structure) { s.ROME = nil }), as, nil, w)
	show("sans les mots des noms", less(func(s *insertion.Structure) { s.Name, s.Brand, s.Description = "", "", "" }), as, nil, w)
	show("sans l'acheteur", r.structures, blind(func(p *Pair) { p.Buyer = "" }), nil, w)
	show("sans les communes lues dans l'objet", r.structures, as, func(r *rule) { r.titled = false }, w)
	show("départements pris pour des points", r.structures, as, func(r *rule) { r.inside, r.buyers, r.outside = 1, 1, 0 }, w)
	show("sans la réserve lue dans l'avis", r.structures, as, func(r *rule) { r.disliked = 1 }, w)
	show("sans l'usage des types", r.structures, as, func(r *rule) { r.whole = 0 }, w)
	show("sans les mots partagés objet-nom", r.structures, as, func(r *rule) { r.lexical = 0 }, w)
	show("sans la racine cubique", r.structures, as, func(r *rule) { r.curved = false }, w)
	show("sans la mobilité des filières", r.structures, as, func(r *rule) { r.mobile = 0 }, w)
}
