package place

import (
	"slices"
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
	return q.place.Kind == KindCountry && len(q.code) == 2 && !digits(q.code) && q.code != "FR"
}

// byCode understands the declared code, or leaves the place as it was.
func (q *question) byCode() bool {
	code := q.code
	if len(code) == 4 && digits(code) && (q.place.Kind == KindCommune || q.place.Kind == KindPostal) {
		code = "0" + code // a leading zero lost by a spreadsheet
	}
	if len(code) == 5 && code[0] != 'F' {
		return q.byFive(code)
	}
	parts := q.area(code)
	if len(parts) == 0 {
		return false
	}
	if len(parts) == 1 && q.place.Name != "" && q.inDepartment(parts[0]) {
		return true
	}
	q.byArea(parts)
	return true
}

// byFive chooses between the INSEE and the postal reading of five characters.
func (q *question) byFive(code string) bool {
	commune, isINSEE := q.index(code)
	n, numeric := parse(code)
	var post []pair
	if numeric {
		post = under(q.postal, n)
	}
	inPost := func(i int) bool {
		return slices.ContainsFunc(post, func(p pair) bool { return int(p.to) == i || q.city(int(p.to)) == i })
	}
	if isINSEE && len(post) > 0 {
		asPostal := q.place.Kind != KindCommune && q.place.Kind != KindDistrict
		named := q.namedIn(code[:2])
		switch b := q.buyer.commune; {
		case named >= 0 && inPost(named) != (q.city(named) == q.city(commune)):
			asPostal = inPost(named)
		case b >= 0 && inPost(b) != (q.city(b) == q.city(commune)):
			asPostal = inPost(b)
		}
		if isINSEE = !asPostal; isINSEE {
			post = nil
		}
	}
	switch {
	case isINSEE:
		q.setCommune(commune, insertion.PlaceExact)
	case len(post) > 0:
		q.setPostal(post, true)
	case numeric:
		return q.byCEDEX(code)
	default:
		return false
	}
	return true
}

// namedIn is the commune that the declared name designates in a département, or -1.
func (q *question) namedIn(department string) int {
	if q.place.Name == "" {
		return -1
	}
	if hits := q.named(q.place.Name, department); len(hits) > 0 {
		return hits[0].at
	}
	return -1
}

// setPostal places the communes of a postal code: the one named, the buyer's, the
// only one, the one with most of the inhabitants, or their centre.
func (q *question) setPostal(post []pair, exact bool) {
	var m middle
	best := int(post[0].to)
	for _, p := range post {
		i := int(p.to)
		lat, lon := q.at(i)
		m.add(lat, lon, int(q.t.Population[i]))
		if q.t.Population[i] > q.t.Population[best] {
			best = i
		}
	}
	sure := len(post) == 1 || 2*int(q.t.Population[best]) >= m.population
	if named := q.namedIn(q.t.Departments[q.t.Department[best]].Code); len(post) > 1 && exact {
		for _, p := range post {
			if i := int(p.to); i == named || (named < 0 && i == q.buyer.commune) {
				best, sure = i, true
			}
		}
	}
	if sure {
		q.setCommune(best, insertion.PlacePostal)
		return
	}
	a := m.area()
	q.place.Lat, q.place.Lon, q.place.Basis = a.Lat, a.Lon, insertion.PlacePostal
	q.place.Department = q.t.Departments[q.t.Department[best]].Code
}

// byCEDEX places a postal code that no commune has: those of firms and offices
// (92013, 35042, 44195) share their first digits with the town that sorts their mail.
func (q *question) byCEDEX(code string) bool {
	if q.namedTown(code) {
		return true
	}
	n, _ := parse(code)
	if d := q.departmentOfPostal(code); d >= 0 {
		for _, size := range [...]uint32{10, 100} {
			low := n / size * size
			if best := q.mostPopulous(low, low+size); best >= 0 && int(q.t.Department[best]) == d {
				q.setCommune(best, insertion.PlacePostal)
				return true
			}
		}
		if !q.byDepartmentTown(d) {
			q.byArea([]int{d})
		}
		return true
	}
	return false
}

// namedTown believes the declared name over a code that exists nowhere.
func (q *question) namedTown(code string) bool {
	if d := q.departmentOfPostal(code); d >= 0 && q.place.Name != "" {
		return q.inDepartment(d)
	}
	return false
}

// byDepartmentTown: a département that is one city has no other place.
func (q *question) byDepartmentTown(d int) bool {
	if q.t.Departments[d].Code != "75" {
		return false
	}
	i, ok := q.current("75056")
	if ok {
		q.setCommune(i, insertion.PlacePostal)
	}
	return ok
}

func (q *question) mostPopulous(from, to uint32) int {
	best := -1
	for n := from; n < to; n++ {
		for _, p := range under(q.postal, n) {
			if i := int(p.to); best < 0 || q.t.Population[i] > q.t.Population[best] {
				best = i
			}
		}
	}
	return best
}

// departmentOfPostal: two digits, three overseas; in Corsica 200 and 201 are
// in the South.
func (q *question) departmentOfPostal(code string) int {
	switch {
	case strings.HasPrefix(code, "97"), strings.HasPrefix(code, "98"):
		return q.departmentIndex(code[:3])
	case strings.HasPrefix(code, "200"), strings.HasPrefix(code, "201"):
		return q.departmentIndex("2A")
	case strings.HasPrefix(code, "20"):
		return q.departmentIndex("2B")
	}
	return q.departmentIndex(code[:2])
}

func (q *question) setCommune(i int, basis insertion.PlaceBasis) {
	q.place.INSEE, q.place.Basis = q.t.Code(i), basis
	q.place.Department = q.t.Departments[q.t.Department[i]].Code
	q.place.Lat, q.place.Lon = q.at(i)
}
