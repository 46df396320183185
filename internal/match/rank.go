package match

import (
	"cmp"
	"slices"
)

// Rank answers for one lot: the limit best structures with their reasons, and
// why the others are left out.
func (d *Directory) Rank(n Need, w Weights, limit int) Result {
	q := d.question(n)
	f := d.sift(&q, w, limit)
	r := Result{Able: f.able, Considered: len(d.structures), Trades: q.trades, Place: q.spot.sentence()}
	r.Candidates = make([]Candidate, 0, len(f.top))
	for i, s := range f.top {
		r.Candidates = append(r.Candidates, d.explain(&q, s, i+1, w.list()))
	}
	d.exclusions(&r, &q, &f)
	return r
}

// sifted is every structure judged, and the best ones in order.
type sifted struct {
	top      []scored
	able     int
	verdicts []verdict
	chords   []float32 // squared, -1 unknown
}

func (d *Directory) sift(q *question, w Weights, limit int) sifted {
	n := len(d.structures)
	limit = max(0, min(limit, n))
	f := sifted{top: make([]scored, 0, limit+1), verdicts: make([]verdict, n), chords: make([]float32, n)}
	d.leaveOut(q, f.verdicts)
	weights, sum := w.list(), w.sum()
	for i := range f.verdicts {
		chord := d.chord(q, i)
		f.chords[i] = float32(chord)
		if f.verdicts[i] != able {
			continue
		}
		if chord > q.far {
			f.verdicts[i] = tooFar
			continue
		}
		s, v := d.judge(q, i, chord)
		if f.verdicts[i] = v; v != able {
			continue
		}
		f.able++
		s.score = weighted(s.value, weights, sum)
		f.top = d.keep(f.top, s, limit)
	}
	return f
}

// leaveOut marks the structures that are out whatever the work.
func (d *Directory) leaveOut(q *question, verdicts []verdict) {
	copy(verdicts, d.standing)
	for _, siret := range q.need.Contractors {
		for _, i := range d.bySIRET[siret] {
			verdicts[i] = max(verdicts[i], contractor)
		}
	}
	for id, no := range q.need.Declined {
		if i, ok := d.byID[id]; ok && no {
			verdicts[i] = declined
		}
	}
}

func weighted(values, weights [5]float64, sum float64) float64 {
	if sum <= 0 {
		return 0
	}
	score := 0.0
	for p := range values {
		score += values[p] * weights[p]
	}
	return 100 * score / sum
}

// keep inserts s in the sorted top. Insertions are rare after the first
// structures, so a sorted slice beats a heap here.
func (d *Directory) keep(top []scored, s scored, limit int) []scored {
	if len(top) == limit && (limit == 0 || d.before(top[limit-1], s) <= 0) {
		return top
	}
	at, _ := slices.BinarySearchFunc(top, s, d.before)
	top = slices.Insert(top, at, s)
	return top[:min(len(top), limit)]
}

// before orders two structures: score, then distance, then SIRET and type.
func (d *Directory) before(a, b scored) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.km, b.km), cmp.Compare(d.order[a.i], d.order[b.i]))
}
