package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// mover takes an introduction from a state to the next.
type mover interface {
	MoveIntroduction(ctx context.Context, by string, id insertion.IntroductionID, from, to insertion.IntroductionState, reason string) error
}

// moveIntroduction asks where a proposal goes next: contacted, accepted,
// declined (with the reason), or a placement. One key to choose, Entrée.
func moveIntroduction(p *page, lot insertion.Lot, i insertion.Introduction) tea.Cmd {
	var choices []choice
	for _, to := range i.State.Next() {
		c := choice{label: i.Name + " : " + string(to)}
		switch to {
		case insertion.Placed:
			c.label = i.Name + " : enregistrer le placement"
			c.needs = rightTo(insertion.ActWrite)
			c.do = func() tea.Cmd { return push(newPlacement(p.shared, lot, i)) }
		case insertion.Declined:
			c.do = func() tea.Cmd {
				return askText("Pourquoi "+i.Name+" décline-t-elle ?", "", "plus de place, trop loin, hors métier…", func(reason string) tea.Cmd {
					return moveTo(p, i, to, reason)
				})
			}
		default:
			c.do = func() tea.Cmd { return moveTo(p, i, to, "") }
		}
		choices = append(choices, c)
	}
	return askChoice("Où en est "+i.Name+" ?", choices)
}

func moveTo(p *page, i insertion.Introduction, to insertion.IntroductionState, reason string) tea.Cmd {
	files, by := p.deps.Introductions, p.person
	return save(p, i.Name+" : "+string(to), func(ctx context.Context) error {
		return files.MoveIntroduction(ctx, by, i.ID, i.State, to, reason)
	})
}
