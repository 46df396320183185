package match

import (
	"fmt"
	"math"
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
	switch t := d.bestTrade(q, i); {
	case t >= 0:
		said = append(said, d.sign(i, t))
	case len(q.asked) == 0:
		said = append(said, "filière du lot non reconnue : à vérifier avec la structure")
	}
	if q.echoes != nil && q.echoes[i] > 0 {
		said = append(said, "son nom dit « "+strings.Join(shared(q.words, one), " », « ")+" » comme l'objet")
	}
	if q.wish.liked&kindBit(one.Kind) != 0 {
		said = append(said, string(one.Kind)+" : type que vise l'avis")
	}
	if len(said) == 0 {
		return "filière à vérifier avec la structure"
	}
	return strings.Join(said, " ; ")
}

// bestTrade is the trade asked that counts most in the fit, -1 for none.
func (d *Directory) bestTrade(q *question, i int) int {
	best, gain := -1, 0.0
	for _, t := range q.asked {
		if g := q.weight[t] * float64(d.fit[t][i]); g > gain {
			best, gain = t, g
		}
	}
	return best
}

// sign is what tells that a structure does a trade.
func (d *Directory) sign(i, t int) string {
	for _, w := range d.facts[i] {
		if trade.Index(w.Trade) == t {
			return w.Why
		}
	}
	return trade.Usually(d.tradeCodes[t], d.structures[i].Kind)
}

func (d *Directory) distanceReason(q *question, i int, km float64) string {
	zone := ""
	if a, ok := d.declaredArea(q, i); ok {
		zone = " ; " + areaWords(a)
	}
	switch {
	case km < 0 && q.inside[d.department[i]]:
		return "dans le département " + d.codes[d.department[i]] + ", adresse non située" + zone
	case km < 0:
		return "distance inconnue" + zone
	}
	at := kmWords(km) + " " + q.spot.pointWords()
	if city := d.structures[i].City; city != "" {
		at += " (" + city + ")"
	}
	if q.spot.vague && !q.spot.titled && !q.spot.around() {
		if q.inside[d.department[i]] {
			at = "dans le département " + d.codes[d.department[i]] + ", " + at
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
