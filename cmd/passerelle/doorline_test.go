package main

import (
	"strings"
	"testing"
)

func TestTheDoorKeepsNothingOfWhatWasTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"personne|noms|P-0042|Zoé Martin":    "personne noms …",
		"chercher|Martin":                    "chercher …",
		"entete|--contact|Zoé Martin":        "entete --contact …",
		"entete|--contact=Zoé":               "entete --contact",
		"echange|12|appel de Zoé":            "echange 12 …",
		"apparier|12|--limite|1|--json":      "apparier 12 --limite 1 --json",
		"Martin|--json":                      "…",
		"echange|12|--Zoé|0612345678|Martin": "echange 12 …",
	} {
		if got := withoutValues((&program{}).remoteCmd("Camille"), strings.Split(typed, "|")); got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
	}
}
