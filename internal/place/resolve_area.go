package place

import (
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// area reads a short code as the départements it covers: a département, a région
// of today or of before 2016, a NUTS code, an arrondissement or a canton.
func (q *question) area(code string) []int {
	department := q.departmentIndex(strings.TrimLeft(code, "0"))
	if department < 0 && len(strings.TrimLeft(code, "0")) == 1 {
		department = q.departmentIndex("0" + strings.TrimLeft(code, "0"))
	}
	if i, ok := q.departIdx[code]; ok {
		department = i
	}
	region := q.regionPart[code]
	if code == "20" {
		region = q.regionPart["94"] // Corsica before its two départements
	}
	switch {
	case q.place.Kind == KindRegion && len(region) > 0:
		// « région 44 » from a buyer of the Loire-Atlantique is the département.
		if department >= 0 && q.buyer.department == department && !slices.Contains(region, department) {
			return []int{department}
		}
		return region
	case department >= 0:
		return []int{department}
	case len(region) > 0:
		return region
	}
	return q.within(code)
}

// within reads the département at the head of a longer number: arrondissement "922", canton "9201",
// and codes with a digit too many ("972231").
func (q *question) within(code string) []int {
	if len(code) < 3 || len(code) > 6 || !digits(code[2:]) || code == "000" {
		return nil
	}
	for _, size := range [...]int{3, 2} {
		if d := q.departmentIndex(code[:size]); d >= 0 && len(code) > size {
			return []int{d}
		}
	}
	return nil
}

// inDepartment looks for a town of that département in the declared name
// (« Clichy » beside the code 92), unless the name is that of an area: Mayenne
// is a town and a département.
func (q *question) inDepartment(d int) bool {
	if q.place.Kind == KindCountry || q.place.Kind == KindRegion {
		return false
	}
	if _, area := q.AreaNamed(q.place.Name); area {
		return false
	}
	for _, h := range q.named(townOf(q.place.Name), q.t.Departments[d].Code) {
		if q.departmentOf(h) == d {
			q.setCommune(h.at, insertion.PlaceExact)
			return true
		}
	}
	return false
}

// byText understands a name: an area ("Hauts-de-Seine"), a code inside it ("92000
// Nanterre"), or a town with perhaps its département ("Nanterre (92)").
func (q *question) byText(text string) bool {
	if len(text) < 2 || len(text) > 200 || digits(text) {
		return false
	}
	if a, ok := q.AreaNamed(text); ok && q.place.Kind != KindCommune {
		q.byArea(q.covers(a))
		return true
	}
	code, short := codesIn(text)
	town := townOf(text)
	if code != "" {
		named := q.place.Name
		q.place.Name = town
		ok := q.byFive(code)
		q.place.Name = named
		return ok
	}
	written := q.departmentIndex(short)
	near := written
	if near < 0 {
		near = q.buyer.department
	}
	hits := q.namedNear(town, near)
	if len(hits) > 0 && (len(hits) == 1 || q.departmentOf(hits[0]) == near || q.clear(hits)) {
		q.setCommune(hits[0].at, insertion.PlaceExact)
		return true
	}
	if written >= 0 {
		q.byArea([]int{written})
		return true
	}
	if a, ok := q.AreaNamed(town); ok {
		q.byArea(q.covers(a))
		return true
	}
	return false
}

func (q *question) covers(a Area) []int {
	if i, ok := q.departIdx[a.Code]; ok && a.Region != "" {
		return []int{i}
	}
	return q.regionPart[a.Code]
}

// namedNear looks first in a département: the one written beside the name, else the buyer's.
func (q *question) namedNear(name string, department int) []hit {
	if department < 0 {
		return q.named(name, "")
	}
	return q.named(name, q.t.Departments[department].Code)
}

func (q *question) departmentOf(h hit) int { return int(q.t.Department[h.at]) }

// clear tells whether the first homonym is meant: ten times the inhabitants of the next.
func (q *question) clear(hits []hit) bool {
	return q.t.Population[hits[0].at] >= 10*q.t.Population[hits[1].at]
}

// codesIn finds a run of five digits, or of two or three in parentheses that is a
// département.
func codesIn(text string) (five, department string) {
	for i := 0; i < len(text); {
		j := i
		for j < len(text) && text[j] >= '0' && text[j] <= '9' {
			j++
		}
		switch {
		case j-i == 5:
			return text[i:j], ""
		case (j-i == 2 || j-i == 3) && i > 0 && text[i-1] == '(' && j < len(text) && text[j] == ')':
			department = text[i:j]
		case j-i == 1 && i > 0 && text[i-1] == '(' && strings.HasPrefix(text[j:], "A)"):
			department = "2A"
		case j-i == 1 && i > 0 && text[i-1] == '(' && strings.HasPrefix(text[j:], "B)"):
			department = "2B"
		}
		i = max(j, i+1)
	}
	return "", department
}

// townOf drops postal codes and a département in parentheses from an address-like name.
func townOf(text string) string {
	if open := strings.LastIndexByte(text, '('); open > 0 {
		if inside := strings.TrimRight(text[open+1:], ") "); len(inside) > 3 || len(inside) > 0 && inside[0] <= '9' {
			text = text[:open]
		}
	}
	if five, _ := codesIn(text); five != "" {
		text = strings.Replace(text, five, " ", 1)
	}
	return strings.Trim(text, " ,-–")
}

// byArea places what is only known to be in these départements (none: in France):
// the buyer's commune, its intercommunalité, its département if inside, else the centre.
func (q *question) byArea(parts []int) {
	inside := len(parts) == 0 || slices.Contains(parts, q.buyer.department)
	if len(parts) == 1 {
		q.place.Department = q.t.Departments[parts[0]].Code
	}
	b := q.buyer
	switch {
	case inside && b.commune >= 0:
		q.setCommune(b.commune, insertion.PlaceBuyer)
	case inside && b.group >= 0:
		a := q.groupArea(b.group)
		q.place.Department = q.t.Departments[b.department].Code
		q.place.Lat, q.place.Lon, q.place.Basis = a.Lat, a.Lon, insertion.PlaceBuyerGroup
	case len(parts) == 1:
		q.setArea(q.department(parts[0]), insertion.PlaceDepartment)
	case inside && b.department >= 0:
		q.place.Department = q.t.Departments[b.department].Code
		q.setArea(q.department(b.department), insertion.PlaceDepartment)
	case len(parts) > 0:
		q.setArea(q.around(parts), insertion.PlaceRegion)
	case b.region != "":
		q.setArea(q.around(q.regionPart[b.region]), insertion.PlaceRegion)
	}
}

func (q *question) setArea(a Area, basis insertion.PlaceBasis) {
	if a.Lat != 0 || a.Lon != 0 {
		q.place.Lat, q.place.Lon, q.place.Basis = a.Lat, a.Lon, basis
	}
}
