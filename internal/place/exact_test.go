package place

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
)

func TestExactCoordinatesAreReadFromAnyUsualCSV(t *testing.T) {
	for name, file := range map[string]string{
		"semicolons":        "code_insee;nom;lat;lon\n92050;Nanterre;48.8966;2.2108\n01053;Bourg;46.2;5.2\n",
		"commas and quotes": "lon,lat,INSEE,nom\n2.2108,48.8966,92050,\"Nanterre, \"\"la\"\" ville\"\n5.2,46.2,1053,x\n",
		"byte order mark, tabs, decimal commas, CRLF": "\uFEFFCode INSEE\tLatitude\tLongitude\r\n92050\t48,8966\t2,2108\r\n\r\n1053\t46,2\t5,2\r\n",
		"one column for both":                         "Code commune INSEE|geo_point_2d\n92050|48.8966, 2.2108\n01053|46.2,5.2",
	} {
		t.Run(name, func(t *testing.T) {
			exact, refusals, err := ReadExact(strings.NewReader(file))
			if err != nil || len(refusals) != 0 || len(exact) != 2 {
				t.Fatalf("%v %v %v", exact, refusals, err)
			}
			if exact[0] != (Exact{"92050", 48.8966, 2.2108}) || exact[1] != (Exact{"01053", 46.2, 5.2}) {
				t.Errorf("%v", exact)
			}
		})
	}
}

func TestABadLineOfCoordinatesIsARefusalThatSaysWhere(t *testing.T) {
	exact, refusals, err := ReadExact(strings.NewReader(
		"code_insee;lat;lon\n92050;48.8;2.2\n92002;;\n920;48;2\n92004;abc;2\n92007;0;0\n92009;148;2\n92012\n\x1b[31m92;48;2\n"))
	if err != nil || len(exact) != 1 || len(refusals) != 7 {
		t.Fatalf("%v %v %v", exact, refusals, err)
	}
	if r := refusals[0]; r.Line != 3 || r.Record != 2 || !strings.Contains(r.Reason, "92002") {
		t.Errorf("%+v", r)
	}
	if strings.Contains(refusals[6].Value, "\x1b") {
		t.Errorf("%q would be obeyed by a terminal", refusals[6].Value)
	}
}

func TestAFileThatHoldsNoCoordinatesIsRefusedWhole(t *testing.T) {
	for _, file := range []string{"", "\n\n", "nom;ville\na;b\n", "{\"marches\":[]}", "code_insee;lat\n92050;48\n"} {
		if _, _, err := ReadExact(strings.NewReader(file)); err == nil {
			t.Errorf("%q is accepted", file)
		}
	}
	head := "code_insee;lat;lon\n92050;48.8;2.2\n"
	if exact, _, err := ReadExact(strings.NewReader(head + strings.Repeat("x", 1<<20))); err == nil || len(exact) != 1 {
		t.Errorf("an endless line: %v %v", exact, err)
	}
	if _, _, err := ReadExact(iotest.ErrReader(errors.New("gone"))); err == nil {
		t.Error("a reader that fails is accepted")
	}
}

func TestImportedCoordinatesReplaceTheEstimatesAndMoveTheCentre(t *testing.T) {
	g := National()
	before, _ := g.Commune("01002")
	if !before.Approximate {
		t.Fatalf("%s is already exact", before.Name)
	}
	better := g.With([]Exact{{"01002", 46.0071, 5.4247}, {"01018", 10, 10}, {"99999", 1, 1}, {"92050", 500, 0}})
	after, _ := better.Commune("01002")
	if after.Approximate || after.Lat != 46.0071 || after.Lon != 5.4247 {
		t.Errorf("%+v", after)
	}
	if c, _ := better.Commune("01018"); c.Lat == 10 {
		t.Error("the centre of an old commune has moved the new one")
	}
	if c, _ := g.Commune("01002"); c.Lat != before.Lat {
		t.Error("the first gazetteer has changed")
	}
	a, _ := g.Department("01")
	b, _ := better.Department("01")
	if a.Lat == b.Lat {
		t.Error("the centre of the département has not followed")
	}
	if len(better.Named("Nanterre", "92")) != 1 {
		t.Error("names are lost")
	}
}

func FuzzReadExact(f *testing.F) {
	f.Add("code_insee;lat;lon\n92050;48.8;2.2\n")
	f.Add("a,\"b\"\"c\",lat,lon,insee\n\"1\",,\"\"\"\",2,92050\n")
	f.Fuzz(func(t *testing.T, file string) {
		exact, _, _ := ReadExact(strings.NewReader(file))
		for _, e := range exact {
			if len(e.INSEE) != 5 || !e.plausible() {
				t.Fatalf("%+v", e)
			}
		}
	})
}
