package main

import (
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/mandate"
	"passerelle/store"
)

// parameterJSON is a parameter of the adviser. Values are as people read them.
type parameterJSON struct {
	Name    string `json:"parametre"`
	Label   string `json:"libelle"`
	Hint    string `json:"aide"`
	Value   string `json:"valeur"`
	Default string `json:"defaut"`
	Source  string `json:"source"` // "" when none was found: to be set
}

// mandateRulesCmd shows or changes what the adviser reckons with.
func (p *program) mandateRulesCmd() *cobra.Command {
	return &cobra.Command{
		Use: "parametres [NOM=VALEUR…]", Aliases: []string{"rules"}, Short: "Les paramètres du conseil d'allotissement et des leviers, chacun avec sa source",
		Long:    "Montre les paramètres ; avec NOM=VALEUR, les change ; « NOM= » rend le défaut. Presque aucun n'a de source : « à fixer » le dit.",
		Example: "passerelle mandat parametres\npasserelle mandat parametres part-ca=25 \"plus-petit-lot=40 000\"\npasserelle mandat parametres part-ca=",
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				rules, err := s.AdviceRules(cmd.Context())
				if err != nil {
					return err
				}
				was := rules
				for _, a := range args {
					name, typed, ok := strings.Cut(a, "=")
					if !ok {
						return misusef("« %s » : attendu NOM=VALEUR, comme part-ca=25", a)
					}
					if rules, err = rules.With(strings.TrimSpace(name), typed); err != nil {
						return fieldWords(err)
					}
				}
				if len(args) > 0 {
					if err := s.SetAdviceRules(cmd.Context(), p.who(), was, rules); err != nil {
						return fieldWords(err)
					}
				}
				return p.tellRules(rules)
			})
		},
	}
}

func (p *program) tellRules(rules mandate.Rules) error {
	out := []parameterJSON{}
	t := table{head: []string{"paramètre", "valeur", "défaut", "source du défaut", "ce que c'est"}, right: []int{1, 2}}
	for _, m := range mandate.Parameters() {
		value, usual := m.Show(rules), m.Show(mandate.DefaultRules())
		out = append(out, parameterJSON{m.Name, m.Label, m.Hint, value, usual, m.Source})
		t.add(m.Name, value, usual, m.Origin(), strings.ToLower(m.Label[:1])+m.Label[1:]+" "+m.Hint)
	}
	return p.answer(out, func() { p.print(&t, "") })
}
