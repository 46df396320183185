package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

func (p *program) mergeCmd() *cobra.Command {
	return &cobra.Command{
		Use: "fusionner GARDÉE DISPARUE", Aliases: []string{"merge"}, Short: "Réunir deux fiches d'une même personne",
		Example: "passerelle personne fusionner P-0042 P-0057", Args: takes(2, 2, "GARDÉE", "DISPARUE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			keep, err := personNamed(args[0])
			if err != nil {
				return err
			}
			gone, err := personNamed(args[1])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				r, err := s.Merge(cmd.Context(), p.who(), keep, gone)
				if err != nil {
					return err
				}
				if len(r.Conflicts) > 0 {
					return fmt.Errorf("rien n'est réuni : %s", strings.Join(r.Conflicts, " ; "))
				}
				return p.answer(r, func() {
					p.say("%s réunie dans %s : %s, %s (« passerelle annuler » les sépare).", gone.Code(), keep.Code(),
						insertion.Counted(r.Assignments, "affectation", "affectations"), insertion.Counted(r.Lines, "ligne d'heures", "lignes d'heures"))
				})
			})
		},
	}
}

func (p *program) eraseCmd() *cobra.Command {
	var yes, parts bool
	cmd := &cobra.Command{
		Use: "effacer PERSONNE", Aliases: []string{"erase"}, Short: "Effacer une personne pour toujours, en gardant les statistiques",
		Long: "Sans --oui, dit ce qui disparaîtrait et n'efface rien. Rien ne peut faire revenir une personne effacée, pas même « annuler ».\n" +
			"Une partie de son nom, seule dans un texte, peut être celui d'une autre : ces textes sont listés, à relire, et restent. Une fois le nom\n" +
			"effacé, plus rien ne les masque à la délégation : --mentions les récrit aussi, sauf ce qui nomme une entreprise ou une autre personne.",
		Example: "passerelle personne effacer P-0042\npasserelle personne effacer P-0042 --oui", Args: takes(1, 1, "PERSONNE"),
	}
	cmd.Flags().BoolVar(&yes, "oui", false, "effacer vraiment")
	cmd.Flags().BoolVar(&parts, "mentions", false, "avec --oui : récrire aussi les textes qui portent une partie de son nom")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if parts && !yes {
			return misusef("--mentions ne va qu'avec --oui")
		}
		id, err := personNamed(args[0])
		if err != nil {
			return err
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			read := s.Erasure
			if yes {
				read = func(ctx context.Context, id insertion.ParticipantID) (insertion.ErasureReport, error) {
					if parts {
						return s.EraseWithParts(ctx, p.who(), id)
					}
					return s.Erase(ctx, p.who(), id)
				}
			}
			r, err := read(cmd.Context(), id)
			if err != nil {
				return found(id, err)
			}
			return p.answer(map[string]any{"personne": id.Code(), "efface": yes, "preuves": r.Proofs, "lignes_gardees": r.Lines, "journal_reecrit": r.Changes, "notes_reecrites": r.Notes, "a_relire": list(r.Doubts), "reste_a_faire": r.Residue}, func() {
				verb := "à effacer"
				if yes {
					verb = "effacées"
				}
				p.say("%s, preuves %s : %d ; lignes d'heures gardées pour les statistiques : %d ; réécrites : %s, %s.", id.Code(), verb, r.Proofs, r.Lines,
					insertion.Counted(r.Changes, "ligne du journal", "lignes du journal"), insertion.Counted(r.Notes, "note", "notes"))
				p.tellDoubts(r.Doubts)
				if r.Residue != "" {
					p.say("Reste à faire : %s.", r.Residue)
				}
				if !yes {
					p.say("Rien n'est effacé : ajoutez --oui. Ce sera pour toujours.")
				}
			})
		})
	}
	return cmd
}

// tellDoubts lists the texts that may still name somebody, and how to read each.
func (p *program) tellDoubts(doubts []insertion.Doubt) {
	for _, d := range doubts {
		p.say("À relire, une partie de son nom y est peut-être : %s, « %s » (« passerelle %s »).", d.Where, d.Text, d.Command)
	}
}

func (p *program) exportCmd() *cobra.Command {
	var d delivery
	cmd := &cobra.Command{
		Use: "exporter PERSONNE", Aliases: []string{"export"}, Short: "Tout ce qui est tenu sur une personne, en JSON (droit d'accès)",
		Long:    "À lui remettre, à elle seule. Inscrit au registre des exports (« passerelle exports »).",
		Example: "passerelle personne exporter P-0042 -o p-0042.json", Args: takes(1, 1, "PERSONNE"),
	}
	d.add(cmd, "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		id, err := personNamed(args[0])
		if err != nil {
			return err
		}
		format, err := d.chosen()
		if err != nil {
			return err
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			doc, err := s.PersonExport(cmd.Context(), id)
			if err != nil {
				return found(id, err)
			}
			e := insertion.Export{Kind: insertion.ExportPerson, What: "tout ce qui est tenu sur " + id.Code(), Format: format, Persons: 1}
			return p.deliver(cmd.Context(), s, d, e, func(w io.Writer) error {
				_, err := w.Write(append(doc, '\n'))
				return err
			})
		})
	}
	return cmd
}

func (p *program) namesCmd() *cobra.Command {
	var keep, drop, yes bool
	cmd := &cobra.Command{
		Use: "noms [PERSONNE NOM]", Aliases: []string{"names"}, Short: "Tenir ou non les noms dans ce fichier, ou écrire un nom",
		Long: "Les noms ne sont pas tenus, sauf décision du facilitateur pour son propre fichier. --ne-plus-tenir les efface tous, pour toujours,\n" +
			"et récrit les textes qui en portent un (échanges, clauses, fiches, journal) ; sans --oui, dit ce qui serait récrit et ne fait rien.\n" +
			"Un nom vide l'efface ; un autre nom le remplace. Ce que l'ancien masquait dans les textes et que rien ne masquerait plus en est ôté de\n" +
			"même : une faute corrigée ne découvre pas ce qui fut écrit avec elle. Si aucun texte ne le porte, c'est fait aussitôt.\n" +
			"Ils ne paraissent ni au journal, ni dans les relevés, ni pour d'autres que le facilitateur.",
		Example: "passerelle personne noms --tenir\npasserelle personne noms P-0042 \"Nom Prénom\"\npasserelle personne noms P-0042 \"\" --oui", Args: takes(0, 2, "PERSONNE", "NOM"),
	}
	cmd.Flags().BoolVar(&keep, "tenir", false, "tenir les noms dans ce fichier")
	cmd.Flags().BoolVar(&drop, "ne-plus-tenir", false, "ne plus les tenir, et les effacer tous")
	cmd.Flags().BoolVar(&yes, "oui", false, "effacer vraiment, et récrire les textes")
	cmd.MarkFlagsMutuallyExclusive("tenir", "ne-plus-tenir")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case yes && !drop && len(args) < 2:
			return misusef("--oui ne va qu'avec --ne-plus-tenir, ou PERSONNE et NOM")
		case len(args) == 1:
			return misusef("écrivez aussi le NOM de la personne, ou \"\" pour l'effacer")
		case drop && len(args) > 0:
			return misusef("--ne-plus-tenir efface tous les noms : il va sans PERSONNE ni NOM")
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			if drop {
				return p.dropNames(cmd.Context(), s, yes)
			}
			if keep {
				if err := s.KeepNames(cmd.Context(), p.who(), true); err != nil {
					return err
				}
			}
			if len(args) == 2 {
				return p.setName(cmd.Context(), s, args[0], clean(args[1]), yes)
			}
			kept, err := s.NamesKept(cmd.Context())
			if err != nil {
				return err
			}
			return p.answer(map[string]bool{"noms_tenus": kept}, func() {
				p.say("%s", map[bool]string{true: "Ce fichier tient les noms.", false: "Ce fichier ne tient aucun nom."}[kept])
			})
		})
	}
	return cmd
}

// setName writes or takes away the name of a person; when that rewrites texts it
// says so first, and does it when sure.
func (p *program) setName(ctx context.Context, s *store.Store, who, name string, sure bool) error {
	id, err := personNamed(who)
	if err != nil {
		return err
	}
	set := s.NameSet
	if sure {
		set = s.SetName
	}
	r, err := set(ctx, p.who(), id, name)
	if err == nil && !sure && !r.Touches() {
		sure = true
		r, err = s.SetName(ctx, p.who(), id, name)
	}
	if err != nil {
		return found(id, err)
	}
	kept, err := s.NamesKept(ctx)
	if err != nil {
		return err
	}
	done := map[bool]string{true: "nom effacé", false: "nom enregistré"}[name == ""]
	return p.answer(map[string]any{"noms_tenus": kept, "personne": id.Code(), "fait": sure, "textes_reecrits": r.Texts, "journal_reecrit": r.Changes, "reste_a_faire": r.Residue}, func() {
		switch {
		case !sure:
			p.say("Des textes portent l'ancien nom de %s et en seraient récrits : textes, %d ; lignes du journal, %d.", id.Code(), r.Texts, r.Changes)
			p.say("Rien n'est fait : ajoutez --oui. Ce sera pour toujours.")
		case r.Touches():
			p.say("%s : %s ; textes récrits sans l'ancien : %d ; lignes du journal récrites : %d.", id.Code(), done, r.Texts, r.Changes)
		default:
			p.say("%s : %s.", id.Code(), done)
		}
		if r.Residue != "" {
			p.say("Reste à faire : %s.", r.Residue)
		}
	})
}

// dropNames stops keeping names, or says what that would reach.
func (p *program) dropNames(ctx context.Context, s *store.Store, yes bool) error {
	read := s.NamesDropped
	if yes {
		read = func(ctx context.Context) (insertion.NamesReport, error) { return s.DropNames(ctx, p.who()) }
	}
	r, err := read(ctx)
	if err != nil {
		return err
	}
	return p.answer(map[string]any{"noms_tenus": !yes, "efface": yes, "noms": r.Names, "textes_reecrits": r.Texts, "journal_reecrit": r.Changes, "reste_a_faire": r.Residue}, func() {
		if !yes {
			p.say("Noms qui seraient effacés : %d ; textes récrits sans eux : %d ; lignes du journal récrites : %d.", r.Names, r.Texts, r.Changes)
			p.say("Rien n'est fait : ajoutez --oui. Ce sera pour toujours.")
			return
		}
		p.say("Ce fichier ne tient plus aucun nom. Noms effacés : %d ; textes récrits sans eux : %d ; lignes du journal récrites : %d.", r.Names, r.Texts, r.Changes)
		if r.Residue != "" {
			p.say("Reste à faire : %s.", r.Residue)
		}
	})
}
