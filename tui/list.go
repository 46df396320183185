package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// window sizes of a list: how many rows are read at once, how near the edge
// more are asked for, and how many are kept.
const (
	listPage  = 200
	listAhead = 80
	listKeep  = 1200
)

// list holds one window of rows over a long sorted table, and a cursor in it.
// It never holds the table: moving past the edge of the window reads the next
// page off the loop. A list whose fetch is nil is short and holds all its rows.
type list[T any] struct {
	page   *page
	fetch  func(context.Context, insertion.Page) ([]T, error)
	key    func(T) insertion.Cursor // its place in the order; Key may be "" for short lists
	draw   func(row T, w int, on bool) string
	rows   []T
	first  int // index in the table of rows[0]; -1 while unknown (reached from the end)
	pick   int // index in rows of the selected row
	top    int // index in rows of the first row drawn
	h      int // rows visible
	total  insertion.Count
	atEnd  bool // no row after the last of the window
	start  bool // no row before the first
	asking bool
	loaded bool
	fresh  bool // the beginning was asked for and is not there yet
	ticket int  // grows when the whole window is asked anew
	turn   int  // grows at each question; late replies to older ones are dropped
	stop   context.CancelFunc
}

// listRows is a page of rows that answers a list's question.
type listRows[T any] struct {
	turn  int
	where listWhere
	rows  []T
	limit int
}

type listWhere uint8

const (
	listFresh  listWhere = iota // from the beginning
	listAfter                   // more below
	listBefore                  // more above
	listTail                    // from the end
	listAgain                   // the same window, re-read
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
		return listRows[T]{turn, where, rows, limit}, err
	})
}

// set gives a short list all its rows, keeping the cursor on the row with the
// same id when it is still there.
func (l *list[T]) set(rows []T) {
	l.place(rows, 0)
	l.start, l.atEnd, l.loaded = true, true, true
	l.total = insertion.Count{N: len(rows), Exact: true}
}

// place puts rows in the window without losing the selected one.
func (l *list[T]) place(rows []T, first int) {
	old, had := l.current()
	offset := l.pick - l.top
	l.rows, l.first = rows, first
	if had {
		id := l.key(old).ID
		for i, r := range rows {
			if l.key(r).ID == id {
				l.pick = i
				break
			}
		}
	}
	l.pick = max(0, min(l.pick, len(rows)-1))
	// The selected row stays where it is on the screen, save at the top of the
	// table: there what is new must show.
	if l.top > 0 || l.pick >= l.h {
		l.top = l.pick - offset
	}
	l.scroll()
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
		l.place(reply.rows, l.first)
		l.atEnd = short
		if l.first == 0 {
			l.start = true
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

// move handles the keys of the cursor; it reports whether the key was one.
func (l *list[T]) move(k string) (tea.Cmd, bool) {
	switch k {
	case "down", "j":
		l.pick++
	case "up", "k":
		l.pick--
	case "pgdown", "ctrl+d", "space":
		l.pick += max(1, l.h-1)
		l.top += max(1, l.h-1)
	case "pgup", "ctrl+b":
		l.pick -= max(1, l.h-1)
		l.top -= max(1, l.h-1)
	case "home":
		if !l.start {
			return l.open(), true
		}
		l.pick = 0
	case "end", "G":
		if !l.atEnd {
			return l.ask(listTail, insertion.Page{Backwards: true, Limit: listPage}), true
		}
		l.pick = len(l.rows) - 1
	default:
		return nil, false
	}
	l.pick = max(0, min(l.pick, len(l.rows)-1))
	l.scroll()
	return l.more(), true
}

// scroll keeps the cursor inside the rows drawn.
func (l *list[T]) scroll() {
	l.top = max(0, min(l.top, len(l.rows)-max(1, l.h)))
	if l.pick < l.top {
		l.top = l.pick
	}
	if l.h > 0 && l.pick >= l.top+l.h {
		l.top = l.pick - l.h + 1
	}
	l.top = max(0, l.top)
}

// resize gives the list the number of rows it can draw.
func (l *list[T]) resize(h int) {
	l.h = max(1, h)
	l.scroll()
}

// current is the selected row.
func (l *list[T]) current() (T, bool) {
	if l.pick < 0 || l.pick >= len(l.rows) {
		var none T
		return none, false
	}
	return l.rows[l.pick], true
}

// position writes « 12/1 204 », « 12/10 000+ » or « 12 » when the total is
// still being counted.
func (l *list[T]) position() string {
	if len(l.rows) == 0 {
		if l.loaded {
			return "0"
		}
		return "…"
	}
	at := "…"
	switch left := len(l.rows) - 1 - l.pick; {
	case l.first >= 0:
		at = insertion.Thousands(int64(l.first + l.pick + 1))
	case l.atEnd && left == 0:
		at = "dernier"
	case l.atEnd:
		at = "fin − " + insertion.Thousands(int64(left))
	}
	if l.total.N == 0 {
		return at
	}
	plus := ""
	if !l.total.Exact {
		plus = "+"
	}
	return at + "/" + insertion.Thousands(int64(l.total.N)) + plus
}

// view draws the visible rows, each exactly w cells wide, the selected one
// with a mark and in its own tone.
func (l *list[T]) view(w int) string {
	var b strings.Builder
	for i := l.top; i < min(len(l.rows), l.top+l.h); i++ {
		if i > l.top {
			b.WriteByte('\n')
		}
		if i == l.pick {
			b.WriteString(l.page.theme.paint(selected, pad("▸ "+l.draw(l.rows[i], w-2, true), w)))
			continue
		}
		b.WriteString("  ")
		b.WriteString(l.draw(l.rows[i], w-2, false))
	}
	return b.String()
}

// pointer is the line of the selected row inside the list.
func (l *list[T]) pointer() (int, bool) { return l.pick - l.top, len(l.rows) > 0 }
