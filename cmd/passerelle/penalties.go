package main

import (
	"cmp"
	"context"
	"slices"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// penaltiesCmd simulates a penalty and keeps the way there.
func (p *program) penaltiesCmd() *cobra.Command {
	var on insertion.Date
	var means bool
	var step, text, letter string
	var amount insertion.Cents
	var d delivery
	cmd := &cobra.Command{
		Use: "penalites LOT", Aliases: []string{"penalties"}, Short: "Ce que le manque coûterait selon le marché, les étapes, les lettres",
		Long:    "Passerelle ne décide jamais d'une pénalité : l'acheteur décide.",
		Example: "passerelle penalites 12 --le 31/12/2026\npasserelle penalites 12 --etape relance --texte \"appel puis courriel\"\npasserelle penalites 12 --lettre \"mise en demeure\"",
		Args:    takes(1, 1, "LOT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	readFlag(flags, &on, insertion.ParseDate, "le", "simuler ce `JOUR` (aujourd'hui sinon)")
	flags.BoolVar(&means, "moyens-prouves", false, "si le titulaire prouve avoir usé de tous les moyens")
	flags.StringVar(&step, "etape", "", "dater une `ÉTAPE` : relance, réunion, mise en demeure, décision de l'acheteur")
	flags.StringVar(&text, "texte", "", "le `TEXTE` de ce qui est dit à cette étape")
	readFlag(flags, &amount, insertion.ParseCents, "montant", "ce que l'acheteur décide d'appliquer, en `EUROS`")
	flags.StringVar(&letter, "lettre", "", "préparer la lettre d'une `ÉTAPE` (comme « passerelle document »)")
	d.add(cmd, "texte", "pdf", "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.onLot(cmd, args[0], func(ctx context.Context, s *store.Store, lot insertion.Lot) error {
			if lot.Clause == nil {
				return noClause(lot)
			}
			if letter != "" {
				if !slices.Contains(insertion.StepKinds(), insertion.StepKind(letter)) {
					return misusef("--lettre : relance, réunion, mise en demeure ou décision de l'acheteur")
				}
				c, err := compose(ctx, s, insertion.LetterOf(insertion.StepKind(letter)), insertion.DocumentSubject{Lot: lot.ID})
				if err != nil {
					return err
				}
				if p.json && d.to == "" {
					d.format = "json"
				}
				format, err := d.chosen()
				if err != nil {
					return err
				}
				d.reread = c.reread
				return p.deliver(ctx, s, d, c.export(format), c.writer(format), c.undrawn(format)...)
			}
			if step != "" {
				if _, err := s.SaveStep(ctx, p.who(), insertion.Step{Lot: lot.ID, Kind: insertion.StepKind(step), Dated: cmp.Or(on, p.today()), Text: clean(text), Amount: amount}); err != nil {
					return err
				}
			}
			return p.tellPenalties(ctx, s, lot, cmp.Or(on, p.today()), means)
		})
	}
	complete(cmd, "etape", "relance", "réunion", "mise en demeure", "décision de l'acheteur")
	complete(cmd, "lettre", "relance", "réunion", "mise en demeure", "décision de l'acheteur")
	return cmd
}

func (p *program) tellPenalties(ctx context.Context, s *store.Store, lot insertion.Lot, on insertion.Date, means bool) error {
	in, err := s.PenaltyInput(ctx, lot.ID, on)
	if err != nil {
		return err
	}
	in.MeansProved = means
	e := in.Estimate()
	steps, err := s.Steps(ctx, lot.ID)
	if err != nil {
		return err
	}
	t := table{head: []string{"date", "étape", "ce qui est dit", "montant"}, right: []int{3}}
	for _, st := range steps {
		money := ""
		if st.Kind == insertion.StepDecision {
			money = st.Amount.String()
		}
		t.add(st.Dated.French(), string(st.Kind), st.Text, money)
	}
	out := map[string]any{"lot": lot.ID, "le": on, "manquent": plainHours(e.Missing), "jours_de_retard": e.Days, "par_heures": plainEuros(e.ByHours),
		"par_jours": plainEuros(e.ByDays), "plafond": plainEuros(e.Cap), "total": plainEuros(e.Total), "calcul": list(e.Trace), "qui_decide": e.Decider, "etapes": list(steps)}
	return p.answer(out, func() {
		p.say("Lot %d, au %s : %s.", lot.ID, on.French(), e.Total)
		for _, line := range e.Trace {
			p.say("    %s", line)
		}
		p.say("%s", e.Decider)
		p.print(&t, "Aucune étape engagée.")
	})
}
