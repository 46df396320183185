package match

import (
	"cmp"
	"slices"
	"strings"

	"passerelle/internal/trade"
)

// sentence is why a structure is left out.
func (v verdict) sentence(q *question) string {
	switch v {
	case inactive:
		return "n'est plus active"
	case declined:
		return "a déjà décliné ce lot"
	case contractor:
		return "est titulaire du lot"
	case tooFar:
		return "trop loin du lieu"
	case wrongKind:
		return q.wish.reason
	case noModality:
		return "son type ne fournit pas d'heures d'insertion"
	case wrongModality:
		return "modalité non acceptée par la clause"
	case wrongTrade:
		return "ne fait pas cette filière"
	case wrongArea:
		return "ne travaille pas sur ce lieu"
	}
	return ""
}

// exclusions counts the structures left out by reason, and lists them one by
// one, nearest first: those left out for another reason than the distance, then
// the merely far ones.
func (d *Directory) exclusions(r *Result, q *question, f *sifted) {
	var counts [lastVerdict]int
	var near, far []int32
	for i, v := range f.verdicts {
		counts[v]++
		switch v {
		case able:
		case tooFar:
			far = d.nearest(far, int32(i), f.chords)
		default:
			near = d.nearest(near, int32(i), f.chords)
		}
	}
	for v := inactive; v < lastVerdict; v++ {
		if counts[v] > 0 {
			r.Groups = append(r.Groups, Group{v.sentence(q), counts[v]})
		}
	}
	list := append(near, far...)
	list = list[:min(len(list), ExcludedShown)]
	r.Excluded = make([]Exclusion, len(list))
	for at, i := range list {
		v := f.verdicts[i]
		r.Excluded[at] = Exclusion{&d.structures[i], v.sentence(q) + d.detail(v, q, int(i), float64(f.chords[i]))}
	}
}

// nearest keeps the ExcludedShown nearest structures, in order; those whose
// distance is unknown come last.
func (d *Directory) nearest(list []int32, i int32, chords []float32) []int32 {
	if len(list) == ExcludedShown && chords[i] > chords[list[len(list)-1]] && chords[list[len(list)-1]] >= 0 {
		return list
	}
	compare := func(a, b int32) int {
		return cmp.Or(cmp.Compare(unknownLast(chords[a]), unknownLast(chords[b])), cmp.Compare(d.order[a], d.order[b]))
	}
	if len(list) == ExcludedShown && compare(list[len(list)-1], i) <= 0 {
		return list
	}
	at, _ := slices.BinarySearchFunc(list, i, compare)
	list = slices.Insert(list, at, i)
	return list[:min(len(list), ExcludedShown)]
}

func unknownLast(chord float32) float32 {
	if chord < 0 {
		return 8
	}
	return chord
}

// detail adds what makes the reason of one structure checkable.
func (d *Directory) detail(v verdict, q *question, i int, chord float64) string {
	switch v {
	case wrongModality:
		if offers := d.structures[i].Kind.Offers().Split(); len(offers) > 0 {
			return " (" + string(d.structures[i].Kind) + " : " + offers[0].Label() + ")"
		}
	case tooFar:
		return " (" + kmWords(chordKm(chord)) + ")"
	case wrongArea:
		if a, ok := d.declaredArea(q, i); ok {
			return " (" + areaWords(a) + ")"
		}
	case wrongTrade:
		if labels := d.mainTrades(i); labels != "" {
			return " (connue pour : " + labels + ")"
		}
	case noModality:
		return " (" + string(d.structures[i].Kind) + ")"
	}
	return ""
}

// mainTrades names the two trades best known of a structure.
func (d *Directory) mainTrades(i int) string {
	var labels []string
	for _, w := range d.facts[i] {
		if len(labels) < 2 && w.Score > 0.4 {
			labels = append(labels, d.labels[trade.Index(w.Trade)])
		}
	}
	return strings.Join(labels, ", ")
}
