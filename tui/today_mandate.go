package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/mandate"
)

// openMandateTodo opens what a line of the mandate is about: the meeting of a
// decision, the event of a task, the proposal of a next step.
func openMandateTodo(p *page, id mandate.RecordID) tea.Cmd {
	files, sh := p.deps.Mandate, p.shared
	return ask(p, func(ctx context.Context) (tea.Msg, error) {
		r, err := files.MandateRecord(ctx, id)
		if err != nil {
			return nil, err
		}
		if r.Kind == mandate.Promise {
			return pushed{newCommitment(sh, mandate.Code(r.Text("code")))}, nil
		}
		if r.Parent != 0 {
			if r, err = files.MandateRecord(ctx, r.Parent); err != nil {
				return nil, err
			}
		}
		of, _ := mandate.CommitmentOf(sheetOf(r.Kind).Of)
		if opensPage(r.Kind) {
			return pushed{newRecordPage(sh, r, of)}, nil
		}
		return pushed{newRecordForm(sh, r, of)}, nil
	})
}

// openCouncil opens the next meeting of the council, else the mandate, where one can
// be set.
func (s *day) openCouncil() tea.Cmd {
	if s.council.Record == 0 {
		return push(newCommitment(s.shared, mandate.Council))
	}
	return openMandateTodo(&s.page, s.council.Record)
}

func (s *day) noMandate() string {
	if s.deps.Mandate == nil {
		return "le mandat n'est pas ouvert ici"
	}
	return ""
}
