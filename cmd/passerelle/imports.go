package main

import (
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

type pastImportJSON struct {
	ID        insertion.ImportID `json:"import"`
	File      string             `json:"fichier"`
	Format    string             `json:"format"`
	Hash      string             `json:"sha256"`
	At        time.Time          `json:"quand"`
	By        string             `json:"par"`
	Read      int                `json:"lus"`
	New       int                `json:"nouveaux"`
	Updated   int                `json:"modifies"`
	Unchanged int                `json:"inchanges"`
	Refused   int                `json:"refuses"`
	Complete  bool               `json:"complet"`
	Problem   string             `json:"probleme"`
}

// importsCmd lists the files taken in, or what one of them was refused.
func (p *program) importsCmd() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "imports [NUMÉRO]", Short: "Les fichiers déjà importés, ou les refus de l'un d'eux",
		Args: takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				if len(args) == 1 {
					return p.tellRefusals(cmd.Context(), s, args[0], limit)
				}
				return p.tellImports(cmd.Context(), s, limit)
			})
		},
	}
	limitFlag(cmd.Flags(), &limit, 50, false, "au plus `N` lignes")
	return cmd
}

func (p *program) tellImports(ctx context.Context, s *store.Store, limit int) error {
	imports, err := s.Imports(ctx, limit)
	if err != nil {
		return err
	}
	out := []pastImportJSON{}
	t := table{head: []string{"n°", "quand", "fichier", "format", "lus", "nouveaux", "modifiés", "refusés", ""}, right: []int{0, 4, 5, 6, 7}}
	for _, im := range imports {
		out = append(out, pastImportJSON{im.ID, im.File, im.Format, im.Hash, im.At, im.By, im.Read, im.New, im.Updated, im.Unchanged,
			im.Refused, im.Complete, im.Problem})
		state := ""
		if !im.Complete {
			state = "incomplet"
		}
		t.add(strconv.FormatInt(int64(im.ID), 10), im.At.Local().Format("02/01/2006 15:04"), im.File, im.Format, strconv.Itoa(im.Read),
			strconv.Itoa(im.New), strconv.Itoa(im.Updated), strconv.Itoa(im.Refused), state)
	}
	return p.answer(out, func() { p.print(&t, "Aucun fichier importé encore.") })
}

func (p *program) tellRefusals(ctx context.Context, s *store.Store, number string, limit int) error {
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return misusef("« %s » n'est pas un numéro d'import", number)
	}
	refusals, err := s.Refusals(ctx, insertion.ImportID(id), 0, limit)
	if err != nil {
		return err
	}
	t := table{head: []string{"enreg.", "ligne", "champ", "valeur", "raison"}, right: []int{0, 1}}
	for _, r := range refusals {
		t.add(strconv.Itoa(r.Record), strconv.Itoa(r.Line), r.Field, r.Value, r.Reason)
	}
	return p.answer(list(refusals), func() { p.print(&t, "Cet import n'a rien refusé.") })
}
