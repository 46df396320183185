package main

import (
	"testing"

	"passerelle/internal/bilan"
)

func TestABilanNamesTradesAndPlacesInFrench(t *testing.T) {
	var n bilan.Names = newBilanNames()
	if name, ept := n.Commune("92050"); name != "Nanterre" || ept != "Paris Ouest La Défense" {
		t.Errorf("92050 is %q in %q", name, ept)
	}
	if name, group := n.Commune("33063"); name != "Bordeaux" || group == "" {
		t.Errorf("33063 is %q in %q", name, group)
	}
	if name, group := n.Commune("99999"); name+group != "" {
		t.Errorf("99999 is %q in %q", name, group)
	}
	if d := n.Department("92"); d != "Hauts-de-Seine (92)" {
		t.Errorf("92 is %q", d)
	}
	if cpv, words := n.Trade("77310000", ""), n.Trade("", "Entretien des espaces verts"); cpv != words || cpv == "" {
		t.Errorf("%q by the CPV, %q by the words", cpv, words)
	}
}
