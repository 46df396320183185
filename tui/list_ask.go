package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// listRows is a page of rows that answers a list's question.
type listRows[T any] struct {
	turn   int
	where  listWhere
	rows   []T
	limit  int
	first  int // listSought: index in the table of rows[0]
	sought int64
}

type listWhere uint8

const (
	listFresh  listWhere = iota // from the beginning
	listAfter                   // more below
	listBefore                  // more above
	listTail                    // from the end
	listAgain                   // the same window, re-read
	listSought                  // the window that holds what was made
)

// open reads the first window; what was shown stays until the reply comes.
func (l *list[T]) open() tea.Cmd {
	if l.fetch == nil {
		return nil
	}
	l.fresh = true
	l.ticket++
	return l.ask(listFresh, insertion.Page{Limit: listPage})
}

// again re-reads the window shown, keeping the cursor on its row.
func (l *list[T]) again() tea.Cmd {
	if l.fetch == nil {
		return nil
	}
	if l.fresh { // the rows shown answer another question
		return l.open()
	}
	l.ticket++
	if l.made = l.page.made.take(); l.made.id == 0 {
		l.made = made{} // rows enter and leave a window without being new
	}
	if !l.loaded || len(l.rows) == 0 || l.start {
		return l.ask(listAgain, insertion.Page{Limit: max(listPage, len(l.rows))})
	}
	from, n, fetch, key := l.key(l.rows[0]), len(l.rows), l.fetch, l.key
	return l.question(listAgain, n, func(ctx context.Context) ([]T, error) {
		// The first row of the window may be gone: re-read from the row before it.
		before, err := fetch(ctx, insertion.Page{From: from, Backwards: true, Limit: 1})
		if err != nil {
			return nil, err
		}
		p := insertion.Page{Limit: n}
		if len(before) > 0 {
			p.From = key(before[0])
		}
		return fetch(ctx, p)
	})
}

func (l *list[T]) ask(where listWhere, p insertion.Page) tea.Cmd {
	fetch := l.fetch
	return l.question(where, p.Limit, func(ctx context.Context) ([]T, error) { return fetch(ctx, p) })
}

// How far a record just made is looked for, in rows: a list of more is longer than
// anybody reads, and she will look for it by its name.
const (
	seekPage  = 1000
	seekPages = 30
)

// seek reads the window that holds a record, from the beginning.
func (l *list[T]) seek(id int64) tea.Cmd {
	fetch, key := l.fetch, l.key
	l.turn++
	l.asking = true
	turn := l.turn
	return ask(l.page, func(ctx context.Context) (tea.Msg, error) {
		p := insertion.Page{Limit: seekPage}
		for n := range seekPages {
			rows, err := fetch(ctx, p)
			if err != nil || len(rows) == 0 {
				return listRows[T]{turn: turn, where: listSought}, err
			}
			if slices.ContainsFunc(rows, func(r T) bool { return key(r).ID == id }) {
				return listRows[T]{turn, listSought, rows, seekPage, n * seekPage, id}, nil
			}
			p.From = key(rows[len(rows)-1])
		}
		return listRows[T]{turn: turn, where: listSought}, nil
	})
}

// question reads rows off the loop under a context of its own, so that the
// next question can stop this one: a list follows typing, and an abandoned
// search must not hold a reader.
func (l *list[T]) question(where listWhere, limit int, read func(context.Context) ([]T, error)) tea.Cmd {
	if l.stop != nil {
		l.stop()
	}
	ctx, cancel := context.WithCancel(l.page.ctx)
	l.stop = cancel
	l.turn++
	l.asking = true
	turn := l.turn
	return ask(l.page, func(context.Context) (tea.Msg, error) {
		defer cancel()
		rows, err := read(ctx)
		if err != nil && ctx.Err() != nil {
			return listRows[T]{turn: -1}, nil
		}
		return listRows[T]{turn: turn, where: where, rows: rows, limit: limit}, err
	})
}

// take receives a reply; it reports whether the reply was for this list.
func (l *list[T]) take(msg tea.Msg) (tea.Cmd, bool) {
	if _, is := msg.(failed); is {
		l.asking = false
		return nil, false
	}
	reply, ok := msg.(listRows[T])
	if !ok {
		return nil, false
	}
	if reply.turn != l.turn {
		return nil, true
	}
	l.asking, l.loaded = false, true
	short := len(reply.rows) < reply.limit
	switch reply.where {
	case listFresh:
		l.fresh = false
		l.pick, l.top = 0, 0
		l.rows, l.first = reply.rows, 0
		l.start, l.atEnd = true, short
	case listAgain:
		sought := l.made.id
		l.place(reply.rows, l.first)
		l.atEnd = short
		if l.first == 0 {
			l.start = true
		}
		if now, some := l.current(); sought != 0 && (!some || l.key(now).ID != sought) {
			return l.seek(sought), true
		}
	case listSought:
		if len(reply.rows) > 0 {
			l.made = made{some: true, id: reply.sought}
			l.place(reply.rows, reply.first)
			l.start, l.atEnd = reply.first == 0, short
		}
	case listAfter:
		l.rows = append(l.rows, reply.rows...)
		l.atEnd = short
		if drop := len(l.rows) - listKeep; drop > 0 && l.top > drop {
			l.rows = append([]T(nil), l.rows[drop:]...)
			l.pick, l.top, l.start = l.pick-drop, l.top-drop, false
			if l.first >= 0 {
				l.first += drop
			}
		}
	case listBefore:
		n := len(reply.rows)
		l.rows = append(append(make([]T, 0, n+len(l.rows)), reply.rows...), l.rows...)
		l.pick, l.top = l.pick+n, l.top+n
		l.start = short
		if l.first >= 0 {
			l.first = max(0, l.first-n)
		}
		if len(l.rows) > listKeep && l.top+l.h < listKeep {
			l.rows, l.atEnd = l.rows[:listKeep], false
		}
	case listTail:
		l.rows, l.atEnd, l.start = reply.rows, true, short
		l.first = -1
		if l.total.Exact {
			l.first = max(0, l.total.N-len(reply.rows))
		}
		l.pick = max(0, len(l.rows)-1)
		l.scroll()
	}
	l.scroll()
	return l.more(), true
}

// more asks for the next rows when the cursor comes near an edge.
func (l *list[T]) more() tea.Cmd {
	if l.fetch == nil || l.asking || len(l.rows) == 0 {
		return nil
	}
	switch {
	case !l.atEnd && l.pick > len(l.rows)-listAhead:
		return l.ask(listAfter, insertion.Page{From: l.key(l.rows[len(l.rows)-1]), Limit: listPage})
	case !l.start && l.pick < listAhead:
		return l.ask(listBefore, insertion.Page{From: l.key(l.rows[0]), Backwards: true, Limit: listPage})
	}
	return nil
}
