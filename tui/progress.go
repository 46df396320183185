package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// latest passes on at most five reports a second to a channel of one place, the
// latest replacing one not yet drawn: every frame travels over somebody's network.
func latest[T any](news chan T) func(T) {
	var last time.Time
	return func(report T) {
		if time.Since(last) < 200*time.Millisecond {
			return
		}
		last = time.Now()
		select {
		case <-news:
		default:
		}
		select {
		case news <- report:
		default:
		}
	}
}

// await waits for the next report of long work; a closed channel ends it.
func await[T any](p *page, news <-chan T, told func(T) tea.Msg) tea.Cmd {
	return ask(p, func(context.Context) (tea.Msg, error) {
		report, ok := <-news
		if !ok {
			return nil, nil
		}
		return told(report), nil
	})
}
