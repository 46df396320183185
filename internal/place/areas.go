package place

import (
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
