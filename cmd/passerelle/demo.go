package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/seed"
	"passerelle/store"
)

// demoFile is what a demonstration, and nothing else, took its structures from.
const demoFile = "structures-demonstration.csv"

// demoCmd opens the screens on the fictitious département, in its own file.
func (p *program) demoCmd() *cobra.Command {
	var reset, prepare bool
	cmd := &cobra.Command{
		Use: "demo", Short: "Ouvrir le programme sur un département fictif",
		Long: "Ouvre les écrans sur des Hauts-de-Seine inventés, dans un fichier à part. Tout y est permis.\n" +
			"Les firmes, acheteurs et structures n'existent pas ; leurs SIRET n'appartiennent à personne.",
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if prepare {
				s, err := p.openDemo(cmd.Context(), reset)
				if err != nil {
					return err
				}
				path := s.Path()
				return errors.Join(s.Close(), p.answer(map[string]string{"base": path}, func() {
					p.say("Démonstration prête : %s (« passerelle --base %s … »)", path, path)
				}))
			}
			return p.screens(cmd.Context(), func(ctx context.Context) (*store.Store, error) { return p.openDemo(ctx, reset) })
		},
	}
	cmd.Flags().BoolVar(&reset, "reinitialiser", false, "refaire la démonstration à neuf")
	cmd.Flags().BoolVar(&prepare, "preparer", false, "faire le fichier sans ouvrir les écrans, et dire où il est")
	return cmd
}

// openDemo opens the demonstration, made the first time or when reset.
func (p *program) openDemo(ctx context.Context, reset bool) (*store.Store, error) {
	path := p.base
	if path == "" {
		dir, err := p.folder()
		if err != nil {
			return nil, err
		}
		path = filepath.Join(dir, "demo.db")
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		reset = true
	} else if err := onlyDemo(ctx, path); err != nil {
		return nil, err
	}
	if !reset {
		return store.Open(ctx, path)
	}
	return p.makeDemo(ctx, path)
}

// onlyDemo refuses a base that is somebody's work: it would be shown as a
// demonstration, or thrown away.
func onlyDemo(ctx context.Context, path string) error {
	s, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	imports, err := s.Imports(ctx, 1000)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	for _, im := range imports {
		if im.File == demoFile {
			return nil
		}
	}
	return fmt.Errorf("%s n'est pas une démonstration : nommez un autre fichier avec --base", path)
}

// makeDemo builds the file beside its place, so that an interruption never
// leaves half a demonstration there.
func (p *program) makeDemo(ctx context.Context, path string) (_ *store.Store, err error) {
	fresh := path + ".nouvelle"
	if err := removeBase(fresh); err != nil {
		return nil, err
	}
	fmt.Fprintln(p.errs, "Préparation de la démonstration…")
	if err := seed.Build(ctx, fresh, insertion.DateOf(p.now())); err != nil {
		return nil, errors.Join(fmt.Errorf("préparer la démonstration : %w", err), removeBase(fresh))
	}
	if err := removeBase(path); err != nil {
		return nil, err
	}
	if err := os.Rename(fresh, path); err != nil {
		return nil, fmt.Errorf("préparer la démonstration : %w", err)
	}
	return store.Open(ctx, path)
}

// removeBase removes a base and what SQLite keeps beside it.
func removeBase(path string) error {
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("retirer %s : %w", name, err)
		}
	}
	return nil
}
