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
}

func newComparison(sh *shared, left, right match.Candidate) screen {
	return &comparison{sh.page(), left, right}
}

func (s *comparison) Title() string          { return "Comparaison" }
func (s *comparison) Update(tea.Msg) tea.Cmd { return nil }

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
	half := (s.w - 3) / 2
	two := func(a, b string) string { return " " + pad(a, half) + "│" + pad(" "+b, half) }
	name := func(c match.Candidate) string {
		return fmt.Sprintf("%s %s", c.Structure.Kind, c.Structure.DisplayName())
	}
	lines := []string{
		two(name(s.left), name(s.right)),
		two(fmt.Sprintf("%s, rang %d, %.0f points", s.left.Structure.City, s.left.Rank, s.left.Score), fmt.Sprintf("%s, rang %d, %.0f points", s.right.Structure.City, s.right.Rank, s.right.Score)),
	}
	for _, d := range match.Compare(s.left, s.right) {
		sign := "égalité"
		switch {
		case d.LeftIsBetter:
			sign = fmt.Sprintf("avantage à gauche, %.0f points", d.Points)
		case d.RightIsBetter:
			sign = fmt.Sprintf("avantage à droite, %.0f points", -d.Points)
		}
		lines = append(lines, s.theme.rule(d.Name+" : "+sign, s.w),
			two(gauge(int64(d.Left.Value*100), 100, 10)+fmt.Sprintf(" %.0f", d.Left.Value*100), gauge(int64(d.Right.Value*100), 100, 10)+fmt.Sprintf(" %.0f", d.Right.Value*100)))
		a, b := wrap(d.Left.Reason, half-1), wrap(d.Right.Reason, half-2)
		for i := range max(len(a), len(b)) {
			lines = append(lines, two(at(a, i), at(b, i)))
		}
	}
	return fit(lines, s.w, s.h)
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// tradeLabel is the French name of a trade.
func tradeLabel(code insertion.Trade) string { return trade.Label(code) }

// shares shows each structure's part of all the proposals: equality of
// treatment, at a glance.
type shares struct {
	page
	rows list[insertion.Share]
}

func newShares(sh *shared, rows []insertion.Share) screen {
	s := &shares{page: sh.page()}
	s.rows = list[insertion.Share]{
		page: &s.page, draw: s.row,
		key: func(h insertion.Share) insertion.Cursor { return insertion.Cursor{ID: int64(h.Structure)} },
	}
	s.rows.set(rows)
	return s
}

func (s *shares) Title() string { return "Équité des propositions" }

func (s *shares) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		cmd, _ := s.rows.move(key.String())
		return cmd
	}
	return nil
}

func (s *shares) Actions() []action {
	none := ""
	if len(s.rows.rows) == 0 {
		none = "aucune proposition n'a été faite"
	}
	return []action{{key: "enter", label: "fiche", help: "Ouvrir la fiche de la structure.", why: none, do: func() tea.Cmd {
		h, _ := s.rows.current()
		return push(newStructurePage(s.shared, h.Structure))
	}}}
}

func (s *shares) View() string {
	s.rows.resize(s.h - 2)
	lines := []string{" Part de chaque structure dans les propositions faites, tous lots réunis.", s.theme.rule(s.rows.position(), s.w)}
	if len(s.rows.rows) == 0 {
		return fit(append(lines, "", "  Aucune proposition n'a encore été faite."), s.w, s.h)
	}
	return fitText(s.w, s.h, append(lines, s.rows.view(s.w))...)
}

func (s *shares) Pointer() (int, int, bool) {
	y, ok := s.rows.pointer()
	return 0, y + 2, ok
}

func (s *shares) row(h insertion.Share, w int, _ bool) string {
	tail := fmt.Sprintf(" %s %s  %s, %s", gauge(int64(h.Part), 10_000, 12), padLeft(h.Part.String(), 8),
		plural(h.Proposals, "proposition", "propositions"), plural(h.Placed, "placement", "placements"))
	return pad(pad(string(h.Kind), 5)+h.Name, w-50) + pad(tail, 50)
}
