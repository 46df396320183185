package tui

import tea "charm.land/bubbletea/v2"

// waiter is a screen that can do little before it has read what it shows.
type waiter interface{ Waiting() bool }

// mostAhead is how many keys wait for a screen; nobody types more in that time.
const mostAhead = 256

// holds tells whether a key must wait for the top screen: people type ahead, and
// « Entrée c » on a list means the clause of the lot that is being opened. The keys
// that work everywhere do not wait, unless others already do.
func (a *App) holds(msg tea.KeyPressMsg) bool {
	w, ok := a.top().(waiter)
	if !ok || a.top().base().awaiting == 0 || !w.Waiting() || msg.String() == "esc" {
		a.ahead = nil
		return false
	}
	if len(a.ahead) == 0 {
		for _, act := range a.globals() {
			if act.key == msg.String() {
				return false
			}
		}
	}
	if len(a.ahead) < mostAhead {
		a.ahead = append(a.ahead, msg)
	}
	return true
}

// catchUp gives the keys that waited to the screen, once it is ready.
func (a *App) catchUp() tea.Cmd {
	if w, ok := a.top().(waiter); ok && a.top().base().awaiting > 0 && w.Waiting() {
		return nil
	}
	keys := a.ahead
	a.ahead = nil
	var cmds []tea.Cmd
	for _, k := range keys {
		cmds = append(cmds, a.now(a.key(k)))
	}
	return tea.Batch(cmds...)
}
