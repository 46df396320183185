package main

import (
	"context"
	"errors"
	"strings"

	"passerelle/internal/document"
	"passerelle/internal/insertion"
	"passerelle/internal/report"
	"passerelle/tui"
)

// What the screens ask of documents; store and document answer.

// Documents says which documents about a subject can be made now, and why not the
// others.
func (d *desk) Documents(ctx context.Context, about insertion.DocumentSubject) ([]tui.DocumentChoice, error) {
	sheets, why, err := possible(ctx, d.Store, about)
	out := make([]tui.DocumentChoice, len(sheets))
	for i, s := range sheets {
		out[i] = tui.DocumentChoice{Kind: s.Kind, Label: s.Label, For: s.For, What: s.What, Why: why[i]}
	}
	return out, err
}

// DocumentText is a document as the screen shows it.
func (d *desk) DocumentText(ctx context.Context, kind insertion.DocumentKind, about insertion.DocumentSubject) (func(width int) string, error) {
	c, err := compose(ctx, d.Store, kind, about)
	return func(width int) string { return report.Text(c.paper, width) }, err
}

// DocumentReread is what to read again of a document before it leaves.
func (d *desk) DocumentReread(ctx context.Context, kind insertion.DocumentKind, about insertion.DocumentSubject) ([]string, error) {
	c, err := compose(ctx, d.Store, kind, about)
	return c.reread, err
}

// SaveDocument writes a document in a file that did not exist, PDF or text by its
// name, once it is in the register.
func (d *desk) SaveDocument(ctx context.Context, kind insertion.DocumentKind, about insertion.DocumentSubject, path string) (tui.Written, error) {
	c, err := compose(ctx, d.Store, kind, about)
	if err != nil {
		return tui.Written{}, err
	}
	to := delivery{to: strings.TrimSpace(path), formats: []string{"pdf", "texte"}}
	format, err := to.chosen()
	if err != nil {
		return tui.Written{}, &insertion.FieldError{Field: "fichier", Reason: "nommez un fichier .pdf ou .txt"}
	}
	full, err := d.take(ctx, c.export(format), path, c.writer(format))
	return tui.Written{Path: full, Lost: c.undrawn(format)}, err
}

// WordingList says of each kind of document whose words it uses.
func (d *desk) WordingList(ctx context.Context) ([]tui.WordingRow, error) {
	own, err := d.Wordings(ctx)
	if err != nil {
		return nil, err
	}
	mine := map[insertion.DocumentKind]bool{}
	for _, w := range own {
		mine[w.Kind] = true
	}
	var out []tui.WordingRow
	for _, s := range document.Sheets() {
		out = append(out, tui.WordingRow{Kind: s.Kind, Label: s.Label, For: s.For, Own: mine[s.Kind]})
	}
	return out, nil
}

// ReadWording is the text of a kind in force: the file's own, else the program's.
func (d *desk) ReadWording(ctx context.Context, kind insertion.DocumentKind) (insertion.Wording, error) {
	w, err := d.Wording(ctx, kind)
	if err == nil && w.Text == "" {
		w.Text = document.Wording(kind)
	}
	return w, err
}

// WriteWording saves a text that passes its check; an empty one gives the program's
// own back.
func (d *desk) WriteWording(ctx context.Context, by string, w insertion.Wording) error {
	return onScreen(saveWording(ctx, d.Store, by, w))
}

// onScreen says of a text what is wrong, and the key that helps where it is written.
func onScreen(err error) error {
	var wording *document.WordingError
	if !errors.As(err, &wording) {
		return err
	}
	text := wording.Error()
	if wording.Unknown != "" {
		text += " ; Ctrl+F donne la liste"
	}
	return &insertion.FieldError{Field: "texte", Reason: text}
}

// WordingFields lists what a text of the kind may hold, with what each says.
func (d *desk) WordingFields(kind insertion.DocumentKind) []string {
	sheet, err := document.SheetOf(string(kind))
	if err != nil {
		return nil
	}
	var out []string
	for _, f := range append(sheet.Fields(), sheet.Blocks()...) {
		out = append(out, "{{"+f.Name+"}}  "+f.Help)
	}
	return out
}

// TryWording shows a text on the invented lot.
func (d *desk) TryWording(_ context.Context, kind insertion.DocumentKind, text string) (func(width int) string, error) {
	p, err := tried(kind, text)
	return func(width int) string { return report.Text(p, width) }, onScreen(err)
}

// ReadImage reads an image typed by its path; the error says why it cannot stand in a
// head.
func (d *desk) ReadImage(_ context.Context, path string) ([]byte, error) {
	full, err := d.whole(path)
	if err != nil {
		return nil, err
	}
	return readImage(full)
}
