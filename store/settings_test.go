package store

import (
	"errors"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// Two people read the same settings and both change them: the second is told, and
// what the first wrote stays.
func TestSettingsChangedMeanwhileAreNotWrittenOver(t *testing.T) {
	s, ctx := opened(t), t.Context()
	read, err := s.Thresholds(ctx)
	must(t, err)
	first, second := read, read
	first.AnswerDays, second.SilenceDays = 9, 60
	must(t, s.SetThresholds(ctx, someone, read, first))
	if err := s.SetThresholds(ctx, someone, read, second); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("thresholds: %v", err)
	}
	if held, err := s.Thresholds(ctx); err != nil || held.AnswerDays != 9 {
		t.Errorf("the first change is gone: %+v %v", held, err)
	}

	terms := insertion.DefaultRetention()
	longer, shorter := terms, terms
	longer.NoteMonths, shorter.DoorMonths = 40, 6
	must(t, s.SetRetention(ctx, someone, terms, longer))
	if err := s.SetRetention(ctx, someone, terms, shorter); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("retention: %v", err)
	}

	rules := mandate.DefaultRules()
	near, small := rules, rules
	near.Km, small.SmallestLot = 15, insertion.Euros(40_000)
	must(t, s.SetAdviceRules(ctx, someone, rules, near))
	if err := s.SetAdviceRules(ctx, someone, rules, small); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("advice: %v", err)
	}
}

func TestPartsOfAGroupChangedMeanwhileAreNotWrittenOver(t *testing.T) {
	s := working(t)
	read := []insertion.Member{{Organisation: 1, Share: 5000}, {Organisation: 2, Share: 5000}}
	parts := func(a insertion.BasisPoints) []insertion.Member {
		return []insertion.Member{{Organisation: 1, Share: a}, {Organisation: 2, Share: 10_000 - a}}
	}
	must(t, s.SaveShares(t.Context(), someone, s.lot, read, parts(7000)))
	if err := s.SaveShares(t.Context(), someone, s.lot, read, parts(6000)); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("somebody else's parts were written over: %v", err)
	}
	must(t, s.SaveShares(t.Context(), someone, s.lot, parts(7000), parts(6000)))
}
