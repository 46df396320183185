package tui_test

import (
	"testing"

	"passerelle/internal/insertion"
)

// Two people open the form of one declaration; the second to save hears who was first,
// and notes a second reception only by saying so.
func TestADeclarationTwoPeopleReceiveIsToldToTheSecond(t *testing.T) {
	s, _, _ := crew(t, 1)
	lot, err := s.Lot(t.Context(), 1)
	must(t, err)
	clause := *lot.Clause
	clause.Calendar = insertion.Calendar{Rhythm: insertion.Quarterly}
	must(t, s.SaveClause(t.Context(), "Camille", clause, lot.ClauseVersion))
	first, second := drive(t, s, allDeps(s), "d", 80, 24), drive(t, s, allDeps(s), "d", 80, 24)
	first.press("r")
	second.press("r")
	first.press("ctrl+s")
	first.sees("Réception notée.")
	second.press("ctrl+s")
	second.sees("Une seconde fois", "! déjà reçue le 15/06/2026 (courriel), notée par Camille")
	second.misses("Réception notée.")
	second.press("right", "ctrl+s")
	second.sees("Réception notée.")
}
