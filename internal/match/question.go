package match

import (
	"math"
	"slices"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// question is a Need made ready for the loop: everything that does not depend
// on the structure is computed once.
type question struct {
	need   Need
	spot   spot
	trades trade.Evidence
	weight []float64 // by trade index, summing to 1 when something is asked
	asked  []int     // trade indexes
	mask   uint64    // the same as bits
	most   float64   // the largest weight
	mobile float64
	window window
	wish   wish

	x, y, z []float64 // the points
	inside  []bool    // by département of the directory
	far     float64   // squared chord beyond which a structure is too far
	outside float64   // km added outside the département
	kinds   []kindAnswer
	echoes  []float32 // by structure, nil when no name shares a word
	words   map[string]bool
}

// kindAnswer is what a need makes of a type.
type kindAnswer struct {
	verdict  verdict
	keeps    float64 // share of the trade fit the type keeps
	halfway  float64 // km at which the distance is worth a half
	modality insertion.Modality
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
	q.inside = make([]bool, len(d.codes))
	for i, code := range d.codes {
		q.inside[i] = slices.Contains(q.spot.departments, code)
	}
	reach := n.Reach
	if reach <= 0 {
		reach = DefaultReach * q.mobile
	}
	q.far = squaredChord(reach + q.spot.radius)
	if len(q.spot.departments) > 0 {
		q.outside = d.rule.outside * d.spread[q.spot.departments[0]]
	}
	for i := range d.kinds {
		q.kinds = append(q.kinds, q.answer(&d.kinds[i], &d.rule))
	}
	q.words = stems(n.Object)
	q.echoes = d.lexicon.echoes(q.words)
	return q
}

// weigh shares one unit among the trades asked, sharply in favour of the
// clearest, and drops the faint ones.
func (q *question) weigh(r *rule) {
	q.mobile = 1
	total, mobile := 0.0, 0.0
	for _, t := range q.trades {
		i := trade.Index(t.Trade)
		if i < 0 || t.Score <= 0 || t.Score < q.trades[0].Score*r.faint || q.weight[i] > 0 {
			continue
		}
		q.weight[i] = math.Pow(t.Score, r.trust)
		q.asked = append(q.asked, i)
		q.mask |= 1 << i
		total += q.weight[i]
		mobile += q.weight[i] * mobility(t.Trade)
	}
	if total == 0 {
		return
	}
	for _, i := range q.asked {
		q.weight[i] /= total
		q.most = max(q.most, q.weight[i])
	}
	q.mobile = math.Pow(mobile/total, r.mobile)
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

func (q *question) answer(k *kindTraits, r *rule) kindAnswer {
	a := kindAnswer{keeps: 1, halfway: k.zone * r.stretch * q.mobile, modality: k.offers}
	switch {
	case q.wish.only != 0 && q.wish.only&kindBit(k.kind) == 0:
		a.verdict = wrongKind
	case k.offers == 0:
		a.verdict = noModality
	case q.need.Modalities != 0 && !q.need.Whole && k.offers&q.need.Modalities == 0:
		a.verdict = wrongModality
	}
	if q.need.Modalities != 0 && !q.need.Whole {
		a.modality &= q.need.Modalities
	}
	if q.need.Whole {
		a.keeps = k.whole
		if k.offers&insertion.Secondment != 0 { // lending people is then the object itself
			a.keeps = max(a.keeps, q.weight[trade.Index(trade.Personnel)])
		}
		a.keeps = math.Pow(a.keeps, r.whole)
	}
	a.keeps *= q.wish.likes(k.kind, r.disliked)
	return a
}
