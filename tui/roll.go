package tui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// roll is a short list read whole, with what it is about above and the selected
// row in full below. D is what is read, T a row of it. Every list of deeds,
// steps, declarations, persons or events is one.
type roll[D, T any] struct {
	page
	title   string
	read    func(ctx context.Context) (D, error)
	rows    func(D) []T
	id      func(T) int64
	head    func(d D, w int) []string
	draw    func(row T, w int, on bool) string
	under   func(row T, w int, on bool) string // a second line, where all the rows have room for one; may be nil
	detail  func(d D, row T, w int) []string   // may be nil
	acts    func(d D, row T, some bool) []action
	named   func(d D, position string) string // in the rule above the rows; the position alone when nil
	nothing string                            // said instead of the rows when there are none
	whose   insertion.Subject                 // when the whole page is about one
	reading bool                              // without rows to choose: the arrows scroll the head

	data   D
	list   list[T]
	loaded bool
	failed bool // what was last asked could not be read
	why    string
	top    int // first line of the head drawn, when reading
}

// rollRead is one reading of a roll.
type rollRead[D any] struct {
	data D
	made made
}

// opened finishes the making of a roll.
func (s *roll[D, T]) opened(sh *shared) screen {
	s.page = sh.page()
	s.list = list[T]{page: &s.page, draw: s.draw, key: func(row T) insertion.Cursor { return insertion.Cursor{ID: s.id(row)} }}
	return s
}

func (s *roll[D, T]) subject() insertion.Subject { return s.whose }

func (s *roll[D, T]) Title() string { return s.title }
func (s *roll[D, T]) Waiting() bool { return !s.loaded }
func (s *roll[D, T]) Init() tea.Cmd { return s.Refresh() }

func (s *roll[D, T]) Refresh() tea.Cmd {
	read, made := s.read, s.made.take()
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		d, err := read(ctx)
		return rollRead[D]{d, made}, err
	})
}

func (s *roll[D, T]) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case rollRead[D]:
		s.data, s.loaded, s.failed = msg.data, true, false
		if s.rows != nil {
			s.list.made = msg.made
			s.list.set(s.rows(msg.data))
		}
	case failed:
		s.failed, s.why = true, sentence(msg.err)
	case tea.KeyPressMsg:
		if s.reading {
			s.scroll(msg.String())
			return nil
		}
		cmd, _ := s.list.move(msg.String())
		s.settle()
		return cmd
	}
	s.settle()
	return nil
}

// turned shows other rows of what was read: another kind of them.
func (s *roll[D, T]) turned() {
	s.list.pick, s.list.top = 0, 0
	s.list.set(s.rows(s.data))
	s.settle()
}

// settle gives the rows the lines the head and the foot leave.
func (s *roll[D, T]) settle() {
	if s.loaded && !s.reading {
		s.list.under = nil
		if s.under != nil && s.spare() >= leastFoot {
			s.list.under = s.under
		}
		_, _, rows := s.parts()
		s.list.resize(rows)
	}
}

// leastFoot is the fewest lines below the rows that let each have a second line.
const leastFoot = 5

// spare is how many lines two for each row would leave below them.
func (s *roll[D, T]) spare() int {
	return s.h - len(s.head(s.data, s.w-1)) - 1 - 2*len(s.list.rows)
}

func (s *roll[D, T]) scroll(key string) {
	s.top = scrolled(s.top, key, len(s.head(s.data, s.w-1)), s.h)
}

// now is the selected row; false when there is none.
func (s *roll[D, T]) now() (T, bool) {
	if s.rows == nil {
		var none T
		return none, false
	}
	return s.list.current()
}

func (s *roll[D, T]) Actions() []action {
	row, some := s.now()
	if s.acts == nil {
		return nil
	}
	return s.acts(s.data, row, some)
}

// parts cuts the body: the head, the rows, the selected row in full. The rows
// keep at least a third of it.
func (s *roll[D, T]) parts() (head, foot []string, rows int) {
	head = s.head(s.data, s.w-1)
	if row, some := s.now(); some && s.detail != nil {
		for _, d := range s.detail(s.data, row, s.w-2) {
			for _, l := range wrap(d, s.w-2) {
				foot = append(foot, " "+l)
			}
		}
	}
	least := max(1, s.h/3)
	most := s.h / 3
	if s.list.under != nil {
		most = min(most, s.spare()-1)
	}
	foot = s.upTo(foot, most)
	if len(foot) > 0 {
		foot = append([]string{s.theme.rule("", s.w)}, foot...)
	}
	head = s.upTo(head, s.h-least-len(foot)-1)
	return head, foot, max(1, s.h-len(head)-len(foot)-1)
}

// upTo keeps at most n lines; the last says when others follow it, where that costs
// none of its own words.
func (s *roll[D, T]) upTo(lines []string, n int) []string {
	if n = max(0, n); len(lines) <= n {
		return lines
	}
	lines = slices.Clone(lines[:n])
	if n > 0 && span(lines[n-1])+2 <= s.w && !strings.HasSuffix(lines[n-1], "…") {
		lines[n-1] += " …"
	}
	return lines
}

func (s *roll[D, T]) View() string {
	if !s.loaded && s.failed {
		lines := []string{"", "  Rien n'a pu être lu :"}
		for _, l := range wrap(s.why, s.w-4) {
			lines = append(lines, "  "+l)
		}
		return fit(lines, s.w, s.h)
	}
	if !s.loaded {
		return fit([]string{"", "  Lecture…"}, s.w, s.h)
	}
	if s.reading {
		lines := s.head(s.data, s.w-1)
		return fit(lines[min(s.top, len(lines)):], s.w, s.h)
	}
	head, foot, _ := s.parts()
	word := s.list.position()
	if s.named != nil {
		word = cut(s.named(s.data, word), s.w-5)
	}
	lines := append(head, s.theme.rule(word, s.w))
	if len(s.list.rows) == 0 {
		for _, l := range wrap(s.empty(), s.w-4) {
			lines = append(lines, "  "+l)
		}
	} else {
		lines = append(lines, s.list.view(s.w))
	}
	body := fitText(s.w, s.h-len(foot), lines...)
	if len(foot) == 0 {
		return body
	}
	return fitText(s.w, s.h, append([]string{body}, foot...)...)
}

// empty is what is said instead of rows, without the invitation to add one (« : n
// pour… ») to whom may not.
func (s *roll[D, T]) empty() string {
	for _, act := range s.Actions() {
		if what, _, invites := strings.Cut(s.nothing, ": n "); invites && act.key == "n" && s.refusal(act.needs) != "" {
			return strings.TrimRight(what, " \u00a0") + "."
		}
	}
	return s.nothing
}

func (s *roll[D, T]) Pointer() (int, int, bool) {
	if !s.loaded || s.reading {
		return 0, 0, s.loaded
	}
	head, _, _ := s.parts()
	y, ok := s.list.pointer()
	return 0, len(head) + 1 + y, ok
}
