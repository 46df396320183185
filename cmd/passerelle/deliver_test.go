package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// ownFile is an empty file, and the folder where things leave it.
func ownFile(t *testing.T) (*store.Store, string) {
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
	return s, t.TempDir()
}

func register(t *testing.T, s *store.Store) []insertion.Export {
	t.Helper()
	all, err := s.Exports(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sheetOf(what string) insertion.Export {
	return insertion.Export{Kind: insertion.ExportStatement, What: what, Format: "csv"}
}

func TestAFileThatCannotBeMadeIsNotRegistered(t *testing.T) {
	s, dir := ownFile(t)
	taken := filepath.Join(dir, "pris.csv")
	if err := os.WriteFile(taken, []byte("à quelqu'un"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{taken: fs.ErrExist, filepath.Join(dir, "nulle", "part.csv"): fs.ErrNotExist} {
		if err := writeOut(t.Context(), s, "Camille", sheetOf("relevé"), path, strings.NewReader("a;b")); !errors.Is(err, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if kept, err := os.ReadFile(taken); err != nil || string(kept) != "à quelqu'un" {
		t.Errorf("%q %v", kept, err)
	}
	if all := register(t, s); len(all) != 0 {
		t.Errorf("registered: %+v", all)
	}
}

func TestNothingLeavesUnregistered(t *testing.T) {
	s, dir := ownFile(t)
	viewer := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Viewer})
	path := filepath.Join(dir, "releve.csv")
	if err := writeOut(t.Context(), viewer, "Dominique", sheetOf("relevé"), path, strings.NewReader("a;b")); !errors.As(err, new(*insertion.Forbidden)) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is there: %v", err)
	}
	var out strings.Builder
	p := &program{screen: &out, out: &out, person: "Dominique"}
	made := false
	err := p.deliver(t.Context(), viewer, delivery{}, sheetOf("relevé"), func(w io.Writer) error { made = true; return nil })
	if !errors.As(err, new(*insertion.Forbidden)) || out.Len() != 0 || made {
		t.Errorf("%v, %q left, made %v", err, out.String(), made)
	}
}

func TestAFileThatCannotBeWrittenToItsEndIsToldInTheRegister(t *testing.T) {
	s, dir := ownFile(t)
	path := filepath.Join(dir, "releve.csv")
	full := errors.New("disque plein")
	content := io.MultiReader(strings.NewReader("a;b"), iotest.ErrReader(full))
	if err := writeOut(t.Context(), s, "Camille", sheetOf("relevé"), path, content); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a file is there: %v", err)
	}
	if all := register(t, s); len(all) != 1 || !all[0].Void {
		t.Errorf("%+v", all)
	}
}

func TestWhatLeavesByStandardOutputIsRegisteredWithItsFingerprint(t *testing.T) {
	s, _ := ownFile(t)
	var out strings.Builder
	p := &program{screen: &out, out: &out, person: "Camille"}
	if err := p.deliver(t.Context(), s, delivery{}, sheetOf("relevé"), func(w io.Writer) error { _, err := io.WriteString(w, "abc"); return err }); err != nil {
		t.Fatal(err)
	}
	const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // of "abc", FIPS 180-2
	if all := register(t, s); out.String() != "abc" || len(all) != 1 || all[0].Hash != sum || all[0].By != "Camille" {
		t.Errorf("%q %+v", out.String(), all)
	}
}
