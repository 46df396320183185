package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/match"
)

// groupsHeight is how many reasons are counted above the structures left out.
func (s *candidates) groupsHeight() int { return min(len(s.result.Groups), max(1, s.h/3)) }

// outView is those left out: the count of each reason, then the nearest ones.
func (s *candidates) outView() []string {
	if len(s.result.Groups) == 0 {
		return []string{"", "  Aucune structure n'est écartée."}
	}
	var lines []string
	for _, g := range s.result.Groups[:s.groupsHeight()] {
		lines = append(lines, fmt.Sprintf(" %s  %s", padLeft(insertion.Thousands(int64(g.Count)), 7), g.Reason))
	}
	return append(lines, s.theme.rule("Écartées, les plus proches : "+s.outs.position(), s.w), s.outs.view(s.w))
}

func (s *candidates) outRow(e match.Exclusion, w int, _ bool) string {
	name := min(36, w/2)
	return pad(pad(string(e.Structure.Kind), 5)+pad(e.Structure.DisplayName(), name)+"  "+e.Reason, w)
}

func (s *candidates) outActions() []action {
	e, ok := s.outs.current()
	none := ""
	if !ok {
		none = "aucune structure n'est écartée"
	}
	back := func() tea.Cmd { s.out = false; return nil }
	return []action{
		{key: "x", label: "candidats", help: "Revenir aux structures possibles.", do: back},
		{key: "esc", label: "candidats", help: "Comme x.", quiet: true, do: back},
		{key: "enter", label: "fiche", help: "Ouvrir la fiche de la structure écartée.", why: none, do: func() tea.Cmd {
			return push(newStructurePage(s.shared, e.Structure.ID))
		}},
	}
}
