package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/mandate"
	"passerelle/internal/place"
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

// sheetNamed finds a kind by its code, its name or its plural.
func sheetNamed(name string) (mandate.Sheet, error) {
	var kinds []string
	for _, s := range mandate.Sheets() {
		for _, known := range []string{string(s.Kind), s.Label, s.Plural} {
			if intake.Fold(known) == intake.Fold(name) {
				return s, nil
			}
		}
		kinds = append(kinds, string(s.Kind))
	}
	return mandate.Sheet{}, misusef("« %s » n'est pas un genre de fiche (%s)", name, strings.Join(kinds, ", "))
}

func kindWords() []string {
	var kinds []string
	for _, s := range mandate.Sheets() {
		kinds = append(kinds, string(s.Kind))
	}
	return kinds
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
		Example: "passerelle mandat lister seance\npasserelle mandat lister point --sous 4", ValidArgs: kindWords(),
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
		t.head = append(t.head, strings.ToLower(f.Label))
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
		for _, w := range sheet.Warnings(r) {
			p.say("  Attention : %s.", w)
		}
	})
}

// lay reads « champ=valeur » into a record.
func lay(sheet mandate.Sheet, r *mandate.Record, pairs []string, g *place.Gazetteer) error {
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return misusef("« %s » : écrivez champ=valeur (%s)", pair, strings.Join(sheet.Names(), ", "))
		}
		if err := put(sheet, r, strings.TrimSpace(name), value, g); err != nil {
			return fieldWords(err)
		}
	}
	return nil
}

// put reads one typed value; communes are those of the gazetteer.
func put(sheet mandate.Sheet, r *mandate.Record, name, value string, g *place.Gazetteer) error {
	if f, ok := sheet.Field(name); ok && f.Type == mandate.Commune && strings.TrimSpace(value) != "" {
		known, found := communeNamed(g, value)
		if !found {
			return &insertion.FieldError{Field: name, Reason: fmt.Sprintf("« %s » n'est pas une commune connue : son nom entier, ou son code INSEE", clean(value))}
		}
		value = known
	}
	return sheet.Set(r, name, value)
}

// communeNamed is the name of a commune, from its name or its INSEE code.
func communeNamed(g *place.Gazetteer, text string) (string, bool) {
	text = strings.TrimSpace(text)
	if c, ok := g.Commune(text); ok {
		return c.Name, true
	}
	if found := g.Named(text, ""); len(found) > 0 {
		return found[0].Name, true
	}
	return "", false
}

func (p *program) mandateAddCmd() *cobra.Command {
	var under int64
	cmd := &cobra.Command{
		Use: "ajouter GENRE champ=valeur…", Aliases: []string{"add"}, Short: "Tenir une fiche de plus", Args: takes(1, -1, "GENRE"), ValidArgs: kindWords(),
		Long:    "« passerelle mandat champs GENRE » dit les champs d'un genre, et « --sous N » la fiche dont elle dépend.",
		Example: "passerelle mandat ajouter reseau nom=\"Réseau des régies\" adherents=12\npasserelle mandat ajouter soutien --sous 7 annee=2026 objet=fonctionnement demande=20000 accorde=15000",
		RunE: func(cmd *cobra.Command, args []string) error {
			sheet, err := sheetNamed(args[0])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				r := mandate.Record{Kind: sheet.Kind, Parent: mandate.RecordID(under)}
				return p.saveRecord(cmd.Context(), s, sheet, r, args[1:])
			})
		},
	}
	cmd.Flags().Int64Var(&under, "sous", 0, "la fiche `N` dont elle dépend : un point, sa séance ; un débat, son forum…")
	return cmd
}

func (p *program) saveRecord(ctx context.Context, s *store.Store, sheet mandate.Sheet, r mandate.Record, pairs []string) error {
	g, err := gazetteer(ctx, s)
	if err != nil {
		return err
	}
	if err := lay(sheet, &r, pairs, g); err != nil {
		return err
	}
	id, err := s.SaveMandateRecord(ctx, p.who(), r)
	if err != nil {
		return fieldWords(err)
	}
	if r, err = s.MandateRecord(ctx, id); err != nil {
		return err
	}
	return p.tellRecord(ctx, s, r)
}

func (p *program) mandateEditCmd() *cobra.Command {
	return &cobra.Command{
		Use: "modifier N champ=valeur…", Aliases: []string{"edit"}, Short: "Changer des champs d'une fiche ; « champ= » le vide", Args: takes(2, -1, "N", "champ=valeur"),
		Example: "passerelle mandat modifier 12 etat=tenue\npasserelle mandat modifier 7 accorde=",
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				r, err := recordNumbered(cmd.Context(), s, args[0])
				if err != nil {
					return err
				}
				sheet, _ := mandate.SheetOf(r.Kind)
				return p.saveRecord(cmd.Context(), s, sheet, r, args[1:])
			})
		},
	}
}

func (p *program) mandateRemoveCmd() *cobra.Command {
	return &cobra.Command{
		Use: "retirer N", Aliases: []string{"remove"}, Short: "Retirer une fiche ; « passerelle annuler » la remet", Args: takes(1, 1, "N"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				r, err := recordNumbered(cmd.Context(), s, args[0])
				if err != nil {
					return err
				}
				if err := s.RemoveMandateRecord(cmd.Context(), p.who(), r.ID); err != nil {
					return fieldWords(err)
				}
				return p.answer(recordOf(r), func() { p.say("Fiche %d retirée : %s.", r.ID, r.Title()) })
			})
		},
	}
}

type sheetJSON struct {
	Kind   mandate.Kind `json:"genre"`
	Label  string       `json:"nom"`
	Of     mandate.Code `json:"engagement,omitempty"`
	Parent mandate.Kind `json:"sous,omitempty"`
	Fields []fieldJSON  `json:"champs"`
}

type fieldJSON struct {
	Name     string       `json:"champ"`
	Label    string       `json:"libelle"`
	Type     mandate.Type `json:"type"`
	Required bool         `json:"requis"`
	Hint     string       `json:"exemple,omitempty"`
	Choices  []string     `json:"choix,omitempty"`
}

func (p *program) mandateFieldsCmd() *cobra.Command {
	return &cobra.Command{
		Use: "champs [GENRE]", Aliases: []string{"fields"}, Short: "Les genres de fiches, ou les champs de l'un d'eux", Args: takes(0, 1, "GENRE"), ValidArgs: kindWords(),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.tellSheets()
			}
			sheet, err := sheetNamed(args[0])
			if err != nil {
				return err
			}
			t := table{head: []string{"champ", "libellé", "type", "requis", "choix ou exemple"}}
			for _, f := range sheet.Fields {
				hint := f.Hint
				if len(f.Choices) > 0 {
					hint = strings.Join(f.Choices, ", ")
				}
				t.add(f.Name, f.Label, string(f.Type), map[bool]string{true: "oui"}[f.Required], hint)
			}
			return p.answer(describedSheet(sheet), func() { p.print(&t, "") })
		},
	}
}

func describedSheet(s mandate.Sheet) sheetJSON {
	out := sheetJSON{Kind: s.Kind, Label: s.Label, Of: s.Of, Parent: s.Parent}
	for _, f := range s.Fields {
		out.Fields = append(out.Fields, fieldJSON{f.Name, f.Label, f.Type, f.Required, f.Hint, f.Choices})
	}
	return out
}

func (p *program) tellSheets() error {
	out := []sheetJSON{}
	t := table{head: []string{"genre", "nom", "sous", "engagement"}}
	for _, s := range mandate.Sheets() {
		out = append(out, describedSheet(s))
		t.add(string(s.Kind), s.Label, string(s.Parent), string(s.Of))
	}
	return p.answer(out, func() { p.print(&t, "") })
}
