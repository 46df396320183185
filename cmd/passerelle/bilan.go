package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
	"passerelle/internal/report"
	"passerelle/store"
	"passerelle/tui"
)

// paperRows is how many rows of a table a text or a PDF gives, unless tables are
// named: a spreadsheet is the place for thousands.
const paperRows = 100

// bilanCmd is the bilan of a year, in every format.
func (p *program) bilanCmd() *cobra.Command {
	var q bilan.Query
	var buyer string
	var tables []string
	var d delivery
	cmd := &cobra.Command{
		Use: "bilan", Aliases: []string{"report"}, Short: "Le bilan d'une année : heures, ETP, personnes, suites, pour tous ou pour un acheteur",
		Long: "Compte l'année et la montre : en texte, en tableur avec ses graphiques, en CSV, en PDF ou en JSON. Un nombre qui permettrait de\n" +
			"reconnaître quelqu'un est remplacé par « s », avec ceux qui permettraient de le retrouver. Les mêmes faits, le même jour, donnent le\n" +
			"même fichier, octet pour octet, et la même empreinte.",
		Example: "passerelle bilan\npasserelle bilan --annee 2025 -o bilan-2025.xlsx\npasserelle bilan --annee 2025 --acheteur \"Ville de Rocreuse\" --table sexe,mois\n" +
			"ssh hôte bilan --annee 2025 --format xlsx > bilan-2025.xlsx",
		Args: takes(0, 0),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVar(&q.Year, "annee", 0, "l'`ANNÉE` (celle en cours sinon)")
	flags.StringVar(&buyer, "acheteur", "", "le `NOM` d'un acheteur, une partie de son nom ou son SIRET (tous sinon)")
	readFlag(flags, &q.Divisor, bilan.ParseDivisor, "diviseur", "les `HEURES` qui font un ETP (1600 sinon, comme la consolidation nationale)")
	flags.IntVar(&q.Least, "seuil", bilan.DefaultLeast, fmt.Sprintf("les `PERSONNES` sous lesquelles un nombre est secret, %d au moins", bilan.FewestLeast))
	readFlag(flags, &tables, func(s string) ([]string, error) { return words(strings.ToLower(s)), nil }, "table", "seulement ces `TABLEAUX` : sexe,mois… (tous sinon)")
	d.add(cmd, "texte", "xlsx", "csv", "pdf", "json")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		format, err := d.chosen()
		if err != nil {
			return err
		}
		if p.json && d.format == "" && d.to == "" {
			format = "json"
		}
		if q.Year == 0 && !cmd.Flags().Changed("annee") {
			q.Year = p.today().Time().Year()
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			r, err := p.bilan(cmd.Context(), s, q, buyer)
			if err != nil {
				return err
			}
			most := paperRows
			if len(tables) > 0 {
				if r, err = onlyTables(r, tables); err != nil {
					return err
				}
				most = 0
			}
			return p.deliver(cmd.Context(), s, d, bilanExport(r, format), func(w io.Writer) error { return writeBilan(w, r, format, most) }, bilanUndrawn(r, format, most)...)
		})
	}
	return cmd
}

// bilan makes the bilan a person asks; what she asked wrong is told with the name
// of the flag.
func (p *program) bilan(ctx context.Context, s *store.Store, q bilan.Query, buyer string) (bilan.Report, error) {
	if q.Least == 0 {
		return bilan.Report{}, misusef("--seuil : %d au moins", bilan.FewestLeast)
	}
	if buyer != "" {
		o, err := buyerCalled(ctx, s, buyer)
		if err != nil {
			return bilan.Report{}, err
		}
		q.Buyer = o.ID
	}
	q.Names = newBilanNames()
	return s.Bilan(ctx, q)
}

func onlyTables(r bilan.Report, ids []string) (bilan.Report, error) {
	known := r.IDs()
	kept, unknown := r.Only(ids)
	if len(unknown) > 0 {
		return r, misusef("--table : « %s » n'est pas un tableau de ce bilan (il a : %s)", strings.Join(unknown, ", "), strings.Join(known, ", "))
	}
	return kept, nil
}

func bilanExport(r bilan.Report, format string) insertion.Export {
	what := fmt.Sprintf("bilan %d", r.Query.Year)
	if r.Query.Buyer != 0 {
		what += ", " + r.Scope
	}
	return insertion.Export{Kind: insertion.ExportBilan, What: what, Format: format}
}

// writeBilan writes a bilan in a format; most is how many rows of a table a text
// or a PDF gives, 0 for all.
func writeBilan(w io.Writer, r bilan.Report, format string, most int) error {
	switch format {
	case "xlsx":
		return report.WriteBilanXLSX(w, r)
	case "csv":
		return report.WriteBilanCSV(w, r)
	case "json":
		return report.WriteBilanJSON(w, r)
	case "pdf":
		return report.WritePDF(w, report.BilanPaper(r, most))
	}
	return report.WriteText(w, report.BilanPaper(r, most))
}

// bilanUndrawn are the letters a format cannot show.
func bilanUndrawn(r bilan.Report, format string, most int) []string {
	if format != "pdf" {
		return nil
	}
	return report.Undrawn(report.BilanPaper(r, most))
}

// Bilan is the store's, its trades and places named.
func (d *desk) Bilan(ctx context.Context, q bilan.Query) (bilan.Report, error) {
	q.Names = newBilanNames()
	return d.Store.Bilan(ctx, q)
}

// BuyerCalled finds a buyer a person names on a screen.
func (d *desk) BuyerCalled(ctx context.Context, name string) (insertion.Organisation, error) {
	o, err := buyerCalled(ctx, d.Store, name)
	var wrong misuse
	if errors.As(err, &wrong) {
		err = &insertion.FieldError{Field: "acheteur", Reason: wrong.text}
	}
	return o, err
}

// SaveBilan writes a bilan in a new file of this machine.
func (d *desk) SaveBilan(ctx context.Context, r bilan.Report, format, path string) (tui.Written, error) {
	full, err := d.take(ctx, bilanExport(r, format), path, func(w io.Writer) error { return writeBilan(w, r, format, paperRows) })
	return tui.Written{Path: full, Lost: bilanUndrawn(r, format, paperRows)}, err
}
