package tui

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// versionReader tells whether anyone changed the file.
type versionReader interface {
	Version(ctx context.Context) (int64, error)
}

// company tells who else has the file open, by name.
type company interface{ Here() []string }

// beat says that the file changed, or who has it open.
type beat struct {
	version int64
	here    []string
}

// baseline reads the version before anything is shown, so that a change made
// while the first screen loads is seen.
func (a *App) baseline() {
	if files := a.shared.deps.Version; files != nil {
		a.version, _ = files.Version(a.shared.ctx) // unread, the first beat refreshes
	}
}

// watch looks twice a second at the version of the file, a tiny query, and at who
// is here. It wakes the program only when one moved: a thousand people who read
// cost nothing.
func (a *App) watch() tea.Cmd {
	ctx, files, people := a.shared.ctx, a.shared.deps.Version, a.shared.deps.Company
	if files == nil {
		return nil
	}
	version, here := a.version, a.here
	return later(func() tea.Msg {
		tick := time.NewTicker(pulse)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
			}
			b := beat{here: here}
			if people != nil {
				b.here = people.Here()
			}
			var err error
			if b.version, err = files.Version(ctx); err != nil {
				b.version = version // the next look will tell
			}
			if b.version != version || !slices.Equal(b.here, here) {
				return b
			}
		}
	})
}

func (a *App) beaten(b beat) tea.Cmd {
	moved := b.version != a.version
	a.version, a.here = b.version, b.here
	if !moved {
		return a.watch()
	}
	if c, ok := a.top().(costly); ok {
		return tea.Batch(c.Outdated(), a.watch())
	}
	return tea.Batch(a.refresh(), a.watch())
}

// costly is a refresher that may take long: told that somebody changed the file,
// it decides whether to read again or to say that what it shows is of before.
type costly interface{ Outdated() tea.Cmd }

// refresh makes the top screen re-read its window; those below do when they
// come back to the top.
func (a *App) refresh() tea.Cmd {
	if r, ok := a.top().(refresher); ok {
		return r.Refresh()
	}
	return nil
}

// with says who else is here, shortly: two names, then how many more.
func with(here []string) string {
	switch n := len(here); {
	case n == 0:
		return ""
	case n == 1:
		return ", avec " + here[0]
	case n == 2:
		return ", avec " + here[0] + " et " + here[1]
	default:
		return fmt.Sprintf(", avec %s et %d autres", here[0], n-1)
	}
}
