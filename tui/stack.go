package tui

import tea "charm.land/bubbletea/v2"

func (a *App) rightToAll(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(a.stack))
	for _, s := range a.stack {
		cmds = append(cmds, s.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (a *App) top() screen { return a.stack[len(a.stack)-1] }

func (a *App) size(s screen) {
	p := s.base()
	p.w, p.h = max(0, a.w), max(0, a.h-chrome)
}

// open puts a screen on the stack, above the top one or in its place.
func (a *App) open(s screen, instead bool) tea.Cmd {
	if instead {
		a.top().base().cancel()
		a.stack = a.stack[:len(a.stack)-1]
	}
	a.size(s)
	a.stack = append(a.stack, s)
	init := s.Init()
	a.readOnly()
	return tea.Batch(init, a.resume())
}

// leave closes the top screen, asking first when something typed would be lost.
func (a *App) leave(savedIt bool) tea.Cmd {
	if !savedIt && unsaved(a.top()) {
		a.overlay = newQuestion(asked{losing(a.top(), "Abandonner ce qui a été saisi ?"), func() tea.Cmd { return popSaved() }})
		return nil
	}
	if len(a.stack) == 1 { // a room that is a form: leaving it is not leaving the program
		return a.settle(plan()[0].open(a.shared))
	}
	a.top().base().cancel()
	a.stack = a.stack[:len(a.stack)-1]
	a.top().base().made.some = a.top().base().made.some || savedIt
	return a.refresh()
}

func (a *App) quit() tea.Cmd {
	for _, s := range a.stack {
		if unsaved(s) && a.overlay == nil {
			a.overlay = newQuestion(asked{losing(s, "Quitter sans enregistrer ce qui a été saisi ?"), func() tea.Cmd { a.givenUp = true; return later(tea.Quit) }})
			return nil
		}
	}
	return later(tea.Quit)
}

// unsaved tells whether closing a screen would lose something: what is typed in its
// form, or what it says itself.
func unsaved(s screen) bool {
	if f := formOf(s); f != nil {
		return f.unsaved()
	}
	k, ok := s.(keeper)
	return ok && k.Unsaved()
}

// losing is the question asked before throwing something away: the screen's
// own words when it has some.
func losing(s screen, question string) string {
	if l, ok := s.(loser); ok {
		return l.Losing()
	}
	return question
}
