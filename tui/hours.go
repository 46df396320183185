package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// hoursKeeper reads the grid of hours and enters a cell.
type hoursKeeper interface {
	HoursGrid(ctx context.Context, lot insertion.LotID, from, to insertion.Month) ([]insertion.HoursRow, error)
	SetHours(ctx context.Context, by string, id insertion.PlacementID, month insertion.Month, old, new insertion.PlacementMonth) error
}

// hoursGrid is the month's grid. The facilitator has the firms' statements at
// hand: move to a cell, type the hours, Entrée goes down to the next placement;
// v takes over the previous month, p takes what was planned.
type hoursGrid struct {
	page
	lot    insertion.LotID // 0 for all
	rows   []insertion.HoursRow
	last   insertion.Month // the right-most month shown
	row    int
	col    int
	top    int
	typed  string // what is being typed in the cell
	loaded bool
}

type gridRead struct {
	last insertion.Month
	rows []insertion.HoursRow
}

// cellSaved says that a cell was entered.
type cellSaved struct{}

func newHours(sh *shared) screen { return newHoursOf(sh, 0) }

func newHoursOf(sh *shared, lot insertion.LotID) screen {
	s := &hoursGrid{page: sh.page(), lot: lot}
	s.last = insertion.DateOf(sh.now()).Month()
	s.col = -1 // the last finished month, once the width is known
	return s
}

func (s *hoursGrid) Title() string {
	if s.lot != 0 {
		return fmt.Sprintf("Heures du lot %d", s.lot)
	}
	return "Heures"
}

// Typing keeps every key for the cell while hours are typed in it.
func (s *hoursGrid) Typing() bool  { return s.typed != "" }
func (s *hoursGrid) Unsaved() bool { return s.typed != "" }
func (s *hoursGrid) Init() tea.Cmd { return s.Refresh() }

func (s *hoursGrid) Refresh() tea.Cmd {
	files, lot, last := s.deps.Hours, s.lot, s.last
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		rows, err := files.HoursGrid(ctx, lot, last.Add(-12), last)
		return gridRead{last, rows}, err
	})
}

// cellWidth is what a month takes: « planned/done » in hours.
const cellWidth = 13

// months are those shown: as many as the width holds, at most twelve.
func (s *hoursGrid) months() []insertion.Month {
	n := max(1, min(12, (s.w-s.nameWidth()-10)/cellWidth))
	return insertion.Months(s.last.Add(1-n), s.last)
}

func (s *hoursGrid) nameWidth() int { return max(18, min(40, s.w/3)) }

func (s *hoursGrid) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case gridRead:
		if msg.last != s.last {
			return nil
		}
		s.rows, s.loaded = msg.rows, true
		s.keepInside()
	case cellSaved:
		return touch
	case failed:
		var stale *insertion.StaleHours
		if errors.As(msg.err, &stale) {
			return tea.Sequence(s.Refresh(), confirmStale(stale))
		}
		return s.Refresh() // what was shown at once is not in the file
	case tea.KeyPressMsg:
		return s.key(msg.String())
	}
	return nil
}

// confirmStale tells who entered what meanwhile; the grid shows it, and typing
// again over it is the person's choice.
func confirmStale(stale *insertion.StaleHours) tea.Cmd {
	return tell("Non enregistré : " + stale.Error() + ". La grille montre sa valeur ; retapez la vôtre pour la remplacer.")
}

func (s *hoursGrid) keepInside() {
	months := s.months()
	if s.col < 0 || s.col >= len(months) {
		s.col = max(0, len(months)-2)
	}
	s.row = max(0, min(s.row, len(s.rows)-1))
	h := s.bodyHeight()
	s.top = max(0, min(s.top, len(s.rows)-h))
	if s.row < s.top {
		s.top = s.row
	}
	if s.row >= s.top+h {
		s.top = s.row - h + 1
	}
}

func (s *hoursGrid) bodyHeight() int { return max(1, s.h-5) }

func (s *hoursGrid) key(k string) tea.Cmd {
	if k == "backspace" && s.typed != "" {
		r := []rune(s.typed)
		s.typed = string(r[:len(r)-1])
		return nil
	}
	if len(k) == 1 && strings.Contains("0123456789,.h", k) && len(s.rows) > 0 && (s.typed != "" || k != "h") {
		s.typed += k
		return nil
	}
	var cmd tea.Cmd
	if s.typed != "" {
		if k == "esc" {
			s.typed = ""
			return nil
		}
		if cmd = s.enter(); s.typed != "" {
			return cmd
		}
	}
	switch k {
	case "down", "enter":
		s.row++
	case "up":
		s.row--
	case "pgdown":
		s.row += s.bodyHeight()
	case "pgup":
		s.row -= s.bodyHeight()
	case "home":
		s.row = 0
	case "end":
		s.row = len(s.rows) - 1
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
	return s.Refresh()
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

// enter saves what is typed; what cannot be read stays typed.
func (s *hoursGrid) enter() tea.Cmd {
	h, err := insertion.ParseHours(s.typed)
	if err != nil {
		return fail(err)
	}
	s.typed = ""
	return s.set(h)
}

func (s *hoursGrid) set(h insertion.Hours) tea.Cmd {
	r, old, ok := s.cell()
	if !ok {
		return nil
	}
	entered := insertion.PlacementMonth{Month: old.Month, Planned: old.Planned, Done: h, Entered: true}
	// Shown at once; the reply re-reads, and an error puts the truth back.
	for i := range s.rows[s.row].Months {
		if s.rows[s.row].Months[i].Month == old.Month {
			s.rows[s.row].Months[i] = entered
		}
	}
	files, by := s.deps.Hours, s.person
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		return cellSaved{}, files.SetHours(ctx, by, r.Placement, old.Month, old, entered)
	})
}

func (s *hoursGrid) Actions() []action {
	if s.typed != "" {
		return nil
	}
	r, m, ok := s.cell()
	none, noPlan, noBefore := "", "", ""
	if !ok {
		none = "aucun placement sur ces mois"
	}
	before := monthOf(r, m.Month.Add(-1))
	if noPlan = none; none == "" && m.Planned == 0 {
		noPlan = "rien n'est prévu ce mois-là"
	}
	if noBefore = none; none == "" && !before.Entered {
		noBefore = "le mois précédent n'est pas saisi"
	}
	down := func(h insertion.Hours) func() tea.Cmd {
		return func() tea.Cmd {
			cmd := s.set(h)
			s.row++
			s.keepInside()
			return cmd
		}
	}
	return []action{
		{key: "0-9", label: "saisir", help: "Taper les heures faites (35, 35,5 ou 7h30), Entrée pour la ligne suivante.", why: none, do: func() tea.Cmd { return nil }},
		{key: "p", label: "comme prévu", help: "Saisir ce qui était prévu, et descendre.", why: noPlan, do: down(m.Planned)},
		{key: "v", label: "comme le mois précédent", help: "Reprendre les heures du mois précédent, et descendre.", why: noBefore, do: down(before.Done)},
		{key: "l", label: "lot", help: "Ouvrir la page du lot.", why: none, do: func() tea.Cmd { return push(newLotPage(s.shared, r.Lot)) }},
		{key: "a", label: "mois suivant", help: "Avancer d'un mois (ou → au bord de la grille).", quiet: true, do: func() tea.Cmd { return s.shift(1) }},
		{key: "b", label: "mois précédent", help: "Reculer d'un mois (ou ← au bord de la grille).", quiet: true, do: func() tea.Cmd { return s.shift(-1) }},
	}
}
