package arrival

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/place"
)

// Files takes in the files named, in order; "-" is Options.Stdin. A file that
// cannot be read to its end has a report that says so, and the next one follows;
// the error is for what stops everything: the base, an interruption.
func Files[L Ledger](ctx context.Context, base Base[L], paths []string, o Options) error {
	t := newTaker(base, o)
	for _, path := range referencesFirst(paths) {
		if err := t.path(ctx, path); err != nil {
			return err
		}
	}
	return nil
}

// Texts takes in texts that are not files of the machine.
func Texts[L Ledger](ctx context.Context, base Base[L], texts []Text, o Options) error {
	t := newTaker(base, o)
	for _, text := range texts {
		if err := t.text(ctx, text.Name, text.Reader, 0); err != nil {
			return err
		}
	}
	return nil
}

// taker is the taking in of some files together.
type taker[L Ledger] struct {
	base Base[L]
	o    Options
	join *intake.Join // what files say of the structures of other files
}

func newTaker[L Ledger](base Base[L], o Options) *taker[L] {
	if o.Gazetteer == nil {
		o.Gazetteer = place.National()
	}
	return &taker[L]{base: base, o: o, join: intake.NewJoin()}
}

func (t *taker[L]) path(ctx context.Context, path string) error {
	if path == "-" {
		if t.o.Stdin == nil {
			return t.unread("-", errors.New("il n'y a pas d'entrée standard ici"))
		}
		return t.text(ctx, path, t.o.Stdin, 0)
	}
	f, err := os.Open(path)
	if err != nil {
		return t.unread(path, opening(path, err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		return t.unread(path, fmt.Errorf("%s est un dossier : donnez les fichiers qu'il contient", path))
	}
	size := int64(0)
	if err == nil && info.Mode().IsRegular() {
		size = info.Size()
	}
	return t.text(ctx, path, f, size)
}

// opening says in one sentence why a file could not be opened.
func opening(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s n'existe pas : vérifiez son nom et son dossier", path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s : vous n'avez pas le droit de lire ce fichier", path)
	}
	return fmt.Errorf("%s : ce fichier ne peut être ouvert (%w)", path, err)
}

// text takes in one text: it looks at its beginning, then reads it whole as
// what it holds.
func (t *taker[L]) text(ctx context.Context, name string, r io.Reader, size int64) (err error) {
	whole, err := replayed(r)
	if err != nil {
		return t.unread(name, err)
	}
	defer func() { err = errors.Join(err, whole.close()) }()
	shown, format, err := sniff(name, whole.first())
	if err != nil {
		return t.unread(name, err)
	}
	again, err := whole.again()
	if err != nil {
		return t.unread(name, err)
	}
	switch {
	case format.Places():
		return t.places(ctx, shown, again)
	case format.Structures():
		return t.structures(ctx, shown, again, size)
	}
	return t.notices(ctx, shown, again, size) // says itself why a text holds none
}

// sniff opens a text just enough to tell what it holds. In an archive the first
// text that is known decides.
func sniff(name string, r io.Reader) (shown string, format intake.Format, err error) {
	in, err := intake.Open(name, r)
	if err != nil {
		return name, "", err
	}
	defer in.Close()
	shown = intake.Clean(name)
	if name == "-" {
		shown = in.Name
	}
	if in.Spreadsheet {
		return shown, intake.FormatWorkbook, nil
	}
	for {
		m, err := in.Next()
		if errors.Is(err, io.EOF) {
			return shown, format, nil
		}
		if err != nil {
			return shown, "", err
		}
		if format = intake.Sniff(m.Head); format.Notices() || format.Structures() || format.Places() {
			return shown, format, nil
		}
	}
}

// unread reports a text that could not be taken in at all: the base keeps no
// trace of it.
func (t *taker[L]) unread(name string, problem error) error {
	return t.report(insertion.Import{File: name, By: t.o.By, Problem: problem.Error()})
}

func (t *taker[L]) report(im insertion.Import) error {
	if t.o.Done == nil {
		return nil
	}
	return t.o.Done(im)
}
