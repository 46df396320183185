package tui

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// forecaster reads what a forecast needs.
type forecaster interface {
	ForecastInput(ctx context.Context, lot insertion.LotID) (insertion.ForecastInput, error)
}

type forecastFacts struct {
	in       insertion.ForecastInput
	forecast insertion.Forecast
}

// newForecast says whether the hours will be reached, when, or how many will be
// missing; and what one more hire would change, without saving anything: s.
func newForecast(sh *shared, lot insertion.Lot) screen {
	files := sh.deps.Forecasts
	var extra []insertion.Effort
	s := &roll[forecastFacts, insertion.ForecastMonth]{title: fmt.Sprintf("Prévision du lot %d", lot.ID), nothing: "La clause est échue : il n'y a plus de mois à venir."}
	read := func(efforts []insertion.Effort) func(context.Context) (forecastFacts, error) {
		return func(ctx context.Context) (forecastFacts, error) {
			in, err := files.ForecastInput(ctx, lot.ID)
			in.Extra = efforts
			return forecastFacts{in, in.Forecast()}, err
		}
	}
	s.read = read(nil)
	s.rows = func(f forecastFacts) []insertion.ForecastMonth { return f.forecast.Months }
	s.id = func(m insertion.ForecastMonth) int64 { return int64(m.Month.First().DaysSince("2000-01-01")) }
	s.head = func(f forecastFacts, w int) []string { return forecastHead(&s.page, f, extra, w) }
	s.draw = func(m insertion.ForecastMonth, w int, _ bool) string {
		bars := max(4, min(40, w-52))
		due := max(s.data.in.Due, s.data.forecast.High)
		return m.Month.French() + "  " + gauge(int64(m.End), int64(due), bars) + padLeft(m.End.String(), 13) + "  entre " + m.Low.String() + " et " + m.High.String()
	}
	s.acts = func(_ forecastFacts, _ insertion.ForecastMonth, _ bool) []action {
		without := ""
		if len(extra) == 0 {
			without = "rien n'est supposé"
		}
		return []action{
			{key: "s", label: "et si…", help: "Supposer des embauches de plus, sans rien enregistrer.", do: func() tea.Cmd {
				return push(newWhatIf(sh, func(e insertion.Effort) {
					extra = append(extra, e)
					s.read = read(extra)
				}))
			}},
			{key: "x", label: "oublier", help: "Oublier ce qui était supposé.", why: without, do: func() tea.Cmd {
				extra = nil
				s.read = read(nil)
				return s.Refresh()
			}},
		}
	}
	return s.opened(sh)
}

func forecastHead(p *page, f forecastFacts, extra []insertion.Effort, w int) []string {
	c := f.forecast
	verdict, which := fmt.Sprintf("il manquerait %s au terme (%s prévisibles sur %s dues)", c.Shortfall, c.End, f.in.Due), bad
	if c.Shortfall == 0 {
		verdict, which = fmt.Sprintf("%s dues, atteintes en %s", f.in.Due, c.Reached.French()), good
		if c.Reached == "" || f.in.Due == 0 {
			verdict = fmt.Sprintf("%s prévisibles sur %s dues", c.End, f.in.Due)
		}
	}
	var lines []string
	for _, l := range wrap(verdict, w-1) {
		lines = append(lines, " "+p.theme.paint(which, l))
	}
	lines = append(lines, p.fact("fourchette", fmt.Sprintf("de %s à %s au terme du %s", c.Low, c.High, f.in.End.French()), w)...)
	if c.Earliest != "" {
		span := "au plus tôt en " + c.Earliest.French() + ", au plus tard "
		if c.Latest != "" {
			span += "en " + c.Latest.French()
		} else {
			span += "jamais à l'allure la plus basse"
		}
		lines = append(lines, p.fact("atteintes", span, w)...)
	}
	for i, t := range c.Trace {
		label := "calcul"
		if i > 0 {
			label = ""
		}
		lines = append(lines, p.fact(label, t, w)...)
	}
	for _, e := range extra {
		to := "jusqu'au terme"
		if e.To != "" {
			to = "jusqu'en " + e.To.French()
		}
		lines = append(lines, p.fact("et si", fmt.Sprintf("%d de plus à %s par semaine, dès %s, %s (rien n'est enregistré)", e.Persons, e.Weekly, e.From.French(), to), w)...)
	}
	return lines
}

// newWhatIf asks for supposed hires.
func newWhatIf(sh *shared, suppose func(insertion.Effort)) screen {
	next := insertion.DateOf(sh.now()).Month().Add(1)
	return newEntryForm(sh, "", questionnaire{
		title: "Et si…", head: []string{"Des embauches de plus, pour voir. Rien n'est enregistré."},
		inputs: []*input{
			textField("personnes", "Personnes", "1", "1"),
			textField("heures_semaine", "Heures par semaine", "26", "26"),
			textField("des", "Dès", next.French(), "03/2027"),
			textField("jusqu_a", "Jusqu'en", "", "vide : jusqu'au terme"),
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			r := &reader{get: get}
			e := insertion.Effort{Persons: r.number("personnes"), Weekly: r.hours("heures_semaine"), From: r.month("des"), To: r.month("jusqu_a")}
			if r.err == nil {
				r.err = e.Validate()
			}
			if r.err == nil {
				suppose(e)
			}
			return "Supposé, sans rien enregistrer.", func(context.Context) error { return nil }, r.err
		},
		note: func(get func(string) string, _ int) []string {
			r := &reader{get: get}
			n, h := r.number("personnes"), r.hours("heures_semaine")
			if r.err != nil {
				return nil
			}
			return []string{"soit " + insertion.Hours(int64(n)*int64(h)*52/12).String() + " par mois (heures par semaine × 52 ÷ 12), pour " + strconv.Itoa(n)}
		},
	})
}
