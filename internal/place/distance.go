package place

import (
	"cmp"
	"math"
	"slices"
)

// Km is the distance between two points as the crow flies (haversine, mean
// radius of the Earth).
func Km(lat1, lon1, lat2, lon2 float64) float64 {
	const rad, diameter = math.Pi / 180, 2 * 6371.0088
	a, b := math.Sin((lat2-lat1)*rad/2), math.Sin((lon2-lon1)*rad/2)
	h := a*a + math.Cos(lat1*rad)*math.Cos(lat2*rad)*b*b
	return diameter * math.Asin(math.Sqrt(min(h, 1)))
}

// Within lists the communes whose point is at most that far, nearest first;
// arrondissements of cities are left out.
func (g *Gazetteer) Within(lat, lon, km float64) []Commune {
	const perDegree = 111.0 // a little less than a degree, so that the box is never too small
	dLat := int32(km/perDegree*10_000) + 1
	dLon := int32(1_800_000 * 2)
	if c := math.Cos((math.Abs(lat) + km/perDegree) * math.Pi / 180); c > 0.01 {
		dLon = int32(km/perDegree/c*10_000) + 1
	}
	atLat, atLon := int32(lat*10_000), int32(lon*10_000)
	type near struct {
		at int
		km float64
	}
	var found []near
	for i, v := range g.lat {
		if d := v - atLat; d > dLat || d < -dLat {
			continue
		}
		if d := g.lon[i] - atLon; d > dLon || d < -dLon {
			continue
		}
		cLat, cLon := g.at(i)
		_, district := g.cityOf[uint16(i)]
		if d := Km(lat, lon, cLat, cLon); d <= km && !district {
			found = append(found, near{i, d})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.km, b.km) })
	list := make([]Commune, len(found))
	for i, f := range found {
		list[i] = g.commune(f.at)
	}
	return list
}
