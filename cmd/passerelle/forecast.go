package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// forecastCmd says when the hours will be reached.
func (p *program) forecastCmd() *cobra.Command {
	var ifs []string
	cmd := &cobra.Command{
		Use: "prevision LOT", Aliases: []string{"forecast"}, Short: "Quand les heures seront atteintes, ou combien manqueront ; et si…",
		Long:    "--si suppose des embauches, sans rien enregistrer : PERSONNES x HEURES PAR SEMAINE dès MOIS.",
		Example: "passerelle prevision 12\npasserelle prevision 12 --si \"1 x 26 des 03/2027\"", Args: takes(1, 1, "LOT"),
	}
	cmd.Flags().StringArrayVar(&ifs, "si", nil, "`SUPPOSITION` : « 1 x 26 des 03/2027 », ou « 2 x 30 des 03/2027 a 08/2027 »")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var extra []insertion.Effort
		for _, text := range ifs {
			e, err := parseEffort(text)
			if err != nil {
				return err
			}
			extra = append(extra, e)
		}
		return p.onLot(cmd, args[0], func(ctx context.Context, s *store.Store, lot insertion.Lot) error {
			if lot.Clause == nil {
				return noClause(lot)
			}
			in, err := s.ForecastInput(ctx, lot.ID)
			if err != nil {
				return err
			}
			in.Extra = extra
			f := in.Forecast()
			out := map[string]any{"lot": lot.ID, "dues": plainHours(in.Due), "faites": plainHours(f.Done), "prevues": plainHours(f.Planned), "allure_par_mois": plainHours(f.Pace),
				"au_terme": plainHours(f.End), "au_plus_bas": plainHours(f.Low), "au_plus_haut": plainHours(f.High), "atteintes_en": f.Reached, "manque": plainHours(f.Shortfall), "terme": in.End, "calcul": list(f.Trace)}
			return p.answer(out, func() {
				if f.Shortfall > 0 {
					p.say("Lot %d : il manquerait %s au terme du %s (%s prévisibles sur %s dues).", lot.ID, f.Shortfall, in.End.French(), f.End, in.Due)
				} else {
					p.say("Lot %d : %s dues, atteintes en %s.", lot.ID, in.Due, f.Reached.French())
				}
				p.say("    fourchette : de %s à %s", f.Low, f.High)
				for _, line := range f.Trace {
					p.say("    %s", line)
				}
			})
		})
	}
	return cmd
}

// parseEffort reads « 1 x 26 des 03/2027 [a 08/2027] ».
func parseEffort(text string) (e insertion.Effort, err error) {
	wrong := misusef("--si : « %s » ne se lit pas ; écrivez « 1 x 26 des 03/2027 »", text)
	parts := strings.Fields(strings.NewReplacer("×", " ", "x", " ", "dès", " ", "des", " ", "à", " ", " a ", " ", "h", " ").Replace(strings.ToLower(text)))
	if len(parts) < 3 || len(parts) > 4 {
		return e, wrong
	}
	if e.Persons, err = strconv.Atoi(parts[0]); err != nil {
		return e, wrong
	}
	if e.Weekly, err = insertion.ParseHours(parts[1]); err != nil {
		return e, wrong
	}
	if e.From, err = insertion.ParseMonth(parts[2]); err != nil {
		return e, wrong
	}
	if len(parts) == 4 {
		if e.To, err = insertion.ParseMonth(parts[3]); err != nil {
			return e, wrong
		}
	}
	return e, e.Validate()
}
