package match

import (
	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

// atlas is what the ranking asks of the gazetteer.
type atlas interface {
	// resolve understands a place, falling back on the buyer's SIRET.
	resolve(p insertion.Place, buyer string) insertion.Place
	// named finds the communes of a département by their name.
	named(name, department string) []point
	// commune names a commune by its INSEE code.
	commune(insee string) string
	// department gives the centre and the région of a département.
	department(code string) (centre point, region string, ok bool)
	// departmentsOf lists the départements of a région.
	departmentsOf(region string) []string
}

// point is a place on the map.
type point struct {
	name       string
	department string
	lat, lon   float64
}

// gazetteer is the national one, seen as an atlas.
type gazetteer struct{ *place.Gazetteer }

func (g gazetteer) resolve(p insertion.Place, buyer string) insertion.Place {
	return g.Resolve(p, buyer)
}

func (g gazetteer) named(name, department string) []point {
	var found []point
	for _, c := range g.Named(name, department) {
		if c.Department == department {
			found = append(found, point{c.Name, c.Department, c.Lat, c.Lon})
		}
	}
	return found
}

func (g gazetteer) commune(insee string) string {
	c, _ := g.Commune(insee)
	return c.Name
}

func (g gazetteer) department(code string) (point, string, bool) {
	a, ok := g.Department(code)
	return point{a.Name, a.Code, a.Lat, a.Lon}, a.Region, ok
}

func (g gazetteer) departmentsOf(region string) []string {
	var codes []string
	for _, a := range g.DepartmentsOf(region) {
		codes = append(codes, a.Code)
	}
	return codes
}

// noAtlas is the ranking without a gazetteer: places as the lot gives them.
type noAtlas struct{}

func (noAtlas) resolve(p insertion.Place, _ string) insertion.Place { return p }
func (noAtlas) named(string, string) []point                        { return nil }
func (noAtlas) commune(string) string                               { return "" }
func (noAtlas) department(string) (point, string, bool)             { return point{}, "", false }
func (noAtlas) departmentsOf(string) []string                       { return nil }
