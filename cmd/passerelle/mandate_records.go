package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/store"
)

// recordJSON is a record of the mandate. Money is in euros, areas in m², shares in %.
type recordJSON struct {
	ID     mandate.RecordID `json:"fiche"`
	Kind   mandate.Kind     `json:"genre"`
	Parent mandate.RecordID `json:"sous,omitempty"`
	Title  string           `json:"titre"`
	Dated  string           `json:"date,omitempty"`
	By     string           `json:"par"`
	Fields map[string]any   `json:"champs"`
}

func recordOf(r mandate.Record) recordJSON {
	out := recordJSON{ID: r.ID, Kind: r.Kind, Parent: r.Parent, Title: r.Title(), Dated: string(r.Dated), By: r.By, Fields: map[string]any{}}
	s, _ := mandate.SheetOf(r.Kind)
	for _, f := range s.Fields {
		if !r.Said(f.Name) {
			continue
		}
		switch f.Type {
		case mandate.Amount, mandate.Surface, mandate.Percent, mandate.Measure:
			out.Fields[f.Name] = float64(r.Whole(f.Name)) / 100
		case mandate.Whole, mandate.Year:
			out.Fields[f.Name] = r.Whole(f.Name)
		case mandate.Tick:
			out.Fields[f.Name] = r.Ticked(f.Name)
		default:
			out.Fields[f.Name] = r.Text(f.Name)
		}
	}
	return out
}

func recordNumbered(ctx context.Context, s *store.Store, text string) (mandate.Record, error) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n <= 0 {
		return mandate.Record{}, misusef("« %s » n'est pas un numéro de fiche (« passerelle mandat lister GENRE » les montre)", text)
	}
	r, err := s.MandateRecord(ctx, mandate.RecordID(n))
	if errors.Is(err, insertion.ErrNotFound) {
		return r, fmt.Errorf("aucune fiche %d dans le mandat (« passerelle mandat lister GENRE » les montre)", n)
	}
	return r, err
}

// mandateListCmd lists the records of a kind.
func (p *program) mandateListCmd() *cobra.Command {
	var under int64
	cmd := &cobra.Command{
		Use: "lister GENRE", Aliases: []string{"list"}, Short: "Les fiches d'un genre : séances, sièges, réseaux, locaux…", Args: takes(1, 1, "GENRE"),
		Example: "passerelle mandat lister seance\npasserelle mandat lister point --sous 27", ValidArgs: kindWords(),
		RunE: func(cmd *cobra.Command, args []string) error {
			sheet, err := sheetNamed(args[0])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				records, err := s.MandateRecords(cmd.Context(), sheet.Kind, mandate.RecordID(under))
				if err != nil {
					return err
				}
				return p.tellRecords(sheet, records)
			})
		},
	}
	cmd.Flags().Int64Var(&under, "sous", 0, "seulement celles de la fiche `N`")
	return cmd
}

// columns are the fields a list shows: all but long texts and what is rarely said.
func listed(sheet mandate.Sheet) []mandate.Field {
	var out []mandate.Field
	for _, f := range sheet.Fields {
		if f.Name == sheet.Title || len(out) < 6 && f.Type != mandate.Long {
			out = append(out, f)
		}
	}
	return out
}

func (p *program) tellRecords(sheet mandate.Sheet, records []mandate.Record) error {
	out := []recordJSON{}
	t := table{head: []string{"n°"}, right: []int{0}}
	if sheet.Parent != "" {
		t.head, t.right = append(t.head, "sous"), append(t.right, 1)
	}
	fields := listed(sheet)
	for _, f := range fields {
		switch f.Type {
		case mandate.Amount, mandate.Surface, mandate.Percent, mandate.Measure, mandate.Whole:
			t.right = append(t.right, len(t.head))
		}
		t.head = append(t.head, f.Caption())
	}
	for _, r := range records {
		out = append(out, recordOf(r))
		row := []string{strconv.FormatInt(int64(r.ID), 10)}
		if sheet.Parent != "" {
			row = append(row, strconv.FormatInt(int64(r.Parent), 10))
		}
		for _, f := range fields {
			row = append(row, strings.ReplaceAll(r.Show(f.Name), "\n", " / "))
		}
		t.add(row...)
	}
	return p.answer(out, func() {
		p.print(&t, fmt.Sprintf("Aucune fiche « %s ». « passerelle mandat ajouter %s » en tient une.", sheet.Label, sheet.Kind))
	})
}

func (p *program) tellRecord(ctx context.Context, s *store.Store, r mandate.Record) error {
	below, err := s.MandateRecords(ctx, "", r.ID)
	if err != nil {
		return err
	}
	sheet, _ := mandate.SheetOf(r.Kind)
	out := struct {
		recordJSON
		Below []recordJSON `json:"fiches"`
	}{recordOf(r), []recordJSON{}}
	for _, b := range below {
		out.Below = append(out.Below, recordOf(b))
	}
	return p.answer(out, func() {
		p.say("Fiche %d, %s : %s", r.ID, sheet.Label, r.Title())
		for _, f := range sheet.Fields {
			if r.Said(f.Name) {
				p.say("  %-24s %s", f.Label, r.Show(f.Name))
			}
		}
		for _, b := range below {
			of, _ := mandate.SheetOf(b.Kind)
			p.say("  %s %d : %s", of.Label, b.ID, b.Title())
		}
		for _, w := range sheet.Warnings(r, p.today()) {
			p.say("  Attention : %s.", w)
		}
	})
}
