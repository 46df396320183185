package main

import (
	"cmp"
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// deedsCmd shows what is due and the deeds it comes from, and adds one.
func (p *program) deedsCmd() *cobra.Command {
	var d insertion.Deed
	var add string
	var remove int64
	var less bool
	cmd := &cobra.Command{
		Use: "actes LOT", Aliases: []string{"deeds"}, Short: "Heures dues au marché, à ce jour, au terme ; factures, bons de commande, tranches, avenants",
		Example: "passerelle actes 12\npasserelle actes 12 --ajouter facture --montant 3000000 --date 10/01/2026\n" +
			"passerelle actes 12 --ajouter \"bon de commande\" --montant 120000 --debut 01/01/2026 --fin 31/12/2026",
		Args: takes(1, 1, "LOT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&add, "ajouter", "", "`ACTE` : facture, bon de commande, tranche, reconduction, avenant")
	readFlag(flags, &d.Amount, insertion.ParseCents, "montant", "montant hors taxes, en `EUROS`")
	flags.BoolVar(&less, "en-moins", false, "un avoir, ou un avenant qui diminue")
	readFlag(flags, &d.Dated, insertion.ParseDate, "date", "`DATE` de l'acte (aujourd'hui sinon)")
	readFlag(flags, &d.Start, insertion.ParseDate, "debut", "premier `JOUR`")
	readFlag(flags, &d.End, insertion.ParseDate, "fin", "dernier `JOUR`, ou nouvelle fin")
	readFlag(flags, &d.Hours, insertion.ParseHours, "heures", "`HEURES` que le marché y attache")
	readFlag(flags, &d.Affirmed, insertion.ParseDate, "affermie", "`DATE` d'affermissement")
	flags.StringVar(&d.Label, "libelle", "", "un `LIBELLÉ`")
	flags.Int64Var(&remove, "retirer", 0, "retirer l'acte de ce `NUMÉRO`")
	complete(cmd, "ajouter", "facture", "bon de commande", "tranche", "reconduction", "avenant")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.onLot(cmd, args[0], func(ctx context.Context, s *store.Store, lot insertion.Lot) error {
			if add != "" {
				d.Lot, d.Kind, d.Dated, d.Label = lot.ID, insertion.DeedKind(add), cmp.Or(d.Dated, p.today()), clean(d.Label)
				if less {
					d.Amount = -d.Amount
				}
				if _, err := s.SaveDeed(ctx, p.who(), d); err != nil {
					return err
				}
			}
			if remove != 0 {
				if err := s.RemoveDeed(ctx, p.who(), insertion.DeedID(remove)); err != nil {
					return err
				}
			}
			return p.tellDues(ctx, s, lot)
		})
	}
	return cmd
}

// noClause is what a lot without a clause sheet answers.
func noClause(lot insertion.Lot) error {
	return fmt.Errorf("le lot %d n'a pas de fiche clause (« passerelle clause %d » l'écrit)", lot.ID, lot.ID)
}

func (p *program) tellDues(ctx context.Context, s *store.Store, lot insertion.Lot) error {
	if lot.Clause == nil {
		return noClause(lot)
	}
	due, err := s.LotDues(ctx, lot.ID)
	if err != nil {
		return err
	}
	deeds, err := s.Deeds(ctx, lot.ID)
	if err != nil {
		return err
	}
	t := table{head: []string{"n°", "date", "acte", "montant", "heures", "libellé"}, right: []int{0, 3, 4}}
	for _, d := range deeds {
		t.add(strconv.FormatInt(int64(d.ID), 10), d.Dated.French(), string(d.Kind), d.Amount.String(), d.Hours.Number(), d.Label)
	}
	out := map[string]any{
		"lot": lot.ID, "au_marche": plainHours(due.Contractual), "a_ce_jour": plainHours(due.ToDate), "au_terme": plainHours(due.Forecast), "fin": due.End,
		"calcul": map[string][]string{"au_marche": list(due.Trace.Contractual), "a_ce_jour": list(due.Trace.ToDate), "au_terme": list(due.Trace.Forecast)},
		"actes":  list(deeds),
	}
	return p.answer(out, func() {
		p.say("Lot %d : %s au marché, %s à ce jour, %s au terme du %s.", lot.ID, due.Contractual, due.ToDate, due.Forecast, due.End.French())
		for _, part := range []struct {
			name  string
			trace []string
		}{{"au marché", due.Trace.Contractual}, {"à ce jour", due.Trace.ToDate}, {"au terme", due.Trace.Forecast}} {
			for _, line := range part.trace {
				p.say("    %-9s %s", part.name, line)
			}
		}
		p.print(&t, "Aucun acte saisi.")
	})
}
