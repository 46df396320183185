package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"passerelle/internal/arrival"
	"passerelle/internal/insertion"
	"passerelle/internal/match"
	"passerelle/internal/place"
)

// evaluateCmd measures the ranking on real awards.
func (p *program) evaluateCmd() *cobra.Command {
	return &cobra.Command{
		Use: "evaluer PAIRES.csv ANNUAIRE…", Aliases: []string{"evaluate"}, Short: "Mesurer le classement sur des marchés que des structures ont gagnés",
		Long: "Cache le gagnant de chaque marché, classe tout l'annuaire, et dit à quel rang vient le gagnant : R@1 à R@50 et MRR.\n" +
			"PAIRES.csv porte les colonnes objet, cpv, lieu_code, lieu_type, acheteur_siret, gagnant_siret. Rien n'est enregistré.",
		Args: takes(2, -1, "PAIRES.csv", "l'annuaire"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("ouvrir %s : %w", args[0], err)
			}
			defer f.Close()
			pairs, err := match.ReadPairs(f)
			if err != nil {
				return fmt.Errorf("%s : %w", args[0], err)
			}
			structures, err := readStructures(cmd.Context(), args[1:])
			if err != nil {
				return err
			}
			d := match.NewDirectory(structures, nil, place.National())
			m := match.Evaluate(d, pairs)
			return p.answer(m, func() {
				p.say("%d structures, règle %s", d.Len(), m.Ranking)
				p.say("%s", m)
			})
		},
	}
}

// readStructures reads directories without any file of ours.
func readStructures(ctx context.Context, files []string) ([]insertion.Structure, error) {
	shelf := &shelf{}
	o := arrival.Options{By: "évaluation", Gazetteer: place.National(), Done: func(im insertion.Import) error {
		if im.Problem != "" {
			return fmt.Errorf("%s", im.Problem)
		}
		return nil
	}}
	if err := arrival.Files(ctx, shelf, files, o); err != nil {
		return nil, err
	}
	if len(shelf.structures) == 0 {
		return nil, fmt.Errorf("%s : aucune structure dans ces fichiers", files[0])
	}
	return shelf.structures, nil
}
