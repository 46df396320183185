package tui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"
)

// answer is the result of work a screen asked for, addressed to that screen:
// the root drops it when the screen is gone.
type answer struct {
	to  uint64
	msg tea.Msg
	err error

	question *textQuestion // what the work answers, when it began with a line typed
}

// ask starts work off the event loop and addresses what it returns to the
// screen that asked. Closing the screen cancels ctx. Inside work no field of
// the screen may be read: copy first.
func ask(p *page, work func(ctx context.Context) (tea.Msg, error)) tea.Cmd {
	ctx, id := p.ctx, p.id
	p.awaiting++
	return later(func() tea.Msg {
		msg, err := work(ctx)
		if err != nil && ctx.Err() != nil && errors.Is(err, context.Canceled) {
			return nil
		}
		return answer{to: id, msg: msg, err: err}
	})
}

// save is ask for a change of the file: when it succeeds every screen re-reads
// and the person is told.
func save(p *page, done string, work func(ctx context.Context) error) tea.Cmd {
	return ask(p, func(ctx context.Context) (tea.Msg, error) {
		if err := work(ctx); err != nil {
			return nil, err
		}
		return saved{text: done}, nil
	})
}

// saveNew is save for a record that may be new: what it becomes in the file is told
// to the screen that saved.
func saveNew(p *page, done string, work func(ctx context.Context) (int64, error)) tea.Cmd {
	return ask(p, func(ctx context.Context) (tea.Msg, error) {
		id, err := work(ctx)
		return saved{done, id}, err
	})
}

// saved reaches the screen that saved, after the root told the person.
type saved struct {
	text string
	id   int64 // of the record, 0 when nobody needs it
}
