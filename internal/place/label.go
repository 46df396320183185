package place

import "passerelle/internal/insertion"

// Label says where a resolved place is in the words of a screen: "Nanterre (92)",
// "Hauts-de-Seine (92)", else the name or code declared, "" when there is
// nothing to say. How the point was obtained is in Basis.
func (g *Gazetteer) Label(p insertion.Place) string {
	if i, ok := g.index(p.INSEE); ok {
		return g.t.Names.At(i) + " (" + g.t.Departments[g.t.Department[i]].Code + ")"
	}
	if p.Basis == insertion.PlacePostal {
		return p.Code + " (" + p.Department + ")"
	}
	if i, ok := g.departIdx[p.Department]; ok {
		return g.t.Departments[i].Name + " (" + p.Department + ")"
	}
	if i, ok := g.regionIdx[p.Code]; ok && p.Kind == KindRegion {
		return g.t.Regions[i].Name
	}
	if p.Name != "" {
		return p.Name
	}
	return p.Code
}
