package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/report"
	"passerelle/store"
)

// sheetCmd is « heures releve »: the sheet a firm or a structure fills.
func (p *program) sheetCmd() *cobra.Command {
	var d delivery
	cmd := &cobra.Command{
		Use: "releve DÉCLARANT TRIMESTRE", Aliases: []string{"sheet"}, Short: "Écrire le relevé qu'une entreprise ou une structure remplira",
		Long: "DÉCLARANT : une partie de son nom. TRIMESTRE : 2026-T1, ou un mois (03/2026). Le relevé liste ses personnes par pseudonyme.\n" +
			"Il est inscrit au registre des exports (« passerelle exports »).",
		Example: "passerelle heures releve \"mains utiles\" 2026-T1 -o releve.xlsx", Args: takes(2, 2, "DÉCLARANT", "TRIMESTRE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			from, last, err := parsePeriod(args[1])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				who, err := declarantNamed(cmd.Context(), s, args[0], from, last)
				if err != nil {
					return err
				}
				sheet, err := s.StatementSheet(cmd.Context(), who, from, last)
				if err != nil {
					return err
				}
				return p.writeSheet(cmd.Context(), s, sheet, d)
			})
		},
	}
	d.add(cmd, "csv", "xlsx")
	return cmd
}

func (p *program) writeSheet(ctx context.Context, s *store.Store, sheet insertion.StatementSheet, d delivery) error {
	format, err := d.chosen()
	if err != nil {
		return err
	}
	persons := map[string]bool{}
	for _, r := range sheet.Rows {
		persons[r.Code] = true
	}
	e := insertion.Export{Kind: insertion.ExportStatement, Format: format, Persons: len(persons),
		What: fmt.Sprintf("relevé %s, %s à %s", insertion.Of(sheet.Name), sheet.From.French(), sheet.To.French())}
	write := report.WriteStatementCSV
	if format == "xlsx" {
		write = report.WriteStatementXLSX
	}
	_, path, err := p.leave(ctx, s, d, e, func(w io.Writer) error { return write(w, sheet) })
	if err != nil || path == "" {
		return err
	}
	return p.answer(map[string]any{"fichier": path, "lignes": len(sheet.Rows), "declarant": sheet.Name}, func() {
		p.say("%s : relevé %s, %s, à remplir et à renvoyer.", path, insertion.Of(sheet.Name), many(len(sheet.Rows), "ligne"))
	})
}

// parsePeriod reads « 2026-T1 », « T1 2026 » or one month.
func parsePeriod(text string) (from, to insertion.Month, err error) {
	clean := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "/", "").Replace(text))
	for q := 1; q <= 4; q++ {
		mark := fmt.Sprintf("T%d", q)
		year := strings.Replace(clean, mark, "", 1)
		if strings.Contains(clean, mark) && len(year) == 4 {
			from, err := insertion.ParseMonth(fmt.Sprintf("%s-%02d", year, 3*q-2))
			if err != nil {
				break
			}
			return from, from.Add(2), nil
		}
	}
	m, err := insertion.ParseMonth(text)
	if err != nil {
		return "", "", misusef("« %s » n'est ni un trimestre (2026-T1) ni un mois (03/2026)", text)
	}
	return m, m, nil
}

func declarantNamed(ctx context.Context, s *store.Store, name string, from, to insertion.Month) (insertion.Declarant, error) {
	all, err := s.Declarants(ctx, from, to)
	if err != nil {
		return insertion.Declarant{}, err
	}
	var hits []insertion.Declarant
	var names []string
	for _, d := range all {
		names = append(names, d.Name)
		if strings.Contains(intake.Fold(d.Name), intake.Fold(name)) {
			hits = append(hits, d)
		}
	}
	switch {
	case len(hits) == 1:
		return hits[0], nil
	case len(hits) == 0:
		return insertion.Declarant{}, fmt.Errorf("personne ne travaille chez « %s » sur cette période (déclarants : %s)", name, strings.Join(names, ", "))
	}
	names = nil
	for _, d := range hits {
		names = append(names, d.Name)
	}
	return insertion.Declarant{}, misusef("« %s » désigne plusieurs déclarants : %s", name, strings.Join(names, ", "))
}
