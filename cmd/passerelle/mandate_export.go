package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/internal/report"
	"passerelle/store"
)

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
				records, err := s.ForOthers().MandateRecords(cmd.Context(), sheet.Kind, 0)
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
