package main

// estimate places the communes that GeoNames does not know (mostly under 1,000
// inhabitants) from those it knows. Neighbours that share a postal code are nearer
// than those that only share the intercommunalité (measured median error 7.2 km
// against 10.4), but there are fewer of them, so the estimate leans on both: four
// fifths on the first, one fifth on the second. Weighing by population was measured
// too: no better. Without either, the arrondissement, then the département.
func (c *country) estimate() {
	posts := map[string][]*commune{}
	for _, m := range c.communes {
		if m.known && m.Commune == "" {
			for _, p := range m.Postal {
				posts[p] = append(posts[p], m)
			}
		}
	}
	groups := c.members(c.groupOf)
	districts := c.members(func(m *commune) string { return m.District })
	departments := c.members(func(m *commune) string { return m.Department })
	for _, m := range c.communes {
		if m.known {
			continue
		}
		m.rough = true
		near, group := c.postalNeighbours(m, posts), groups[c.groupOf(m)]
		switch {
		case len(near) > 0 && len(group) > 0:
			p, g := centre(near), centre(group)
			m.point = point{0.8*p.lat + 0.2*g.lat, 0.8*p.lon + 0.2*g.lon}
		case len(near) > 0:
			m.point = centre(near)
		case len(group) > 0:
			m.point = centre(group)
		case len(districts[m.District]) > 0:
			m.point = centre(districts[m.District])
		case len(departments[m.Department]) > 0:
			m.point = centre(departments[m.Department])
		default:
			m.point = remote(m.Department)
		}
	}
}

// postalNeighbours are those of the same intercommunalité when there are any:
// a postal code may straddle two valleys.
func (c *country) postalNeighbours(m *commune, posts map[string][]*commune) []*commune {
	var all, own []*commune
	for _, p := range m.Postal {
		for _, n := range posts[p] {
			if all = append(all, n); c.groupOf(n) == c.groupOf(m) {
				own = append(own, n)
			}
		}
	}
	if len(own) > 0 {
		return own
	}
	return all
}

func centre(list []*commune) point {
	points := make([]point, len(list))
	for i, m := range list {
		points[i] = m.point
	}
	return mean(points)
}

// remote places the territories without inhabitants, of which no city is known.
func remote(department string) point {
	switch department {
	case "984": // Kerguelen
		return point{-49.35, 70.22}
	case "989": // Clipperton
		return point{10.30, -109.21}
	}
	return point{}
}
