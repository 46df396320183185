package tui_test

import (
	"context"
	"slices"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/store"
)

func TestHoursAreTypedInTheGridAndSavedCellByCell(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "h", 120, 40)
	d.press("t") // the totals by placement
	d.sees("05/2026 : non saisies")
	d.press("b", "b", "b")
	d.sees("faites/prévues", "PEINTURES DE L'ORME", "112,50/140")
	d.golden("hours")
	d.resize(120, 40)
	d.write("35,5")
	d.sees("35,5_", "Entrée garder")
	d.press("x", "backspace", "tab")
	d.sees("35/0")
	if got := doneIn(t, s, "2026-02"); got != insertion.WholeHours(35) {
		t.Errorf("the file holds %s", got)
	}
	d.press("left", "delete")
	if got := doneIn(t, s, "2026-02"); got != -1 {
		t.Errorf("the cell still holds %s", got)
	}
	d.write("12")
	d.press("esc")
	d.misses("12_")
}

func TestTheMonthBeforeAndThePlanAreOneKey(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "h", 120, 40)
	d.press("t") // the totals by placement
	d.press("b", "b", "b", "v")
	if got := doneIn(t, s, "2026-02"); got != 112_50 {
		t.Errorf("v gave %s", got)
	}
	d.press("left", "p")
	if got := doneIn(t, s, "2026-01"); got != insertion.WholeHours(140) {
		t.Errorf("p gave %s", got)
	}
}

func TestPlannedHoursAreCorrectedMonthByMonth(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "h", 120, 40)
	d.press("t") // the totals by placement
	d.press("b", "b", "b", "t")
	d.sees("on saisit le prévu")
	d.write("90")
	d.press("enter")
	p, err := s.Placement(t.Context(), 1)
	must(t, err)
	if i := monthIn(p, "2026-02"); i < 0 || p.Months[i].Planned != insertion.WholeHours(90) || p.Months[i].Entered {
		t.Errorf("planned: %+v", p.Months)
	}
	d.press("n")
	d.sees("02/2026 : non saisies, 90 h prévues")
}

// TestTwoPeopleInOneCellChoose lets somebody enter the cell after it was shown.
func TestTwoPeopleInOneCellChoose(t *testing.T) {
	s := neighbourhood(t)
	deps := allDeps(s)
	deps.Hours = &hurried{Store: s, t: t}
	d := drive(t, s, deps, "h", 120, 40)
	d.press("t") // the totals by placement
	d.press("b", "b", "b")
	d.write("50")
	d.press("enter")
	d.sees("Ousmane a saisi 77 h entre-temps", "Mettre 50 h à la place ?")
	d.press("n")
	if got := doneIn(t, s, "2026-02"); got != insertion.WholeHours(77) {
		t.Errorf("no left %s", got)
	}
	d.sees("77/0")
	d.write("50")
	d.press("enter")
	if got := doneIn(t, s, "2026-02"); got != insertion.WholeHours(50) {
		t.Errorf("the second time the file holds %s", got)
	}
}

// hurried is a store where Ousmane enters a cell just before the first one.
type hurried struct {
	*store.Store
	t    testing.TB
	done bool
}

func (h *hurried) SetHours(ctx context.Context, by string, id insertion.PlacementID, month insertion.Month, old, wanted insertion.PlacementMonth) error {
	if !h.done {
		h.done = true
		must(h.t, h.Store.SetHours(ctx, "Ousmane", id, month, old, insertion.PlacementMonth{Month: month, Done: insertion.WholeHours(77), Entered: true}))
	}
	return h.Store.SetHours(ctx, by, id, month, old, wanted)
}

func monthIn(p insertion.Placement, month insertion.Month) int {
	return slices.IndexFunc(p.Months, func(m insertion.PlacementMonth) bool { return m.Month == month })
}

// doneIn is what the first placement did in a month, -1 when nothing is entered.
func doneIn(t testing.TB, s *store.Store, month insertion.Month) insertion.Hours {
	t.Helper()
	p, err := s.Placement(t.Context(), 1)
	must(t, err)
	if i := monthIn(p, month); i >= 0 && p.Months[i].Entered {
		return p.Months[i].Done
	}
	return -1
}
