package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// lawCmd lists the contracts the law asks about, and records exemptions.
func (p *program) lawCmd() *cobra.Command {
	var limit int
	var e insertion.Exemption
	var name, motive string
	cmd := &cobra.Command{
		Use: "veille", Aliases: []string{"watch"}, Short: "Les marchés au-dessus des seuils européens sans considération sociale, et leurs exemptions",
		Example: "passerelle veille\npasserelle veille --exempter 12 --motif \"sans lien suffisant avec l'objet\" --explication \"…\" --preuve \"note du 02/03\"", Args: takes(0, 0),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	limitFlag(flags, &limit, 50, false, "au plus `N` marchés")
	flags.StringVar(&name, "exempter", "", "enregistrer l'exemption de ce `LOT`")
	flags.StringVar(&motive, "motif", "", "un des quatre `MOTIFS` de L2112-2-1")
	flags.StringVar(&e.Text, "explication", "", "le `TEXTE` qui dit pourquoi ce motif vaut ici")
	flags.StringVar(&e.Evidence, "preuve", "", "le `DOCUMENT` qui le montre")
	var motives []string
	for _, m := range insertion.Motives() {
		motives = append(motives, string(m))
	}
	complete(cmd, "motif", motives...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			ctx := cmd.Context()
			if name != "" {
				lot, err := p.lotNamed(ctx, s, name)
				if err != nil {
					return err
				}
				if old, err := s.Exemption(ctx, lot.ID); err != nil {
					return err
				} else if old != nil {
					e.Version = old.Version
				}
				e.Lot, e.Motive, e.Dated, e.Text, e.Evidence = lot.ID, insertion.Motive(motive), p.today(), clean(e.Text), clean(e.Evidence)
				if err := s.SaveExemption(ctx, p.who(), e); err != nil {
					return err
				}
			}
			rows, err := s.Watches(ctx, limit)
			if err != nil {
				return err
			}
			out := []map[string]any{}
			t := table{head: []string{"lot", "date", "montant", "seuil", "état", "acheteur", "objet"}, right: []int{0, 2, 3}}
			for _, w := range rows {
				state := "avant l'obligation"
				switch {
				case w.Exemption != nil:
					state = "exempté : " + string(w.Exemption.Motive)
				case w.Duty:
					state = "à motiver"
				}
				out = append(out, map[string]any{"lot": w.Lot.ID, "date": w.Lot.Date, "montant": plainEuros(w.Lot.Amount), "seuil": plainEuros(w.Threshold), "soumis": w.Duty, "exemption": w.Exemption, "objet": w.Lot.Object})
				t.add(strconv.FormatInt(int64(w.Lot.ID), 10), w.Lot.Date.French(), w.Lot.Amount.Round(), w.Threshold.Round(), state, w.Lot.Buyer.Label(), w.Lot.Object)
			}
			return p.answer(out, func() { p.print(&t, "Aucun marché au-dessus des seuils sans considération sociale.") })
		})
	}
	return cmd
}
