package store

import (
	"testing"

	"passerelle/internal/insertion"
)

func TestTheJournalOfTheDoorShowsOneNarrowedHerOwnLinesAndRefusalsToWhoManagesUsers(t *testing.T) {
	s := opened(t)
	for _, by := range []string{"Camille", "Dominique"} {
		must(t, s.AddDoorEvent(t.Context(), insertion.DoorEvent{Kind: "commande", By: by, Text: "echange 12 …"}))
	}
	must(t, s.AddDoorEvent(t.Context(), insertion.DoorEvent{Kind: "refus", Text: "clé inconnue"}))
	for _, c := range []struct {
		a    insertion.Access
		want int
	}{
		{insertion.Access{Name: "Camille", Role: insertion.Facilitator}, 3},
		{insertion.Access{Name: "Dominique", Role: insertion.Delegate}, 2},
		{insertion.Access{Name: "Dominique", Role: insertion.Delegate, Buyers: []insertion.OrganisationID{7}}, 1},
	} {
		events, err := s.As(c.a).DoorEvents(t.Context(), "", 0, 10)
		must(t, err)
		if len(events) != c.want {
			t.Errorf("%+v: %+v", c.a, events)
		}
	}
}
