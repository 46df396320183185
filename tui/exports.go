package tui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// exportReader reads the register of exports.
type exportReader interface {
	Exports(ctx context.Context, before int64, limit int) ([]insertion.Export, error)
}

const exportsShown = 500

// exportLog is the latest of the register; refused says that the role may not
// read it.
type exportLog struct {
	exports []insertion.Export
	refused string
}

// newExports shows what left the file, by whom, when, newest first; r tells what
// each role may take out.
func newExports(sh *shared) screen {
	files := sh.deps.Exports
	s := &roll[exportLog, insertion.Export]{title: "Exports", id: func(e insertion.Export) int64 { return e.ID }}
	s.read = func(ctx context.Context) (exportLog, error) {
		exports, err := files.Exports(ctx, 0, exportsShown)
		var no *insertion.Forbidden
		if errors.As(err, &no) {
			return exportLog{refused: no.Error()}, nil
		}
		return exportLog{exports: exports}, err
	}
	s.rows = func(d exportLog) []insertion.Export {
		if s.nothing = d.refused; d.refused == "" {
			s.nothing = "Rien n'est encore sorti de cette base. Documents, bilans, relevés et copies s'inscriront ici avant de sortir."
		}
		return d.exports
	}
	s.head = func(exportLog, int) []string {
		return []string{" " + s.theme.paint(strong, "Ce qui est sorti de la base, du plus récent au plus ancien")}
	}
	s.draw = func(e insertion.Export, w int, on bool) string {
		day, by := frenchInstant(e.At), 16
		if w < 76 {
			day, by = e.At.Local().Format("02/01/06"), 10
		}
		what := e.What
		if e.Void {
			what = "(non écrit) " + what
		}
		line := pad(day, span(day)+2) + pad(e.By, by) + "  "
		return line + cut(what, max(0, w-span(line)))
	}
	s.detail = func(_ exportLog, e insertion.Export, w int) []string {
		lines := []string{fmt.Sprintf("%s, %s, par %s : %s", e.Kind, e.Format, e.By, e.What)}
		switch {
		case e.Void:
			lines = append(lines, "inscrit, puis non écrit : rien n'est sorti")
		case e.Persons > 0:
			lines = append(lines, insertion.Counted(e.Persons, "personne y est dite une à une", "personnes y sont dites une à une"))
		default:
			lines = append(lines, e.Kind.Holds())
		}
		return append(lines, cut("SHA-256 "+e.Hash, w))
	}
	s.acts = func(exportLog, insertion.Export, bool) []action {
		return []action{{key: "r", label: "rôles", help: "Ce que chaque rôle peut exporter.", do: func() tea.Cmd { return push(newExportRights(sh)) }}}
	}
	return s.opened(sh)
}

// newExportRights shows what each role may take out.
func newExportRights(sh *shared) screen {
	s := &roll[struct{}, struct{}]{title: "Ce que chaque rôle peut exporter", reading: true}
	s.read = func(context.Context) (struct{}, error) { return struct{}{}, nil }
	s.head = func(_ struct{}, w int) []string {
		line := "  " + pad("", 21)
		for _, r := range insertion.Roles() {
			line += pad(string(r), 13)
		}
		lines := []string{s.theme.paint(faint, cut(line, w))}
		for _, k := range insertion.ExportKinds() {
			line := "  " + pad(string(k), 21)
			for _, r := range insertion.Roles() {
				line += pad(r.Exports(k), 13)
			}
			if w >= 100 {
				line += k.Holds()
			}
			lines = append(lines, cut(line, w))
		}
		lines = append(lines, "")
		for _, l := range wrap("* sauf si l'accès est limité à certains acheteurs ; les autres exports ne portent alors que sur leurs marchés.", w-2) {
			lines = append(lines, "  "+l)
		}
		for _, l := range wrap("La base elle-même refuse le reste, par l'écran, la commande ou SSH. Lire une liste n'est pas un export.", w-2) {
			lines = append(lines, "  "+l)
		}
		return lines
	}
	return s.opened(sh)
}
