package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"passerelle/internal/arrival"
	"passerelle/internal/insertion"
	"passerelle/store"
	"passerelle/tui"
)

// frames is the most images a second; half of it doubles the wait of a key.
const frames = 120

// onTerminal tells whether both ends are a terminal.
func (p *program) onTerminal() bool {
	in, okIn := p.stdin.(*os.File)
	out, okOut := p.screen.(*os.File)
	return okIn && okOut && term.IsTerminal(in.Fd()) && term.IsTerminal(out.Fd())
}

// openScreens opens the screens on a file, until the person leaves them.
func (p *program) openScreens(ctx context.Context, s *store.Store) error {
	d := &desk{Store: s, finder: finder{store: s, today: p.today}, by: p.who(), home: p.env.value("HOME")}
	app := tui.New(ctx, tui.Options{
		Deps: depsOf(d), Person: p.who(), Now: p.now, Place: filepath.Base(s.Path()),
		Profile: colorprofile.Detect(p.screen, p.env),
	})
	_, err := tea.NewProgram(app, tea.WithContext(ctx), tea.WithInput(p.stdin), tea.WithOutput(p.screen),
		tea.WithEnvironment(p.env), tea.WithFPS(frames)).Run()
	if errors.Is(err, tea.ErrProgramPanic) {
		return errors.New("les écrans se sont arrêtés sur un défaut du programme ; ce qui était enregistré l'est")
	}
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) {
		return ctx.Err()
	}
	return err
}

// screens opens a file and its screens; without a terminal it says what to do.
func (p *program) screens(ctx context.Context, open func(context.Context) (*store.Store, error)) (err error) {
	if !p.onTerminal() {
		return misusef("les écrans demandent un terminal ; les commandes, non : « passerelle --help » les liste")
	}
	s, err := open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return p.openScreens(ctx, s)
}

func depsOf(d *desk) tui.Deps {
	return tui.Deps{
		Version: d, Journal: d, Access: d, Lots: d, Lot: d, Contracts: d, Clauses: d, LotEdits: d, Contacts: d, Imports: d, Import: d,
		Day: d, Finder: d, Proposals: d, Introductions: d, Placements: d, Hours: d, Structures: d, Changes: d, Settings: d,
		Persons: d, Grid: d, Dues: d, Groups: d, Declarations: d, Penalties: d, Forecasts: d, Law: d, Postpone: d, Find: d, Files: d, Drafts: d, Door: d, Bilans: d,
		Exports: d, Retention: d, Mandate: d, Adviser: d, MandateFiles: d,
		Statements: d, BilanFiles: d,
		Documents: d, DocumentFiles: d, Images: d, Wordings: d, Letterheads: d,
	}
}

// desk is the store as the screens want it: with the directory in memory, and
// files taken in by their path.
type desk struct {
	*store.Store
	finder
	by, home string
}

// Import takes a file of this machine in.
func (d *desk) Import(ctx context.Context, path string, progress func(tui.ImportProgress)) ([]insertion.Import, error) {
	g, err := gazetteer(ctx, d.Store)
	if err != nil {
		return nil, err
	}
	if path, err = d.whole(path); err != nil {
		return nil, err
	}
	var reports []insertion.Import
	err = arrival.Files(ctx, d.Store, []string{path}, arrival.Options{
		By: d.by, Gazetteer: g,
		Progress: func(p arrival.Progress) {
			progress(tui.ImportProgress{File: p.File, Done: p.Done, Total: p.Total, Counts: p.Counts})
		},
		Done: func(im insertion.Import) error { reports = append(reports, im); return nil },
	})
	return reports, err
}

// SaveRefusals writes what an import refused as a CSV that did not exist.
func (d *desk) SaveRefusals(ctx context.Context, id insertion.ImportID, path string) (tui.Written, error) {
	e := insertion.Export{Kind: insertion.ExportRefusals, What: fmt.Sprintf("refus de l'import %d", id), Format: "csv"}
	full, err := d.take(ctx, e, path, func(w io.Writer) error { return d.writeRefusals(ctx, id, w) })
	return tui.Written{Path: full}, err
}

func (d *desk) writeRefusals(ctx context.Context, id insertion.ImportID, w io.Writer) error {
	sheet, err := newRefusalSheet(w)
	if err != nil {
		return err
	}
	const window = 1000
	for after := 0; ; after += window {
		some, err := d.Refusals(ctx, id, after, window)
		if err != nil {
			return err
		}
		for _, r := range some {
			if err := sheet.add("", r); err != nil {
				return err
			}
		}
		if len(some) < window {
			return sheet.flush()
		}
	}
}
