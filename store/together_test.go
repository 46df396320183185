package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"passerelle/internal/insertion"
)

func contact(n int) insertion.Contact {
	return insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2026-06-01", Text: fmt.Sprint("appel ", n)}
}

func TestEightWritersAtOnceLoseNothing(t *testing.T) {
	s := opened(t)
	imported(t, s, award(0))
	var all sync.WaitGroup
	for w := range 8 {
		all.Go(func() {
			for n := range 25 {
				if err := s.AddContact(t.Context(), fmt.Sprint("personne ", w), contact(n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	kept, err := s.Contacts(t.Context(), insertion.ContactFilter{Lot: 1})
	if err != nil || len(kept) != 200 {
		t.Errorf("%d contacts kept of 200 (%v)", len(kept), err)
	}
}

// other is the environment variable by which this test binary, started again,
// becomes another process working on the same file.
const other = "PASSERELLE_TEST_OTHER"

func TestMain(m *testing.M) {
	if path := os.Getenv(other); path != "" {
		if err := workOn(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func workOn(path string) (err error) {
	s, err := OpenAt(context.Background(), path, noon)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for n := range 60 {
		if err := s.AddContact(context.Background(), "autre", contact(n)); err != nil {
			return err
		}
	}
	return nil
}

// started runs another process on the file.
func started(t *testing.T, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), other+"="+path)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func TestTwoProcessesEditWithoutOneBusyError(t *testing.T) {
	s := opened(t)
	imported(t, s, award(0))
	before, err := s.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cmd := started(t, s.Path())
	for n := range 60 {
		if err := s.AddContact(t.Context(), someone, contact(n)); err != nil {
			t.Error(err)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Contacts(t.Context(), insertion.ContactFilter{Lot: 1})
	if err != nil || len(kept) != 120 {
		t.Errorf("%d contacts kept of 120 (%v)", len(kept), err)
	}
	if after, err := s.Version(t.Context()); err != nil || after == before {
		t.Errorf("the version stayed %d (%v)", after, err)
	}
}

func TestTwoProcessesCreateTheSameFileAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "base.db")
	var running []*exec.Cmd
	for range 3 {
		running = append(running, started(t, path))
	}
	for _, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	s := fresh(t, path)
	if wrong, err := s.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Error(wrong, err)
	}
}

func TestOthersReadAndWriteDuringAnImport(t *testing.T) {
	s, ctx := opened(t), t.Context()
	imported(t, s, series(100)...)
	cmd := started(t, s.Path())
	over := make(chan struct{})
	go func() {
		defer close(over)
		imported(t, s, series(12_000)...)
	}()
	var worst time.Duration
	for n, busy := 0, true; busy; n++ {
		select {
		case <-over:
			busy = false
		default:
		}
		start := time.Now()
		rows, err := s.Lots(ctx, insertion.LotFilter{Department: "92"}, insertion.Page{Limit: 40})
		if err != nil || len(rows) != 40 {
			t.Fatal(len(rows), err)
		}
		worst = max(worst, time.Since(start))
		if n%50 == 0 {
			if err := s.AddContact(ctx, someone, contact(n)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	t.Logf("worst read during the import: %v", worst)
}

func TestTheSecondOfTwoPeopleIsToldTheFirstWrote(t *testing.T) {
	s, ctx := opened(t), t.Context()
	imported(t, s, award(0))
	clause := insertion.Clause{Lot: 1, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(100)}
	if err := s.SaveClause(ctx, "un", clause, 0); err != nil {
		t.Fatal(err)
	}
	read, err := s.Lot(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	clause.Fixed = insertion.WholeHours(200)
	if err := s.SaveClause(ctx, "deux", clause, read.ClauseVersion); err != nil {
		t.Fatal(err)
	}
	clause.Fixed = insertion.WholeHours(300)
	if err := s.SaveClause(ctx, "un", clause, read.ClauseVersion); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("%v, want %v", err, insertion.ErrStale)
	}
	// What comes back from the journal is not what was read before it left.
	if err := s.RemoveClause(ctx, "deux", 1); err != nil {
		t.Fatal(err)
	}
	last, err := s.LastUndoable(ctx, "deux")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Undo(ctx, "deux", last.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveClause(ctx, "un", clause, read.ClauseVersion); !errors.Is(err, insertion.ErrStale) {
		t.Errorf("%v, want %v", err, insertion.ErrStale)
	}
	if now, err := s.Lot(ctx, 1); err != nil || now.Hours.Due != insertion.WholeHours(200) {
		t.Errorf("%v due (%v)", now.Hours.Due, err)
	}
}
