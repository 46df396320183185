package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

func TestANewFileIsPrivateAndOpensAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "un dossier", "base ?#%.db")
	for range 2 {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v (%v)", name, info.Mode().Perm(), want, err)
		}
	}
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(names) != 1 {
		t.Errorf("closing left %q (%v)", names, err)
	}
}

// refused opens a file that must be refused, and left as it was.
func refused(t *testing.T, path string, want error) {
	t.Helper()
	before, _ := os.ReadFile(path)
	s, err := Open(t.Context(), path)
	if err == nil {
		err = errors.Join(errors.New("it opened"), s.Close())
	}
	if !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Error("the file was changed")
	}
}

func TestFilesThatAreNotOursAreRefusedAndLeftAsTheyWere(t *testing.T) {
	dir := t.TempDir()
	letter := filepath.Join(dir, "lettre.txt")
	if err := os.WriteFile(letter, []byte(strings.Repeat("Bonjour. ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, letter, insertion.ErrNotOurs)
	refused(t, dir, insertion.ErrNotOurs)

	other := filepath.Join(dir, "autre.db")
	db, err := pool(other, settings, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE recettes (nom TEXT)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	refused(t, other, insertion.ErrNotOurs)
}

func TestAFileOfANewerVersionIsRefused(t *testing.T) {
	path := written(t, "PRAGMA user_version = 4242")
	refused(t, path, insertion.ErrNewer)
}

// written is the path of a closed file with a statement run on it.
func written(t *testing.T, statement string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "base.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	imported(t, s, series(400)...)
	if statement != "" {
		if _, err := s.w.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestADamagedFileIsSaidToBe(t *testing.T) {
	path := written(t, "")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 8192; i < len(content); i++ {
		content[i] = 0x55
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path)
	if err == nil {
		_, err = s.Lots(t.Context(), insertion.LotFilter{}, insertion.Page{Limit: 50})
		t.Cleanup(func() { _ = s.Close() }) // a damaged file may refuse even that
	}
	if !errors.Is(err, insertion.ErrCorrupt) {
		t.Errorf("%v, want %v", err, insertion.ErrCorrupt)
	}
}

func TestAReadOnlyFileIsReadAndNotWritten(t *testing.T) {
	path := written(t, "")
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if f, err := os.OpenFile(path, os.O_RDWR, 0); err == nil {
		_ = f.Close()
		t.Skip("this account writes read-only files; see TestWritingWithoutTheRightIsSaid")
	}
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := s.Lots(t.Context(), insertion.LotFilter{}, insertion.Page{Limit: 5}); err != nil || len(rows) != 5 {
		t.Errorf("%d lots, %v", len(rows), err)
	}
	if err := s.AddContact(t.Context(), someone, insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2026-06-01", Text: "x"}); !errors.Is(err, insertion.ErrReadOnly) {
		t.Errorf("%v, want %v", err, insertion.ErrReadOnly)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestWritingWithoutTheRightIsSaid(t *testing.T) {
	s := opened(t)
	imported(t, s, award(1))
	if _, err := s.w.Exec("PRAGMA query_only = 1"); err != nil {
		t.Fatal(err)
	}
	if err := s.NameOrganisation(t.Context(), someone, 1, "Ville"); !errors.Is(err, insertion.ErrReadOnly) {
		t.Errorf("%v, want %v", err, insertion.ErrReadOnly)
	}
}

func TestAFullDiskLeavesWholeRecordsOnly(t *testing.T) {
	s, ctx := opened(t), t.Context()
	imported(t, s, series(500)...)
	if _, err := s.w.Exec("PRAGMA max_page_count = 400"); err != nil {
		t.Fatal(err)
	}
	im, err := s.BeginImport(ctx, someone, "avis.json", "decp-2022")
	if err != nil {
		t.Fatal(err)
	}
	var done []insertion.Outcome
	for at := 500; err == nil; at += 500 {
		var some []insertion.Outcome
		some, err = im.Add(ctx, series(at + 500)[at:])
		done = append(done, some...)
	}
	if !errors.Is(err, insertion.ErrDiskFull) {
		t.Fatalf("%v, want %v", err, insertion.ErrDiskFull)
	}
	c, err := s.CountLots(ctx, insertion.LotFilter{}, 1)
	if err != nil || c.N != 500+len(done) {
		t.Errorf("%d lots counted, %d written (%v)", c.N, 500+len(done), err)
	}
	if wrong, err := s.Check(ctx); err != nil || len(wrong) > 0 {
		t.Error(wrong, err)
	}
	if _, err := s.w.Exec("PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	if sum := imported(t, s, series(6000)...); sum.New != 5500-len(done) {
		t.Errorf("after making room: %+v, %d were done", sum, len(done))
	}
}

func TestTheCopyKeptBeforeAMigrationIsWhole(t *testing.T) {
	s := opened(t)
	imported(t, s, series(300)...)
	to := s.Path() + ".v1"
	for range 2 { // the second time it is there already
		if err := keepCopy(t.Context(), s.w, to); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	copied := fresh(t, to)
	c, err := copied.CountLots(t.Context(), insertion.LotFilter{Text: "espaces "}, 1000)
	if err != nil || c.N != 300 {
		t.Errorf("%+v %v", c, err)
	}
}

func TestACancelledQuestionStops(t *testing.T) {
	s := opened(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Lots(ctx, insertion.LotFilter{}, insertion.Page{Limit: 5}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
