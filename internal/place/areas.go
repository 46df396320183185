package place

import (
	"strconv"
	"strings"

	"passerelle/internal/place/spelling"
)

// Area is a département, a région or an intercommunalité. Its point is the centre
// of its population, nearer to where work is done than the centre of its land.
type Area struct {
	Code, Name string
	Region     string // code of the région, for a département
	Population int
	Lat, Lon   float64
}

// former lists the régions of before 2016 by their INSEE code, with the NUTS 2
// code that still designates them in European notices.
const former = `21 FRF2 Champagne-Ardenne
22 FRE2 Picardie
23 FRD2 Haute-Normandie
25 FRD1 Basse-Normandie
26 FRC1 Bourgogne
31 FRE1 Nord-Pas-de-Calais
41 FRF3 Lorraine
42 FRF1 Alsace
43 FRC2 Franche-Comté
54 FRI3 Poitou-Charentes
72 FRI1 Aquitaine
73 FRJ2 Midi-Pyrénées
74 FRI2 Limousin
82 FRK2 Rhône-Alpes
83 FRK1 Auvergne
91 FRJ1 Languedoc-Roussillon`

// nuts gives the département of each NUTS 3 code (regulation 2016/2066): the
// first digits of a prefix, then the département of FRxx1, FRxx2…
const nuts = `FR10 75 77 78 91 92 93 94 95
FRB0 18 28 36 37 41 45
FRC1 21 58 71 89
FRC2 25 39 70 90
FRD1 14 50 61
FRD2 27 76
FRE1 59 62
FRE2 02 60 80
FRF1 67 68
FRF2 08 10 51 52
FRF3 54 55 57 88
FRG0 44 49 53 72 85
FRH0 22 29 35 56
FRI1 24 33 40 47 64
FRI2 19 23 87
FRI3 16 17 79 86
FRJ1 11 30 34 48 66
FRJ2 09 12 31 32 46 65 81 82
FRK1 03 15 43 63
FRK2 01 07 26 38 42 69 73 74
FRL0 04 05 06 13 83 84
FRM0 2A 2B
FRY1 971
FRY2 972
FRY3 973
FRY4 974
FRY5 976`

// indexAreas makes the small maps of départements and régions, of today, of
// yesterday and of Europe.
func (l *lookups) indexAreas() {
	l.departIdx, l.regionIdx = map[string]int{}, map[string]int{}
	l.nameAreas, l.regionPart = map[string]Area{}, map[string][]int{}
	l.first = make([]int, len(l.t.Departments)+1)
	for _, d := range l.t.Department {
		l.first[d+1]++
	}
	for d := range l.t.Departments {
		l.first[d+1] += l.first[d]
	}
	for i, r := range l.t.Regions {
		l.regionIdx[r.Code] = i
		l.nameAreas[spelling.Key(r.Name)] = Area{Code: r.Code, Name: r.Name}
	}
	for i, d := range l.t.Departments {
		region := l.t.Regions[d.Region].Code
		l.departIdx[d.Code] = i
		l.regionPart[region] = append(l.regionPart[region], i)
		if _, region := l.nameAreas[spelling.Key(d.Name)]; !region || len(d.Code) == 3 {
			l.nameAreas[spelling.Key(d.Name)] = l.departmentArea(i)
		}
	}
	l.nameAreas["reunion"], l.nameAreas["ile de reunion"] = l.departmentArea(l.departIdx["974"]), l.departmentArea(l.departIdx["974"])
	l.nameAreas["ile de la reunion"] = l.departmentArea(l.departIdx["974"])
	for line := range strings.Lines(nuts) {
		f := strings.Fields(line)
		for i, d := range f[1:] {
			l.regionPart[f[0]] = append(l.regionPart[f[0]], l.departIdx[d])
			if len(f) > 2 {
				l.regionPart[f[0]+strconv.Itoa(i+1)] = []int{l.departIdx[d]}
			} else {
				l.regionPart[f[0]+"0"] = []int{l.departIdx[d]}
			}
			l.regionPart[f[0][:3]] = append(l.regionPart[f[0][:3]], l.departIdx[d])
		}
	}
	for line := range strings.Lines(former) {
		f := strings.Fields(line)
		l.regionPart[f[0]] = l.regionPart[f[1]]
		l.nameAreas[spelling.Key(f[2])] = Area{Code: f[0], Name: f[2]}
	}
}

func (l *lookups) departmentArea(i int) Area {
	d := l.t.Departments[i]
	return Area{Code: d.Code, Name: d.Name, Region: l.t.Regions[d.Region].Code}
}

// Department finds a département by its code: "92", "2A", "971".
func (g *Gazetteer) Department(code string) (Area, bool) {
	i, ok := g.departIdx[code]
	if !ok {
		return Area{}, false
	}
	return g.department(i), true
}

// Departments lists all of them in the order of the codes, overseas last.
func (g *Gazetteer) Departments() []Area {
	list := make([]Area, len(g.t.Departments))
	for i := range list {
		list[i] = g.department(i)
	}
	return list
}

// Region finds a région by its INSEE code; the codes of before 2016 ("82" Rhône-Alpes) and
// NUTS codes ("FRK2") are accepted.
func (g *Gazetteer) Region(code string) (Area, bool) {
	parts, ok := g.regionPart[code]
	if !ok {
		return Area{}, false
	}
	a := g.around(parts)
	a.Code, a.Name = code, code
	if i, ok := g.regionIdx[code]; ok {
		a.Name = g.t.Regions[i].Name
	} else {
		for line := range strings.Lines(former) {
			if f := strings.Fields(line); f[0] == code || f[1] == code {
				a.Name = f[2]
			}
		}
	}
	return a, true
}

// Regions lists the régions of today in the order of their codes.
func (g *Gazetteer) Regions() []Area {
	list := make([]Area, 0, len(g.t.Regions))
	for _, r := range g.t.Regions {
		if a, ok := g.Region(r.Code); ok {
			list = append(list, a)
		}
	}
	return list
}

// DepartmentsOf lists the départements of a région, whatever code Region takes.
func (g *Gazetteer) DepartmentsOf(region string) []Area {
	var list []Area
	for _, i := range g.regionPart[region] {
		list = append(list, g.department(i))
	}
	return list
}

// AreaNamed finds a département or a région by its name, in any spelling; where they share it
// (La Réunion) the département.
func (g *Gazetteer) AreaNamed(name string) (Area, bool) {
	a, ok := g.nameAreas[spelling.Key(name)]
	if !ok {
		return Area{}, false
	}
	if a.Region != "" {
		return g.Department(a.Code)
	}
	return g.Region(a.Code)
}

// Intercommunality finds an EPCI, or an EPT of Greater Paris, by its SIREN.
func (g *Gazetteer) Intercommunality(siren string) (Area, bool) {
	i, ok := g.group(siren)
	if !ok {
		return Area{}, false
	}
	return g.groupArea(i), true
}

// CommunesOf lists the communes of an EPCI or EPT by its SIREN.
func (g *Gazetteer) CommunesOf(siren string) []Commune {
	i, ok := g.group(siren)
	if !ok {
		return nil
	}
	var list []Commune
	for _, p := range under(g.members, uint32(i)) {
		list = append(list, g.commune(int(p.to)))
	}
	return list
}

func (g *Gazetteer) group(siren string) (int, bool) {
	n, ok := parse(siren)
	if found := under(g.groups, n); ok && len(found) > 0 {
		return int(found[0].to), true
	}
	return 0, false
}

func (g *Gazetteer) groupArea(i int) Area {
	var m middle
	for _, p := range under(g.members, uint32(i)) {
		lat, lon := g.at(int(p.to))
		m.add(lat, lon, int(g.t.Population[p.to]))
	}
	a := m.area()
	a.Code, a.Name = g.t.Groups[i].Code, g.t.Groups[i].Name
	return a
}

func (g *Gazetteer) department(i int) Area {
	a := g.around([]int{i})
	a.Code, a.Name = g.t.Departments[i].Code, g.t.Departments[i].Name
	a.Region = g.t.Regions[g.t.Departments[i].Region].Code
	return a
}

// around is the centre of several départements.
func (g *Gazetteer) around(departments []int) Area {
	var m middle
	for _, d := range departments {
		c := g.centres[d]
		m.add(c.lat, c.lon, c.population)
	}
	return m.area()
}

// departmentCentres weighs each commune by its population.
func (g *Gazetteer) departmentCentres() []centre {
	centres := make([]centre, len(g.t.Departments))
	for d := range centres {
		var m middle
		for i := g.first[d]; i < g.first[d+1]; i++ {
			if _, district := g.cityOf[uint16(i)]; !district {
				lat, lon := g.at(i)
				m.add(lat, lon, int(g.t.Population[i]))
			}
		}
		a := m.area()
		centres[d] = centre{a.Lat, a.Lon, a.Population}
	}
	return centres
}

type centre struct {
	lat, lon   float64
	population int
}

// middle accumulates a centre of population. An empty place weighs a little, so
// that territories without inhabitants have a centre too.
type middle struct {
	lat, lon, weight float64
	population       int
}

func (m *middle) add(lat, lon float64, population int) {
	w := float64(population) + 0.001
	m.lat, m.lon, m.weight = m.lat+lat*w, m.lon+lon*w, m.weight+w
	m.population += population
}

func (m *middle) area() Area {
	if m.weight == 0 {
		return Area{}
	}
	return Area{Population: m.population, Lat: m.lat / m.weight, Lon: m.lon / m.weight}
}

func (l *lookups) postalOf(i int) []string {
	if l.t.Posts[i] == 0 {
		return nil
	}
	list := make([]string, l.t.Posts[i])
	for j, code := range l.postalCodes(i) {
		list[j] = five(code)
	}
	return list
}

func (l *lookups) postalCodes(i int) []uint32 {
	return l.t.Postal[l.postAt[i]:][:l.t.Posts[i]]
}

func five(n uint32) string {
	return string([]byte{byte('0' + n/10_000), byte('0' + n/1000%10), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}

// parse reads a number of one to nine digits, and nothing else.
func parse(s string) (uint32, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	n := uint32(0)
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + uint32(s[i]-'0')
	}
	return n, true
}
