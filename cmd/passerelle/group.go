package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// groupCmd shows who owes what to whom in a group of contractors.
func (p *program) groupCmd() *cobra.Command {
	var shares, from, to string
	var h insertion.Hours
	var price insertion.Cents
	cmd := &cobra.Command{
		Use: "groupe LOT", Aliases: []string{"group"}, Short: "Un groupement : parts, cessions d'heures, qui doit combien à qui",
		Example: "passerelle groupe 12\npasserelle groupe 12 --parts 60,40\npasserelle groupe 12 --de 1 --a 2 --heures 30 --prix 20,04",
		Args:    takes(1, 1, "LOT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&shares, "parts", "", "les `PARTS` en pourcent, dans l'ordre des titulaires, séparées par « ; » ou des virgules")
	flags.StringVar(&from, "de", "", "le `RANG` du titulaire qui cède (1 : le mandataire)")
	flags.StringVar(&to, "a", "", "le `RANG` du titulaire qui prend")
	readFlag(flags, &h, insertion.ParseHours, "heures", "`HEURES` cédées")
	readFlag(flags, &price, insertion.ParseCents, "prix", "prix de l'heure, en `EUROS`")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.onLot(cmd, args[0], func(ctx context.Context, s *store.Store, lot insertion.Lot) error {
			g, err := s.Group(ctx, lot.ID)
			if err != nil {
				return err
			}
			if shares != "" {
				parts := words(shares)
				if len(parts) != len(g.Members) {
					return misusef("--parts : %s, %s", insertion.Counted(len(g.Members), "titulaire", "titulaires"), insertion.Counted(len(parts), "part", "parts"))
				}
				was := slices.Clone(g.Members)
				for i, text := range parts {
					if g.Members[i].Share, err = insertion.ParseShare(text); err != nil {
						return misuse{err.Error()}
					}
				}
				if err := s.SaveShares(ctx, p.who(), lot.ID, was, g.Members); err != nil {
					return err
				}
			}
			if from != "" || to != "" {
				t := insertion.Transfer{Lot: lot.ID, Hours: h, Price: price, Dated: p.today(), From: ranked(g, from), To: ranked(g, to)}
				if _, err := s.SaveTransfer(ctx, p.who(), t); err != nil {
					return err
				}
			}
			return p.tellGroup(ctx, s, lot)
		})
	}
	return cmd
}

func ranked(g insertion.Group, rank string) insertion.OrganisationID {
	n, err := strconv.Atoi(rank)
	if err != nil || n < 1 || n > len(g.Members) {
		return 0
	}
	return g.Members[n-1].Organisation
}

func (p *program) tellGroup(ctx context.Context, s *store.Store, lot insertion.Lot) error {
	g, err := s.Group(ctx, lot.ID)
	if err != nil {
		return err
	}
	if len(g.Members) == 0 {
		return fmt.Errorf("le lot %d n'a pas de titulaire connu", lot.ID)
	}
	st, err := g.Settle()
	if err != nil {
		return err
	}
	name := map[insertion.OrganisationID]string{}
	t := table{head: []string{"rang", "titulaire", "part", "dues", "cédées", "prises", "faites", "manquent"}, right: []int{0, 2, 3, 4, 5, 6, 7}}
	members := []map[string]any{}
	for i, m := range st.Members {
		name[m.Organisation] = m.Name
		t.add(strconv.Itoa(i+1), m.Name, m.Share.String(), m.Due.Number(), m.Given.Number(), m.Taken.Number(), m.Done.Number(), m.Missing.Number())
		members = append(members, map[string]any{"titulaire": m.Name, "part": percent(m.Share), "dues": plainHours(m.Due), "cedees": plainHours(m.Given),
			"prises": plainHours(m.Taken), "faites": plainHours(m.Done), "manquent": plainHours(m.Missing), "repond_de": plainHours(m.Exposure)})
	}
	payments := []map[string]any{}
	for _, pay := range st.Payments {
		payments = append(payments, map[string]any{"de": name[pay.From], "a": name[pay.To], "montant": plainEuros(pay.Amount)})
	}
	return p.answer(map[string]any{"lot": lot.ID, "groupement": g.Kind, "dues": plainHours(g.Due), "manquent": plainHours(st.Missing), "titulaires": members, "reglements": payments}, func() {
		p.say("Lot %d, %s : %s dues, %s manquent.", lot.ID, strings.ToLower(string(g.Kind)), g.Due, st.Missing)
		p.print(&t, "")
		for _, pay := range st.Payments {
			p.say("%s doit %s à %s.", name[pay.From], pay.Amount, name[pay.To])
		}
		for _, line := range st.Trace {
			p.say("    %s", line)
		}
	})
}
