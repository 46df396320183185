package place

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// officialCentres reads the official centres of the communes, which are not in
// the project.
func officialCentres(t testing.TB) []Exact {
	folder := os.Getenv("PASSERELLE_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(folder, "ref", "communes.csv"))
	if err != nil {
		t.Skip("no official centres to compare with: set PASSERELLE_DATA to the folder that holds ref/communes.csv")
	}
	defer f.Close()
	exact, _, err := ReadExact(f)
	if err != nil {
		t.Fatal(err)
	}
	return exact
}

func TestCoordinatesAreAsAccurateAsThePackageSays(t *testing.T) {
	g := National()
	type share struct{ communes, people float64 }
	var known, rough []float64
	within := map[float64]*share{1: {}, 5: {}, 15: {}}
	n, people := 0.0, 0.0
	for _, e := range officialCentres(t) {
		c, ok := g.Commune(e.INSEE)
		if !ok || c.City != "" {
			continue
		}
		d := Km(c.Lat, c.Lon, e.Lat, e.Lon)
		n, people = n+1, people+float64(c.Population)
		for km, s := range within {
			if d <= km {
				s.communes, s.people = s.communes+1, s.people+float64(c.Population)
			}
		}
		if c.Approximate {
			rough = append(rough, d)
		} else {
			known = append(known, d)
		}
		if c.Department == "92" && d > 1 { // two official definitions of a centre differ by half a kilometre
			t.Errorf("%s is %.1f km off", c.Name, d)
		}
	}
	if n < 30_000 {
		t.Fatalf("only %v communes compared", n)
	}
	for _, floor := range []struct{ km, communes, people float64 }{{1, .12, .40}, {5, .45, .87}, {15, .90, .98}} {
		s := within[floor.km]
		t.Logf("within %2v km: %.1f %% of the communes, %.1f %% of the people", floor.km, 100*s.communes/n, 100*s.people/people)
		if s.communes/n < floor.communes || s.people/people < floor.people {
			t.Errorf("fewer than %.0f %% and %.0f %%", 100*floor.communes, 100*floor.people)
		}
	}
	for name, list := range map[string][]float64{"located": known, "estimated": rough} {
		slices.Sort(list)
		t.Logf("%s: %d communes, median %.1f km, nine in ten under %.1f km", name, len(list), list[len(list)/2], list[len(list)*9/10])
	}
}

func TestOfficialCentresCanBeImportedOverTheTable(t *testing.T) {
	exact := officialCentres(t)
	g := National().With(exact)
	for _, e := range exact {
		if c, ok := g.Commune(e.INSEE); ok && c.INSEE == e.INSEE && (c.Approximate || Km(c.Lat, c.Lon, e.Lat, e.Lon) > 0.02) {
			t.Fatalf("%+v is still at %v %v", e, c.Lat, c.Lon)
		}
	}
}
