package match

import (
	"cmp"
	"math/bits"
	"slices"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// verdict is why a structure is left out, in the order it is checked.
type verdict uint8

const (
	able verdict = iota
	inactive
	declined
	contractor
	wrongKind
	wrongModality
	wrongTrade
	tooFar
	wrongArea
	lastVerdict
)

// question is a Need made ready for the loop.
type question struct {
	need    Need
	spot    spot
	trades  trade.Evidence
	weight  []float64 // by trade index, summing to 1 at most
	asked   []int
	mask    uint64
	most    float64 // the largest weight
	mobile  float64
	window  window
	wish    wish
	x, y, z []float64
	echoes  []float32
}

func (d *Directory) question(n Need) question {
	q := question{need: n, spot: d.locate(n), trades: n.Trades, weight: make([]float64, len(d.fit)), wish: wishOf(n)}
	if q.trades == nil {
		q.trades = trade.OfNotice(n.CPV, n.Object)
	}
	q.weigh(&d.rule)
	q.window = d.room.window(n.Months, n.Hours)
	for _, p := range q.spot.points {
		x, y, z := onSphere(p.lat, p.lon)
		q.x, q.y, q.z = append(q.x, x), append(q.y, y), append(q.z, z)
	}
	q.echoes = make([]float32, len(d.structures))
	d.lexicon.echoes(n.Object, q.echoes)
	return q
}

// weigh shares one unit among the trades asked, by the square of their
// evidence, and drops the faint ones.
func (q *question) weigh(r *rule) {
	if len(q.trades) == 0 {
		return
	}
	total, mobile := 0.0, 0.0
	for _, t := range q.trades {
		i := trade.Index(t.Trade)
		if i < 0 || t.Score < q.trades[0].Score*r.faint {
			continue
		}
		q.weight[i] = pow(t.Score, r.trust)
		q.asked = append(q.asked, i)
		q.mask |= 1 << i
		total += q.weight[i]
		mobile += q.weight[i] * mobility(t.Trade)
	}
	for _, i := range q.asked {
		q.weight[i] /= total
		q.most = max(q.most, q.weight[i])
	}
	q.mobile = pow(mobile/total, r.mobile)
}

// mobility is how much farther than its usual zone a structure works in a
// trade whose product travels: parcels, prints and files do, lawns do not.
func mobility(t insertion.Trade) float64 {
	switch t {
	case trade.Fabrication, trade.Conditionnement, trade.Impression, trade.Numerique:
		return 2.5
	case trade.Alimentation, trade.Administratif:
		return 2
	case trade.Blanchisserie, trade.Dechets, trade.Transport:
		return 1.3
	}
	return 1
}

// scored is a structure able to do the work.
type scored struct {
	i     int32
	km    float64
	value [5]float64
	score float64
}

// Rank answers for one lot: the limit best structures with their reasons, and
// why the others are left out.
func (d *Directory) Rank(n Need, w Weights, limit int) Result {
	q := d.question(n)
	f := d.sift(&q, w, limit)
	r := Result{Able: f.able, Considered: len(d.structures), Trades: q.trades, Place: q.spot.sentence()}
	for i, s := range f.top {
		r.Candidates = append(r.Candidates, d.explain(&q, s, i+1, w.list()))
	}
	d.exclusions(&r, &q, f.verdicts, f.kms)
	return r
}

// sifted is every structure judged, and the best ones in order.
type sifted struct {
	top      []scored
	able     int
	verdicts []verdict
	kms      []float64
}

func (d *Directory) sift(q *question, w Weights, limit int) sifted {
	n := len(d.structures)
	limit = max(0, min(limit, n))
	f := sifted{top: make([]scored, 0, limit+1), verdicts: make([]verdict, n), kms: make([]float64, n)}
	weights, sum := w.list(), w.sum()
	for i := range d.structures {
		s, v := d.judge(q, i)
		f.verdicts[i], f.kms[i] = v, s.km
		if v != able {
			continue
		}
		f.able++
		s.score = weighted(s.value, weights, sum)
		f.top = d.keep(f.top, s, limit)
	}
	return f
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

// judge checks the hard conditions for one structure, cheapest first, then
// values the five parts.
func (d *Directory) judge(q *question, i int) (scored, verdict) {
	s := scored{i: int32(i), km: -1}
	one := &d.structures[i]
	traits := &d.kinds[d.kind[i]]
	s.km = d.km(q, i)
	switch {
	case !one.Active:
		return s, inactive
	case q.need.Declined != nil && q.need.Declined[one.ID]:
		return s, declined
	case q.wish.only != 0 && q.wish.only&kindBit(traits.kind) == 0:
		return s, wrongKind
	case !allowed(q, traits):
		return s, wrongModality
	}
	if slices.Contains(q.need.Contractors, one.SIRET) && one.SIRET != "" {
		return s, contractor
	}
	fit, reason := d.fitOf(q, i, traits, s.km)
	if reason != able {
		return s, reason
	}
	reach := q.need.Reach
	if reach == 0 {
		reach = DefaultReach * max(1, q.mobile)
	}
	if s.km > reach+q.spot.radius {
		return s, tooFar
	}
	s.value[PartTrade] = clamp(d.tradeValue(q, i, traits, fit))
	s.value[PartDistance] = d.distanceValue(q, i, traits, s.km)
	s.value[PartCapacity] = d.room.value(i, q.window, d.rule.size)
	s.value[PartRecord] = float64(d.record[i])
	s.value[PartFairness] = float64(d.fairness[i])
	return s, able
}

func allowed(q *question, k *kindTraits) bool {
	if k.offers == 0 {
		return false
	}
	if q.need.Modalities == 0 || q.need.Whole {
		return true
	}
	return k.offers&q.need.Modalities != 0
}

// fitOf is how well the trades of a structure meet those asked. A structure
// that declared activities is held to them, each with its modality and area.
func (d *Directory) fitOf(q *question, i int, k *kindTraits, km float64) (float64, verdict) {
	if len(d.zones[i]) > 0 {
		return d.fitOfActivities(q, i, k, km)
	}
	if q.mask == 0 {
		return 0.5, able
	}
	fit, best := 0.0, 0.0
	for m := q.mask; m != 0; m &= m - 1 {
		t := bits.TrailingZeros64(m)
		v := q.weight[t] * float64(d.fit[t][i])
		fit += v
		best = max(best, v/q.most)
	}
	fit = fit*(1-d.rule.best) + best*d.rule.best
	if fit < d.rule.plausible {
		return 0, wrongTrade
	}
	return fit, able
}

func (d *Directory) fitOfActivities(q *question, i int, k *kindTraits, km float64) (float64, verdict) {
	fit, why := 0.0, wrongTrade
	var seen uint64
	for _, a := range d.zones[i] {
		if q.mask != 0 && q.mask&(1<<a.trade) == 0 {
			continue
		}
		modality := a.modality
		if modality == 0 {
			modality = k.offers
		}
		if q.need.Modalities != 0 && !q.need.Whole && modality&q.need.Modalities == 0 {
			why = max(why, wrongTrade)
			continue
		}
		if !reaches(a.area, &q.spot, d.edge(q, i, km)) {
			why = wrongArea
			continue
		}
		if seen&(1<<a.trade) == 0 {
			seen |= 1 << a.trade
			fit += q.weight[a.trade] * float64(d.fit[a.trade][i])
		}
	}
	switch {
	case seen == 0:
		return 0, why
	case q.mask == 0:
		return 0.5, able
	}
	return fit, able
}

// tradeValue joins the fit with what the type usually holds and with the words
// the object and the name share.
func (d *Directory) tradeValue(q *question, i int, k *kindTraits, fit float64) float64 {
	if q.need.Whole {
		whole := k.whole
		if k.offers&insertion.Secondment != 0 {
			whole = max(whole, q.weight[trade.Index(trade.Personnel)])
		}
		fit *= pow(whole, d.rule.whole)
		if d.twice[i] {
			fit *= 1 + d.rule.twice
		}
	}
	v := pow(clamp(fit*q.wish.likes(k.kind, d.rule.disliked)), d.rule.curve)
	if e := float64(q.echoes[i]); e > 0 {
		v += (1 - v) * d.rule.lexical * min(1, e)
	}
	return v
}

// km is the distance to the nearest point of the work, -1 when unknown.
func (d *Directory) km(q *question, i int) float64 {
	if len(q.x) == 0 || d.x[i] == 0 && d.y[i] == 0 && d.z[i] == 0 {
		return -1
	}
	best := 8.0
	for p := range q.x {
		dx, dy, dz := q.x[p]-float64(d.x[i]), q.y[p]-float64(d.y[i]), q.z[p]-float64(d.z[i])
		best = min(best, dx*dx+dy*dy+dz*dz)
	}
	return chordKm(best)
}

// inside tells whether a structure is in a département of the work.
func (d *Directory) inside(q *question, i int) bool {
	return slices.Contains(q.spot.departments, d.department[i])
}

// edge is the distance to the nearest place the work may be: 0 inside an area
// that is all we know.
func (d *Directory) edge(q *question, i int, km float64) float64 {
	if !q.spot.vague || q.spot.titled || km < 0 {
		return max(0, km)
	}
	if d.inside(q, i) {
		return 0
	}
	return max(0, km-q.spot.radius)
}

// distanceValue falls from 1 on the spot to a half at the usual zone of the
// type, stretched for trades whose product travels.
func (d *Directory) distanceValue(q *question, i int, k *kindTraits, km float64) float64 {
	inside := d.inside(q, i)
	if km < 0 {
		if inside {
			return 0.7
		}
		return 0.3
	}
	felt := max(0, km-d.rule.near)
	if q.spot.vague && inside && !q.spot.titled {
		felt = km * d.rule.inside
		if q.spot.around() {
			felt = km * d.rule.buyers
		}
	}
	if !inside && len(q.spot.departments) > 0 {
		felt += d.rule.outside * d.spread[q.spot.departments[0]]
	}
	ratio := felt / (k.zone * d.rule.stretch * max(1, q.mobile))
	return 1 / (1 + pow(ratio, d.rule.power))
}
