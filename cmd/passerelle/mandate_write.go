package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/internal/place"
	"passerelle/store"
)

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
		Example: "passerelle mandat ajouter reseau nom=\"Réseau des régies\" adherents=12\npasserelle mandat ajouter soutien --sous 40 annee=2027 objet=fonctionnement demande=20000 accorde=15000",
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
		Example: "passerelle mandat modifier 28 suivi=cabinet\npasserelle mandat modifier 43 accorde=",
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
