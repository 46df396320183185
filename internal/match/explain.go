package match

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// partNames are the parts as screens name them.
func partNames() [5]string {
	return [5]string{"filière", "distance", "capacité", "historique", "équité"}
}

// explain dresses a scored structure with its reasons.
func (d *Directory) explain(q *question, s scored, rank int, weights [5]float64) Candidate {
	i := int(s.i)
	one := &d.structures[i]
	c := Candidate{Structure: one, Rank: rank, Score: s.score, Km: s.km}
	reasons := [5]string{
		d.tradeReason(q, i),
		d.distanceReason(q, i, s.km),
		d.room.reason(i, q.window),
		recordReason(d.records[i]),
		fairnessReason(d.records[i]),
	}
	for p, name := range partNames() {
		c.Parts[p] = Part{Name: name, Value: s.value[p], Weight: weights[p], Reason: reasons[p]}
		c.Reasons = append(c.Reasons, reasons[p])
	}
	return c
}

// tradeReason says which trade the structure meets, by what sign, and what its
// type or its name adds.
func (d *Directory) tradeReason(q *question, i int) string {
	one := &d.structures[i]
	var said []string
	best, gain := "", 0.0
	for _, w := range trade.OfStructure(*one) {
		if t := trade.Index(w.Trade); t >= 0 && q.weight[t]*w.Score > gain {
			best, gain = w.Why, q.weight[t]*w.Score
		}
	}
	switch {
	case best != "":
		said = append(said, best)
	case len(q.asked) == 0:
		said = append(said, "filière du lot non reconnue : à vérifier avec la structure")
	}
	if words := d.lexicon.shared(q.need.Object, one); len(words) > 0 {
		said = append(said, "son nom dit « "+strings.Join(words, " », « ")+" » comme l'objet")
	}
	if q.wish.liked&kindBit(one.Kind) != 0 {
		said = append(said, string(one.Kind)+", type que vise l'avis")
	}
	if len(said) == 0 {
		return "filière à vérifier avec la structure"
	}
	return strings.Join(said, " ; ")
}

func (d *Directory) distanceReason(q *question, i int, km float64) string {
	zone := ""
	if a, ok := d.declaredArea(q, i); ok {
		zone = " ; " + areaWords(a)
	}
	switch {
	case km < 0 && d.inside(q, i):
		return "dans le département " + d.department[i] + ", adresse non située" + zone
	case km < 0:
		return "distance inconnue" + zone
	}
	at := kmWords(km) + " " + q.spot.pointWords()
	if city := d.structures[i].City; city != "" {
		at += " (" + city + ")"
	}
	if q.spot.vague && !q.spot.titled && !q.spot.around() {
		if d.inside(q, i) {
			at = "dans le département " + d.department[i] + ", " + at
		}
		at += q.spot.doubt()
	}
	return at + zone
}

// declaredArea is the area of the first activity that meets the lot.
func (d *Directory) declaredArea(q *question, i int) (insertion.Area, bool) {
	for _, a := range d.zones[i] {
		if a.area.Kind != "" && (q.mask == 0 || q.mask&(1<<a.trade) != 0) {
			return a.area, true
		}
	}
	return insertion.Area{}, false
}

func kmWords(km float64) string {
	if km < 10 {
		return "à " + strings.Replace(fmt.Sprintf("%.1f", km), ".", ",", 1) + " km"
	}
	return fmt.Sprintf("à %.0f km", math.Round(km))
}

// pointWords says what the distance is counted from.
func (s *spot) pointWords() string {
	switch {
	case s.titled:
		return "de " + s.words + ", nommée dans l'objet"
	case s.basis == insertion.PlaceExact, s.basis == insertion.PlacePostal:
		return "du lieu d'exécution"
	case s.basis == insertion.PlaceBuyer:
		return "de la commune de l'acheteur"
	case s.basis == insertion.PlaceBuyerGroup:
		return "du centre de l'intercommunalité de l'acheteur"
	case s.basis == insertion.PlaceRegion:
		return "du centre de la région"
	}
	return "du centre du département"
}

func (s *spot) doubt() string {
	if s.basis == insertion.PlaceRegion {
		return " ; lieu connu à la région seulement"
	}
	return " ; lieu connu au département seulement"
}

// sentence says how the place of the lot was understood.
func (s *spot) sentence() string {
	switch {
	case len(s.points) == 0:
		return "lieu inconnu : les distances ne comptent pas"
	case s.titled:
		return s.words + ", lue dans l'objet (lieu connu au département seulement)"
	case s.basis == insertion.PlaceBuyer:
		return s.words + ", commune de l'acheteur, faute d'un lieu précis"
	case s.basis == insertion.PlaceBuyerGroup:
		return s.words + " : intercommunalité de l'acheteur, faute d'un lieu précis"
	case s.basis == insertion.PlaceExact, s.basis == insertion.PlacePostal:
		return s.words
	}
	return s.words + s.doubt()
}

// sentence is why a structure is left out.
func (v verdict) sentence(q *question, one *insertion.Structure) string {
	switch v {
	case inactive:
		return "n'est plus active"
	case declined:
		return "a déjà décliné ce lot"
	case contractor:
		return "est titulaire du lot"
	case wrongKind:
		return q.wish.reason
	case wrongModality:
		if one != nil && one.Kind.Offers() == 0 {
			return "son type n'offre pas d'heures d'insertion"
		}
		return "modalité non acceptée par la clause"
	case wrongTrade:
		return "ne fait pas cette filière"
	case tooFar:
		return "trop loin du lieu"
	case wrongArea:
		return "hors de la zone où elle travaille"
	}
	return ""
}

// exclusions counts the structures left out by reason and lists the nearest.
func (d *Directory) exclusions(r *Result, q *question, verdicts []verdict, kms []float64) {
	var counts [lastVerdict][2]int // the second: types that offer nothing
	var list []int32
	for i, v := range verdicts {
		if v == able {
			continue
		}
		none := 0
		if v == wrongModality && d.kinds[d.kind[i]].offers == 0 {
			none = 1
		}
		counts[v][none]++
		if kms[i] >= 0 && kms[i] <= shownWithin {
			list = append(list, int32(i))
		}
	}
	for v := inactive; v < lastVerdict; v++ {
		for none, count := range counts[v] {
			if count == 0 {
				continue
			}
			var one *insertion.Structure
			if none == 1 {
				one = &insertion.Structure{}
			}
			r.Groups = append(r.Groups, Group{v.sentence(q, one), count})
		}
	}
	slices.SortFunc(list, func(a, b int32) int {
		switch {
		case kms[a] < kms[b]:
			return -1
		case kms[a] > kms[b]:
			return 1
		}
		return int(d.order[a] - d.order[b])
	})
	for _, i := range list[:min(len(list), ExcludedShown)] {
		one := &d.structures[i]
		r.Excluded = append(r.Excluded, Exclusion{one, verdicts[i].sentence(q, one) + d.detail(verdicts[i], q, int(i), kms[i])})
	}
}

// shownWithin bounds the structures left out that are listed one by one.
const shownWithin = 2 * DefaultReach

// detail adds what makes the reason of one structure checkable.
func (d *Directory) detail(v verdict, q *question, i int, km float64) string {
	switch v {
	case wrongModality:
		if offers := d.structures[i].Kind.Offers().Split(); len(offers) > 0 {
			return " (" + string(d.structures[i].Kind) + " : " + offers[0].Label() + ")"
		}
	case tooFar:
		return " (" + strings.TrimPrefix(kmWords(km), "à ") + ")"
	case wrongArea:
		if a, ok := d.declaredArea(q, i); ok {
			return " (" + areaWords(a) + ")"
		}
	case wrongTrade:
		if labels := d.mainTrades(i, 2); labels != "" {
			return " (connue pour : " + labels + ")"
		}
	}
	return ""
}

func (d *Directory) mainTrades(i, limit int) string {
	var labels []string
	for _, w := range trade.OfStructure(d.structures[i]) {
		if len(labels) < limit && w.Score > 0.4 {
			labels = append(labels, strings.ToLower(trade.Label(w.Trade)))
		}
	}
	return strings.Join(labels, ", ")
}
