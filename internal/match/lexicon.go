package match

import (
	"math"
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

// echoes adds, for each structure whose name shares a word with the object, how
// rare that word is: 0 for one met everywhere, 1 for one met once. It returns
// the words found, best first to last met.
func (l lexicon) echoes(object string, into []float32) []string {
	var found []string
	seen := map[string]bool{}
	for _, w := range trade.Words(object) {
		w = stemmed(w)
		if w == "" || seen[w] {
			continue
		}
		seen[w] = true
		list := l.postings[w]
		if len(list) == 0 {
			continue
		}
		found = append(found, w)
		rare := float32(math.Log(l.size/float64(len(list))) / math.Log(max(2, l.size)))
		for _, i := range list {
			into[i] += rare
		}
	}
	return found
}

// shared is the words an object and a name have in common, as the name spells
// them, two at most.
func (l lexicon) shared(object string, s *insertion.Structure) []string {
	asked := map[string]bool{}
	for _, w := range trade.Words(object) {
		if w = stemmed(w); w != "" {
			asked[w] = true
		}
	}
	var found []string
	for _, w := range trade.Words(s.Name + " " + s.Brand) {
		if stem := stemmed(w); stem != "" && asked[stem] && len(found) < 2 {
			asked[stem] = false
			found = append(found, w)
		}
	}
	return found
}
