package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// bilanReader makes a bilan, and knows whose one can be asked.
type bilanReader interface {
	Bilan(ctx context.Context, q bilan.Query) (bilan.Report, error)
	FollowedBuyers(ctx context.Context) ([]insertion.Organisation, error)
	// BuyerCalled finds a buyer by a part of its name; the error is an
	// *insertion.FieldError that gives near names.
	BuyerCalled(ctx context.Context, name string) (insertion.Organisation, error)
}

// bilans shows the tables of a year. The facilitator called by an elected member
// opens it with two keys, and moves the year with one.
type bilans struct {
	page
	year    int
	buyer   insertion.Organisation // of number 0: all
	divisor insertion.Hours        // 0: the usual one

	report bilan.Report
	loaded bool
	broken bool
	ticket int // grows at each question; late replies to older ones are dropped
	stop   context.CancelFunc
	took   time.Duration // the last one
	old    bool          // somebody changed the file since

	tables []shownTable
	table  int
	rows   list[bilanRow]
	drawn  bilanTable
}

// bilanRead is the answer to a question.
type bilanRead struct {
	ticket int
	report bilan.Report
	took   time.Duration
}

func newBilans(sh *shared) screen {
	s := &bilans{page: sh.page(), year: sh.now().Year(), stop: func() {}}
	s.rows = list[bilanRow]{page: &s.page, draw: s.row, key: func(r bilanRow) insertion.Cursor { return insertion.Cursor{ID: int64(r.n)} }}
	return s
}

func (s *bilans) Title() string { return "Bilans" }
func (s *bilans) Init() tea.Cmd { return s.Refresh() }
func (s *bilans) Waiting() bool { return s.report.Title == "" } // then a year after the other can be asked

// Refresh makes the bilan again; the one asked before is given up, and its answer,
// which still comes, is dropped.
func (s *bilans) Refresh() tea.Cmd {
	s.stop()
	s.broken, s.old = false, false
	ctx, stop := context.WithCancel(s.ctx)
	s.stop = stop
	s.ticket++
	files, now, ticket, q := s.deps.Bilans, s.now, s.ticket, bilan.Query{Year: s.year, Buyer: s.buyer.ID, Divisor: s.divisor}
	return ask(&s.page, func(context.Context) (tea.Msg, error) {
		start := now()
		r, err := files.Bilan(ctx, q)
		if ctx.Err() != nil {
			err = nil
		}
		return bilanRead{ticket, r, now().Sub(start)}, err
	})
}

// atOnce is how long a bilan may take to be made again at each change of the file.
const atOnce = 300 * time.Millisecond

// Outdated makes a bilan again when that takes no time; one of a great file says
// that it is of before, lest it be made without end while others work.
func (s *bilans) Outdated() tea.Cmd {
	if s.loaded && s.took < atOnce {
		return s.Refresh()
	}
	s.old = true
	return nil
}

// again asks another bilan: what is shown is no longer it.
func (s *bilans) again() tea.Cmd {
	s.loaded = false
	return s.Refresh()
}

func (s *bilans) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case bilanRead:
		if msg.ticket == s.ticket {
			s.took = msg.took
			s.read(msg.report)
		}
	case bilanBuyer:
		s.buyer = msg.buyer
		return s.again()
	case failed:
		s.broken = !s.loaded
	case tea.WindowSizeMsg:
		s.lay()
	case tea.KeyPressMsg:
		cmd, _ := s.rows.move(msg.String())
		return cmd
	}
	return nil
}

// read shows a bilan, at the table that was shown if it still has it.
func (s *bilans) read(r bilan.Report) {
	id := ""
	if s.table < len(s.tables) {
		id = s.tables[s.table].ID
	}
	s.report, s.tables, s.loaded, s.table = r, shownTables(r), true, 0
	for i, t := range s.tables {
		if t.ID == id {
			s.table = i
		}
	}
	s.lay()
}

// show goes to a table.
func (s *bilans) show(table int) tea.Cmd {
	if n := len(s.tables); n > 0 {
		s.table = (table + n) % n
		s.rows.pick, s.rows.top = 0, 0
		s.lay()
	}
	return nil
}

// lay measures the table for the window, once a size and a table.
func (s *bilans) lay() {
	if !s.loaded || s.table >= len(s.tables) {
		return
	}
	s.drawn = measured(s.tables[s.table], s.room()-2)
	s.rows.set(s.drawn.rows)
	s.rows.resize(s.h - len(s.head()) - len(s.foot()))
}

// side is the width of the list of tables, 0 where the window has no room for it.
func (s *bilans) side() int {
	switch {
	case s.w < 100:
		return 0
	case s.w < 130:
		return 34
	}
	return 46
}

func (s *bilans) room() int {
	if side := s.side(); side > 0 {
		return s.w - side - 2
	}
	return s.w
}

// top is above everything: the year, whose, and what tells two bilans are the same.
func (s *bilans) top() []string {
	divisor := s.divisor
	if divisor == 0 {
		divisor = bilan.DefaultDivisor
	}
	whose := "tous les acheteurs"
	switch {
	case s.buyer.ID != 0:
		whose = s.buyer.Party.Label()
	case s.loaded: // of who is narrowed to some, theirs
		whose = s.report.Scope
	}
	year := fmt.Sprintf("← %d →", s.year)
	etp := "1 ETP = " + divisor.String()
	first := " " + s.theme.paint(strong, year) + "  " + pad(whose, max(0, s.w-span(year)-span(etp)-5)) + " " + etp
	second := "calcul du bilan…"
	switch {
	case s.broken:
		second = "ce bilan n'a pas pu être calculé (R : recommencer)"
	case s.loaded && s.old:
		second = "la base a changé depuis : R refait le bilan"
	case s.loaded && len(s.tables) == 0:
		second = "vu le " + s.report.Query.On.French() + " · rien à compter cette année"
	case s.loaded:
		second = "vu le " + s.report.Query.On.French() + " · règles " + s.report.Rules + " · empreinte " + shortPrint(s.report.Fingerprint) + " · " + insertion.Counted(len(s.report.Notes), "note", "notes") + " (n)"
	}
	return []string{first, " " + s.theme.paint(faint, cut(second, s.w-1))}
}

func shortPrint(s string) string {
	if len(s) > 12 {
		return s[:12]
	}
	return s
}

func (s *bilans) View() string {
	lines := s.top()
	switch {
	case !s.loaded:
		return fit(lines, s.w, s.h)
	case len(s.tables) == 0:
		lines = append(lines, "")
		for _, note := range append(s.report.Notes, "← et → changent d'année, a d'acheteur.") {
			for _, l := range wrap(note, s.w-4) {
				lines = append(lines, "  "+l)
			}
		}
		return fit(lines, s.w, s.h)
	}
	main := append(s.head()[len(lines):], strings.Split(s.rows.view(s.room()), "\n")...)
	for len(main) < s.h-len(lines)-len(s.foot()) {
		main = append(main, "")
	}
	main = append(main, s.foot()...)
	if side := s.side(); side > 0 {
		names := s.names(len(main))
		for i := range main {
			main[i] = pad(at(names, i), side) + s.theme.paint(faint, "│") + " " + main[i]
		}
	}
	return fit(append(lines, main...), s.w, s.h)
}

// names is the list of tables, the one shown in sight.
func (s *bilans) names(h int) []string {
	from := max(0, min(s.table-h/2, len(s.tables)-h))
	var out []string
	for i, t := range s.tables[from:min(len(s.tables), from+h)] {
		if from+i == s.table {
			out = append(out, s.theme.paint(selected, pad("▸ "+t.Title, s.side()-1)))
			continue
		}
		out = append(out, "  "+cut(t.Title, s.side()-3))
	}
	return out
}

func (s *bilans) Pointer() (int, int, bool) {
	if !s.loaded || len(s.tables) == 0 {
		return 0, 0, false
	}
	x := 0
	if side := s.side(); side > 0 {
		x = side + 2
	}
	y, ok := s.rows.pointer()
	return x, len(s.head()) + y, ok
}
