package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// fileCmd is « dossier »: everything that happened.
func (p *program) fileCmd() *cobra.Command {
	var text string
	var limit int
	cmd := &cobra.Command{
		Use: "dossier GENRE NUMÉRO", Aliases: []string{"file"}, Short: "Tout ce qui s'est passé sur un lot, une entreprise, une structure, une personne",
		Example: "passerelle dossier lot 12\npasserelle dossier personne P-0042 --texte rsa", Args: takes(2, 2, "GENRE", "NUMÉRO"),
	}
	cmd.Flags().StringVar(&text, "texte", "", "seulement ce qui contient ces `MOTS`")
	limitFlag(cmd.Flags(), &limit, 200, false, "au plus `N` lignes")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		about := insertion.Subject{Kind: insertion.SubjectKind(strings.ToLower(args[0]))}
		var err error
		if about.Kind == insertion.OnParticipant {
			var id insertion.ParticipantID
			id, err = personNamed(args[1])
			about.ID = int64(id)
		} else if about.ID, err = strconv.ParseInt(args[1], 10, 64); err != nil {
			err = misusef("« %s » n'est pas un numéro (« passerelle chercher » les donne)", args[1])
		}
		if err != nil {
			return err
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			events, err := s.File(cmd.Context(), about, text, limit)
			if err != nil {
				return err
			}
			out := []map[string]any{}
			t := table{head: []string{"date", "quoi", "par"}}
			for _, e := range events {
				out = append(out, map[string]any{"date": e.On, "quoi": e.What, "par": e.By})
				t.add(e.On.French(), e.What, e.By)
			}
			return p.answer(out, func() { p.print(&t, "Rien n'est noté.") })
		})
	}
	return cmd
}

// findCmd is « chercher »: everything at once.
func (p *program) findCmd() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "chercher TEXTE…", Aliases: []string{"find"}, Short: "Chercher partout : lots, entreprises, structures, personnes, échanges",
		Example: "passerelle chercher élagage nanterre\npasserelle chercher P-0042", Args: takes(1, -1, "TEXTE"),
	}
	limitFlag(cmd.Flags(), &limit, 60, false, "au plus `N` résultats")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			hits, err := s.Find(cmd.Context(), strings.Join(args, " "), limit)
			if err != nil {
				return err
			}
			t := table{head: []string{"genre", "n°", "quoi", "détail"}, right: []int{1}}
			for _, h := range hits {
				t.add(h.Label(), strconv.FormatInt(h.ID, 10), h.Title, h.Detail)
			}
			return p.answer(list(hits), func() { p.print(&t, "Rien ne commence par ces mots.") })
		})
	}
	return cmd
}
