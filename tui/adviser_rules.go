package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// openRules reads the parameters of the adviser, then shows their form.
func openRules(p *page) tea.Cmd {
	files := p.deps.Adviser
	return ask(p, func(ctx context.Context) (tea.Msg, error) {
		rules, err := files.AdviceRules(ctx)
		if err != nil {
			return nil, err
		}
		return pushed{newRules(p.shared, rules)}, nil
	})
}

// newRules is the form of what the adviser reckons with. Below, what the parameter is
// and where its default comes from.
func newRules(sh *shared, held mandate.Rules) screen {
	files, by := sh.deps.Adviser, sh.person
	var inputs []*input
	said := map[string]string{}
	for _, p := range mandate.Parameters() {
		usual := p.Show(mandate.DefaultRules())
		inputs = append(inputs, textField(p.Name, p.Label, p.Show(held), usual))
		said[p.Name] = p.Label + "\u00a0: " + p.Hint + ". Défaut : " + usual + " (" + p.Origin() + ")."
	}
	return newEntryForm(sh, "", questionnaire{
		needs: rightToAll(insertion.ActSettings), title: "Paramètres du conseil", head: []string{"Presque aucun n'a de source : fixez-les. Un champ vidé rend le défaut."}, inputs: inputs,
		help: func(field string) string { return said[field] },
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			rules := held
			for _, p := range mandate.Parameters() {
				var err error
				if rules, err = rules.With(p.Name, get(p.Name)); err != nil {
					return "", nil, err
				}
			}
			return "Paramètres du conseil enregistrés.", func(ctx context.Context) error { return files.SetAdviceRules(ctx, by, held, rules) }, rules.Validate()
		},
	})
}
