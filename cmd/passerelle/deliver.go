package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// delivery is where a command puts what it makes and in which format, as flags
// say.
type delivery struct {
	to, format string
	formats    []string // the first is the one of standard output
}

// add gives the command its flags.
func (d *delivery) add(cmd *cobra.Command, formats ...string) {
	d.formats = formats
	cmd.Flags().StringVarP(&d.to, "sortie", "o", "", "le `FICHIER` à écrire, qui ne doit pas exister")
	cmd.Flags().StringVar(&d.format, "format", "", "`FORMAT` : "+strings.Join(formats, ", ")+" (d'après le nom du fichier sinon)")
	complete(cmd, "format", formats...)
}

// chosen is the format asked, by its name or by that of the file.
func (d *delivery) chosen() (string, error) {
	format := d.format
	if format == "" && d.to != "" {
		format = strings.TrimPrefix(strings.ToLower(filepath.Ext(d.to)), ".")
		if format == "txt" {
			format = "texte"
		}
	}
	if format == "" {
		return d.formats[0], nil
	}
	if !slices.Contains(d.formats, format) {
		return "", misusef("--format : « %s » n'est pas un format d'ici (%s)", format, strings.Join(d.formats, ", "))
	}
	return format, nil
}

// deliver makes something, writes it in the register, then lets it leave: in a new
// file, or on standard output, but never as binary on a terminal.
func (p *program) deliver(ctx context.Context, s *store.Store, d delivery, e insertion.Export, make func(w io.Writer) error) error {
	if err := s.MayExport(ctx, e.Kind); err != nil {
		return err
	}
	binary := e.Format == "pdf" || e.Format == "xlsx"
	if f, ok := p.screen.(*os.File); d.to == "" && binary && ok && term.IsTerminal(f.Fd()) {
		return misusef("un %s ne se lit pas dans un terminal : nommez un fichier avec -o, ou choisissez --format texte", e.Format)
	}
	var b bytes.Buffer
	if err := make(&b); err != nil {
		return err
	}
	sum := sha256.Sum256(b.Bytes())
	e.Hash = hex.EncodeToString(sum[:])
	if err := s.AddExport(ctx, p.who(), e); err != nil {
		return err
	}
	if d.to == "" {
		out := p.out
		if binary {
			out = p.screen
		}
		_, err := io.Copy(out, &b)
		return err
	}
	if err := writeNew(d.to, b.Bytes()); err != nil {
		return err
	}
	return p.answer(map[string]any{"fichier": d.to, "quoi": e.What, "format": e.Format, "empreinte": e.Hash}, func() {
		p.say("%s : %s.", d.to, fmt.Sprintf("%s (%s)", e.What, e.Format))
	})
}
