package main

import (
	"testing"
	"time"
)

// TestOtherRightsReachWhoIsInside changes the buyers, then the role, of somebody
// whose screens are open.
func TestOtherRightsReachWhoIsInside(t *testing.T) {
	s := serving(t)
	for _, change := range [][]string{
		{"utilisateur", "role", "Dominique", "délégation", "--acheteur", "Ville d'Antony (fictif)"},
		{"utilisateur", "role", "Dominique", "lecteur"},
	} {
		v := s.screens("Dominique")
		s.here(change...)
		began := time.Now()
		v.sees("Vos droits viennent d'être changés")
		if took := time.Since(began); took > time.Second {
			t.Errorf("%v: took %v", change, took)
		}
	}
	s.screens("Dominique").sees("Dominique, lecteur")
}
