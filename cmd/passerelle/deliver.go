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
	"passerelle/tui"
)

// delivery is where a command puts what it makes and in which format, as flags
// say.
type delivery struct {
	to, format string
	formats    []string // the first is the one of standard output
	reread     []string // what to read again before it leaves, told whatever the format
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
		return d.named()
	}
	if format == "" {
		return d.formats[0], nil
	}
	if !slices.Contains(d.formats, format) {
		return "", misusef("--format : « %s » n'est pas un format d'ici (%s)", format, strings.Join(d.formats, ", "))
	}
	return format, nil
}

// ending is how the name of a file in a format ends.
func ending(format string) string {
	if format == "texte" {
		return ".txt"
	}
	return "." + format
}

// named is the format the name of the file says, the first when it says none.
func (d *delivery) named() (string, error) {
	end := strings.ToLower(filepath.Ext(d.to))
	if end == "" || end == ".texte" && d.formats[0] == "texte" {
		return d.formats[0], nil
	}
	known := make([]string, len(d.formats))
	for i, f := range d.formats {
		if known[i] = ending(f); known[i] == end {
			return f, nil
		}
	}
	return "", misusef("-o : « %s » ne finit par aucun format d'ici : %s (ou --format, quel que soit le nom)", filepath.Base(d.to), strings.Join(known, ", "))
}

// deliver makes something and lets it leave: in a new file, or on standard output,
// but never as binary on a terminal. e.Format must say which it is; undrawn are the
// letters its PDF shows as □.
func (p *program) deliver(ctx context.Context, s *store.Store, d delivery, e insertion.Export, make func(w io.Writer) error, undrawn ...string) error {
	e, path, err := p.leave(ctx, s, d, e, make)
	if err != nil {
		return err
	}
	for _, text := range d.reread {
		fmt.Fprintln(p.errs, "passerelle : "+text)
	}
	if len(undrawn) > 0 {
		fmt.Fprintln(p.errs, "passerelle : "+lost(undrawn))
	}
	if path == "" {
		return nil
	}
	told := map[string]any{"fichier": path, "quoi": e.What, "format": e.Format, "empreinte": e.Hash, "caracteres_absents": list(undrawn)}
	if len(d.reread) > 0 {
		told["a_relire"] = d.reread
	}
	return p.answer(told, func() {
		p.say("%s : %s (%s).", path, e.What, e.Format)
	})
}

// lost says which letters a PDF lacks, and where they can be read.
func lost(letters []string) string {
	return "la police du PDF n'a pas " + tui.Lost(letters) + " : un □ en tient la place ; « --format texte » les garde"
}

// leave is deliver without its answer; it gives what the register holds, and the
// whole path of the file, "" when there is none.
func (p *program) leave(ctx context.Context, s *store.Store, d delivery, e insertion.Export, make func(w io.Writer) error) (insertion.Export, string, error) {
	if err := s.MayExport(ctx, e.Kind); err != nil {
		return e, "", err
	}
	binary := e.Format == "pdf" || e.Format == "xlsx"
	if f, ok := p.screen.(*os.File); d.to == "" && binary && ok && term.IsTerminal(f.Fd()) {
		return e, "", misusef("un %s ne se lit pas dans un terminal : nommez un fichier avec -o, ou choisissez --format texte", e.Format)
	}
	b, err := made(&e, make)
	if err != nil {
		return e, "", err
	}
	if d.to != "" {
		path, err := whole(d.to, p.env.value("HOME"))
		if err != nil {
			return e, "", err
		}
		return e, path, writeOut(ctx, s, p.who(), e, path, b)
	}
	if _, err := s.AddExport(ctx, p.who(), e); err != nil {
		return e, "", err
	}
	out := p.out
	if binary || e.Format == "csv" || e.Format == "ics" { // byte for byte
		out = p.screen
	}
	_, err = io.Copy(out, b)
	return e, "", err
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

// take is leave for a screen: the path is as typed, and given whole.
func (d *desk) take(ctx context.Context, e insertion.Export, path string, make func(w io.Writer) error) (string, error) {
	if err := d.MayExport(ctx, e.Kind); err != nil {
		return "", err
	}
	b, err := made(&e, make)
	if err != nil {
		return "", err
	}
	if path, err = d.whole(path); err != nil {
		return "", err
	}
	return path, writeOut(ctx, d.Store, d.by, e, path, b)
}

func (d *desk) whole(path string) (string, error) { return whole(path, d.home) }

// whole is the path of a file as it is told and opened, from the root: it may have
// been typed in a field, or between quotes, where no shell expands « ~/ ».
func whole(path, home string) (string, error) {
	path = strings.TrimSpace(path)
	if rest, ok := strings.CutPrefix(path, "~/"); ok && home != "" {
		path = filepath.Join(home, rest)
	}
	if path == "" {
		return "", errors.New("il manque le nom du fichier")
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("chemin de « %s » : %w", path, err)
	}
	return full, nil
}
