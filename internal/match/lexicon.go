package match

import (
	"math"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// lexicon is the words of names, so that a title which says « rivières » or a
// place finds the structure whose name says it too. A word counts for as much
// as it is rare in the directory.
type lexicon struct {
	postings map[string][]int32
	size     float64
}

// stemLength is how much of a word is compared: enough to tell words apart,
// short enough to join a singular and its plural.
const stemLength = 7

func newLexicon(structures []insertion.Structure) lexicon {
	l := lexicon{postings: map[string][]int32{}, size: float64(len(structures))}
	for i := range structures {
		s := &structures[i]
		for _, w := range trade.Words(s.Name + " " + s.Brand) {
			w = stemmed(w)
			if w == "" {
				continue
			}
			p := l.postings[w]
			if len(p) == 0 || p[len(p)-1] != int32(i) {
				l.postings[w] = append(p, int32(i))
			}
		}
	}
	return l
}

func stemmed(w string) string {
	w = strings.TrimSuffix(w, "s")
	if len(w) < 4 || strings.IndexByte(w, '?') >= 0 || ordinary(w) {
		return ""
	}
	return w[:min(len(w), stemLength)]
}

// ordinary words say nothing of who does the work: those of every notice, and
// those of every structure's name.
func ordinary(w string) bool {
	switch w {
	case "marche", "prestation", "travaux", "travail", "service", "entretien", "lot", "accord", "cadre", "mise", "realisation", "fourniture", "ville",
		"commune", "departement", "secteur", "site", "pour", "dont", "avec", "association", "assoc", "insertion", "emploi", "esat", "sarl", "geiq",
		"centre", "public", "publique", "reserve", "action", "sociale", "social", "pays", "communaute", "agglomeration", "atelier", "chantier",
		"nord", "sud", "ouest", "saint", "sainte", "grand", "haut", "haute", "jean", "france", "aide", "article", "code", "commande", "annee",
		"differents", "divers", "objet", "present", "consultation", "etat", "etablissement", "mission", "structure", "professionnel", "professionnelle",
		"plus", "tous", "ensemble", "entreprise", "economique", "nouvelle", "local", "locale", "locaux", "zone", "handicape", "handicap", "interim",
		"jeune", "jeunesse", "maison", "hors", "multi", "inter", "inser", "point", "vers":
		return true
	}
	return false
}

// stems is the words of a text that may be compared with names.
func stems(text string) map[string]bool {
	words := map[string]bool{}
	for _, w := range trade.Words(text) {
		if w = stemmed(w); w != "" {
			words[w] = true
		}
	}
	return words
}

// echoes tells, for each structure whose name shares a word with an object, how
// rare that word is: 0 for one met everywhere, 1 for one met once. It is nil
// when no name shares any.
func (l lexicon) echoes(words map[string]bool) []float32 {
	var into []float32
	for w := range words {
		list := l.postings[w]
		if len(list) == 0 {
			continue
		}
		if into == nil {
			into = make([]float32, int(l.size))
		}
		rare := float32(math.Log(l.size/float64(len(list))) / math.Log(max(2, l.size)))
		for _, i := range list {
			into[i] = max(into[i], rare)
		}
	}
	return into
}

// shared is the words of a name that an object also has, two at most.
func shared(words map[string]bool, s *insertion.Structure) []string {
	var found []string
	for _, w := range trade.Words(s.Name + " " + s.Brand) {
		if words[stemmed(w)] && !slices.Contains(found, w) && len(found) < 2 {
			found = append(found, w)
		}
	}
	return found
}
