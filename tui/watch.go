package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// versionReader tells whether anyone changed the file.
type versionReader interface {
	Version(ctx context.Context) (int64, error)
}

// beat carries the version of the file, read twice a second.
type beat struct {
	version int64
	err     error
}

// watch waits a pulse, then reads the version of the file. It costs one tiny
// query and no frame: nothing is drawn unless the version moved.
func (a *App) watch() tea.Cmd {
	ctx, files := a.shared.ctx, a.shared.deps.Version
	if files == nil {
		return nil
	}
	return tea.Tick(pulse, func(time.Time) tea.Msg {
		v, err := files.Version(ctx)
		return beat{v, err}
	})
}

func (a *App) beaten(b beat) tea.Cmd {
	if b.err != nil || b.version == a.version {
		return a.watch()
	}
	first := a.version == 0
	a.version = b.version
	if first {
		return a.watch()
	}
	return tea.Batch(a.refresh(), a.watch())
}

// refresh makes the top screen re-read its window; those below do when they
// come back to the top.
func (a *App) refresh() tea.Cmd {
	if r, ok := a.top().(refresher); ok {
		return r.Refresh()
	}
	return nil
}
