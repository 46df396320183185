package place

import (
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

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
	} else if isINSEE && q.place.Kind == KindPostal && !q.likely(commune) {
		isINSEE = false
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

// likely tells an INSEE code given as a postal code from the CEDEX code of a bigger
// town that happens to be the same number (49321 is Ingrandes, and Cholet CEDEX): it
// is the commune named, or the buyer's, or in the buyer's intercommunalité, or large.
func (q *question) likely(commune int) bool {
	const large = 10_000
	if named := q.namedIn(q.t.Departments[q.t.Department[commune]].Code); named >= 0 {
		return q.city(named) == q.city(commune)
	}
	switch b := q.buyer; {
	case b.commune >= 0:
		return b.commune == commune || q.t.Group[commune] > 0 && q.t.Group[b.commune] == q.t.Group[commune]
	case b.group >= 0:
		ept, ok := q.eptOf[uint16(commune)]
		return int(q.t.Group[commune])-1 == b.group || ok && int(ept) == b.group
	}
	return q.t.Population[commune] >= large
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

// byCEDEX places a postal code that no commune has. It is mostly the address of an
// office, so the buyer's own place in that département comes first; else the code
// shares its first digits with the town that sorts the mail (35042, Rennes 35000).
func (q *question) byCEDEX(code string) bool {
	if q.namedTown(code) {
		return true
	}
	n, _ := parse(code)
	if d := q.departmentOfPostal(code); d >= 0 {
		if q.buyer.department == d && (q.buyer.commune >= 0 || q.buyer.group >= 0) {
			q.byArea([]int{d})
			return true
		}
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
