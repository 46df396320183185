package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// contractReader reads the lots one buyer awarded together.
type contractReader interface {
	ContractLots(ctx context.Context, id insertion.ContractID) ([]insertion.LotRow, error)
}

// contract shows the lots of a contract and their totals. The facilitator
// answers « où en est ce marché ? » without a key; Entrée opens a lot.
type contract struct {
	page
	from insertion.LotRow // the lot one came from
	list list[insertion.LotRow]
}

// contractLots is the contract, read.
type contractLots struct{ rows []insertion.LotRow }

func newContract(sh *shared, from insertion.LotRow) screen {
	s := &contract{page: sh.page(), from: from}
	s.list = list[insertion.LotRow]{
		page: &s.page,
		key:  func(r insertion.LotRow) insertion.Cursor { return insertion.Cursor{ID: int64(r.ID)} },
		draw: func(r insertion.LotRow, w int, on bool) string { return lotLine(s.theme, r, w, on) },
	}
	return s
}

func (s *contract) Title() string { return "Contrat" }
func (s *contract) Waiting() bool { return !s.list.loaded }

func (s *contract) Init() tea.Cmd {
	s.list.resize(s.h - contractHead)
	return s.Refresh()
}

func (s *contract) Refresh() tea.Cmd {
	files, id := s.deps.Contracts, s.from.Contract
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		rows, err := files.ContractLots(ctx, id)
		return contractLots{rows}, err
	})
}

func (s *contract) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.list.resize(s.h - contractHead)
	case contractLots:
		fresh := !s.list.loaded
		s.list.set(msg.rows)
		for i, r := range msg.rows {
			if fresh && r.ID == s.from.ID {
				s.list.pick = i
				s.list.scroll()
			}
		}
	case tea.KeyPressMsg:
		cmd, _ := s.list.move(msg.String())
		return cmd
	}
	return nil
}

func (s *contract) Actions() []action {
	row, some := s.list.current()
	why := ""
	if !some {
		why = "le contrat n'est pas encore lu"
	}
	return []action{
		{key: "enter", label: "ouvrir", help: "Ouvrir la page du lot.", why: why, do: func() tea.Cmd {
			if row.ID == s.from.ID {
				return replace(newLotPage(s.shared, row.ID))
			}
			return push(newLotPage(s.shared, row.ID))
		}},
	}
}

// contractHead is the lines above the list: reference, buyer, totals, columns.
const contractHead = 6

func (s *contract) View() string {
	var amount insertion.Cents
	var sum insertion.HoursSum
	doubtful, followed := 0, 0
	for _, r := range s.list.rows {
		if r.Doubtful {
			doubtful++
		} else {
			amount += r.Amount
		}
		if r.HasClause {
			followed++
		}
		sum.Due += r.Hours.Due
		sum.Planned += r.Hours.Planned
		sum.Done += r.Hours.Done
	}
	money := insertion.Counted(len(s.list.rows), "lot", "lots") + " (" + insertion.Counted(followed, "suivi", "suivis") + "), " + amount.Round() + " HT"
	if doubtful > 0 {
		money += " (sans " + insertion.Counted(doubtful, "montant à vérifier", "montants à vérifier") + ")"
	}
	hours := "aucune heure due : aucune clause écrite"
	if sum.Due > 0 {
		hours = gauge(int64(sum.Done), int64(sum.Due), 20) + " " + sum.Done.String() + " faites, " +
			sum.Planned.String() + " prévues, " + sum.Due.String() + " dues"
	}
	head := []string{
		" " + s.theme.paint(strong, cut("Contrat "+s.from.Reference, s.w-2)),
		" " + cut(s.from.Buyer.Label(), s.w-2),
		" " + cut(money, s.w-2),
		" " + cut(hours, s.w-2),
		"",
		s.theme.paint(faint, "  "+lotColumnsFor(s.w-2).heads()),
	}
	if len(s.list.rows) == 0 && !s.list.loaded {
		return fit(append(head[:2], "", "  Lecture…"), s.w, s.h)
	}
	return fit(head, s.w, s.h) + "\n" + s.list.view(s.w)
}

func (s *contract) Pointer() (int, int, bool) {
	y, ok := s.list.pointer()
	return 0, contractHead + y, ok
}
