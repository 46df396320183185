package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/place/spelling"
	"passerelle/internal/place/table"
)

// commune is a commune of today, or an arrondissement of Paris, Lyon or
// Marseille, while its coordinates are being looked for.
type commune struct {
	communeRecord
	key   string // spelling
	group int    // index in country.groups, -1
	ept   int    // index in country.groups, -1
	point point
	known bool // located by its own name, or exact
	rough bool // estimated
}

type point struct{ lat, lon float64 }

// country is all that goes into the table.
type country struct {
	regions, departments []areaRecord
	groups               []groupRecord // EPCI then EPT, each by SIREN
	communes             []*commune    // by INSEE code
	index                map[string]int
	old                  []oldName
}

type oldName struct{ code, name, to string }

func assemble(src *sources) *country {
	c := &country{
		regions: src.regions, departments: src.departments,
		groups: slices.Concat(src.epci, src.ept), index: map[string]int{},
	}
	byCode := func(a, b areaRecord) int { return cmp.Compare(a.Code, b.Code) }
	slices.SortFunc(c.regions, byCode)
	slices.SortFunc(c.departments, byCode)
	for _, r := range src.communes {
		switch r.Type {
		case "commune-actuelle", "arrondissement-municipal":
			c.communes = append(c.communes, &commune{
				communeRecord: r, key: spelling.Key(r.Name), group: -1, ept: -1,
			})
			for _, code := range r.OldCodes {
				c.old = append(c.old, oldName{code, "", r.Code})
			}
		default:
			c.old = append(c.old, oldName{r.Code, r.Name, r.Seat})
		}
	}
	slices.SortFunc(c.communes, func(a, b *commune) int { return cmp.Compare(a.Code, b.Code) })
	for i, m := range c.communes {
		c.index[m.Code] = i
	}
	for g, group := range c.groups {
		for _, member := range group.Members {
			if m := c.communes[c.index[member.Code]]; g < len(src.epci) {
				m.group = g
			} else {
				m.ept = g
			}
		}
	}
	for _, m := range c.communes { // an arrondissement belongs where its city does
		if m.Commune != "" {
			m.group = c.communes[c.index[m.Commune]].group
		}
	}
	c.dropDoubles()
	return c
}

// dropDoubles keeps one entry per old code, the one with a name first.
func (c *country) dropDoubles() {
	slices.SortFunc(c.old, func(a, b oldName) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(b.name, a.name))
	})
	c.old = slices.CompactFunc(c.old, func(a, b oldName) bool {
		return a.code == b.code && a.to == b.to && (a.name == "" || a.name == b.name)
	})
}

// table lays the country out in columns.
func (c *country) table() (*table.Table, error) {
	t := &table.Table{}
	regions, departments := map[string]int{}, map[string]int{}
	for i, r := range c.regions {
		regions[r.Code] = i
		t.Regions = append(t.Regions, table.Area{Code: r.Code, Name: r.Name})
	}
	for i, d := range c.departments {
		departments[d.Code] = i
		t.Departments = append(t.Departments, table.Area{Code: d.Code, Name: d.Name, Region: regions[d.Region]})
	}
	for _, g := range c.groups {
		t.Groups = append(t.Groups, table.Area{Code: g.Code, Name: g.Name})
	}
	var codes, oldCodes strings.Builder
	for i, m := range c.communes {
		if len(m.Code) != 5 || (m.point == point{}) {
			return nil, fmt.Errorf("%s %s has no coordinates", m.Code, m.Name)
		}
		codes.WriteString(m.Code)
		add(&t.Names, m.Name)
		t.Department = append(t.Department, uint8(departments[m.Department]))
		t.Population = append(t.Population, m.Population)
		t.Group = append(t.Group, uint16(m.group+1))
		t.Siren = append(t.Siren, uint32(digits(m.SIREN)))
		t.Lat = append(t.Lat, tenThousandths(m.point.lat))
		t.Lon = append(t.Lon, tenThousandths(m.point.lon))
		t.Rough = append(t.Rough, m.rough)
		t.Posts = append(t.Posts, uint8(len(m.Postal)))
		for _, p := range m.Postal {
			t.Postal = append(t.Postal, uint32(digits(p)))
		}
		if m.ept >= 0 {
			t.Territories = append(t.Territories, table.Link{From: uint16(i), To: uint16(m.ept)})
		}
		if m.Commune != "" {
			t.Districts = append(t.Districts, table.Link{From: uint16(i), To: uint16(c.index[m.Commune])})
		}
	}
	for _, o := range c.old {
		to, ok := c.index[o.to]
		if !ok || len(o.code) != 5 {
			return nil, fmt.Errorf("old commune %s leads to %q, which does not exist", o.code, o.to)
		}
		oldCodes.WriteString(o.code)
		add(&t.OldNames, o.name)
		t.OldTo = append(t.OldTo, uint16(to))
	}
	t.Codes, t.OldCodes = codes.String(), oldCodes.String()
	return t, nil
}

func add(s *table.Strings, text string) {
	s.Text += text
	s.Ends = append(s.Ends, uint32(len(s.Text)))
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

func tenThousandths(degrees float64) int32 {
	if degrees < 0 {
		return -tenThousandths(-degrees)
	}
	return int32(degrees*10_000 + 0.5)
}
