package tui

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"passerelle/internal/insertion"
)

// Below this size the program says so and draws nothing else.
const (
	minWidth  = 60
	minHeight = 16
	chrome    = 3 // the title, the notice and the key line
	pulse     = 500 * time.Millisecond
)

// Options is what opens a program for one person.
type Options struct {
	Deps    Deps
	Person  string           // shown in the header, written in the journal
	Role    string           // shown beside; "" on one's own machine, where one says who one is
	Now     func() time.Time // time.Now when nil
	Profile colorprofile.Profile
	Place   string // the name of the file, for the header
	Start   string // the letter of the room to open first, "" = the first of them
}

// App is the root: it holds the stack of screens, one overlay, one notice and
// the size, and offers each key in a fixed order (see key).
type App struct {
	shared  *shared
	place   string
	stack   []screen
	overlay overlay
	notice  notice
	going   bool              // « g » was pressed, a letter follows
	ahead   []tea.KeyPressMsg // typed before the top screen was ready, in order
	w, h    int
	profile colorprofile.Profile
	dark    bool
	version int64    // of the file, as last read
	here    []string // the others who have it open

	drafts  []insertion.Draft // left by an earlier session, latest first
	givenUp bool              // the person chose to quit without saving
}

// notice is the line above the keys: what happened, or what went wrong.
type notice struct {
	text string
	bad  bool
}

// New makes the program of one person, with the first screen on the stack.
func New(ctx context.Context, o Options) *App {
	now := o.Now
	if now == nil {
		now = time.Now
	}
	a := &App{
		shared: &shared{
			deps: o.Deps, person: o.Person, role: o.Role, now: now, ctx: ctx,
			theme: newTheme(true, o.Profile), nextID: new(atomic.Uint64),
		},
		place: o.Place, profile: o.Profile, dark: true,
	}
	first := a.room(o.Start)
	if first == nil {
		first = plan()[0].open(a.shared)
	}
	a.stack = []screen{first}
	a.readOnly()
	return a
}

// Init asks the terminal for its background and starts watching the file.
func (a *App) Init() tea.Cmd {
	a.baseline()
	return a.now(tea.Batch(later(tea.RequestBackgroundColor), a.top().Init(), a.watch(), a.findDrafts()))
}

// Update is the whole of the root: chrome, navigation, addressed answers. What a
// key asks of the root is done before the next key is read: people type ahead,
// and a network delivers their keys together.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	return a, a.now(a.update(msg))
}

// now runs a command, and does what it asks at once; work that takes time is
// left to Bubble Tea.
func (a *App) now(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case nil:
		return nil
	case slow:
		return msg.work
	case tea.BatchMsg:
		var left []tea.Cmd
		for _, c := range msg {
			left = append(left, a.now(c))
		}
		return tea.Batch(left...)
	default:
		return a.now(a.update(msg))
	}
}

func (a *App) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		if a.overlay != nil {
			a.overlay, _ = a.overlay.update(msg)
		}
		for _, s := range a.stack {
			a.size(s)
		}
		return a.rightToAll(msg)
	case tea.ColorProfileMsg:
		a.profile = msg.Profile
		*a.shared.theme = *newTheme(a.dark, a.profile)
	case tea.BackgroundColorMsg:
		a.dark = msg.IsDark()
		*a.shared.theme = *newTheme(a.dark, a.profile)
	case tea.KeyPressMsg:
		return a.key(msg)
	case tea.PasteMsg:
		if a.overlay != nil || a.top().Typing() && !a.locked(msg) {
			return a.deliver(msg)
		}
	case answer:
		return a.answered(msg)
	case pushed:
		return a.open(msg.screen, false)
	case replaced:
		return a.open(msg.screen, true)
	case popped:
		return a.leave(msg.saved)
	case told:
		a.notice = notice{text: msg.text}
	case failed:
		a.notice = notice{text: sentence(msg.err), bad: true}
	case asked:
		a.overlay = newQuestion(msg)
	case wanted:
		a.overlay = newTextQuestion(msg)
	case refusedText:
		a.overlay = msg.question.again(msg.err)
	case offered:
		a.overlay = &choiceQuestion{offered: a.shared.mayChoose(msg)}
	case outdated:
		return a.settleOutdated()
	case leaving:
		return later(tea.Quit)
	case draftsRead:
		return a.offerDrafts(msg)
	case draftKept:
		return a.knowDraft(msg)
	case beat:
		return a.beaten(msg)
	case undone:
		a.notice = notice{text: "Annulé : " + msg.what}
		return a.refresh()
	case touched:
		return a.refresh()
	case added:
		if n := len(a.stack); n > 1 {
			a.stack[n-2].base().made = made{some: true, id: msg.id}
		}
	default:
		return a.deliver(msg)
	}
	return nil
}

// key offers a key in this order: quit, overlay, a screen that is typing, the
// global keys, the actions of the top screen, and last the screen itself.
func (a *App) key(msg tea.KeyPressMsg) tea.Cmd {
	k := msg.String()
	if k == "ctrl+c" {
		return a.quit()
	}
	if a.small() {
		return nil
	}
	if a.overlay != nil {
		return a.deliver(msg)
	}
	a.notice = notice{}
	top := a.top()
	if a.going {
		a.going = false
		return a.jump(k)
	}
	if a.holds(msg) {
		return nil
	}
	if !top.Typing() {
		for _, act := range a.globals() {
			if act.key == k {
				return a.perform(act)
			}
		}
	}
	for _, act := range a.actions() {
		if act.key == k && act.do != nil {
			return a.perform(act)
		}
	}
	if a.locked(msg) {
		return nil
	}
	return top.Update(msg)
}

func (a *App) perform(act action) tea.Cmd {
	if act.why != "" {
		a.notice = notice{text: act.label + " : " + act.why}
		return nil
	}
	return act.do()
}

// deliver gives a message to the overlay, else to the top screen.
func (a *App) deliver(msg tea.Msg) tea.Cmd {
	if a.overlay != nil {
		next, cmd := a.overlay.update(msg)
		a.overlay = next
		return cmd
	}
	return a.top().Update(msg)
}

// answered routes the result of work to the screen that asked, if it is still
// open; an error becomes a sentence and the screen stays where it was.
func (a *App) answered(msg answer) tea.Cmd {
	for _, s := range a.stack {
		if s.base().id != msg.to {
			continue
		}
		s.base().awaiting--
		if msg.err != nil {
			a.ahead = nil
			if msg.question != nil && a.overlay == nil && s == a.top() {
				a.overlay = msg.question.again(msg.err)
				return s.Update(failed{msg.err})
			}
			a.notice = notice{text: sentence(msg.err) + a.retry(s, msg.err), bad: true}
			return s.Update(failed{msg.err})
		}
		if done, ok := msg.msg.(saved); ok {
			if done.text != "" {
				a.notice = notice{text: done.text}
			}
			s.base().made.some = true
			return tea.Batch(s.Update(done), a.refresh())
		}
		switch msg.msg.(type) {
		case told, asked, offered, wanted, pushed, replaced: // what was read decides what the root does next
			return func() tea.Msg { return msg.msg }
		}
		return tea.Batch(a.now(s.Update(msg.msg)), a.resume(), a.catchUp())
	}
	return nil
}

// retry names the key that tries again, on a screen that can.
func (a *App) retry(s screen, err error) string {
	var field *insertion.FieldError
	if _, ok := s.(refresher); ok && s == a.top() && !s.Typing() && !errors.As(err, &field) {
		return " R : relire."
	}
	return ""
}
