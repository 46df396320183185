package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// onLot runs a command about one lot.
func (p *program) onLot(cmd *cobra.Command, name string, work func(ctx context.Context, s *store.Store, lot insertion.Lot) error) error {
	return p.with(cmd.Context(), func(s *store.Store) error {
		lot, err := p.lotNamed(cmd.Context(), s, name)
		if err != nil {
			return err
		}
		return work(cmd.Context(), s, lot)
	})
}

// declarationsCmd is the calendar of declarations.
func (p *program) declarationsCmd() *cobra.Command {
	var missing, again bool
	var name, received, document string
	cmd := &cobra.Command{
		Use: "declarations [LOT]", Short: "Le calendrier des déclarations : qui n'a pas déclaré, depuis quand",
		Example: "passerelle declarations --manquantes\npasserelle declarations 12 --recue 2026-T1 --document \"courriel du 10/04\"", Args: takes(0, 1, "LOT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&missing, "manquantes", false, "seulement celles qui manquent")
	flags.StringVar(&received, "recue", "", "noter la réception de cette `PÉRIODE` : 2026-T1 ou 03/2026")
	flags.StringVar(&document, "document", "courriel", "ce qui est arrivé, en quelques `MOTS`")
	flags.BoolVar(&again, "encore", false, "avec --recue : noter une seconde réception d'une période déjà reçue")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			name = args[0]
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			f := insertion.DeclarationFilter{Missing: missing}
			if name != "" {
				lot, err := p.lotNamed(cmd.Context(), s, name)
				if err != nil {
					return err
				}
				f.Lot = lot.ID
			}
			if received != "" {
				if f.Lot == 0 {
					return misusef("--recue demande un lot")
				}
				from, to, err := parsePeriod(received)
				if err != nil {
					return err
				}
				if _, err := s.Receive(cmd.Context(), p.who(), insertion.Receipt{Lot: f.Lot, From: from, To: to, Received: p.today(), Document: clean(document), Again: again}); err != nil {
					return err
				}
			}
			rows, err := s.Declarations(cmd.Context(), f)
			if err != nil {
				return err
			}
			out := []map[string]any{}
			t := table{head: []string{"lot", "période", "attendue le", "état", "titulaire", "objet"}, right: []int{0}}
			for _, d := range rows {
				state := "attendue"
				switch {
				case d.Received != "":
					state = "reçue le " + d.Received.French()
				case d.Late > 0:
					state = fmt.Sprintf("manque, %d j de retard", d.Late)
				}
				out = append(out, map[string]any{"lot": d.Lot, "de": d.From, "a": d.To, "attendue_le": d.DueOn, "recue_le": d.Received, "jours_de_retard": d.Late, "titulaire": d.Who.Label()})
				t.add(strconv.FormatInt(int64(d.Lot), 10), d.From.French()+"-"+d.To.French(), d.DueOn.French(), state, d.Who.Label(), d.Object)
			}
			return p.answer(out, func() { p.print(&t, "Aucune déclaration demandée, ou aucune ne manque.") })
		})
	}
	return cmd
}
