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

	ProofDays       int            `json:"jours_avant_fin_de_preuve"`
	WindowDays      int            `json:"jours_avant_fin_de_fenetre"`
	Ceiling         float64        `json:"plafond_atteint_a"`
	EligibilityDays int            `json:"jours_eligibilite_avant_debut"`
	StartMonths     int            `json:"mois_sans_heures_apres_debut"`
	SilenceDays     int            `json:"jours_de_silence"`
	OutcomeMonths   int            `json:"mois_avant_suite_d_emploi"`
	PaceMonths      int            `json:"mois_d_allure"`
	SocialDuty      insertion.Date `json:"obligation_sociale_depuis"`
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
	flags.IntVar(&typed.ProofDays, "preuve", 0, "`JOURS` avant la fin d'un justificatif")
	flags.IntVar(&typed.WindowDays, "fenetre", 0, "`JOURS` avant la fin de la période d'une personne")
	readFlag(flags, &typed.Ceiling, insertion.ParseShare, "plafond", "part, en `POURCENT`, d'un plafond légal à partir de laquelle le signaler")
	flags.IntVar(&typed.EligibilityDays, "eligibilite", 0, "`JOURS` avant le début auxquels l'éligibilité doit être vue")
	flags.IntVar(&typed.StartMonths, "demarrage", 0, "`MOIS` sans heures après le début")
	flags.IntVar(&typed.SilenceDays, "silence", 0, "`JOURS` sans échange sur un lot")
	flags.IntVar(&typed.OutcomeMonths, "suite", 0, "`MOIS` après une sortie, pour rappeler")
	flags.IntVar(&typed.PaceMonths, "allure", 0, "derniers `MOIS` clos que regarde une prévision")
	readFlag(flags, &typed.SocialDuty, insertion.ParseDate, "obligation", "`DATE` depuis laquelle L2112-2-1 s'applique")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			t, err := s.Thresholds(cmd.Context())
			if err != nil {
				return err
			}
			if cmd.Flags().NFlag() > p.sharedGiven(cmd) {
				was := t
				laySettings(&t, typed, cmd.Flags().Changed)
				if err := s.SetThresholds(cmd.Context(), p.who(), was, t); err != nil {
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
	for _, n := range []struct {
		name     string
		to, from *int
	}{
		{"preuve", &t.ProofDays, &typed.ProofDays}, {"fenetre", &t.WindowDays, &typed.WindowDays}, {"eligibilite", &t.EligibilityDays, &typed.EligibilityDays},
		{"demarrage", &t.StartMonths, &typed.StartMonths}, {"silence", &t.SilenceDays, &typed.SilenceDays},
		{"suite", &t.OutcomeMonths, &typed.OutcomeMonths}, {"allure", &t.PaceMonths, &typed.PaceMonths},
	} {
		if given(n.name) {
			*n.to = *n.from
		}
	}
	if given("plafond") {
		t.Ceiling = typed.Ceiling
	}
	if given("obligation") {
		t.SocialDuty = typed.SocialDuty
	}
}

func (p *program) tellSettings(t insertion.Thresholds) error {
	out := settingsJSON{t.AnswerDays, percent(t.Orange), percent(t.Red), t.HistoryDays, list(t.Departments),
		t.ProofDays, t.WindowDays, percent(t.Ceiling), t.EligibilityDays, t.StartMonths, t.SilenceDays, t.OutcomeMonths, t.PaceMonths, t.SocialDuty}
	where := strings.Join(t.Departments, ", ")
	if where == "" {
		where = "tout le pays"
	}
	return p.answer(out, func() {
		p.facts([][2]string{
			{"réponse", strconv.Itoa(t.AnswerDays) + " jours"}, {"retard sous", t.Orange.String()}, {"danger sous", t.Red.String()},
			{"historique", strconv.Itoa(t.HistoryDays) + " jours"}, {"territoire", where},
			{"preuve", strconv.Itoa(t.ProofDays) + " jours avant sa fin"}, {"fenêtre", strconv.Itoa(t.WindowDays) + " jours avant sa fin"},
			{"plafond", "à " + t.Ceiling.String()}, {"éligibilité", strconv.Itoa(t.EligibilityDays) + " jours avant le début"},
			{"démarrage", strconv.Itoa(t.StartMonths) + " mois sans heures"}, {"silence", strconv.Itoa(t.SilenceDays) + " jours"},
			{"suite", strconv.Itoa(t.OutcomeMonths) + " mois après la sortie"}, {"allure", "sur " + strconv.Itoa(t.PaceMonths) + " mois"},
			{"L2112-2-1", "depuis le " + t.SocialDuty.French()},
		})
	})
}
