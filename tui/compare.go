package tui

import (
	"fmt"

	"passerelle/internal/insertion"
	"passerelle/internal/match"
	"passerelle/internal/trade"

	tea "charm.land/bubbletea/v2"
)

// comparison sets two candidates side by side. The facilitator wants to tell a
// firm in one breath what separates them: the largest difference comes first.
type comparison struct {
	page
	left, right match.Candidate
	top         int
}

func newComparison(sh *shared, left, right match.Candidate) screen {
	return &comparison{page: sh.page(), left: left, right: right}
}

func (s *comparison) Title() string { return "Comparaison" }

func (s *comparison) Update(msg tea.Msg) tea.Cmd {
	key := ""
	if msg, ok := msg.(tea.KeyPressMsg); ok {
		key = msg.String()
	}
	s.top = scrolled(s.top, key, len(s.lines()), s.h)
	return nil
}

func (s *comparison) Actions() []action {
	open := func(c match.Candidate) func() tea.Cmd {
		return func() tea.Cmd { return push(newStructurePage(s.shared, c.Structure.ID)) }
	}
	return []action{
		{key: "a", label: "fiche de gauche", help: "Ouvrir la fiche de la structure de gauche.", do: open(s.left)},
		{key: "b", label: "fiche de droite", help: "Ouvrir la fiche de la structure de droite.", do: open(s.right)},
	}
}

func (s *comparison) View() string {
	lines := s.lines()
	return fit(lines[min(s.top, len(lines)):], s.w, s.h)
}

func (s *comparison) lines() []string {
	half := max(4, (s.w-3)/2)
	two := func(a, b string) string { return " " + pad(a, half) + "│" + pad(" "+b, half) }
	name := func(c match.Candidate) string { return structureName(c.Structure.Kind, c.Structure.DisplayName()) }
	rank := func(c match.Candidate) string {
		return fmt.Sprintf("rang %d, %.0f points, %s", c.Rank, c.Score, c.Structure.City)
	}
	lines := []string{two(name(s.left), name(s.right)), two(rank(s.left), rank(s.right))}
	for _, d := range match.Compare(s.left, s.right) {
		lines = append(lines, s.theme.rule(d.Name+" : "+advantage(d), s.w))
		a, b := wrap(worth(d.Left)+d.Left.Reason, half-1), wrap(worth(d.Right)+d.Right.Reason, half-2)
		for i := range max(len(a), len(b)) {
			lines = append(lines, two(at(a, i), at(b, i)))
		}
	}
	return lines
}

// worth is the value of a part, as a bar and a number.
func worth(p match.Part) string {
	return gauge(int64(p.Value*100+0.5), 100, 6) + fmt.Sprintf(" %.0f, ", p.Value*100)
}

// advantage says in words which of the two a part favours, and by how much.
func advantage(d match.Difference) string {
	side, points := "à gauche", d.Points
	if d.RightIsBetter {
		side, points = "à droite", -d.Points
	}
	switch {
	case !d.LeftIsBetter && !d.RightIsBetter:
		return "égalité"
	case points < 0.5:
		return "avantage " + side + ", moins d'un point"
	case points < 1.5:
		return "avantage " + side + ", 1 point"
	}
	return fmt.Sprintf("avantage %s, %.0f points", side, points)
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// tradeLabel is the French name of a trade.
func tradeLabel(code insertion.Trade) string { return trade.Label(code) }
