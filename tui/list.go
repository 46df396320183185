package tui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

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
	under  func(row T, w int, on bool) string // a second line of each row; nil: one is enough
	rows   []T
	first  int // index in the table of rows[0]; -1 while unknown (reached from the end)
	pick   int // index in rows of the selected row
	top    int // index in rows of the first row drawn
	h      int // rows visible
	lit    int // cells of the selected row in its tone; 0 = all of them. Fewer travel faster.
	total  insertion.Count
	atEnd  bool // no row after the last of the window
	start  bool // no row before the first
	asking bool
	loaded bool
	fresh  bool // the beginning was asked for and is not there yet
	ticket int  // grows when the whole window is asked anew
	turn   int  // grows at each question; late replies to older ones are dropped
	stop   context.CancelFunc
	made   made                   // what a form just added, to be found in the rows that come next
	heir   func(gone, row T) bool // tells the row that takes the place of one that is gone; may be nil
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
	offset := l.pick - l.top
	pick := l.follow(rows)
	l.rows, l.first = rows, first
	l.pick = max(0, min(pick, len(rows)-1))
	// The selected row stays where it is on the screen, save at the top of the
	// table: there what is new must show.
	if l.top > 0 || l.pick >= l.h {
		l.top = l.pick - offset
	}
	l.scroll()
}

// follow is where the cursor goes in rows that replace those shown: to what a form
// just added, else to the row it was on, else to what took that row's place.
func (l *list[T]) follow(rows []T) int {
	made := l.made.take()
	old, had := l.current()
	if made.some && l.loaded {
		if i := slices.IndexFunc(rows, func(r T) bool { return l.isNew(r, made) }); i >= 0 {
			return i
		}
	}
	if !had {
		return l.pick
	}
	if i := slices.IndexFunc(rows, func(r T) bool { return l.key(r).ID == l.key(old).ID }); i >= 0 {
		return i
	}
	if l.heir != nil {
		if i := slices.IndexFunc(rows, func(r T) bool { return l.heir(old, r) }); i >= 0 {
			return i
		}
	}
	return l.pick
}

// isNew tells whether a row is what was made: the one of that number, or one the list
// did not hold.
func (l *list[T]) isNew(row T, made made) bool {
	id := l.key(row).ID
	if made.id != 0 {
		return id == made.id
	}
	return !slices.ContainsFunc(l.rows, func(r T) bool { return l.key(r).ID == id })
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

// resize gives the list the number of lines it can draw.
func (l *list[T]) resize(h int) {
	l.h = max(1, h/l.tall())
	l.scroll()
}

// tall is how many lines a row takes.
func (l *list[T]) tall() int {
	if l.under != nil {
		return 2
	}
	return 1
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
		on, head := i == l.pick, "  "
		if on {
			head = "▸ "
		}
		line := head + l.draw(l.rows[i], w-2, on)
		if on {
			line = l.light(line, w)
		}
		b.WriteString(line)
		if l.under == nil {
			continue
		}
		if line = "  " + l.under(l.rows[i], w-2, on); on {
			line = l.light(line, w)
		}
		b.WriteString("\n" + line)
	}
	return b.String()
}

// light gives the selected row its tone, over its first cells only when the
// list says so.
func (l *list[T]) light(row string, w int) string {
	if l.lit <= 0 || l.lit >= w {
		return l.page.theme.paint(selected, pad(row, w))
	}
	return l.page.theme.paint(selected, pad(ansi.Truncate(row, l.lit, ""), l.lit)) + ansi.TruncateLeft(row, l.lit, "")
}

// pointer is the line of the selected row inside the list.
func (l *list[T]) pointer() (int, bool) { return (l.pick - l.top) * l.tall(), len(l.rows) > 0 }
