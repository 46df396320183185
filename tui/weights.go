package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/match"
)

// weightLine shows the weights; while they are moved the one under the arrow is
// marked.
func (s *candidates) weightLine() string {
	line := " " + s.theme.paint(faint, "Poids   ")
	for i, k := range knobs(&s.weights) {
		text := fmt.Sprintf(" %s %.0f ", k.name, *k.value)
		if s.weigh && i == s.knob {
			text = s.theme.paint(selected, "▸"+text[1:])
		}
		line += text + " "
	}
	return line
}

// knob is a weight one can move.
type knob struct {
	name  string
	value *float64
}

func knobs(w *match.Weights) []knob {
	return []knob{{"filière", &w.Trade}, {"distance", &w.Distance}, {"capacité", &w.Capacity}, {"historique", &w.Record}, {"équité", &w.Fairness}}
}

// weightStep is what one key adds to a weight.
const weightStep = 5

// weightActions move the weights; the order follows at once, without asking the
// file again.
func (s *candidates) weightActions() []action {
	reorder := func() tea.Cmd {
		match.Reorder(&s.result, s.weights)
		s.show()
		return nil
	}
	turn := func(d float64) func() tea.Cmd {
		return func() tea.Cmd {
			k := knobs(&s.weights)[s.knob]
			*k.value = max(0, min(100, *k.value+d))
			return reorder()
		}
	}
	step := func(d int) func() tea.Cmd {
		return func() tea.Cmd { s.knob = (s.knob + d + 5) % 5; return nil }
	}
	keep := func() tea.Cmd { s.weigh = false; return nil }
	return []action{
		{key: "left", label: "critère précédent", help: "Choisir le critère précédent.", do: step(-1)},
		{key: "right", label: "suivant", help: "Choisir le critère suivant.", do: step(1)},
		{key: "up", label: "plus", help: "Donner plus de poids au critère.", do: turn(weightStep)},
		{key: "down", label: "moins", help: "Donner moins de poids au critère.", do: turn(-weightStep)},
		{key: "r", label: "d'origine", help: "Revenir aux poids proposés au départ.", do: func() tea.Cmd {
			s.weights = match.DefaultWeights()
			return reorder()
		}},
		{key: "enter", label: "garder", help: "Garder ces poids et revenir à la liste.", do: keep},
		{key: "esc", label: "garder", help: "Comme Entrée.", quiet: true, do: keep},
		{key: "w", label: "garder", help: "Comme Entrée.", quiet: true, do: keep},
	}
}
