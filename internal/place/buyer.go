package place

// buyer is what the SIREN of a public buyer says of where it is. The registry
// gives local bodies a number that begins with their kind and their département:
//
//	21 communes   22 départements   23 régions   24, 25 groupings of communes
//	26 hospitals and social centres   27, 28 housing and other local offices   19 schools
//
// For a commune the whole number is tied to its INSEE code (table.Predicted):
// 21 92 0 050 8 is Nanterre, 92050. Communes created since 2010, EPCI and the
// régions of 2016 have numbers that mean nothing: those are looked up.
type buyer struct {
	commune    int // -1
	group      int // -1
	department int // -1
	region     string
}

func (g *Gazetteer) buyer(siret string) buyer {
	b := buyer{commune: -1, group: -1, department: -1}
	if len(siret) < 9 {
		return b
	}
	siren := siret[:9]
	n, ok := parse(siren)
	if !ok {
		return b
	}
	if found := under(g.sirens, n); len(found) > 0 {
		return g.inCommune(int(found[0].to))
	}
	if found := under(g.groups, n); len(found) > 0 {
		b.group = int(found[0].to)
		b.department = g.mainDepartment(b.group)
		return b
	}
	if region, department := created(siren); region != "" || department != "" {
		b.region, b.department = region, g.departmentIndex(department)
		return b
	}
	kind := siren[:2]
	if kind < "21" && kind != "19" || kind > "28" {
		return b
	}
	if kind == "21" { // a commune that has since joined another
		for _, insee := range [3]string{siren[2:4] + siren[5:8], "2A" + siren[5:8], "2B" + siren[5:8]} {
			if i, ok := g.index(insee); ok && (insee[1] <= '9' || siren[2:4] == "20") {
				return g.inCommune(i)
			}
		}
	}
	b.department = g.numbered(siren)
	if siren[2:4] == "20" { // a body of Corsica, of either département
		b.region = "94"
	}
	if kind == "23" && b.department >= 0 {
		b.region = g.t.Regions[g.t.Departments[b.department].Region].Code
		b.department = -1
	}
	return b
}

func (g *Gazetteer) inCommune(i int) buyer {
	return buyer{commune: i, group: -1, department: int(g.t.Department[i])}
}

// numbered reads the département in the digits after the kind.
func (g *Gazetteer) numbered(siren string) int {
	code := siren[2:4]
	if code == "97" {
		code = siren[2:5]
	}
	return g.departmentIndex(code)
}

func (g *Gazetteer) departmentIndex(code string) int {
	if i, ok := g.departIdx[code]; ok {
		return i
	}
	return -1
}

// mainDepartment is that of the most populous commune of an intercommunalité.
func (g *Gazetteer) mainDepartment(group int) int {
	best, most := -1, uint32(0)
	for _, p := range under(g.members, uint32(group)) {
		if n := g.t.Population[p.to] + 1; n > most {
			best, most = int(g.t.Department[p.to]), n
		}
	}
	return best
}

// created knows the régions and departmental bodies created since 2015, whose SIREN
// says nothing: région code, or département code.
func created(siren string) (region, department string) {
	switch siren {
	case "200052264":
		return "44", ""
	case "200053403":
		return "28", ""
	case "200053726":
		return "27", ""
	case "200053742":
		return "32", ""
	case "200053759":
		return "75", ""
	case "200053767":
		return "84", ""
	case "200053791":
		return "76", ""
	case "200076958":
		return "94", ""
	case "200094332": // Collectivité européenne d'Alsace: the former région
		return "42", ""
	case "200055507":
		return "", "972"
	case "200052678":
		return "", "973"
	}
	return "", ""
}
