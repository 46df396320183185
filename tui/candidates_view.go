package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/match"
)

// candidatesHead is how many lines stand above the list.
const candidatesHead = 4

// detailHeight is what the reasons of the selected candidate take, below.
func (s *candidates) detailHeight() int { return max(6, min(9, s.h/3)) }

func (s *candidates) listHeight() int { return max(1, s.h-candidatesHead-s.detailHeight()) }

func (s *candidates) View() string {
	s.rows.resize(s.listHeight())
	if !s.loaded {
		return fit([]string{"", "  Recherche…"}, s.w, s.h)
	}
	lines := []string{
		" " + cut(s.lot.Object, s.w-2),
		" " + s.theme.paint(faint, cut(s.asked(), s.w-2)),
		s.weightLine(),
		s.theme.rule(fmt.Sprintf("%s sur %d examinées", plural(s.result.Able, "structure possible", "structures possibles"), s.result.Considered), s.w),
	}
	if s.out {
		return fit(append(lines, s.outLines()...), s.w, s.h)
	}
	if len(s.rows.rows) == 0 {
		lines = append(lines, "", "  Aucune structure ne remplit les conditions. x : voir celles qui sont écartées et pourquoi.")
		return fit(lines, s.w, s.h)
	}
	body := s.rows.view(s.w)
	for range s.listHeight() - 1 - strings.Count(body, "\n") {
		body += "\n"
	}
	lines = append(lines, body, s.detail())
	return fitText(s.w, s.h, lines...)
}

// asked says in words what the lot asks for, and where.
func (s *candidates) asked() string {
	var trades []string
	for i, t := range s.result.Trades {
		if i == 3 {
			break
		}
		trades = append(trades, tradeLabel(t.Trade))
	}
	what := "métier non reconnu"
	if len(trades) > 0 {
		what = strings.Join(trades, ", ")
	}
	out := what + " · " + s.result.Place
	if s.need.Hours > 0 {
		out += " · " + s.need.Hours.String() + " à pourvoir"
	}
	return out
}

func (s *candidates) Pointer() (int, int, bool) {
	if s.out || !s.loaded {
		return 0, candidatesHead, true
	}
	y, ok := s.rows.pointer()
	return 0, candidatesHead + y, ok
}

// row is one candidate: mark, score, distance, type, name, and what was already
// done with it for this lot.
func (s *candidates) row(c match.Candidate, w int, on bool) string {
	tick := "  "
	if s.marked[c.Structure.ID] {
		tick = "x "
	}
	km := "    —   "
	if c.Km >= 0 {
		km = padLeft(fmt.Sprintf("%.1f km", c.Km), 8)
	}
	state := string(s.intros[c.Structure.ID])
	head := fmt.Sprintf("%s%s %s %s %s ", tick, padLeft(fmt.Sprint(c.Rank), 3), gauge(int64(c.Score), 100, 8), padLeft(fmt.Sprintf("%.0f", c.Score), 3), km)
	name := pad(pad(string(c.Structure.Kind), 5)+c.Structure.DisplayName(), min(44, w-34))
	rest := w - 28 - min(44, w-34)
	if state != "" {
		return head + name + " " + pad(state, rest)
	}
	if rest > 14 {
		return head + name + " " + pad(c.Structure.City, rest)
	}
	return head + pad(name, w-28)
}

// detail shows the five parts of the selected candidate, each with its bar, its
// number, its weight and its sentence.
func (s *candidates) detail() string {
	c, ok := s.rows.current()
	if !ok {
		return ""
	}
	lines := []string{s.theme.rule(fmt.Sprintf("%s %s : %.0f points", c.Structure.Kind, cut(c.Structure.DisplayName(), s.w-30), c.Score), s.w)}
	for _, p := range c.Parts {
		lines = append(lines, fmt.Sprintf(" %s %s %s ×%-2.0f %s",
			pad(p.Name, 11), gauge(int64(p.Value*100), 100, 6), padLeft(fmt.Sprintf("%.0f", p.Value*100), 3), p.Weight, p.Reason))
	}
	if contact := strings.TrimSpace(c.Structure.Phone + "  " + c.Structure.Mail); contact != "" {
		lines = append(lines, " "+s.theme.paint(faint, "Contact     "+cut(contact, s.w-14)))
	}
	return fit(lines, s.w, s.detailHeight())
}

// outLines are those left out: the count of each reason, then the nearest ones.
func (s *candidates) outLines() []string {
	var lines []string
	for _, g := range s.result.Groups {
		lines = append(lines, fmt.Sprintf(" %s  %s", padLeft(fmt.Sprint(g.Count), 6), g.Reason))
	}
	lines = append(lines, "", s.theme.rule("les plus proches", s.w))
	for _, e := range s.result.Excluded {
		lines = append(lines, fmt.Sprintf(" %s %s  %s", pad(string(e.Structure.Kind), 4), pad(e.Structure.DisplayName(), 34), e.Reason))
	}
	s.outTop = max(0, min(s.outTop, len(lines)-(s.h-candidatesHead)))
	return lines[s.outTop:]
}

// weightLine shows the weights; while they are moved the one under the arrow is
// marked.
func (s *candidates) weightLine() string {
	line := " Poids :"
	for i, k := range knobs(&s.weights) {
		text := fmt.Sprintf(" %s %.0f ", k.name, *k.value)
		if s.weigh && i == s.knob {
			text = s.theme.paint(selected, "▸"+text[1:])
		}
		line += " " + text
	}
	return cut(line, s.w)
}

type knob struct {
	name  string
	value *float64
}

func knobs(w *match.Weights) []knob {
	return []knob{{"métier", &w.Trade}, {"distance", &w.Distance}, {"capacité", &w.Capacity}, {"historique", &w.Record}, {"équité", &w.Fairness}}
}

func (s *candidates) weightActions() []action {
	turn := func(d float64) func() tea.Cmd {
		return func() tea.Cmd {
			k := knobs(&s.weights)[s.knob]
			*k.value = max(0, min(100, *k.value+d))
			match.Reorder(&s.result, s.weights)
			s.show()
			return nil
		}
	}
	step := func(d int) func() tea.Cmd {
		return func() tea.Cmd { s.knob = (s.knob + d + 5) % 5; return nil }
	}
	return []action{
		{key: "left", label: "critère précédent", help: "Choisir le critère précédent.", do: step(-1)},
		{key: "right", label: "suivant", help: "Choisir le critère suivant.", do: step(1)},
		{key: "up", label: "plus", help: "Donner plus de poids au critère.", do: turn(5)},
		{key: "down", label: "moins", help: "Donner moins de poids au critère.", do: turn(-5)},
		{key: "r", label: "poids d'origine", help: "Revenir aux poids proposés.", do: func() tea.Cmd {
			s.weights = match.DefaultWeights()
			match.Reorder(&s.result, s.weights)
			s.show()
			return nil
		}},
		{key: "enter", label: "garder", help: "Garder ces poids et revenir à la liste.", do: func() tea.Cmd { s.weigh = false; return nil }},
		{key: "esc", label: "garder", help: "Comme Entrée.", quiet: true, do: func() tea.Cmd { s.weigh = false; return nil }},
		{key: "w", label: "garder", help: "Comme Entrée.", quiet: true, do: func() tea.Cmd { s.weigh = false; return nil }},
	}
}
