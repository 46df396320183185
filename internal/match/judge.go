package match

import (
	"math"
	"math/bits"

	"passerelle/internal/insertion"
)

// verdict is why a structure is left out.
type verdict uint8

const (
	able verdict = iota
	inactive
	declined
	contractor
	tooFar
	wrongKind
	noModality
	wrongModality
	wrongTrade
	wrongArea
	lastVerdict
)

// scored is a structure able to do the work.
type scored struct {
	i     int32
	km    float64
	value [5]float64
	score float64
}

// judge checks the hard conditions for one structure, then values the five
// parts. The caller already knows it is active, not declined and near enough.
func (d *Directory) judge(q *question, i int, chord float64) (scored, verdict) {
	s := scored{i: int32(i), km: -1}
	k := &q.kinds[d.kind[i]]
	if k.verdict != able {
		return s, k.verdict
	}
	if chord >= 0 {
		s.km = chordKm(chord)
	}
	fit, v := d.fitOf(q, i, k, s.km)
	if v != able {
		return s, v
	}
	s.value[PartTrade] = d.tradeValue(q, i, fit*k.keeps)
	s.value[PartDistance] = d.distanceValue(q, i, k, s.km)
	s.value[PartCapacity] = d.room.value(i, q.window)
	s.value[PartRecord] = float64(d.record[i])
	s.value[PartFairness] = float64(d.fairness[i])
	return s, able
}

// unknownFit stands for the fit when nothing says what a lot asks for.
const unknownFit = 0.5

// fitOf is how well the trades of a structure meet those asked. A structure
// that declared activities is held to them, each with its modality and area.
func (d *Directory) fitOf(q *question, i int, k *kindAnswer, km float64) (float64, verdict) {
	can := q.mask
	if len(d.zones[i]) > 0 {
		var v verdict
		if can, v = d.activities(q, i, k.modality, km); v != able {
			return 0, v
		}
	}
	if q.mask == 0 {
		return unknownFit, able
	}
	mean, best := 0.0, 0.0
	for m := can; m != 0; m &= m - 1 {
		t := bits.TrailingZeros64(m)
		v := q.weight[t] * float64(d.fit[t][i])
		mean += v
		best = max(best, v)
	}
	fit := mean*(1-d.rule.best) + best/q.most*d.rule.best
	if fit < d.rule.plausible {
		return 0, wrongTrade
	}
	return fit, able
}

// activities is the trades asked that a structure declared with a modality and
// an area that suit; when there are none, the last condition that failed.
func (d *Directory) activities(q *question, i int, accepted insertion.Modality, km float64) (uint64, verdict) {
	var can uint64
	why := wrongTrade
	for _, a := range d.zones[i] {
		switch {
		case q.mask != 0 && q.mask&(1<<a.trade) == 0:
		case a.modality != 0 && !q.need.Whole && a.modality&accepted == 0:
			if why == wrongTrade {
				why = wrongModality
			}
		case !reaches(a.area, &q.spot, d.edge(q, i, km)):
			why = wrongArea
		default:
			can |= 1 << a.trade
		}
	}
	if can == 0 {
		return 0, why
	}
	return can, able
}

// tradeValue curves the fit, so that a doubt costs less than a clear mismatch,
// and adds the words the object and the name share.
func (d *Directory) tradeValue(q *question, i int, fit float64) float64 {
	if q.need.Whole && d.twice[i] {
		fit *= 1 + d.rule.twice
	}
	v := clamp(fit)
	if d.rule.curved {
		v = math.Cbrt(v)
	}
	if q.echoes != nil {
		v += (1 - v) * d.rule.lexical * min(1, float64(q.echoes[i]))
	}
	return clamp(v)
}
