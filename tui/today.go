package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// dayReader reads the queue of the day and the figures of the year.
type dayReader interface {
	Thresholds(ctx context.Context) (insertion.Thresholds, error)
	Todos(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error)
	Figures(ctx context.Context, today insertion.Date, t insertion.Thresholds) (insertion.Figures, error)
	Lot(ctx context.Context, id insertion.LotID) (insertion.Lot, error)
}

// day is Aujourd'hui. The facilitator wants to know what to do now and do it:
// Entrée does the thing, j logs the call, l opens the lot; one key each.
type day struct {
	page
	figures insertion.Figures
	queue   list[insertion.Todo]
}

type dayRead struct {
	figures insertion.Figures
	todos   []insertion.Todo
}

// dayLot is a lot read to open the screen that does a thing.
type dayLot struct {
	lot  insertion.Lot
	open func(insertion.Lot) screen
}

func newDay(sh *shared) screen {
	s := &day{page: sh.page()}
	s.queue = list[insertion.Todo]{
		page: &s.page, draw: s.row,
		key: func(t insertion.Todo) insertion.Cursor { return insertion.Cursor{ID: todoKey(t.ID)} },
	}
	return s
}

// todoKey turns the stable id of a thing to do into a number for the list.
func todoKey(id string) int64 {
	var h int64 = 1469598103
	for i := range len(id) {
		h = (h ^ int64(id[i])) * 1099511
	}
	return h
}

func (s *day) Title() string { return "Aujourd'hui" }

func (s *day) Init() tea.Cmd { return s.Refresh() }

func (s *day) Refresh() tea.Cmd {
	files, today := s.deps.Day, insertion.DateOf(s.now())
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		t, err := files.Thresholds(ctx)
		if err != nil {
			return nil, err
		}
		var r dayRead
		if r.figures, err = files.Figures(ctx, today, t); err != nil {
			return nil, err
		}
		r.todos, err = files.Todos(ctx, today, t)
		return r, err
	})
}

// dayHead is how many lines stand above the queue.
const dayHead = 5

func (s *day) Update(msg tea.Msg) tea.Cmd {
	s.queue.resize(s.h - dayHead)
	switch msg := msg.(type) {
	case dayRead:
		s.figures = msg.figures
		s.queue.set(msg.todos)
	case dayLot:
		return push(msg.open(msg.lot))
	case tea.KeyPressMsg:
		cmd, _ := s.queue.move(msg.String())
		return cmd
	}
	return nil
}

// with reads the lot of the selected line, then opens a screen on it.
func (s *day) with(open func(insertion.Lot) screen) tea.Cmd {
	todo, ok := s.queue.current()
	if !ok {
		return nil
	}
	files := s.deps.Day
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		lot, err := files.Lot(ctx, todo.Lot)
		return dayLot{lot, open}, err
	})
}

// act does the obvious thing for the selected line.
func (s *day) act() tea.Cmd {
	todo, ok := s.queue.current()
	if !ok {
		return nil
	}
	switch todo.Kind {
	case insertion.TodoWrite:
		return s.with(func(l insertion.Lot) screen { return newClauseForm(s.shared, l) })
	case insertion.TodoMatch:
		return s.with(func(l insertion.Lot) screen { return newCandidates(s.shared, l) })
	case insertion.TodoNoHours:
		return push(newHoursOf(s.shared, todo.Lot))
	case insertion.TodoNoAnswer:
		return s.with(func(l insertion.Lot) screen { return newContactForm(s.shared, l) })
	}
	return push(newLotPage(s.shared, todo.Lot))
}

// doing is the label of Entrée for a kind of thing to do.
func doing(k insertion.TodoKind) string {
	switch k {
	case insertion.TodoWrite:
		return "écrire la clause"
	case insertion.TodoMatch:
		return "apparier"
	case insertion.TodoNoHours:
		return "saisir les heures"
	case insertion.TodoNoAnswer:
		return "relancer"
	}
	return "ouvrir le lot"
}

func (s *day) Actions() []action {
	todo, some := s.queue.current()
	none, label := "", "faire"
	if !some {
		none = "il n'y a rien à faire"
	} else {
		label = doing(todo.Kind)
	}
	return []action{
		{key: "enter", label: label, help: "Faire ce que demande la ligne : écrire la clause, apparier, saisir les heures, relancer.", why: none, do: s.act},
		{key: "j", label: "noter un échange", help: "Noter un appel ou un courriel au sujet de ce lot.", why: none,
			do: func() tea.Cmd {
				return s.with(func(l insertion.Lot) screen { return newContactForm(s.shared, l) })
			}},
		{key: "l", label: "ouvrir le lot", help: "Ouvrir la page du lot.", why: none, do: func() tea.Cmd { return push(newLotPage(s.shared, todo.Lot)) }},
	}
}

func (s *day) Pointer() (int, int, bool) {
	y, ok := s.queue.pointer()
	return 0, y + dayHead, ok
}

func (s *day) View() string {
	s.queue.resize(s.h - dayHead)
	f := s.figures
	lines := []string{
		fmt.Sprintf(" %s · %s · %s dans la base", plural(f.Lots, "lot suivi", "lots suivis"),
			plural(f.Structures, "structure active", "structures actives"), plural(f.Notices, "avis", "avis")),
		" " + hoursBar(s.theme, f.Hours, s.w-2),
		fmt.Sprintf(" %s faites en %d · %s", f.YearDone, f.Year, plural(f.Flagged, "avis avec clause sociale à écrire", "avis avec clause sociale à écrire")),
		"",
		s.theme.rule("À faire "+s.queue.position(), s.w),
	}
	if s.queue.loaded && len(s.queue.rows) == 0 {
		lines = append(lines, s.empty()...)
		return fit(lines, s.w, s.h)
	}
	return fitText(s.w, s.h, append(lines, s.queue.view(s.w))...)
}

// empty says what to do first, on a file that holds nothing.
func (s *day) empty() []string {
	if s.figures.Notices == 0 {
		return []string{
			"", "  La base est vide. Pour commencer :", "",
			"  1. importez des avis d'attribution (g puis i, ou « passerelle importer FICHIER ») ;",
			"  2. importez un annuaire de structures d'insertion, de la même façon ;",
			"  3. revenez ici : les lots à clauser vous y attendent.",
		}
	}
	return []string{"", "  Rien n'attend. Les lots suivis sont dans les Marchés (g puis m)."}
}

// hoursBar shows done against due, with planned beside: a bar and numbers.
func hoursBar(t *theme, h insertion.HoursSum, w int) string {
	text := fmt.Sprintf(" %s faites · %s prévues · %s dues", h.Done, h.Planned, h.Due)
	if h.Due > 0 {
		text += fmt.Sprintf(" · %d %%", int64(h.Done)*100/int64(h.Due))
	}
	bars := min(30, w-len([]rune(text)))
	if bars < 5 {
		return cut(text, w)
	}
	return t.paint(good, gauge(int64(h.Done), int64(h.Due), bars)) + text
}

// kindMark is a sign and a tone for each kind of thing to do.
func kindMark(k insertion.TodoKind) (string, tone) {
	switch k {
	case insertion.TodoBehind:
		return "▼", bad
	case insertion.TodoNoHours:
		return "◌", warn
	case insertion.TodoNoAnswer:
		return "?", warn
	case insertion.TodoMatch:
		return "○", warn
	case insertion.TodoWrite:
		return "!", accent
	}
	return "·", faint
}

func (s *day) row(t insertion.Todo, w int, on bool) string {
	sign, which := kindMark(t.Kind)
	kind := pad(sign+" "+string(t.Kind), 20)
	if !on {
		kind = s.theme.paint(which, kind)
	}
	since := pad(t.Since.French(), 11)
	who, silent := 0, 0
	if w >= 100 {
		who, silent = 28, 22
	} else if w >= 76 {
		who = 20
	}
	what := w - 20 - 11 - who - silent
	line := kind + since
	if who > 0 {
		line += pad(t.Who, who-1) + " "
	}
	line += pad(t.What, what)
	if silent > 0 {
		last := t.Last
		if last == "" {
			last = "aucun échange"
		}
		line += " " + pad(last, silent-1)
	}
	return line
}
