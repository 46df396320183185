package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// journal is what undo needs of the journal of changes.
type journal interface {
	LastUndoable(ctx context.Context, by string) (insertion.Change, error)
	Undo(ctx context.Context, by string, id insertion.ChangeID) error
}

// askUndo reads the last change of the person and asks, naming what it undoes.
func (a *App) askUndo() tea.Cmd {
	ctx, files, person := a.shared.ctx, a.shared.deps.Journal, a.shared.person
	if files == nil {
		return nil
	}
	return later(func() tea.Msg {
		c, err := files.LastUndoable(ctx, person)
		if err != nil {
			return failed{err}
		}
		return asked{
			question: fmt.Sprintf("Annuler %s du %s ?", insertion.Quoted(c.What), c.At.Local().Format("02/01/2006 à 15 h 04")),
			yes: func() tea.Cmd {
				return later(func() tea.Msg {
					if err := files.Undo(ctx, person, c.ID); err != nil {
						return failed{err}
					}
					return undone{c.What}
				})
			},
		}
	})
}

// undone says what was undone; the screens re-read.
type undone struct{ what string }
