package tui

import (
	"context"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
)

// screen is one page of the program. It changes itself in Update and returns at
// most one command; View is pure and returns at most h lines of w cells.
type screen interface {
	Init() tea.Cmd
	Update(tea.Msg) tea.Cmd
	View() string
	Title() string     // where we are, for the header
	Actions() []action // what is possible now
	Typing() bool      // keys are text
	base() *page
}

// pointer is implemented by screens that put the terminal's own cursor
// somewhere: on the selected row or in the field, where magnifiers and screen
// readers follow it. Coordinates are inside the body.
type pointer interface{ Pointer() (x, y int, ok bool) }

// refresher is implemented by screens that show the file: it is told when
// somebody changed it, here or elsewhere, and re-reads its window.
type refresher interface{ Refresh() tea.Cmd }

// keeper is implemented by screens that are not a form and hold something leaving
// would lose; the root asks before throwing it away.
type keeper interface{ Unsaved() bool }

// loser says itself what leaving would interrupt or lose.
type loser interface{ Losing() string }

// action is a key, what it does, and why it is not possible now. Dispatch, the
// key line, the help, the palette and the printed sheet all read this table.
type action struct {
	key   string         // as tea.KeyPressMsg.String() says it
	label string         // two or three words, on the key line
	help  string         // a sentence, in the help and the palette
	needs need           // the right it asks for; the root says why when the role has not got it
	why   string         // not empty: not possible now, and this is why
	quiet bool           // only in the help and the palette
	do    func() tea.Cmd // nil: the screen itself takes the key, this only tells of it
}

// page is what every screen embeds: its place among the screens, its size, and
// the dependencies it may use.
type page struct {
	*shared
	id     uint64
	ctx    context.Context
	cancel context.CancelFunc
	w, h   int

	awaiting int // questions asked and not answered
	made     made
}

// made is what a form just added to the file, or may have: the next reading of a list
// puts its cursor there.
type made struct {
	some bool
	id   int64 // 0 when only the list can tell, by what it did not hold before
}

// take hands over what was made, once.
func (m *made) take() made {
	was := *m
	*m = made{}
	return was
}

// shared is what the screens of one program have in common. It is immutable
// after New but for the theme, which only the root changes.
type shared struct {
	deps   Deps
	theme  *theme
	person string
	role   string // "" on one's own machine
	now    func() time.Time
	ctx    context.Context
	nextID *atomic.Uint64
}

// who is the person with her role, when the server gave her one.
func (s *shared) who() string {
	if s.role == "" {
		return s.person
	}
	return s.person + ", " + s.role
}

func (s *shared) page() page {
	ctx, cancel := context.WithCancel(s.ctx)
	return page{shared: s, id: s.nextID.Add(1), ctx: ctx, cancel: cancel}
}

func (p *page) base() *page   { return p }
func (p *page) Init() tea.Cmd { return nil }
func (p *page) Typing() bool  { return false }

// The messages screens send to the root.
type (
	pushed   struct{ screen screen } // open a screen above
	replaced struct{ screen screen } // open it instead of this one
	popped   struct{ saved bool }    // leave this screen; saved wakes the one below
	told     struct{ text string }   // a notice: what happened
	failed   struct{ err error }     // an error becomes a sentence on the notice line
	asked    struct {                // a question that defaults to no
		question string
		yes      func() tea.Cmd
	}
	touched struct{}           // the file changed: screens re-read
	added   struct{ id int64 } // the screen below will find this record in its list
)

// slow is work that takes time, or that the terminal must do.
type slow struct{ work tea.Cmd }

// later leaves work to Bubble Tea; without it a command only tells the root what
// to do, which it does at once.
func later(work tea.Cmd) tea.Cmd {
	if work == nil {
		return nil
	}
	return func() tea.Msg { return slow{work} }
}

func push(s screen) tea.Cmd    { return func() tea.Msg { return pushed{s} } }
func replace(s screen) tea.Cmd { return func() tea.Msg { return replaced{s} } }
func pop() tea.Cmd             { return func() tea.Msg { return popped{} } }
func popSaved() tea.Cmd        { return func() tea.Msg { return popped{saved: true} } }
func tell(text string) tea.Cmd { return func() tea.Msg { return told{text} } }
func fail(err error) tea.Cmd   { return func() tea.Msg { return failed{err} } }
func touch() tea.Msg           { return touched{} }
func add(id int64) tea.Cmd     { return func() tea.Msg { return added{id} } }

// confirm asks before something that destroys; the answer defaults to no.
func confirm(question string, yes func() tea.Cmd) tea.Cmd {
	return func() tea.Msg { return asked{question, yes} }
}
