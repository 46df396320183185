package store

import (
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

func TestTheParametersOfTheAdviserAreKeptAndUndone(t *testing.T) {
	s, ctx := opened(t), t.Context()
	rules, err := s.AdviceRules(ctx)
	must(t, err)
	if rules != mandate.DefaultRules() {
		t.Errorf("%+v", rules)
	}
	rules.SmallestLot, rules.Km = insertion.Euros(40_000), 15
	must(t, s.SetAdviceRules(ctx, someone, mandate.DefaultRules(), rules))
	if kept, err := s.AdviceRules(ctx); err != nil || kept != rules {
		t.Errorf("%+v %v", kept, err)
	}
	none := rules
	none.MostLots = 0
	if err := s.SetAdviceRules(ctx, someone, rules, none); err == nil {
		t.Error("no lot at all is allowed")
	}
	last, err := s.LastUndoable(ctx, someone)
	must(t, err)
	must(t, s.Undo(ctx, someone, last.ID))
	if kept, err := s.AdviceRules(ctx); err != nil || kept != mandate.DefaultRules() {
		t.Errorf("undone: %+v %v", kept, err)
	}
}
