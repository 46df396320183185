package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
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
	if format == "" && d.to != "" && len(d.formats) > 1 {
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

// deliver makes something and lets it leave: in a new file, or on standard output,
// but never as binary on a terminal. e.Format must say which it is.
func (p *program) deliver(ctx context.Context, s *store.Store, d delivery, e insertion.Export, make func(w io.Writer) error) error {
	e, err := p.leave(ctx, s, d, e, make)
	if err != nil || d.to == "" {
		return err
	}
	return p.answer(map[string]any{"fichier": d.to, "quoi": e.What, "format": e.Format, "empreinte": e.Hash}, func() {
		p.say("%s : %s.", d.to, fmt.Sprintf("%s (%s)", e.What, e.Format))
	})
}

// leave is deliver without its answer; it gives what the register holds.
func (p *program) leave(ctx context.Context, s *store.Store, d delivery, e insertion.Export, make func(w io.Writer) error) (insertion.Export, error) {
	if err := s.MayExport(ctx, e.Kind); err != nil {
		return e, err
	}
	binary := e.Format == "pdf" || e.Format == "xlsx"
	if f, ok := p.screen.(*os.File); d.to == "" && binary && ok && term.IsTerminal(f.Fd()) {
		return e, misusef("un %s ne se lit pas dans un terminal : nommez un fichier avec -o, ou choisissez --format texte", e.Format)
	}
	b, err := made(&e, make)
	if err != nil {
		return e, err
	}
	if d.to != "" {
		return e, writeOut(ctx, s, p.who(), e, d.to, b)
	}
	if _, err := s.AddExport(ctx, p.who(), e); err != nil {
		return e, err
	}
	out := p.out
	if binary || e.Format == "csv" || e.Format == "ics" { // byte for byte
		out = p.screen
	}
	_, err = io.Copy(out, b)
	return e, err
}

// made is what leaves, with its fingerprint written in the export.
func made(e *insertion.Export, make func(w io.Writer) error) (*bytes.Buffer, error) {
	var b bytes.Buffer
	if err := make(&b); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b.Bytes())
	e.Hash = hex.EncodeToString(sum[:])
	return &b, nil
}

// writeOut writes a new file, readable by its owner alone, that the register
// holds: nothing is registered when the file cannot be made, nothing is left on
// the disk when it cannot be registered, and the register is told when writing
// failed.
func writeOut(ctx context.Context, s *store.Store, by string, e insertion.Export, path string, content io.Reader) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	id, err := s.AddExport(ctx, by, e)
	if err != nil {
		return errors.Join(err, f.Close(), os.Remove(path))
	}
	_, err = io.Copy(f, content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path), s.VoidExport(context.WithoutCancel(ctx), by, id))
	}
	return nil
}

// take is leave for a screen: the path is as typed.
func (d *desk) take(ctx context.Context, e insertion.Export, path string, make func(w io.Writer) error) error {
	if err := d.MayExport(ctx, e.Kind); err != nil {
		return err
	}
	b, err := made(&e, make)
	if err != nil {
		return err
	}
	return writeOut(ctx, d.Store, d.by, e, d.typed(path), b)
}

// typed is a path typed in a field, where no shell expanded it.
func (d *desk) typed(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok && d.home != "" {
		return filepath.Join(d.home, rest)
	}
	return path
}
