package main

import (
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/intake"
	"passerelle/internal/mandate"
)

// sheetNamed finds a kind by its code, its name or its plural.
func sheetNamed(name string) (mandate.Sheet, error) {
	var kinds []string
	for _, s := range mandate.Sheets() {
		for _, known := range []string{string(s.Kind), s.Label, s.Plural} {
			if intake.Fold(known) == intake.Fold(name) {
				return s, nil
			}
		}
		kinds = append(kinds, string(s.Kind))
	}
	return mandate.Sheet{}, misusef("« %s » n'est pas un genre de fiche (%s)", name, strings.Join(kinds, ", "))
}

func kindWords() []string {
	var kinds []string
	for _, s := range mandate.Sheets() {
		kinds = append(kinds, string(s.Kind))
	}
	return kinds
}

type sheetJSON struct {
	Kind   mandate.Kind `json:"genre"`
	Label  string       `json:"nom"`
	Of     mandate.Code `json:"engagement,omitempty"`
	Parent mandate.Kind `json:"sous,omitempty"`
	Fields []fieldJSON  `json:"champs"`
}

type fieldJSON struct {
	Name     string       `json:"champ"`
	Label    string       `json:"libelle"`
	Type     mandate.Type `json:"type"`
	Required bool         `json:"requis"`
	Hint     string       `json:"exemple,omitempty"`
	Choices  []string     `json:"choix,omitempty"`
}

func (p *program) mandateFieldsCmd() *cobra.Command {
	return &cobra.Command{
		Use: "champs [GENRE]", Aliases: []string{"fields"}, Short: "Les genres de fiches, ou les champs de l'un d'eux", Args: takes(0, 1, "GENRE"), ValidArgs: kindWords(),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.tellSheets()
			}
			sheet, err := sheetNamed(args[0])
			if err != nil {
				return err
			}
			t := table{head: []string{"champ", "libellé", "type", "requis", "choix ou exemple"}}
			for _, f := range sheet.Fields {
				hint := f.Hint
				if len(f.Choices) > 0 {
					hint = strings.Join(f.Choices, ", ")
				}
				t.add(f.Name, f.Label, string(f.Type), map[bool]string{true: "oui"}[f.Required], hint)
			}
			return p.answer(describedSheet(sheet), func() { p.print(&t, "") })
		},
	}
}

func describedSheet(s mandate.Sheet) sheetJSON {
	out := sheetJSON{Kind: s.Kind, Label: s.Label, Of: s.Of, Parent: s.Parent}
	for _, f := range s.Fields {
		out.Fields = append(out.Fields, fieldJSON{f.Name, f.Label, f.Type, f.Required, f.Hint, f.Choices})
	}
	return out
}

func (p *program) tellSheets() error {
	out := []sheetJSON{}
	t := table{head: []string{"genre", "nom", "sous", "engagement"}}
	for _, s := range mandate.Sheets() {
		out = append(out, describedSheet(s))
		t.add(string(s.Kind), s.Label, string(s.Parent), string(s.Of))
	}
	return p.answer(out, func() { p.print(&t, "") })
}
