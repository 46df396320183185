package place

import (
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/place/spelling"
)

// The kinds of place a notice may declare, normalised.
const (
	KindCommune    = "commune"
	KindPostal     = "code postal"
	KindDepartment = "département"
	KindRegion     = "région"
	KindCountry    = "pays"
	KindDistrict   = "arrondissement" // of a préfecture, or of Paris, Lyon, Marseille
	KindCanton     = "canton"
)

// Kind normalises a declared kind of place: "CODE POSTAL", "Code d\uFFFDpartement",
// "Code région"; "" when it is none of those we know.
func Kind(declared string) string {
	switch declared {
	case "", KindCommune, KindPostal, KindDepartment, KindRegion, KindCountry, KindDistrict, KindCanton:
		return declared
	}
	var buf [64]byte
	key := string(spelling.AppendKey(buf[:0], declared))
	for _, k := range [...]struct{ part, kind string }{
		{"postal", KindPostal}, {"arrond", KindDistrict}, {"commune", KindCommune}, {"insee", KindCommune},
		{"partement", KindDepartment}, {"gion", KindRegion}, {"pays", KindCountry}, {"canton", KindCanton},
	} {
		if strings.Contains(key, k.part) {
			return k.kind
		}
	}
	return ""
}

// Resolve understands a declared place: it normalises its kind and fills INSEE,
// Department, Lat, Lon and Basis, leaving Code and Name as declared.
//
// A code is tried as what it is declared to be, then as what it may be instead
// (a postal code given as a commune and the reverse), then the name is read.
// A place that is only a département, a région, the country or nothing is brought
// back to the buyer's commune or intercommunalité when its SIREN tells it and it lies
// inside; else to the centre of the département, then of the région. A foreign country
// stays unknown.
//
// INSEE is filled when one commune is meant: the only one of a postal code, the one
// named, the buyer's own, or the one where most of its inhabitants live. It may be
// an arrondissement of Paris, Lyon or Marseille: compare with SameCommune.
func (g *Gazetteer) Resolve(p insertion.Place, buyerSIRET string) insertion.Place {
	p.Kind = Kind(p.Kind)
	p.INSEE, p.Department, p.Lat, p.Lon, p.Basis = "", "", 0, 0, insertion.PlaceUnknown
	q := question{Gazetteer: g, place: p, buyer: g.buyer(buyerSIRET)}
	q.code = cleanCode(p.Code)
	if q.abroad() {
		return p
	}
	if !q.byCode() && !q.byText(p.Name) && !q.byText(p.Code) {
		q.byArea(nil)
	}
	return q.place
}

// SameCommune tells whether two INSEE codes are one commune: an old code and the
// code of today, a city and one of its arrondissements.
func (g *Gazetteer) SameCommune(a, b string) bool {
	i, okA := g.index(a)
	j, okB := g.index(b)
	return okA && okB && g.city(i) == g.city(j)
}

func (g *Gazetteer) city(i int) int {
	if city, ok := g.cityOf[uint16(i)]; ok {
		return int(city)
	}
	return i
}

// question is one place being understood.
type question struct {
	*Gazetteer
	place insertion.Place
	buyer buyer
	code  string
}

// cleanCode drops spaces, the country before a code ("FR63170", "F-92000") and the
// split of the Rhône ("69D", "69M").
func cleanCode(s string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	if strings.ContainsAny(s, " .") {
		if compact := strings.NewReplacer(" ", "", ".", "").Replace(s); len(compact) <= 5 {
			s = compact
		}
	}
	for _, country := range [...]string{"FR-", "F-", "FR"} {
		if rest, ok := strings.CutPrefix(s, country); ok && (len(rest) == 5 || len(rest) == 2) && digits(rest) {
			return rest
		}
	}
	if s == "69D" || s == "69M" {
		return "69"
	}
	return s
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// abroad recognises the INSEE codes of foreign countries (99134 Spain; 99100 is France).
func (q *question) abroad() bool {
	if len(q.code) == 5 && strings.HasPrefix(q.code, "99") && digits(q.code) {
		return q.code != "99100"
	}
	return q.code == "99" || q.place.Kind == KindCountry && len(q.code) == 2 && !digits(q.code) && q.code != "FR"
}
