package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/mandate"
	"passerelle/internal/place"
	"passerelle/internal/report"
	"passerelle/store"
)

// rowJSON is what became of a row of an import.
type rowJSON struct {
	Line   int              `json:"ligne"`
	What   string           `json:"resultat"` // créée, modifiée, inchangée, refusée
	ID     mandate.RecordID `json:"fiche,omitempty"`
	Title  string           `json:"titre,omitempty"`
	Field  string           `json:"champ,omitempty"`
	Reason string           `json:"raison,omitempty"`
}

func (p *program) mandateImportCmd() *cobra.Command {
	return &cobra.Command{
		Use: "importer GENRE FICHIER|-", Aliases: []string{"import"}, Short: "Faire entrer les fiches d'un genre d'un CSV, avec un compte rendu ligne par ligne", Args: takes(2, 2, "GENRE", "FICHIER"),
		ValidArgs: kindWords(),
		Long: "Les colonnes portent les noms ou les libellés des champs. Une colonne « fiche » change la fiche de ce numéro ; sans elle, une fiche\n" +
			"qui désigne la même chose est modifiée. Une colonne « sous » donne la fiche dont elle dépend, par numéro ou par titre.\n" +
			"Le même fichier deux fois ne change rien ; une ligne refusée dit pourquoi et n'arrête pas les autres.",
		Example: "passerelle mandat importer local locaux.csv\npasserelle mandat exporter convention | passerelle mandat importer convention -",
		RunE: func(cmd *cobra.Command, args []string) error {
			sheet, err := sheetNamed(args[0])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) (err error) {
				in := p.stdin
				if args[1] != "-" {
					f, err := os.Open(args[1])
					if err != nil {
						return err
					}
					defer func() { err = errors.Join(err, f.Close()) }()
					in = f
				}
				return p.importRecords(cmd.Context(), s, sheet, args[1], in)
			})
		},
	}
}

// taker takes the rows of a file in, one by one.
type taker struct {
	p       *program
	s       *store.Store
	sheet   mandate.Sheet
	g       *place.Gazetteer
	fields  map[int]string // column → field
	number  int            // column of the number, -1
	under   int            // column of the parent, -1
	parents map[string]mandate.RecordID
	known   []mandate.Record
}

func (p *program) importRecords(ctx context.Context, s *store.Store, sheet mandate.Sheet, name string, in io.Reader) error {
	t, err := intake.NewTable(name, in)
	if err != nil {
		return err
	}
	k := &taker{p: p, s: s, sheet: sheet}
	ignored, err := k.prepare(ctx, t)
	if err != nil {
		return err
	}
	rows := []rowJSON{}
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		done, err := k.take(ctx, row)
		if err != nil {
			return err
		}
		rows = append(rows, done)
	}
	return p.tellRows(sheet, rows, ignored)
}

// prepare reads the header, what is already there and what rows may hang on.
func (k *taker) prepare(ctx context.Context, t *intake.Table) (ignored []string, err error) {
	if k.g, err = gazetteer(ctx, k.s); err != nil {
		return nil, err
	}
	k.fields, k.number, k.under, k.parents = map[int]string{}, -1, -1, map[string]mandate.RecordID{}
	for i, head := range t.Header() {
		folded := intake.Fold(head)
		switch {
		case folded == "fiche" || folded == "numero":
			k.number = i
		case folded == "sous":
			k.under = i
		default:
			known := false
			for _, f := range k.sheet.Fields {
				if folded == intake.Fold(f.Name) || folded == intake.Fold(f.Label) {
					k.fields[i], known = f.Name, true
				}
			}
			if !known && head != "" {
				ignored = append(ignored, head)
			}
		}
	}
	if len(k.fields) == 0 {
		return nil, fmt.Errorf("aucune colonne n'est un champ de « %s » (%s) : rien n'est entré", k.sheet.Label, strings.Join(k.sheet.Names(), ", "))
	}
	if k.sheet.Parent != "" {
		parents, err := k.s.MandateRecords(ctx, k.sheet.Parent, 0)
		if err != nil {
			return nil, err
		}
		for _, r := range parents {
			k.parents[intake.Fold(r.Title())] = r.ID
		}
	}
	k.known, err = k.s.MandateRecords(ctx, k.sheet.Kind, 0)
	return ignored, err
}

// take makes a record of a row and keeps it; only what stops the whole file is an
// error.
func (k *taker) take(ctx context.Context, row intake.Row) (rowJSON, error) {
	out := rowJSON{Line: row.Line, What: "refusée"}
	r, err := k.read(row)
	if err == nil {
		out.What, err = k.keep(ctx, &r)
	}
	var field *insertion.FieldError
	switch {
	case errors.As(err, &field):
		return rowJSON{Line: row.Line, What: "refusée", Field: field.Field, Reason: field.Reason}, nil
	case errors.Is(err, insertion.ErrStale):
		return rowJSON{Line: row.Line, What: "refusée", Field: "fiche", Reason: "modifiée entre-temps par quelqu'un d'autre"}, nil
	case err != nil:
		return out, err
	}
	out.ID, out.Title = r.ID, r.Title()
	return out, nil
}

// read makes a record of a row: the one it numbers or designates, else a new one.
func (k *taker) read(row intake.Row) (mandate.Record, error) {
	r := mandate.Record{Kind: k.sheet.Kind}
	bad := func(field, reason string) (mandate.Record, error) {
		return r, &insertion.FieldError{Field: field, Reason: reason}
	}
	if row.TooLong {
		return bad("ligne", "plus de 4 Mo")
	}
	said := map[string]string{}
	for i, name := range k.fields {
		v := intake.Decode(row.At(i))
		if rest, ok := strings.CutPrefix(v, "'"); ok && report.Inert(rest) == v {
			v = rest // as our own export wrote it
		}
		said[name] = v
	}
	if text := intake.Clean(row.At(k.under)); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if known, ok := k.parents[intake.Fold(text)]; ok && err != nil {
			n, err = int64(known), nil
		}
		if err != nil {
			return bad("sous", fmt.Sprintf("« %s » n'est ni un numéro ni le titre d'une fiche", text))
		}
		r.Parent = mandate.RecordID(n)
	}
	if text := intake.Clean(row.At(k.number)); text != "" {
		found := false
		for _, old := range k.known {
			if strconv.FormatInt(int64(old.ID), 10) == text {
				parent := r.Parent
				r, found = cloned(old), true
				if k.under >= 0 {
					r.Parent = parent
				}
			}
		}
		if !found {
			return bad("fiche", fmt.Sprintf("aucune fiche « %s » n'a le numéro %s", k.sheet.Label, text))
		}
	}
	for _, name := range k.sheet.Names() { // in the order of the sheet: the first fault is the first field
		v, ok := said[name]
		if !ok {
			continue
		}
		if err := put(k.sheet, &r, name, v, k.g); err != nil {
			return r, err
		}
	}
	return k.designated(r, said), nil
}

// designated is the record already kept that a new one would repeat, changed by it.
func (k *taker) designated(r mandate.Record, said map[string]string) mandate.Record {
	if r.ID != 0 {
		return r
	}
	for _, old := range k.known {
		if !k.sheet.Same(old, r) && !(len(k.sheet.Unique) == 0 && saysTheSame(old, r)) {
			continue
		}
		merged := cloned(old)
		for name := range said {
			if v := r.Text(name); v != "" {
				merged.Values[name] = v
			} else {
				delete(merged.Values, name)
			}
		}
		merged.Dated = merged.Date(k.sheet.Dated)
		return merged
	}
	return r
}

func cloned(r mandate.Record) mandate.Record {
	values := make(map[string]string, len(r.Values))
	for name, v := range r.Values {
		values[name] = v
	}
	r.Values = values
	return r
}

// saysTheSame tells whether two records say the same things of the same parent.
func saysTheSame(a, b mandate.Record) bool {
	if a.Parent != b.Parent || len(a.Values) != len(b.Values) {
		return false
	}
	for name, v := range a.Values {
		if b.Values[name] != v {
			return false
		}
	}
	return true
}

// keep saves a record unless it says nothing new.
func (k *taker) keep(ctx context.Context, r *mandate.Record) (string, error) {
	for i, old := range k.known {
		if old.ID != r.ID {
			continue
		}
		if saysTheSame(old, *r) {
			return "inchangée", nil
		}
		if _, err := k.s.SaveMandateRecord(ctx, k.p.who(), *r); err != nil {
			return "", err
		}
		r.Version++
		k.known[i] = cloned(*r)
		return "modifiée", nil
	}
	id, err := k.s.SaveMandateRecord(ctx, k.p.who(), *r)
	if err != nil {
		return "", err
	}
	r.ID, r.Version = id, 1
	k.known = append(k.known, cloned(*r))
	return "créée", nil
}

func (p *program) tellRows(sheet mandate.Sheet, rows []rowJSON, ignored []string) error {
	counts := map[string]int{}
	t := table{head: []string{"ligne", "résultat", "fiche", "titre ou raison"}, right: []int{0, 2}}
	for _, r := range rows {
		counts[r.What]++
		switch r.What {
		case "refusée":
			t.add(strconv.Itoa(r.Line), r.What, "", r.Field+" : "+r.Reason)
		default:
			t.add(strconv.Itoa(r.Line), r.What, strconv.FormatInt(int64(r.ID), 10), r.Title)
		}
	}
	err := p.answer(map[string]any{"genre": sheet.Kind, "lignes": rows, "colonnes_ignorees": list(ignored)}, func() {
		p.print(&t, "Le fichier n'a aucune ligne.")
		if len(ignored) > 0 {
			p.say("Colonnes ignorées : %s.", strings.Join(ignored, ", "))
		}
		p.say("%d créées, %d modifiées, %d inchangées, %d refusées.", counts["créée"], counts["modifiée"], counts["inchangée"], counts["refusée"])
	})
	if err == nil && counts["refusée"] > 0 {
		return silent{failure} // each row already said why
	}
	return err
}

func (p *program) mandateExportCmd() *cobra.Command {
	var d delivery
	cmd := &cobra.Command{
		Use: "exporter GENRE", Aliases: []string{"export"}, Short: "Les fiches d'un genre en CSV, que « mandat importer » reprend", Args: takes(1, 1, "GENRE"), ValidArgs: kindWords(),
		Example: "passerelle mandat exporter siege -o sieges.csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			sheet, err := sheetNamed(args[0])
			if err != nil {
				return err
			}
			format, err := d.chosen()
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				records, err := s.MandateRecords(cmd.Context(), sheet.Kind, 0)
				if err != nil {
					return err
				}
				if p.json && d.to == "" {
					return p.tellRecords(sheet, records)
				}
				e := insertion.Export{Kind: insertion.ExportMandate, What: "fiches du mandat : " + sheet.Plural, Format: format}
				return p.deliver(cmd.Context(), s, d, e, func(w io.Writer) error { return writeRecords(w, sheet, records) })
			})
		},
	}
	d.add(cmd, "csv")
	return cmd
}

// writeRecords writes records as the import reads them.
func writeRecords(w io.Writer, sheet mandate.Sheet, records []mandate.Record) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	head := []string{"fiche"}
	if sheet.Parent != "" {
		head = append(head, "sous")
	}
	rows := [][]string{append(head, sheet.Names()...)}
	for _, r := range records {
		row := []string{strconv.FormatInt(int64(r.ID), 10)}
		if sheet.Parent != "" {
			row = append(row, strconv.FormatInt(int64(r.Parent), 10))
		}
		for _, f := range sheet.Fields {
			row = append(row, report.Inert(plainField(f, r)))
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}

// plainField is a field as a spreadsheet reads it: no unit, a decimal comma.
func plainField(f mandate.Field, r mandate.Record) string {
	switch f.Type {
	case mandate.Amount, mandate.Surface, mandate.Percent, mandate.Measure:
		if !r.Said(f.Name) {
			return ""
		}
		n := r.Whole(f.Name)
		return strings.TrimSuffix(fmt.Sprintf("%d,%02d", n/100, n%100), ",00")
	case mandate.Tick, mandate.Day:
		return mandate.Show(f, r.Text(f.Name))
	}
	return r.Text(f.Name)
}
