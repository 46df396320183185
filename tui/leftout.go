package tui

import (
	"fmt"
	"strings"

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
	body := s.outs.view(s.w)
	body += strings.Repeat("\n", max(0, s.outs.h-1-strings.Count(body, "\n")))
	return append(lines, s.theme.rule("Écartées, les plus proches : "+s.outs.position(), s.w), body, s.outReason())
}

// outDetail is what the full reason of the selected structure takes, below.
const outDetail = 3

func (s *candidates) outReason() string {
	e, ok := s.outs.current()
	if !ok {
		return ""
	}
	lines := []string{s.theme.rule("Pourquoi", s.w)}
	for _, l := range wrap(e.Structure.DisplayName()+" ("+e.Structure.City+") "+e.Reason, s.w-2) {
		lines = append(lines, " "+l)
	}
	return fit(lines, s.w, outDetail)
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
