package tui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// hoursKeeper reads the grid of hours and enters a cell.
type hoursKeeper interface {
	HoursGrid(ctx context.Context, lot insertion.LotID, from, to insertion.Month) ([]insertion.HoursRow, error)
	SetHours(ctx context.Context, by string, id insertion.PlacementID, month insertion.Month, old, new insertion.PlacementMonth) error
	Placement(ctx context.Context, id insertion.PlacementID) (insertion.Placement, error)
	SavePlacement(ctx context.Context, by string, p insertion.Placement) (insertion.PlacementID, error)
}

// hoursGrid is the month's grid. The facilitator has the firms' statements at
// hand: move to a cell, type the hours, Entrée goes down to the next placement;
// v takes over the previous month, p takes what was planned, n goes to the next
// hole.
type hoursGrid struct {
	page
	figureTyped
	gridCursor
	lot    insertion.LotID       // 0 for all
	first  insertion.PlacementID // the row to begin on, 0 for none
	all    []insertion.HoursRow
	rows   []insertion.HoursRow // those with something in the months shown
	last   insertion.Month      // the right-most month shown
	col    int
	month  insertion.Month // of the column, so that another width keeps it
	plan   bool            // what is typed is planned, not done
	loaded bool
}

type gridRead struct {
	last insertion.Month
	rows []insertion.HoursRow
}

func newHoursOf(sh *shared, lot insertion.LotID) screen {
	s := &hoursGrid{page: sh.page(), lot: lot}
	s.last = insertion.DateOf(sh.now()).Month()
	s.month = s.last.Add(-1) // the last one finished
	return s
}

// newHoursAt opens the grid of a lot on the cell that waits.
func newHoursAt(sh *shared, lot insertion.LotID, id insertion.PlacementID, month insertion.Month) screen {
	s := newHoursOf(sh, lot).(*hoursGrid)
	s.first = id
	if month != "" {
		s.last, s.month = min(s.last, month.Add(1)), month
	}
	return s
}

func (s *hoursGrid) Title() string {
	if s.lot != 0 {
		return fmt.Sprintf("Heures du lot %d", s.lot)
	}
	return "Heures"
}

func (s *hoursGrid) Waiting() bool { return !s.loaded }

// Typing keeps every key for the cell while hours are typed in it.
func (s *hoursGrid) Typing() bool  { return s.typed != "" }
func (s *hoursGrid) Unsaved() bool { return s.typed != "" }
func (s *hoursGrid) Init() tea.Cmd { return s.Refresh() }

// gridBack is how many months before the last one are read: the widest window
// and the month before it, which « v » takes over.
const gridBack = 12

func (s *hoursGrid) Refresh() tea.Cmd {
	files, lot, last := s.deps.Hours, s.lot, s.last
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		rows, err := files.HoursGrid(ctx, lot, last.Add(-gridBack), last)
		return gridRead{last, rows}, err
	})
}

func (s *hoursGrid) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.arrange()
	case gridRead:
		if msg.last != s.last || s.holds(msg) {
			return nil
		}
		s.all, s.loaded = msg.rows, true
		s.arrange()
	case cellSaved:
		return touch
	case cellRefused:
		return tea.Batch(fail(msg.err), s.Refresh()) // what was shown at once is not in the file
	case cellStale:
		return tea.Batch(s.Refresh(), s.askStale(msg))
	case tea.KeyPressMsg:
		return s.key(msg.String())
	}
	return nil
}

// arrange keeps the placements with something in the months shown, and the
// cursor on its placement.
func (s *hoursGrid) arrange() {
	at := s.first
	if at == 0 && s.row < len(s.rows) {
		at = s.rows[s.row].Placement
	}
	months := s.months()
	s.rows = slices.DeleteFunc(slices.Clone(s.all), func(r insertion.HoursRow) bool {
		return !slices.ContainsFunc(months, func(m insertion.Month) bool {
			c := monthOf(r, m)
			return c.Planned != 0 || c.Entered
		})
	})
	if i := slices.IndexFunc(s.rows, func(r insertion.HoursRow) bool { return r.Placement == at }); i >= 0 {
		s.row = i
		s.first = 0
	}
	s.col = slices.Index(months, s.month)
	if s.col < 0 {
		s.col = max(0, len(months)-2)
	}
	s.keepInside()
}

func (s *hoursGrid) keepInside() {
	if months := s.months(); s.col < len(months) {
		s.month = months[s.col]
	}
	s.settle(len(s.rows), s.bodyHeight())
}

func (s *hoursGrid) key(k string) tea.Cmd {
	cmd, taken := s.typing(k)
	s.Update(s.freed())
	if taken {
		return cmd
	}
	s.walk(k, len(s.rows), s.bodyHeight())
	switch k {
	case "right", "tab":
		if s.col < len(s.months())-1 {
			s.col++
		} else {
			return tea.Batch(cmd, s.shift(1))
		}
	case "left", "shift+tab":
		if s.col > 0 {
			s.col--
		} else {
			return tea.Batch(cmd, s.shift(-1))
		}
	}
	s.keepInside()
	return cmd
}

// shift moves the window of months.
func (s *hoursGrid) shift(n int) tea.Cmd {
	s.last = s.last.Add(n)
	s.month = s.month.Add(n)
	return s.Refresh()
}

// nextHole goes to the next month over, planned and not entered: down the rows,
// from the oldest month shown.
func (s *hoursGrid) nextHole() tea.Cmd {
	months, now := s.months(), insertion.DateOf(s.now()).Month()
	n := len(s.rows) * len(months)
	for step := 1; step <= n; step++ {
		at := (s.row*len(months) + s.col + step) % n
		c := monthOf(s.rows[at/len(months)], months[at%len(months)])
		if missing(c, now) {
			s.row, s.col = at/len(months), at%len(months)
			s.keepInside()
			return nil
		}
	}
	return tell("Aucune heure ne manque sur les mois affichés.")
}

// missing tells whether a month is over, planned and not entered.
func missing(c insertion.PlacementMonth, now insertion.Month) bool {
	return !c.Entered && c.Planned > 0 && c.Month < now
}

// cell is the placement and the month under the cursor.
func (s *hoursGrid) cell() (insertion.HoursRow, insertion.PlacementMonth, bool) {
	months := s.months()
	if s.row >= len(s.rows) || s.col < 0 || s.col >= len(months) {
		return insertion.HoursRow{}, insertion.PlacementMonth{}, false
	}
	return s.rows[s.row], monthOf(s.rows[s.row], months[s.col]), true
}

func monthOf(r insertion.HoursRow, m insertion.Month) insertion.PlacementMonth {
	for _, have := range r.Months {
		if have.Month == m {
			return have
		}
	}
	return insertion.PlacementMonth{Month: m}
}
