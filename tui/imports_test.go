package tui_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/store"
	"passerelle/tui"
)

// slowFile stands for the reading of a file: it takes the notices it is given
// in the real base, says how far it is, and can be interrupted or fail.
type slowFile struct {
	t       testing.TB
	s       *store.Store
	problem error
	path    string
	written string
	during  func()
}

func (f *slowFile) Import(ctx context.Context, path string, progress func(tui.ImportProgress)) ([]insertion.Import, error) {
	f.path = path
	progress(tui.ImportProgress{File: path, Done: 5_000_000, Total: 20_000_000, Counts: insertion.Import{Read: 1200, New: 1200}})
	if f.during != nil {
		f.during()
	}
	if f.problem != nil {
		return nil, f.problem
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var refused []insertion.Refusal
	for i := range 30 {
		refused = append(refused, insertion.Refusal{Record: 10 + i, Line: 100 + i, Field: "montant", Value: fmt.Sprintf("%d k", i), Reason: "ce n'est pas un montant"})
	}
	load(f.t, f.s, []insertion.Notice{award(1), award(2)}, refused)
	return f.s.Imports(ctx, 1)
}

func (f *slowFile) SaveRefusals(_ context.Context, _ insertion.ImportID, path string) (tui.Written, error) {
	f.written = path
	return tui.Written{Path: "/bureau/" + path}, nil
}

func importing(t *testing.T) (*driver, *slowFile) {
	t.Helper()
	s := opened(t)
	f := &slowFile{t: t, s: s}
	deps := depsOf(s)
	deps.Import = f
	return drive(t, s, deps, "i", 80, 24), f
}

func TestAnImportReportsItsFourCounts(t *testing.T) {
	d, f := importing(t)
	d.golden("imports-empty")
	d.resize(80, 24)
	d.press("n")
	d.sees("Importer quel fichier")
	d.write("~/avis.json")
	d.press("enter")
	if f.path != "~/avis.json" {
		t.Errorf("the importer was given %q", f.path)
	}
	d.sees("Import terminé", "32  lus", "2  nouveaux", "30  refusés")
	d.golden("import-done")
	d.resize(80, 24)
	d.press("enter")
	d.sees("1/30", "11 (l. 101)", "« 1 k »")
	d.press("end")
	d.sees("30/30", "39 (l. 129)")
	d.golden("refusals")
	d.resize(80, 24)
	d.press("s", "enter")
	if f.written != "refus-avis.json.csv" {
		t.Errorf("refusals written in %q", f.written)
	}
	d.press("esc", "esc")
	d.sees("Fichiers importés", "avis.json")
	d.golden("imports")
}

func TestAnImportUnderWayShowsItsProgressAndAsksBeforeStopping(t *testing.T) {
	d, f := importing(t)
	// While the file is being read, the reports already sent are drawn and the
	// person asks to stop: the reading sees its context end.
	f.during = func() {
		d.sees("Import de gros.json")
		d.press("esc")
		d.sees("Interrompre l'import de gros.json ?")
		d.press("n", "esc", "o")
	}
	d.press("n")
	d.write("gros.json")
	d.press("enter")
	d.sees("L'import n'est pas allé au bout", "Interrompu")
}

func TestAFailedImportSaysWhyAndStays(t *testing.T) {
	d, f := importing(t)
	f.problem = errors.New("le fichier est vide")
	d.press("n")
	d.write("vide.json")
	d.press("enter")
	d.sees("L'import n'est pas allé au bout", "le fichier est vide")
	d.press("esc")
	d.sees("Aucun fichier n'a encore été importé")
}
