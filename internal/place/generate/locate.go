package main

import (
	"maps"
	"math"
	"slices"
	"strings"

	"passerelle/internal/place/spelling"
)

// GeoNames files the overseas territories as countries of their own.
func departmentOf(c cityRecord) string {
	switch c.Country {
	case "FR":
		return c.Admin2
	case "GP":
		return "971"
	case "MQ":
		return "972"
	case "GF":
		return "973"
	case "RE":
		return "974"
	case "PM":
		return "975"
	case "YT":
		return "976"
	case "BL":
		return "977"
	case "MF":
		return "978"
	case "WF":
		return "986"
	case "PF":
		return "987"
	case "NC":
		return "988"
	}
	return ""
}

// Names that GeoNames gives in English, and seats that do not have the name of
// their commune.
func exonym(department, name string) string {
	switch department + name {
	case "59Dunkirk":
		return "Dunkerque"
	case "977Gustavia":
		return "Saint-Barthélemy"
	case "978Marigot":
		return "Saint-Martin"
	case "986Mata-Utu":
		return "Uvea"
	}
	return name
}

type placeKey struct{ department, name string }

// locate joins the cities to the communes: same département and same name;
// else the name of a delegated commune; else one name continues the other
// (« Saint-Ouen », « Saint-Ouen-sur-Seine »; « Lyon 03 », « Paris 15 Vaugirard »).
// It gives the number located by their own name.
func (c *country) locate(cities []cityRecord) int {
	spots := map[placeKey][]point{}
	for _, city := range cities {
		if d := departmentOf(city); d != "" {
			k := placeKey{d, spelling.Key(exonym(d, city.Name))}
			spots[k] = append(spots[k], point{city.Lat, city.Lon})
		}
	}
	c.locateByName(spots)
	c.rejectHomonyms()
	c.locateByOldName(spots)
	c.locateByLongerName(spots)
	n := 0
	for _, m := range c.communes {
		if m.known {
			n++
		}
	}
	return n
}

func (c *country) locateByName(spots map[placeKey][]point) {
	same := map[placeKey]int{}
	for _, m := range c.communes {
		same[placeKey{m.Department, m.key}]++
	}
	for _, m := range c.communes {
		k := placeKey{m.Department, m.key}
		if s := spots[k]; len(s) == 1 && same[k] == 1 {
			m.point, m.known = s[0], true
			delete(spots, k)
		}
	}
}

// rejectHomonyms forgets a match much farther from the rest of its
// intercommunalité than a commune can be: a hamlet of the same name elsewhere in the
// département. Overseas, one intercommunalité can be as wide as a region.
func (c *country) rejectHomonyms() {
	const tooFar = 25 // km
	members := c.members(func(m *commune) string { return c.groupOf(m) })
	for _, list := range members {
		if len(list) < 4 || strings.HasPrefix(list[0].Department, "9") {
			continue
		}
		middle := median(list)
		for _, m := range list {
			if m.known && km(m.point, middle) > tooFar+float64(len(list))/2 {
				m.known, m.point = false, point{}
			}
		}
	}
}

// locateByOldName places a new commune in the middle of those it unites.
func (c *country) locateByOldName(spots map[placeKey][]point) {
	found := map[int][]point{}
	for _, o := range c.old {
		to := c.index[o.to]
		m := c.communes[to]
		k := placeKey{m.Department, spelling.Key(o.name)}
		if s := spots[k]; o.name != "" && len(s) == 1 && !m.known {
			found[to] = append(found[to], s[0])
			delete(spots, k)
		}
	}
	for to, points := range found {
		m := c.communes[to]
		m.point, m.known, m.rough = mean(points), true, true
	}
}

// locateByLongerName accepts a name that continues another when there is one
// candidate and it is near the rest of the intercommunalité.
func (c *country) locateByLongerName(spots map[placeKey][]point) {
	left := slices.SortedFunc(maps.Keys(spots), func(a, b placeKey) int {
		return strings.Compare(a.department+a.name, b.department+b.name)
	})
	members := c.members(func(m *commune) string { return c.groupOf(m) })
	for _, m := range c.communes {
		if m.known || len(m.key) < 4 {
			continue
		}
		var candidates []point
		for _, k := range left {
			if k.department == m.Department && (strings.HasPrefix(k.name, m.key+" ") || strings.HasPrefix(m.key, k.name+" ")) {
				candidates = append(candidates, spots[k]...)
			}
		}
		if len(candidates) != 1 {
			continue
		}
		near := members[c.groupOf(m)]
		if m.Commune != "" || (len(near) > 3 && km(candidates[0], median(near)) < 15) {
			m.point, m.known, m.rough = candidates[0], true, m.Commune == ""
		}
	}
}

// groupOf is the intercommunalité: in Greater Paris the EPT, since the
// métropole is too wide to say where a commune is.
func (c *country) groupOf(m *commune) string {
	switch {
	case m.ept >= 0:
		return c.groups[m.ept].Code
	case m.group >= 0:
		return c.groups[m.group].Code
	}
	return ""
}

// members lists the located communes by something they share.
func (c *country) members(by func(*commune) string) map[string][]*commune {
	lists := map[string][]*commune{}
	for _, m := range c.communes {
		if k := by(m); m.known && k != "" {
			lists[k] = append(lists[k], m)
		}
	}
	return lists
}

func median(list []*commune) point {
	var lats, lons []float64
	for _, m := range list {
		lats, lons = append(lats, m.point.lat), append(lons, m.point.lon)
	}
	slices.Sort(lats)
	slices.Sort(lons)
	return point{lats[len(lats)/2], lons[len(lons)/2]}
}

func mean(points []point) point {
	var sum point
	for _, p := range points {
		sum.lat += p.lat / float64(len(points))
		sum.lon += p.lon / float64(len(points))
	}
	return sum
}

// km is good enough for the neighbourhood of a place.
func km(a, b point) float64 {
	x := (b.lon - a.lon) * math.Cos((a.lat+b.lat)/2*math.Pi/180)
	return 111.2 * math.Hypot(x, b.lat-a.lat)
}
