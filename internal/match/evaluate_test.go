package match

import (
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

func TestPairsAreReadByTheNamesOfTheirColumns(t *testing.T) {
	const good = "\ufeffgagnant_siret,objet,cpv,lieu_code,lieu_type,acheteur_siret\n22222222200022,\"Tonte, taille\",77310000,92,CODE DEPARTEMENT,21920050000018\n"
	pairs, err := ReadPairs(strings.NewReader(good))
	if err != nil || len(pairs) != 1 {
		t.Fatalf("%v, %+v", err, pairs)
	}
	if p := pairs[0]; p.Object != "Tonte, taille" || p.Winner != "22222222200022" || p.Need().Place.Kind != "département" || len(p.Need().Contractors) != 0 {
		t.Errorf("%+v", p)
	}
	for _, bad := range []string{"", "\n", "objet;cpv\na;b\n", "\"unclosed"} {
		if _, err := ReadPairs(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
}

func TestMetricsCountTheAbsentApart(t *testing.T) {
	d, n := pairOf(func(*insertion.Structure, *insertion.Record) {})
	pair := func(winner string) Pair {
		return Pair{Object: n.Object, CPV: n.CPV, PlaceCode: "92050", PlaceKind: "Code commune", Winner: winner}
	}
	m := Evaluate(d, []Pair{pair("22222222200022"), pair("111111111"), pair("99999999900099"), pair("")})
	if m.Pairs != 2 || m.Absent != 2 || m.R5 != 1 || m.R1 != 0.5 || m.MRR != 0.75 {
		t.Errorf("%+v", m)
	}
}
