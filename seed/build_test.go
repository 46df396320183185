package seed

import (
	"path/filepath"
	"testing"
	"time"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/store"
)

func TestTheDemonstrationIsAlive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := Build(t.Context(), path, someday); err != nil {
		t.Fatal(err)
	}
	s, err := store.OpenAt(t.Context(), path, func() time.Time { return someday.Time().Add(9 * time.Hour) })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	th, err := s.Thresholds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.Figures(t.Context(), someday, th)
	if err != nil {
		t.Fatal(err)
	}
	if f.Structures != 53 || f.Lots < 50 || f.Hours.Done < insertion.WholeHours(10_000) || f.Hours.Due < f.Hours.Done/2 {
		t.Errorf("figures %+v", f)
	}
	todos, err := s.Todos(t.Context(), someday, th)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[insertion.TodoKind]int{}
	for _, todo := range todos {
		kinds[todo.Kind]++
	}
	for _, k := range []insertion.TodoKind{insertion.TodoWrite, insertion.TodoMatch, insertion.TodoNoAnswer, insertion.TodoNoHours, insertion.TodoBehind} {
		if kinds[k] == 0 {
			t.Errorf("nothing to do of the kind %q in the demonstration", k)
		}
	}
	t.Logf("%+v %v", f, kinds)
	changes, err := s.Changes(t.Context(), 0, 0, 2000)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(changes); i++ {
		if d := changes[i].At; d.After(someday.Time().Add(24 * time.Hour)) {
			t.Fatalf("a change is dated after the day: %v %s", d, changes[i].What)
		}
	}
}

func TestTheMandateOfTheDemonstrationHasSomethingOfEverything(t *testing.T) {
	for _, day := range []insertion.Date{someday, "2027-01-04", "2026-05-02"} { // the story must hold on any day
		path := filepath.Join(t.TempDir(), "demo.db")
		if err := Build(t.Context(), path, day); err != nil {
			t.Fatalf("%s: %v", day, err)
		}
		s, err := store.OpenAt(t.Context(), path, func() time.Time { return day.Time().Add(9 * time.Hour) })
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		records, err := s.MandateRecords(t.Context(), "", 0)
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[mandate.Kind]int{}
		for _, r := range records {
			kinds[r.Kind]++
		}
		for _, sheet := range mandate.Sheets() {
			if kinds[sheet.Kind] == 0 {
				t.Errorf("%s: no %s", day, sheet.Label)
			}
		}
		if _, ok := mandate.NextMeeting(records, mandate.CouncilName, day); !ok {
			t.Errorf("%s: nobody knows when the council meets next", day)
		}
		standings, err := s.Standings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, st := range standings {
			if st.Now().Origin == mandate.Unknown {
				t.Errorf("%s: %s has no figure", day, st.Code)
			}
			t.Logf("%s: %s %s, %s", st.Code, st.Unit.Show(st.Now().Value), st.State, st.Trend)
		}
	}
}
