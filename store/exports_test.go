package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// leaves are the readers of what may be exported, each with its kind: the store
// itself refuses what the table does not allow, before a byte is read.
func leaves(t *testing.T) map[string]struct {
	kind insertion.ExportKind
	do   func(v *Store) error
} {
	ctx := t.Context()
	return map[string]struct {
		kind insertion.ExportKind
		do   func(v *Store) error
	}{
		"statement": {insertion.ExportStatement, func(v *Store) error {
			_, err := v.StatementSheet(ctx, insertion.Declarant{}, "2026-01", "2026-03")
			return err
		}},
		"person": {insertion.ExportPerson, func(v *Store) error { _, err := v.PersonExport(ctx, 1); return err }},
		"copy": {insertion.ExportBackup, func(v *Store) error {
			_, err := v.Backup(ctx, filepath.Join(t.TempDir(), "copie.db"), BackupOptions{By: someone})
			return err
		}},
	}
}

// TestWhatEachRoleMayExport tries every kind with every role, narrowed to some
// buyers or not, against a table written by hand.
func TestWhatEachRoleMayExport(t *testing.T) {
	s := working(t)
	s.hired("2026-01-01")
	f, d, l := insertion.Facilitator, insertion.Delegate, insertion.Viewer
	may := map[insertion.ExportKind]struct{ whole, narrowed []insertion.Role }{
		insertion.ExportBilan:     {[]insertion.Role{f, d, l}, []insertion.Role{f, d, l}},
		insertion.ExportMandate:   {[]insertion.Role{f, d, l}, []insertion.Role{f, d, l}},
		insertion.ExportDocument:  {[]insertion.Role{f, d}, []insertion.Role{f, d}},
		insertion.ExportNominal:   {[]insertion.Role{f, d}, []insertion.Role{f, d}},
		insertion.ExportStatement: {[]insertion.Role{f, d}, []insertion.Role{f, d}},
		insertion.ExportRefusals:  {[]insertion.Role{f, d}, nil},
		insertion.ExportPerson:    {[]insertion.Role{f}, nil},
		insertion.ExportBackup:    {[]insertion.Role{f}, nil},
	}
	if len(may) != len(insertion.ExportKinds()) {
		t.Fatal("a kind of export is not in this table")
	}
	buyer := organisationOf(t, s.Store, 1)
	for _, role := range insertion.Roles() {
		for _, buyers := range [][]insertion.OrganisationID{nil, {buyer}} {
			view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: role, Buyers: buyers})
			allowed := func(k insertion.ExportKind) bool {
				if buyers != nil {
					return slices.Contains(may[k].narrowed, role)
				}
				return slices.Contains(may[k].whole, role)
			}
			for _, kind := range insertion.ExportKinds() {
				before := registered(t, s.Store)
				_, err := view.AddExport(t.Context(), "x", insertion.Export{Kind: kind, What: "essai", Format: "csv"})
				var no *insertion.Forbidden
				if err == nil != allowed(kind) || err != nil && !errors.As(err, &no) {
					t.Errorf("%s of %v, %s: %v", role, buyers, kind, err)
				}
				if got := registered(t, s.Store) - before; got != map[bool]int{true: 1}[allowed(kind)] {
					t.Errorf("%s of %v, %s: %d lines in the register", role, buyers, kind, got)
				}
			}
			for what, leave := range leaves(t) {
				var no *insertion.Forbidden
				if err := leave.do(view); errors.As(err, &no) == allowed(leave.kind) {
					t.Errorf("%s of %v, %s: %v", role, buyers, what, err)
				}
			}
		}
	}
}

func registered(t *testing.T, s *Store) int {
	t.Helper()
	all, err := s.Exports(t.Context(), 0, 1000)
	must(t, err)
	return len(all)
}

func TestTheRegisterOnlyGrowsAndTellsWhatWasNotWritten(t *testing.T) {
	s := opened(t)
	ctx := t.Context()
	first, err := s.AddExport(ctx, someone, insertion.Export{Kind: insertion.ExportBilan, What: "bilan 2025", Format: "xlsx", Hash: "aa"})
	must(t, err)
	_, err = s.AddExport(ctx, someone, insertion.Export{Kind: insertion.ExportBilan, What: "bilan 2026", Format: "pdf", Hash: "bb"})
	must(t, err)
	must(t, s.VoidExport(ctx, someone, first))
	if err := s.VoidExport(ctx, "quelqu'un d'autre", first); !errors.Is(err, insertion.ErrNotFound) {
		t.Errorf("somebody else took it back: %v", err)
	}
	for _, text := range []string{"DELETE FROM export", "UPDATE export SET what = 'rien'"} {
		if _, err := s.w.Exec(text); !refusedByTrigger(err) {
			t.Errorf("%s: %v", text, err)
		}
	}
	all, err := s.Exports(ctx, 0, 10)
	must(t, err)
	if len(all) != 2 || all[0].What != "bilan 2026" || all[0].Void || !all[1].Void || all[1].Hash != "aa" || all[1].By != someone {
		t.Errorf("%+v", all)
	}
	if page, err := s.Exports(ctx, all[0].ID, 10); err != nil || len(page) != 1 || page[0].ID != first {
		t.Errorf("%+v %v", page, err)
	}
	if _, err := s.AddExport(ctx, someone, insertion.Export{Kind: "autre", What: "x", Format: "csv"}); err == nil {
		t.Error("a kind nobody knows was registered")
	}
}

func TestAPersonErasedLeavesTheRegisterToo(t *testing.T) {
	s := working(t)
	a := s.known()
	_, err := s.AddExport(t.Context(), someone, insertion.Export{Kind: insertion.ExportPerson, What: "tout ce qui est tenu sur " + a.Participant.Code(), Format: "json", Persons: 1})
	must(t, err)
	_, err = s.Erase(t.Context(), someone, a.Participant)
	must(t, err)
	all, err := s.Exports(t.Context(), 0, 10)
	must(t, err)
	if len(all) != 1 || all[0].What != "tout ce qui est tenu sur (personne effacée)" {
		t.Errorf("%+v", all)
	}
	if _, err := s.w.Exec("UPDATE export SET what = ''"); !refusedByTrigger(err) {
		t.Errorf("the register can be rewritten once somebody was erased: %v", err)
	}
}

func TestWhoIsNarrowedReadsWhatLeftOfHerLots(t *testing.T) {
	s, mine, theirs := twoBuyers(t)
	ctx := t.Context()
	for i, e := range []insertion.Export{{Lot: 1}, {Lot: 2}, {Buyer: mine}, {Buyer: theirs}, {}} {
		e.Kind, e.What, e.Format = insertion.ExportDocument, fmt.Sprintf("essai %d", i), "pdf"
		_, err := s.AddExport(ctx, someone, e)
		must(t, err)
	}
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate, Buyers: []insertion.OrganisationID{mine}})
	all, err := view.Exports(ctx, 0, 10)
	must(t, err)
	if len(all) != 2 || all[0].What != "essai 2" || all[1].What != "essai 0" {
		t.Errorf("%+v", all)
	}
}

func TestACopyIsRegisteredBeforeItBearsItsName(t *testing.T) {
	s := opened(t)
	to := filepath.Join(t.TempDir(), "copie.db")
	b, err := s.Backup(t.Context(), to, BackupOptions{By: someone})
	must(t, err)
	all, err := s.Exports(t.Context(), 0, 10)
	must(t, err)
	if len(all) != 1 || all[0].Hash != b.SHA256 || all[0].Kind != insertion.ExportBackup || !strings.Contains(all[0].What, "copie.db") {
		t.Errorf("%+v", all)
	}
	// Nothing is registered, nothing is copied.
	_, err = s.w.Exec("CREATE TRIGGER jam BEFORE INSERT ON export BEGIN SELECT RAISE(ABORT, 'jammed'); END")
	must(t, err)
	other := filepath.Join(t.TempDir(), "autre.db")
	if _, err := s.Backup(t.Context(), other, BackupOptions{By: someone}); err == nil {
		t.Error("a copy left that the register does not hold")
	}
	if left, err := os.ReadDir(filepath.Dir(other)); err != nil || len(left) != 0 {
		t.Errorf("it left %v %v", left, err)
	}
}
