package tui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// lineKeeper reads and writes hours by person, placement and month.
type lineKeeper interface {
	LineGrid(ctx context.Context, lot insertion.LotID, from, to insertion.Month) ([]insertion.LineRow, error)
	SetLines(ctx context.Context, by string, edits []insertion.LineEdit) error
	SetWorked(ctx context.Context, by string, w insertion.WorkedMonth) error
}

// monthGrid is the month's grid: a row for each person on a placement, a column
// for each month. The facilitator has a firm's statement at hand: type the hours,
// Entrée goes down; v takes the month before, V takes it for everybody at once.
// Twenty persons whose hours all change cost three or four keys each; twenty who
// did as the month before, two keys in all.
type monthGrid struct {
	page
	figureTyped
	gridCursor
	lot    insertion.LotID // 0 for all
	rows   []insertion.LineRow
	last   insertion.Month // the right-most month shown
	month  insertion.Month // of the column
	loaded bool
}

type linesRead struct {
	last insertion.Month
	rows []insertion.LineRow
}

// linesStale tells that somebody wrote a cell meanwhile.
type linesStale struct {
	edit   insertion.LineEdit
	theirs insertion.StaleHours
}

func newMonthGrid(sh *shared) screen { return newMonthGridOf(sh, 0) }

// newMonthGridOf is the grid of a lot, or of all; those who read no person get the
// totals by placement.
func newMonthGridOf(sh *shared, lot insertion.LotID) screen {
	if sh.refusal(rightTo(insertion.ActPersons)) != "" {
		return newHoursOf(sh, lot)
	}
	s := &monthGrid{page: sh.page(), lot: lot}
	s.last = insertion.DateOf(sh.now()).Month()
	s.month = s.last.Add(-1)
	return s
}

func (s *monthGrid) Title() string {
	if s.lot != 0 {
		return fmt.Sprintf("Heures par personne du lot %d", s.lot)
	}
	return "Heures par personne"
}

func (s *monthGrid) Waiting() bool { return !s.loaded }

func (s *monthGrid) Typing() bool  { return s.typed != "" }
func (s *monthGrid) Unsaved() bool { return s.typed != "" }
func (s *monthGrid) Init() tea.Cmd { return s.Refresh() }

func (s *monthGrid) Refresh() tea.Cmd {
	files, lot, last := s.deps.Grid, s.lot, s.last
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		rows, err := files.LineGrid(ctx, lot, last.Add(-gridBack), last)
		return linesRead{last, rows}, err
	})
}

func (s *monthGrid) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.keepInside()
	case linesRead:
		if msg.last != s.last || s.holds(msg) {
			return nil
		}
		at := insertion.AssignmentID(0)
		if s.row < len(s.rows) {
			at = s.rows[s.row].ID
		}
		s.rows, s.loaded = msg.rows, true
		if i := slices.IndexFunc(s.rows, func(r insertion.LineRow) bool { return r.ID == at }); i >= 0 {
			s.row = i
		}
		s.keepInside()
	case cellSaved:
		return touch
	case cellRefused:
		return tea.Batch(fail(msg.err), s.Refresh())
	case linesStale:
		return tea.Batch(s.Refresh(), s.askStale(msg))
	case tea.KeyPressMsg:
		return s.key(msg.String())
	}
	return nil
}

func (s *monthGrid) keepInside() {
	if months := s.months(); !slices.Contains(months, s.month) {
		s.month = max(months[0], min(s.month, s.last))
	}
	s.settle(len(s.rows), s.bodyHeight())
}

func (s *monthGrid) key(k string) tea.Cmd {
	cmd, taken := s.typing(k)
	s.Update(s.freed())
	if taken {
		return cmd
	}
	months := s.months()
	s.walk(k, len(s.rows), s.bodyHeight())
	switch k {
	case "right", "tab":
		if s.month == months[len(months)-1] {
			return tea.Batch(cmd, s.shift(1))
		}
		s.month = s.month.Add(1)
	case "left", "shift+tab":
		if s.month == months[0] {
			return tea.Batch(cmd, s.shift(-1))
		}
		s.month = s.month.Add(-1)
	}
	s.keepInside()
	return cmd
}

func (s *monthGrid) shift(n int) tea.Cmd {
	s.last, s.month = s.last.Add(n), s.month.Add(n)
	return s.Refresh()
}

// cell is the row and the line under the cursor.
func (s *monthGrid) cell() (insertion.LineRow, insertion.HourLine, bool) {
	if s.row >= len(s.rows) {
		return insertion.LineRow{}, insertion.HourLine{}, false
	}
	r := s.rows[s.row]
	return r, lineIn(r, s.month), true
}

func lineIn(r insertion.LineRow, m insertion.Month) insertion.HourLine {
	for _, c := range r.Cells {
		if c.Month == m {
			return c
		}
	}
	return insertion.HourLine{Assignment: r.ID, Month: m}
}

func (s *monthGrid) Actions() []action {
	if s.typed != "" {
		return []action{
			{key: "enter", label: "garder", help: "Enregistrer la case et descendre (Tab : aller à droite)."},
			{key: "esc", label: "laisser", help: "Laisser la case comme elle était."},
		}
	}
	r, c, ok := s.cell()
	before := lineIn(r, s.month.Add(-1))
	none, away, noBefore, noDone, nobody := "", "", "le mois précédent n'est pas saisi", "rien n'est saisi ce mois-là", "ce total n'est d'aucune personne"
	if !ok {
		none = "personne n'est affecté sur ces mois"
		away, noBefore, noDone, nobody = none, none, none, none
	} else {
		if before.By != "" {
			noBefore = ""
		}
		if !r.Holds(s.month) {
			away, noBefore = "ce mois est hors de son affectation", "ce mois est hors de son affectation"
		}
		if c.By != "" {
			noDone = ""
		}
		if r.Participant != 0 {
			nobody = ""
		}
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
		{key: "0-9", label: "saisir", help: "Taper des heures (35, 35,5 ou 7h30) : Entrée descend, Tab va à droite.", needs: rightTo(insertion.ActWrite), why: away, do: func() tea.Cmd { return nil }},
		{key: "v", label: "comme avant", help: "Reprendre les heures du mois précédent, et descendre.", needs: rightTo(insertion.ActWrite), why: noBefore, do: down(before.Hours)},
		{key: "V", label: "tous comme avant", help: "Reprendre le mois précédent pour toutes les cases vides du mois.", needs: rightTo(insertion.ActWrite), why: none, do: s.asBefore},
		{key: "d", label: "recopier", help: "Recopier cette case dans celle du dessous, et descendre.", needs: rightTo(insertion.ActWrite), why: noDone, do: func() tea.Cmd {
			if s.row == len(s.rows)-1 {
				return tell("C'est la dernière ligne.")
			}
			s.row++
			s.keepInside()
			return s.set(c.Hours)
		}},
		{key: "o", label: "ouvrir", help: "Ouvrir la fiche de la personne.", why: nobody, do: func() tea.Cmd { return push(newPersonPage(s.shared, r.Participant)) }},
		{key: "t", label: "par placement", help: "Passer aux totaux par placement : heures prévues, et heures déclarées sans détail.", do: func() tea.Cmd { return replace(newHoursOf(s.shared, s.lot)) }},
		{key: "i", label: "relevé", help: "Contrôler un relevé rempli par une entreprise ou une structure, avant de rien écrire.", do: func() tea.Cmd { return askStatement(&s.page) }},
		{key: "w", label: "heures partagées", help: "Dire toutes les heures du mois d'une personne partagée entre marchés (mutualisation).", needs: rightTo(insertion.ActWrite), quiet: true, why: nobody, do: s.worked},
		{key: "l", label: "lot", help: "Ouvrir la page du lot.", quiet: true, why: none, do: func() tea.Cmd { return push(newLotPage(s.shared, r.Lot)) }},
		{key: "delete", label: "vider", help: "Effacer les heures saisies dans la case.", needs: rightTo(insertion.ActWrite), why: noDone, quiet: true, do: func() tea.Cmd {
			return s.write(insertion.LineEdit{Assignment: c.Assignment, Month: c.Month, Old: c, Clear: true})
		}},
		{key: "a", label: "mois suivant", help: "Avancer d'un mois (ou → au bord de la grille).", quiet: true, do: func() tea.Cmd { return s.shift(1) }},
		{key: "b", label: "mois précédent", help: "Reculer d'un mois (ou ← au bord de la grille).", quiet: true, do: func() tea.Cmd { return s.shift(-1) }},
	}
}
