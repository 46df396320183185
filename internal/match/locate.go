package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"passerelle/internal/insertion"
)

// spot is the place of a need as the ranking uses it: one or several points,
// and, when only an area is known, that area. Départements and régions are
// areas: every structure inside is in the place.
type spot struct {
	points      []point
	departments []string
	regions     []string
	insee       string // of the commune when one is known
	vague       bool   // the points only stand for the area
	radius      float64
	words       string // « Nanterre », « département 92 »
	basis       insertion.PlaceBasis
	titled      bool // the points were read in the object
}

// around tells whether the points are the buyer's own, not a mere middle.
func (s *spot) around() bool {
	return s.basis == insertion.PlaceBuyer || s.basis == insertion.PlaceBuyerGroup
}

func (s *spot) nowhere() bool { return len(s.points) == 0 && len(s.departments) == 0 }

// departmentRadius is the radius of a circle of the mean area of a département
// of metropolitan France (5,700 km²); a région is larger.
const (
	departmentRadius = 42
	regionRadius     = 120
)

// locate understands the place of a need. When the notice only gives an area,
// the communes its title names, then the commune of its buyer, are better
// points than the middle of the area.
func (d *Directory) locate(n Need) spot {
	p := n.Place
	if !p.Known() {
		p = d.atlas.resolve(p, n.Buyer)
	}
	s := spot{basis: p.Basis, insee: p.INSEE, words: p.Name}
	switch {
	case p.Kind == "région":
		s.departments = d.atlas.departmentsOf(p.Code)
	case p.Department != "":
		s.departments = []string{p.Department}
	}
	if p.Known() {
		s.points = []point{{p.Name, p.Department, p.Lat, p.Lon}}
	}
	if p.Basis != insertion.PlaceExact && p.Basis != insertion.PlacePostal {
		s.vague, s.radius, s.insee = true, departmentRadius, ""
		if p.Basis == insertion.PlaceRegion {
			s.radius = regionRadius
		}
		d.refine(&s, n, p.Kind == "département")
	}
	for _, code := range s.departments {
		if _, region, ok := d.atlas.department(code); ok && !slices.Contains(s.regions, region) {
			s.regions = append(s.regions, region)
		}
	}
	if s.words == "" {
		s.words = d.placeWords(&s, p.INSEE)
	}
	return s
}

func (d *Directory) placeWords(s *spot, insee string) string {
	if name := d.atlas.commune(insee); name != "" && (!s.vague || s.basis == insertion.PlaceBuyer) {
		return name
	}
	if s.basis == insertion.PlaceRegion {
		return "région"
	}
	if len(s.departments) > 0 {
		return "département " + strings.Join(s.departments, ", ")
	}
	return "lieu inconnu"
}

// refine looks for better points than the middle of an area: the départements a
// title names when the notice declares none, then the communes it names.
func (d *Directory) refine(s *spot, n Need, declared bool) {
	var codes []string
	var centres []point
	for _, code := range departmentsIn(n.Object) {
		if centre, _, ok := d.atlas.department(code); ok && !slices.Contains(codes, code) {
			codes, centres = append(codes, code), append(centres, centre)
		}
	}
	if len(codes) > 0 && !declared {
		if !slices.Contains(codes, firstOf(s.departments)) {
			s.points, s.basis, s.words = centres, insertion.PlaceDepartment, ""
		}
		s.departments = codes
	}
	if !d.rule.titled {
		return
	}
	var named []point
	for _, code := range s.departments {
		named = append(named, d.communesIn(n.Object, code)...)
	}
	if len(named) > 0 {
		s.points, s.titled, s.words = named, true, named[0].name
	}
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// departmentsIn reads the numbers of départements a title names: « département
// 67 », « UD 13 », « dépt.87 », « (62) ».
func departmentsIn(object string) []string {
	var found []string
	words := strings.FieldsFunc(object, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '(' && r != ')' && r != '\uFFFD'
	})
	open := false // a list of numbers follows the word « département »
	for _, w := range words {
		bare := strings.Trim(w, "()")
		lower := strings.ToLower(bare)
		switch {
		case departmentCode(bare):
			if open || w == "("+bare+")" {
				found = append(found, strings.ToUpper(bare))
			}
		case lower == "et" || lower == "de" || lower == "la" || lower == "du":
		default:
			open = lower == "ud" || lower == "dt" || lower == "dept" || strings.HasPrefix(lower, "dép") || strings.HasPrefix(lower, "departement") || strings.HasPrefix(lower, "d\uFFFDp")
		}
	}
	return found
}

func departmentCode(w string) bool {
	switch {
	case len(w) == 2 && w[0] >= '0' && w[0] <= '9' && w[1] >= '0' && w[1] <= '9':
		return w != "00" && w <= "95"
	case len(w) == 3 && strings.HasPrefix(w, "97"):
		return true
	}
	return w == "2A" || w == "2B" || w == "2a" || w == "2b"
}

// communesIn finds the communes of a département named in a title. The longest
// name wins, and a name of one word must be written like a name.
func (d *Directory) communesIn(object, department string) []point {
	words := splitNames(object)
	shouted := strings.ToUpper(object) == object
	var found []point
	for i := 0; i < len(words); {
		step := 1
		for n := min(5, len(words)-i); n >= 1; n-- {
			if n == 1 && !nameLike(words[i].text, shouted) {
				break
			}
			first, _ := utf8.DecodeRuneInString(words[i].text)
			if !unicode.IsUpper(first) {
				break
			}
			name := object[words[i].start:words[i+n-1].end]
			if list := d.atlas.named(name, department); len(list) > 0 {
				found = append(found, list[0])
				step = n
				break
			}
		}
		i += step
	}
	return found
}

type span struct {
	text       string
	start, end int
}

// splitNames cuts a title into words, hyphens and apostrophes included in the
// spans between them.
func splitNames(s string) []span {
	var out []span
	start := -1
	for i, r := range s {
		if unicode.IsLetter(r) || r == '\uFFFD' {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			out = append(out, span{s[start:i], start, i})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, span{s[start:], start, len(s)})
	}
	return out
}

func nameLike(word string, shouted bool) bool {
	if len(word) < 4 || shouted && len(word) < 5 {
		return false
	}
	switch strings.ToLower(word) {
	case "marche", "marches", "marché", "marchés", "grand", "centre", "bois", "service", "port", "parc", "ville", "fosse", "lots", "entretien", "travaux", "prestation",
		"prestations", "secteur", "nord", "campagne", "voie", "sauvegarde", "maison", "château", "chateau", "plage", "montagne", "mission", "hôpital", "hopital", "gare", "place", "école", "ecole", "forêt", "marais", "site", "manche", "landes", "rivière":
		return false
	}
	return true
}
