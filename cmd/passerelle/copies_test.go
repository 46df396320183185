package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"passerelle/store"
)

// served daily: a real file, its copies, and a clock the test moves.
type copied struct {
	t       *testing.T
	at      time.Time
	daily   *dailyCopies
	said    []string
	trouble []string
}

func copying(t *testing.T) *copied {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "base.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	c := &copied{t: t, at: time.Date(2026, 3, 2, 9, 30, 0, 0, time.Local)}
	c.daily = &dailyCopies{
		base: s.Path(), folder: filepath.Join(filepath.Dir(s.Path()), "sauvegardes"), keep: rotation{7, 4, 12},
		now: func() time.Time { return c.at },
		copy: func(ctx context.Context, to string) (store.Backup, error) {
			return s.Backup(ctx, to, store.BackupOptions{})
		},
		tell: func(f string, a ...any) { c.said = append(c.said, fmt.Sprintf(f, a...)) },
		warn: func(f string, a ...any) { c.trouble = append(c.trouble, fmt.Sprintf(f, a...)) },
	}
	return c
}

func (c *copied) step() time.Duration { return c.daily.step(c.t.Context()) }

func (c *copied) names() []string {
	c.t.Helper()
	entries, err := os.ReadDir(c.daily.folder)
	if err != nil && !os.IsNotExist(err) {
		c.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func (c *copied) put(name string) {
	c.t.Helper()
	if err := os.MkdirAll(c.daily.folder, 0o700); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(c.daily.folder, name), []byte("copie"), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

func TestOneCopyADayIsMadeWhateverTheTimesTheServerStarts(t *testing.T) {
	c := copying(t)
	for range 3 {
		if wait := c.step(); wait != lookForCopies {
			t.Errorf("comes back in %v", wait)
		}
	}
	if names := c.names(); !slices.Equal(names, []string{"base.2026-03-02-093000.sauvegarde.db"}) {
		t.Errorf("%v", names)
	}
	c.at = time.Date(2026, 3, 2, 23, 45, 0, 0, time.Local)
	if wait := c.step(); wait != 15*time.Minute {
		t.Errorf("comes back in %v, midnight is in a quarter of an hour", wait)
	}
	c.at = c.at.Add(15 * time.Minute)
	c.step()
	if names := c.names(); len(names) != 2 || names[1] != "base.2026-03-03-000000.sauvegarde.db" || len(c.said) != 2 {
		t.Errorf("%v, said %v", names, c.said)
	}
}

func TestACopyThatFailsIsSaidAndTriedAgainWithinTheHour(t *testing.T) {
	c := copying(t)
	if err := os.WriteFile(c.daily.folder, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	if wait := c.step(); wait > time.Hour || wait <= 0 {
		t.Errorf("comes back in %v", wait)
	}
	if len(c.trouble) != 1 || !strings.Contains(c.trouble[0], "nouvel essai à 09 h 45") || !strings.Contains(c.trouble[0], c.daily.folder) {
		t.Errorf("%q", c.trouble)
	}
	if err := os.Remove(c.daily.folder); err != nil {
		t.Fatal(err)
	}
	c.at = c.at.Add(15 * time.Minute)
	c.step()
	if len(c.names()) != 1 || len(c.trouble) != 1 {
		t.Errorf("%v %q", c.names(), c.trouble)
	}
}

func TestOldCopiesGoAndNothingElseDoes(t *testing.T) {
	c := copying(t)
	others := []string{
		"base.2020-01-01-000000.sauvegarde.db.txt", "base.2020-13-45-000000.sauvegarde.db", "autre.2020-01-01-000000.sauvegarde.db",
		"base.db", "lettre.txt", "base.2026-03-02-080000.sauvegarde.db.1.partiel",
	}
	for _, name := range others {
		c.put(name)
	}
	if err := os.Mkdir(filepath.Join(c.daily.folder, "base.2020-01-02-000000.sauvegarde.db"), 0o700); err != nil {
		t.Fatal(err)
	}
	c.put("base.2020-01-01-000000.sauvegarde.db.12.partiel") // interrupted long ago
	for n := 1; n <= 400; n++ {
		c.put(filepath.Base(copyPath("", c.daily.base, c.at.AddDate(0, 0, -n), n%2 == 0)))
	}
	c.step()
	kept, partial, err := copiesIn(c.daily.folder, c.daily.base, time.Local)
	if err != nil || len(partial) != 1 {
		t.Errorf("half written: %v %v", partial, err)
	}
	var days []string
	for _, k := range kept {
		days = append(days, k.at.Format(time.DateOnly))
	}
	// Monday 2 March: seven days, four weeks (of which the first two are in the
	// seven days), twelve months (March, February and the ten before).
	want := strings.Fields("2026-03-02 2026-03-01 2026-02-28 2026-02-27 2026-02-26 2026-02-25 2026-02-24 2026-02-22 2026-02-15 2026-01-31 " +
		"2025-12-31 2025-11-30 2025-10-31 2025-09-30 2025-08-31 2025-07-31 2025-06-30 2025-05-31 2025-04-30")
	if !slices.Equal(days, want) {
		t.Errorf("kept\n%v, want\n%v", days, want)
	}
	for _, name := range append(others, "base.2020-01-02-000000.sauvegarde.db") {
		if !slices.Contains(c.names(), name) {
			t.Errorf("%s is gone", name)
		}
	}
}

func TestTheLatestCopyIsNeverDeleted(t *testing.T) {
	c := copying(t)
	c.daily.keep = rotation{}
	c.put("base.2020-01-01-000000.sauvegarde.db")
	c.step()
	if names := c.names(); !slices.Equal(names, []string{"base.2026-03-02-093000.sauvegarde.db"}) {
		t.Errorf("%v", names)
	}
	// A clock that was wrong left a copy of tomorrow: the one just made stays too.
	c.at = c.at.AddDate(0, 0, 1)
	c.put("base.2031-01-01-000000.sauvegarde.db")
	c.step()
	if names := c.names(); !slices.Contains(names, "base.2026-03-03-093000.sauvegarde.db") || !slices.Contains(names, "base.2031-01-01-000000.sauvegarde.db") {
		t.Errorf("%v", names)
	}
}

func TestNothingIsDeletedWhenTheCopyOfTheDayFails(t *testing.T) {
	c := copying(t)
	c.daily.keep = rotation{days: 1}
	c.put("base.2020-01-01-000000.sauvegarde.db")
	c.put("base.2020-01-02-000000.sauvegarde.db")
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // as a server that stops
	c.daily.step(ctx)
	if len(c.names()) != 2 || len(c.trouble) != 0 {
		t.Errorf("%v %q", c.names(), c.trouble)
	}
}
