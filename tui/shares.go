package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// shares shows each structure's part of all the proposals: equality of
// treatment, at a glance.
type shares struct {
	page
	rows list[insertion.Share]
}

// sharesHead is how many lines stand above the list.
const sharesHead = 3

func newShares(sh *shared, rows []insertion.Share) screen {
	s := &shares{page: sh.page()}
	s.rows = list[insertion.Share]{
		page: &s.page, draw: s.row,
		key: func(h insertion.Share) insertion.Cursor { return insertion.Cursor{ID: int64(h.Structure)} },
	}
	s.rows.set(rows)
	return s
}

func (s *shares) Init() tea.Cmd {
	s.rows.resize(s.h - sharesHead)
	return nil
}

func (s *shares) Title() string { return "Équité des propositions" }

func (s *shares) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.rows.resize(s.h - sharesHead)
	case tea.KeyPressMsg:
		cmd, _ := s.rows.move(msg.String())
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
	lines := []string{
		" Part de chaque structure dans toutes les propositions faites, tous lots réunis.",
		"  " + pad("structure", s.w-45) + pad(" part des propositions", 23) + padLeft("proposée", 9) + padLeft("placée", 9),
		s.theme.rule(s.rows.position(), s.w),
	}
	if len(s.rows.rows) == 0 {
		return fit(append(lines, "", "  Aucune proposition n'a encore été faite."), s.w, s.h)
	}
	return fitText(s.w, s.h, append(lines, s.rows.view(s.w))...)
}

func (s *shares) Pointer() (int, int, bool) {
	y, ok := s.rows.pointer()
	return 0, y + sharesHead, ok
}

// row is one structure; its bar is measured against the largest part, the
// first.
func (s *shares) row(h insertion.Share, w int, _ bool) string {
	return pad(pad(string(h.Kind), 5)+h.Name, w-43) + " " + gauge(int64(h.Part), int64(s.rows.rows[0].Part), 12) + padLeft(h.Part.String(), 10) +
		padLeft(fmt.Sprint(h.Proposals), 9) + padLeft(fmt.Sprint(h.Placed), 9)
}
