package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/intake"
	"passerelle/internal/mandate"
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
		p.say("%s, %s, %s, %s.", many(counts["créée"], "créée"), many(counts["modifiée"], "modifiée"), many(counts["inchangée"], "inchangée"), many(counts["refusée"], "refusée"))
	})
	if err == nil && counts["refusée"] > 0 {
		return silent{failure} // each row already said why
	}
	return err
}
