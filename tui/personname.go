package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// setName writes or takes away a name; when texts hold the one she had and would be
// rewritten, it says how many and asks first.
func setName(s *roll[insertion.ParticipantFile, insertion.HourLine], id insertion.ParticipantID, name string) tea.Cmd {
	files, by := s.deps.Persons, s.person
	name = strings.TrimSpace(name)
	write := func(ctx context.Context) (tea.Msg, error) {
		r, err := files.SetName(ctx, by, id, name)
		if err != nil {
			return nil, err
		}
		done := "Nom enregistré."
		if name == "" {
			done = "Nom effacé."
		}
		if r.Residue != "" {
			done += " Reste à faire : " + r.Residue + "."
		}
		return saved{text: done}, nil
	}
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		r, err := files.NameSet(ctx, by, id, name)
		if err != nil {
			return nil, err
		}
		if !r.Touches() {
			return write(ctx)
		}
		question := fmt.Sprintf("%s et %s portent l'ancien nom de %s, que rien n'y masquerait plus : ils seraient récrits avec « (nom retiré) ». Rien ne peut l'annuler.",
			insertion.Counted(r.Texts, "texte", "textes"), insertion.Counted(r.Changes, "ligne du journal", "lignes du journal"), id.Code())
		return offered{question: question, choices: []choice{
			{label: "Garder l'ancien nom", do: func() tea.Cmd { return nil }},
			{label: "Récrire ces textes, puis " + map[bool]string{true: "effacer le nom", false: "enregistrer le nouveau"}[name == ""], do: func() tea.Cmd { return ask(&s.page, write) }},
		}}, nil
	})
}
