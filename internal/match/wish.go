package match

import (
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// wish is the types of structures a notice asks for by its own words.
type wish struct {
	only   uint32 // a reservation that names its article: other types may not hold it
	liked  uint32 // types it speaks of
	reason string
}

func kindBit(k insertion.Kind) uint32 {
	for i, one := range insertion.Kinds() {
		if one == k {
			return 1 << i
		}
	}
	return 0
}

func kindBits(kinds ...insertion.Kind) uint32 {
	var b uint32
	for _, k := range kinds {
		b |= kindBit(k)
	}
	return b
}

// wishOf reads the reservation of a notice. L2113-12 (36-I in 2015) reserves to
// EA and ESAT, L2113-13 (36-II) to insertion structures of L5132-4; when both
// are named, L2113-14, all of them.
func wishOf(n Need) wish {
	disabled := kindBits(insertion.EA, insertion.EATT, insertion.ESAT)
	insert := kindBits(insertion.ACI, insertion.EI, insertion.AI, insertion.ETTI, insertion.EITI, insertion.RQ)
	text := " " + strings.Join(trade.Words(n.Object), " ") + " "
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(text, " "+w) {
				return true
			}
		}
		return false
	}
	object := strings.ToLower(n.Object)
	byArticle12 := strings.Contains(object, "l2113-12") || strings.Contains(object, "l.2113-12") || strings.Contains(object, "l 2113-12")
	byArticle13 := strings.Contains(object, "l2113-13") || strings.Contains(object, "l.2113-13") || strings.Contains(object, "l 2113-13")
	reserved := n.Social&insertion.SocialReserved != 0 || has("reserve", "r?serve", "reservation", "r?servation")
	var w wish
	switch {
	case byArticle12 && byArticle13:
		w.only = disabled | insert
	case byArticle12:
		w.only = disabled
	case byArticle13:
		w.only = insert
	}
	if w.only != 0 {
		w.reason = "marché réservé à d'autres types par son article"
		w.liked = w.only
		return w
	}
	if has("handicap", "esat ", "travailleur handicap", "entreprise adaptee", "entreprise adapt?e") {
		w.liked |= disabled
	}
	if has("insertion", "reinsertion", "r?insertion", "siae ", "iae ", "qualification", "chantier ecole") {
		w.liked |= insert
	}
	if strings.Contains(object, "36.1") || strings.Contains(object, "36-i ") || strings.Contains(object, "36 i ") {
		w.liked |= disabled // ordonnance 2015-899, art. 36-I
	}
	if strings.Contains(object, "36.2") || strings.Contains(object, "36-ii") || strings.Contains(object, "36 ii") {
		w.liked |= insert
	}
	if w.liked == 0 && reserved {
		w.liked = kindBits(insertion.ACI, insertion.EI, insertion.ESAT, insertion.EA, insertion.RQ, insertion.AI)
	}
	return w
}

// likes is 1 for the types a notice speaks of, less for the others; always 1
// when it speaks of none.
func (w wish) likes(k insertion.Kind, otherwise float64) float64 {
	if w.liked == 0 || w.liked&kindBit(k) != 0 {
		return 1
	}
	return otherwise
}
