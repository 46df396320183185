package insertion_test

import (
	"testing"

	"passerelle/internal/insertion"
)

func TestANameIsElidedAsItIsSaid(t *testing.T) {
	for name, want := range map[string]string{
		"Nanterre": "de Nanterre", "Asnières-sur-Seine": "d'Asnières-sur-Seine", "Le Plessis-Robinson": "du Plessis-Robinson", "Les Lilas": "des Lilas",
		"Étanchéité Sud-Seine": "d'Étanchéité Sud-Seine", "Herblay": "d'Herblay", "La Garenne-Colombes": "de La Garenne-Colombes", "L'Haÿ-les-Roses": "de L'Haÿ-les-Roses", "": "de ", "12": "de 12",
	} {
		if got := insertion.Of(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestQuotesInsideQuotesAreOthers(t *testing.T) {
	if got := insertion.Quoted("découpage de « Cuisines » : 2 lots"); got != "« découpage de “Cuisines” : 2 lots »" {
		t.Error(got)
	}
}
