package tui

import (
	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// globals are the keys that work on every screen that is not typing.
func (a *App) globals() []action {
	back := "retour"
	if len(a.stack) == 1 {
		back = "quitter"
	}
	acts := a.shared.allowed([]action{
		{key: "g", label: "aller à…", help: "Aller à une pièce : g puis sa lettre.", do: func() tea.Cmd { a.going = true; return nil }},
		{key: ":", label: "tout faire", help: "Ouvrir la palette de tout ce qui peut être fait ici.", do: func() tea.Cmd { a.overlay = a.newPalette(); return nil }},
		{key: "/", label: "chercher", help: "Chercher partout : lots, entreprises, structures, personnes, échanges.", do: func() tea.Cmd { return push(newFinder(a.shared)) }},
		{key: "?", label: "aide", help: "Afficher l'aide de cet écran.", do: func() tea.Cmd { a.overlay = a.newHelp(); return nil }},
		{key: "u", label: "annuler", help: "Annuler votre dernière modification, après confirmation.", needs: rightTo(insertion.ActJournal), quiet: true, do: a.askUndo},
		{key: "B", label: "bilans", help: "Ouvrir les bilans, comme g puis b.", quiet: true, do: func() tea.Cmd { return a.jump("b") }},
		{key: "R", label: "relire", help: "Relire ce que montre cet écran, après une panne par exemple.", quiet: true, do: func() tea.Cmd { return a.refresh() }},
		{key: "q", label: back, help: "Revenir à l'écran précédent, ou quitter.", do: func() tea.Cmd { return a.back() }},
	})
	// A screen may give Échap something to close first, a filter for instance.
	for _, act := range a.top().Actions() {
		if act.key == "esc" {
			return acts
		}
	}
	return append(acts, action{key: "esc", label: back, help: "Comme q.", quiet: true, do: func() tea.Cmd { return a.back() }})
}

// back leaves the top screen; on the last one it quits, after asking when Esc
// may have been pressed once too often.
func (a *App) back() tea.Cmd {
	if len(a.stack) > 1 {
		return a.leave(false)
	}
	a.overlay = newQuestion(asked{"Quitter Passerelle ?", func() tea.Cmd { return later(tea.Quit) }})
	return nil
}

// jump goes to a room by its letter: it replaces the whole stack.
func (a *App) jump(letter string) tea.Cmd {
	s := a.room(letter)
	if s == nil {
		if letter != "esc" {
			a.notice = notice{text: "aucune pièce sous la lettre « " + letter + " »"}
		}
		return nil
	}
	for _, old := range a.stack {
		if unsaved(old) {
			a.overlay = newQuestion(asked{losing(old, "Abandonner ce qui a été saisi ?"), func() tea.Cmd { return a.settle(s) }})
			return nil
		}
	}
	return a.settle(s)
}

func (a *App) settle(s screen) tea.Cmd {
	for _, old := range a.stack {
		old.base().cancel()
	}
	a.stack = a.stack[:0]
	return a.open(s, false)
}
