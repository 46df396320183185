package place

import (
	"runtime"
	"slices"
	"testing"

	"passerelle/internal/place/table"
)

func names(list []Commune) []string {
	var n []string
	for _, c := range list {
		n = append(n, c.Name)
	}
	return n
}

func TestACommuneIsFoundByItsCodeOfTodayAndByThoseItHad(t *testing.T) {
	g := National()
	for code, want := range map[string]string{
		"92050": "Nanterre",
		"75050": "Nanterre",   // before the département existed
		"01018": "Valserhône", // gone in 2019
		"01091": "Valserhône",
		"2A004": "Ajaccio",
		"20004": "Ajaccio", // before Corsica was divided
		"97411": "Saint-Denis",
		"50173": "Cherbourg-en-Cotentin", // Équeurdreville-Hainneville, delegated
		"75115": "Paris 15e Arrondissement",
		"69387": "Lyon 7e Arrondissement",
		"13201": "Marseille 1er Arrondissement",
		"75056": "Paris",
	} {
		if c, ok := g.Commune(code); !ok || c.Name != want {
			t.Errorf("%s is %q, want %q", code, c.Name, want)
		}
	}
	for _, code := range []string{"", "9205", "99999", "920500", "ABCDE", "92000"} {
		if c, ok := g.Commune(code); ok {
			t.Errorf("%q is %s", code, c.Name)
		}
	}
}

func TestAnArrondissementNamesItsCityAndHasItsOwnPostalCode(t *testing.T) {
	g := National()
	c, _ := g.Commune("75116")
	if c.City != "75056" || c.Department != "75" || !slices.Equal(c.Postal, []string{"75016", "75116"}) {
		t.Errorf("%+v", c)
	}
	if got := names(g.Postal("69003")); !slices.Equal(got, []string{"Lyon 3e Arrondissement"}) {
		t.Errorf("69003 is %v", got)
	}
	if !g.SameCommune("75115", "75056") || !g.SameCommune("69381", "69382") || g.SameCommune("75115", "92050") {
		t.Error("a city and its arrondissements are one commune")
	}
}

func TestThe36CommunesOfTheHautsDeSeineAreExactAndInFourTerritories(t *testing.T) {
	communes := National().Communes("92")
	if len(communes) != 36 {
		t.Fatalf("%d communes", len(communes))
	}
	territories := map[string]int{}
	for _, c := range communes {
		if c.Approximate || len(c.Postal) == 0 || c.Population == 0 || c.Region != "11" {
			t.Errorf("%+v", c)
		}
		territories[c.EPT]++
	}
	for name, n := range map[string]int{
		"Vallée Sud-Grand Paris": 11, "Boucle Nord de Seine": 6, "Grand Paris Seine Ouest": 8, "Paris Ouest La Défense": 11,
	} {
		if territories[name] != n {
			t.Errorf("%s has %d communes, want %d", name, territories[name], n)
		}
	}
	if c, _ := National().Commune("92050"); c.Lat != 48.8966 || c.Lon != 2.2108 || c.EPCI != "200054781" {
		t.Errorf("%+v", c)
	}
}

func TestANameIsFoundInAnySpellingAndTheDepartmentTellsHomonymsApart(t *testing.T) {
	g := National()
	for _, c := range []struct{ name, department, insee string }{
		{"NANTERRE", "", "92050"}, {"nanterre cedex", "92", "92050"}, {"NANTERRE CEDEX 9", "", "92050"},
		{"PLESSIS ROBINSON (LE)", "92", "92060"}, {"Issy les Moulineaux", "", "92040"},
		{"ASNIERES S/SEINE", "92", "92004"}, {"Saint-Denis", "93", "93066"}, {"ST DENIS", "974", "97411"},
		{"PARIS 15", "", "75115"}, {"Paris cedex 15", "75", "75115"}, {"Marseille 01", "", "13201"}, {"LYON 3EME", "69", "69383"},
		{"Bellegarde sur Valserine", "01", "01033"}, {"Asni\uFFFDres-sur-Seine", "92", "92004"},
		{"Asni\uFFFD\uFFFDres-sur-Seine", "92", "92004"}, {"L’Haÿ-les-Roses", "", "94038"}, {"L HAY LES ROSES", "94", "94038"},
	} {
		list := g.Named(c.name, c.department)
		if len(list) == 0 || list[0].INSEE != c.insee {
			t.Errorf("%q in %q is %v, want %s", c.name, c.department, names(list), c.insee)
		}
	}
	if n := len(g.Named("Saint-Denis", "")); n < 3 {
		t.Errorf("%d Saint-Denis in France", n)
	}
	for _, name := range []string{"", "-", "Trifouillis-les-Oies", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"} {
		if list := g.Named(name, "92"); len(list) != 0 {
			t.Errorf("%q is %v", name, names(list))
		}
	}
}

func TestEveryCommuneIsFoundByItsOwnNameInItsDepartment(t *testing.T) {
	g, missed := National(), 0
	for i := range g.t.Len() {
		c := g.commune(i)
		if !slices.ContainsFunc(g.Named(c.Name, c.Department), func(n Commune) bool { return n.INSEE == c.INSEE }) {
			missed++
			t.Errorf("%s %s is not found", c.INSEE, c.Name)
		}
		if c.Lat == 0 && c.Lon == 0 {
			t.Errorf("%s %s is nowhere", c.INSEE, c.Name)
		}
	}
}

func TestAreasHaveTheirCommunesAndACentreAmongTheirPeople(t *testing.T) {
	g := National()
	d, ok := g.Department("92")
	if !ok || d.Name != "Hauts-de-Seine" || d.Region != "11" || d.Population < 1_600_000 || d.Population > 1_700_000 {
		t.Errorf("%+v", d)
	}
	if Km(d.Lat, d.Lon, 48.85, 2.25) > 3 {
		t.Errorf("the centre of the 92 is at %v %v", d.Lat, d.Lon)
	}
	if n := len(g.DepartmentsOf("11")); n != 8 {
		t.Errorf("%d départements in Île-de-France", n)
	}
	for code, want := range map[string]struct {
		name string
		n    int
	}{
		"84": {"Auvergne-Rhône-Alpes", 12}, "82": {"Rhône-Alpes", 8}, "94": {"Corse", 2}, "FRJ2": {"Midi-Pyrénées", 8}, "04": {"La Réunion", 1},
	} {
		if r, ok := g.Region(code); !ok || r.Name != want.name || len(g.DepartmentsOf(code)) != want.n {
			t.Errorf("région %s: %+v with %d départements", code, r, len(g.DepartmentsOf(code)))
		}
	}
	if len(g.Regions()) < 18 || len(g.Departments()) < 101 {
		t.Errorf("%d régions, %d départements", len(g.Regions()), len(g.Departments()))
	}
	for name, code := range map[string]string{
		"HAUTS DE SEINE": "92", "Val-d’Oise": "95", "Ile de la Réunion": "974", "AQUITAINE": "72", "ile-de-france": "11", "Mayotte": "976",
	} {
		if a, ok := g.AreaNamed(name); !ok || a.Code != code {
			t.Errorf("%q is %+v", name, a)
		}
	}
	if a, ok := g.Intercommunality("200057982"); !ok || a.Name != "Paris Ouest La Défense" || len(g.CommunesOf(a.Code)) != 11 {
		t.Errorf("%+v", a)
	}
}

func TestCommunesWithinADistanceComeNearestFirst(t *testing.T) {
	g := National()
	list := g.Within(48.8966, 2.2108, 5)
	if len(list) < 8 || list[0].INSEE != "92050" {
		t.Fatalf("%v", names(list))
	}
	last := 0.0
	for _, c := range list {
		d := Km(48.8966, 2.2108, c.Lat, c.Lon)
		if d < last || d > 5 || c.City != "" {
			t.Errorf("%s is at %.1f km", c.Name, d)
		}
		last = d
	}
	if n := len(g.Within(90, 0, 100)); n != 0 {
		t.Errorf("%d communes at the North Pole", n)
	}
}

func TestABrokenTableIsRefusedWithoutPanic(t *testing.T) {
	for i := 0; i < len(national); i += len(national) / 50 {
		if _, err := table.Read(national[:i]); err == nil {
			t.Errorf("cut at %d: accepted", i)
		}
		flipped := slices.Clone(national)
		flipped[i] ^= 0x55
		_, _ = table.Read(flipped)
	}
}

func TestTheGazetteerStaysSmall(t *testing.T) {
	if len(national) > 700<<10 {
		t.Errorf("%d bytes embedded", len(national))
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	table, err := table.Read(national)
	if err != nil {
		t.Fatal(err)
	}
	g := newGazetteer(table)
	g.Named("Nanterre", "")
	runtime.GC()
	runtime.ReadMemStats(&after)
	kept := int(after.HeapAlloc) - int(before.HeapAlloc)
	t.Logf("%d KB kept", kept>>10)
	if kept > 8<<20 {
		t.Errorf("%d bytes kept", kept)
	}
	runtime.KeepAlive(g)
}

func BenchmarkDecode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		t, err := table.Read(national)
		if err != nil {
			b.Fatal(err)
		}
		newGazetteer(t)
	}
}

func BenchmarkIndexNames(b *testing.B) {
	g := National()
	for b.Loop() {
		g.indexNames()
	}
}
