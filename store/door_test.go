package store

import (
	"testing"

	"passerelle/internal/insertion"
)

func TestTheJournalOfTheDoorShowsOneNarrowedHerOwnLinesAndRefusalsToWhoManagesUsers(t *testing.T) {
	s := opened(t)
	for i, by := range []string{"Camille", "Dominique", "Dominique"} { // the third took the name of the second, who left
		must(t, s.AddDoorEvent(t.Context(), insertion.DoorEvent{Kind: "commande", User: insertion.UserID(i + 1), By: by, Text: "echange 12 …"}))
	}
	must(t, s.AddDoorEvent(t.Context(), insertion.DoorEvent{Kind: "refus", Text: "clé inconnue"}))
	for _, c := range []struct {
		a    insertion.Access
		want int
	}{
		{insertion.Access{Name: "Camille", Role: insertion.Facilitator}, 4},
		{insertion.Access{Name: "Dominique", Role: insertion.Delegate}, 3},
		{insertion.Access{User: 2, Name: "Dominique, déléguée", Role: insertion.Delegate, Buyers: []insertion.OrganisationID{7}}, 1}, // renamed since
		{insertion.Access{User: 3, Name: "Dominique", Role: insertion.Delegate, Buyers: []insertion.OrganisationID{7}}, 1},
		{insertion.Access{User: 4, Name: "Dominique", Role: insertion.Delegate, Buyers: []insertion.OrganisationID{7}}, 0},
	} {
		events, err := s.As(c.a).DoorEvents(t.Context(), "", 0, 10)
		must(t, err)
		if len(events) != c.want {
			t.Errorf("%+v: %+v", c.a, events)
		}
	}
}
