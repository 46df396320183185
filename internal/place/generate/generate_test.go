package main

import "testing"

func invented() *sources {
	group := groupRecord{Code: "200000001", Name: "CC du Val"}
	src := &sources{
		regions:     []areaRecord{{Code: "11", Name: "Région"}},
		departments: []areaRecord{{Code: "01", Name: "Département", Region: "11"}},
		communes: []communeRecord{
			{Code: "01001", Name: "Bourg-le-Val", Type: "commune-actuelle", Department: "01", Postal: []string{"01100"}},
			{Code: "01002", Name: "Le Mont", Type: "commune-actuelle", Department: "01", Postal: []string{"01100"}},
			{Code: "01003", Name: "Les Deux-Rives", Type: "commune-actuelle", Department: "01", Postal: []string{"01200"}, OldCodes: []string{"01009"}},
			{Code: "01004", Name: "Saint-Loin", Type: "commune-actuelle", Department: "01", Postal: []string{"01300"}},
			{Code: "01005", Name: "Grandville-sur-Val", Type: "commune-actuelle", Department: "01", Postal: []string{"01400"}},
			{Code: "01009", Name: "Rive", Type: "commune-deleguee", Seat: "01003", Department: "01"},
		},
		cities: []cityRecord{
			{Name: "Bourg le Val", Lat: 46, Lon: 5, Country: "FR", Admin2: "01"},
			{Name: "Rive", Lat: 46.1, Lon: 5.1, Country: "FR", Admin2: "01"},
			{Name: "Saint-Loin", Lat: 46.1, Lon: 5, Country: "FR", Admin2: "02"},
			{Name: "Le Mont", Lat: 10, Lon: 10, Country: "IT", Admin2: "01"},
		},
	}
	for _, c := range src.communes[:3] {
		group.Members = append(group.Members, struct {
			Code string `json:"code"`
		}{c.Code})
	}
	src.epci = []groupRecord{group}
	return src
}

func TestCommunesAreLocatedByNameThenByOldNameThenEstimated(t *testing.T) {
	src := invented()
	c := assemble(src)
	if n := c.locate(src.cities); n != 2 {
		t.Errorf("%d located", n)
	}
	c.estimate()
	for code, want := range map[string]struct {
		p     point
		rough bool
	}{
		"01001": {point{46, 5}, false},                               // its own name
		"01003": {point{46.1, 5.1}, true},                            // the name of a delegated commune
		"01002": {point{0.8*46 + 0.2*46.05, 0.8*5 + 0.2*5.05}, true}, // its postal code, then its intercommunalité
		"01004": {point{46.05, 5.05}, true},                          // a namesake elsewhere does not count
	} {
		m := c.communes[c.index[code]]
		if km(m.point, want.p) > 0.01 || m.rough != want.rough {
			t.Errorf("%s is at %v (estimated %v), want %v", m.Name, m.point, m.rough, want.p)
		}
	}
	table, err := c.table()
	if err != nil || table.Len() != 5 || table.OldNames.Len() != 1 {
		t.Errorf("%v, %d communes, %d old names", err, table.Len(), table.OldNames.Len())
	}
}
