package tui

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
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

func (s *journalScreen) Title() string    { return "Journal" }
func (s *journalScreen) Init() tea.Cmd    { return s.list.open() }
func (s *journalScreen) Refresh() tea.Cmd { return s.list.again() }

func (s *journalScreen) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.list.take(msg); mine {
		return cmd
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		cmd, _ := s.list.move(key.String())
		return cmd
	}
	return nil
}

func (s *journalScreen) Actions() []action {
	c, ok := s.list.current()
	none := ""
	if !ok || c.Lot == 0 {
		none = "cette ligne ne concerne aucun lot"
	}
	return []action{
		{key: "l", label: "ouvrir le lot", help: "Ouvrir la page du lot concerné.", why: none, do: func() tea.Cmd { return push(newLotPage(s.shared, c.Lot)) }},
	}
}

// journalDetail is what the before and after of the selected change take.
func (s *journalScreen) journalDetail() int { return max(4, min(10, s.h/3)) }

func (s *journalScreen) View() string {
	h := s.h - s.journalDetail() - 1
	s.list.resize(h)
	if s.list.loaded && len(s.list.rows) == 0 {
		return fit([]string{"", "  Rien n'a encore été modifié."}, s.w, s.h)
	}
	body := s.list.view(s.w)
	body += strings.Repeat("\n", max(0, h-1-strings.Count(body, "\n")))
	lines := []string{body, s.theme.rule("Avant → après", s.w)}
	if c, ok := s.list.current(); ok {
		lines = append(lines, changeLines(c)...)
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
	return pad(c.At.Local().Format("02/01/2006 15:04")+"  "+pad(c.By, 16)+"  "+what, w)
}

// changeLines says, value by value, what a change did.
func changeLines(c insertion.Change) []string {
	var lines []string
	for _, r := range c.Rows {
		switch {
		case r.Before == nil:
			lines = append(lines, fmt.Sprintf("  %s %d : créé", tableName(r.Table), r.Row))
		case r.After == nil:
			lines = append(lines, fmt.Sprintf("  %s %d : retiré", tableName(r.Table), r.Row))
		default:
			lines = append(lines, differences(r)...)
		}
	}
	return lines
}

func differences(r insertion.ChangeRow) []string {
	var before, after map[string]any
	if json.Unmarshal(r.Before, &before) != nil || json.Unmarshal(r.After, &after) != nil {
		return nil
	}
	var lines []string
	for _, name := range unfolded(before, after) {
		a, b := fmt.Sprint(before[name]), fmt.Sprint(after[name])
		if a != b {
			lines = append(lines, fmt.Sprintf("  %s %d, %s : %s → %s", tableName(r.Table), r.Row, name, orNothing(a), orNothing(b)))
		}
	}
	return lines
}

// unfolded opens the documents kept as JSON inside a row, so that each of their
// fields is compared by itself, and lists every name in order.
func unfolded(rows ...map[string]any) []string {
	var names []string
	for _, r := range rows {
		if doc, ok := r["doc"].(string); ok {
			inner := map[string]any{}
			if json.Unmarshal([]byte(doc), &inner) == nil {
				delete(r, "doc")
				for k, v := range inner {
					r[k] = v
				}
			}
		}
		for k := range r {
			if !slices.Contains(names, k) {
				names = append(names, k)
			}
		}
	}
	sort.Strings(names)
	return names
}

func orNothing(s string) string {
	if s == "" || s == "<nil>" {
		return "(vide)"
	}
	return s
}

// tableName is the French name of what a row of the file is.
func tableName(table string) string {
	names := map[string]string{
		"organisation": "organisme", "introduction": "mise en relation", "placement_month": "mois de placement",
		"contact": "échange", "setting": "réglage",
	}
	if n, ok := names[table]; ok {
		return n
	}
	return table
}
