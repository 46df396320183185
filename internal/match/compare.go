package match

import (
	"cmp"
	"slices"
)

// Reorder gives the candidates of a result the order of other weights, without
// asking again: what each is worth does not depend on the weights. Structures
// beyond the limit of the result stay out; Rank brings them in.
func Reorder(r *Result, w Weights) {
	weights, sum := w.list(), w.sum()
	for i := range r.Candidates {
		c := &r.Candidates[i]
		var values [5]float64
		for p := range c.Parts {
			c.Parts[p].Weight = weights[p]
			values[p] = c.Parts[p].Value
		}
		c.Score = weighted(values, weights, sum)
	}
	slices.SortStableFunc(r.Candidates, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Km, b.Km),
			cmp.Compare(a.Structure.SIRET, b.Structure.SIRET), cmp.Compare(a.Structure.Kind, b.Structure.Kind))
	})
	for i := range r.Candidates {
		r.Candidates[i].Rank = i + 1
	}
}

// Difference is one part of two candidates side by side.
type Difference struct {
	Name          string
	Left, Right   Part
	Points        float64 // what it adds to the left one's score, negative when it takes away
	LeftIsBetter  bool
	RightIsBetter bool
}

// Compare sets two candidates side by side, the part that separates them most
// first.
func Compare(left, right Candidate) []Difference {
	sum := 0.0
	for _, p := range left.Parts {
		sum += p.Weight
	}
	var all []Difference
	for p := range left.Parts {
		a, b := left.Parts[p], right.Parts[p]
		d := Difference{Name: a.Name, Left: a, Right: b, LeftIsBetter: a.Value > b.Value, RightIsBetter: b.Value > a.Value}
		if sum > 0 {
			d.Points = 100 * a.Weight * (a.Value - b.Value) / sum
		}
		all = append(all, d)
	}
	slices.SortStableFunc(all, func(a, b Difference) int {
		return cmp.Compare(max(b.Points, -b.Points), max(a.Points, -a.Points))
	})
	return all
}
