package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

type settingsJSON struct {
	AnswerDays  int      `json:"jours_sans_reponse"`
	Orange      float64  `json:"rythme_en_retard"`
	Red         float64  `json:"rythme_en_danger"`
	HistoryDays int      `json:"jours_d_historique"`
	Departments []string `json:"territoire"`
}

// settingsCmd shows or changes what Aujourd'hui is made with.
func (p *program) settingsCmd() *cobra.Command {
	var typed insertion.Thresholds
	cmd := &cobra.Command{
		Use: "reglages", Aliases: []string{"settings"}, Short: "Les seuils d'Aujourd'hui et le territoire",
		Long:    "Montre les réglages ; avec des options, les change. Aucun n'a de source légale : ce sont des propositions.",
		Example: "passerelle reglages --territoire 92 --reponse 10",
		Args:    takes(0, 0),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVar(&typed.AnswerDays, "reponse", 0, "`JOURS` au bout desquels une proposition sans réponse se relance")
	readFlag(flags, &typed.Orange, insertion.ParseShare, "retard", "rythme, en `POURCENT`, sous lequel un lot est en retard")
	readFlag(flags, &typed.Red, insertion.ParseShare, "danger", "rythme, en `POURCENT`, sous lequel un lot est en danger")
	flags.IntVar(&typed.HistoryDays, "historique", 0, "`JOURS` après lesquels un avis signalé quitte la file")
	readFlag(flags, &typed.Departments, func(s string) ([]string, error) { return words(strings.ToUpper(s)), nil }, "territoire",
		"les `CODES` des départements ; « \"\" » pour tout le pays")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			t, err := s.Thresholds(cmd.Context())
			if err != nil {
				return err
			}
			if cmd.Flags().NFlag() > p.sharedGiven(cmd) {
				laySettings(&t, typed, cmd.Flags().Changed)
				if err := s.SetThresholds(cmd.Context(), p.who(), t); err != nil {
					return err
				}
			}
			return p.tellSettings(t)
		})
	}
	return cmd
}

func laySettings(t *insertion.Thresholds, typed insertion.Thresholds, given func(string) bool) {
	if given("reponse") {
		t.AnswerDays = typed.AnswerDays
	}
	if given("retard") {
		t.Orange = typed.Orange
	}
	if given("danger") {
		t.Red = typed.Red
	}
	if given("historique") {
		t.HistoryDays = typed.HistoryDays
	}
	if given("territoire") {
		t.Departments = typed.Departments
	}
}

func (p *program) tellSettings(t insertion.Thresholds) error {
	out := settingsJSON{t.AnswerDays, percent(t.Orange), percent(t.Red), t.HistoryDays, list(t.Departments)}
	where := strings.Join(t.Departments, ", ")
	if where == "" {
		where = "tout le pays"
	}
	return p.answer(out, func() {
		p.facts([][2]string{
			{"réponse", strconv.Itoa(t.AnswerDays) + " jours"}, {"retard sous", t.Orange.String()}, {"danger sous", t.Red.String()},
			{"historique", strconv.Itoa(t.HistoryDays) + " jours"}, {"territoire", where},
		})
	})
}
