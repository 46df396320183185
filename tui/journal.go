package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// journalReader reads the journal of changes.
type journalReader interface {
	Changes(ctx context.Context, lot insertion.LotID, before insertion.ChangeID, limit int) ([]insertion.Change, error)
}

// journalScreen lists who changed what, latest first; the selected change shows
// each value before and after. u undoes one's own last change.
type journalScreen struct {
	page
	lot  insertion.LotID
	list list[insertion.Change]
}

func newJournal(sh *shared) screen { return newJournalOf(sh, 0) }

func newJournalOf(sh *shared, lot insertion.LotID) screen {
	s := &journalScreen{page: sh.page(), lot: lot}
	files := s.deps.Changes
	s.list = list[insertion.Change]{
		page: &s.page, draw: s.row,
		key: func(c insertion.Change) insertion.Cursor { return insertion.Cursor{ID: int64(c.ID)} },
		fetch: func(ctx context.Context, p insertion.Page) ([]insertion.Change, error) {
			if p.Backwards {
				return backwards(ctx, files, lot, p)
			}
			return files.Changes(ctx, lot, insertion.ChangeID(p.From.ID), p.Limit)
		},
	}
	return s
}

// backwards reads the changes above a row: the journal is read from its newest
// end, which is where people look.
func backwards(ctx context.Context, files journalReader, lot insertion.LotID, p insertion.Page) ([]insertion.Change, error) {
	var out []insertion.Change
	var before insertion.ChangeID
	for {
		some, err := files.Changes(ctx, lot, before, 500)
		if err != nil {
			return nil, err
		}
		for _, c := range some {
			if p.From.ID != 0 && int64(c.ID) <= p.From.ID {
				return tail(out, p.Limit), nil
			}
			out = append(out, c)
		}
		if len(some) < 500 {
			return tail(out, p.Limit), nil
		}
		out = tail(out, max(p.Limit, 1))
		before = some[len(some)-1].ID
	}
}

func tail[T any](rows []T, n int) []T { return rows[max(0, len(rows)-n):] }

func (s *journalScreen) Title() string {
	if s.lot != 0 {
		return "Journal du lot " + insertion.Thousands(int64(s.lot))
	}
	return "Journal"
}

func (s *journalScreen) Waiting() bool { return !s.list.loaded }

func (s *journalScreen) Init() tea.Cmd {
	s.resize()
	return s.list.open()
}

func (s *journalScreen) Refresh() tea.Cmd { return s.list.again() }

func (s *journalScreen) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.list.take(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.resize()
	case tea.KeyPressMsg:
		cmd, _ := s.list.move(msg.String())
		return cmd
	}
	return nil
}

func (s *journalScreen) resize() { s.list.resize(s.h - s.journalDetail() - 1) }

func (s *journalScreen) Actions() []action {
	c, ok := s.list.current()
	none, only := "", ""
	if !ok || c.Lot == 0 {
		none = "cette ligne ne concerne aucun lot"
	}
	if only = none; s.lot != 0 {
		only = "seul ce lot est montré (q pour revenir)"
	}
	return []action{
		{key: "l", label: "ouvrir le lot", help: "Ouvrir la page du lot concerné.", why: none, do: func() tea.Cmd { return push(newLotPage(s.shared, c.Lot)) }},
		{key: "f", label: "ce lot seul", help: "Ne voir que les changements du lot de cette ligne.", why: only, do: func() tea.Cmd { return push(newJournalOf(s.shared, c.Lot)) }},
		{key: "e", label: "exports", help: "Ce qui est sorti de la base, par qui, quand, et ce que chaque rôle peut exporter.", do: func() tea.Cmd { return push(newExports(s.shared)) }},
	}
}

// journalDetail is what the before and after of the selected change take.
func (s *journalScreen) journalDetail() int { return max(4, min(10, s.h/3)) }

func (s *journalScreen) View() string {
	if s.list.loaded && len(s.list.rows) == 0 {
		return fit([]string{"", "  Rien n'a encore été modifié."}, s.w, s.h)
	}
	body := s.list.view(s.w)
	body += strings.Repeat("\n", max(0, s.list.h-1-strings.Count(body, "\n")))
	lines := []string{body, s.theme.rule("Avant → après", s.w)}
	if c, ok := s.list.current(); ok {
		for _, l := range append([]string{c.What}, ChangeLines(c)...) {
			for i, part := range wrap(l, s.w-4) {
				lines = append(lines, strings.Repeat(" ", 2+2*min(i, 1))+part)
			}
		}
	}
	return fitText(s.w, s.h, lines...)
}

func (s *journalScreen) Pointer() (int, int, bool) {
	y, ok := s.list.pointer()
	return 0, y, ok
}

func (s *journalScreen) row(c insertion.Change, w int, _ bool) string {
	what := c.What
	if c.Undone {
		what = "(annulé) " + what
	}
	day, by := "02/01/2006 15:04", 16
	if w < 76 {
		day, by = "02/01/06 15:04", 10
	}
	return pad(c.At.Local().Format(day)+"  "+pad(c.By, by)+"  "+what, w)
}
