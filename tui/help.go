package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// help shows the keys of the screen, each with its sentence.
type help struct {
	sections []helpSection
	top      int
	w        int
}

type helpSection struct {
	name string
	acts []action
}

// signed is a screen whose rows carry signs the help explains: the sign as the
// key, and its sentence.
type signed interface{ Signs() []action }

func (a *App) newHelp() *help {
	here := a.actions()
	letters := func(k string) string { // j and k move, where the screen leaves them free
		if slices.ContainsFunc(here, func(act action) bool { return act.key == k }) || a.top().Typing() {
			return "."
		}
		return " (ou " + k + ")."
	}
	sections := []helpSection{{"Ici : " + a.top().Title(), here}}
	if s, ok := a.top().(signed); ok {
		sections = append(sections, helpSection{"Signes", s.Signs()})
	}
	return &help{w: a.w, sections: append(sections, []helpSection{
		{"Se déplacer", []action{
			{key: "up", help: "Ligne précédente" + letters("k")}, {key: "down", help: "Ligne suivante" + letters("j")},
			{key: "pgup", help: "Page précédente."}, {key: "pgdown", help: "Page suivante."},
			{key: "home", help: "Première ligne."}, {key: "end", help: "Dernière ligne."},
		}},
		{"Partout", a.globals()},
		{"Aller à (g puis la lettre)", a.rooms()},
	}...)}
}

// lines writes every key and its sentence, wrapped to w cells.
func (h *help) lines(t *theme, w int) []string {
	var lines []string
	for _, s := range h.sections {
		lines = append(lines, t.rule(s.name, w))
		for _, act := range s.acts {
			sentence := act.help
			if sentence == "" {
				sentence = act.label
			}
			if act.why != "" {
				sentence += " Pas maintenant : " + act.why + "."
			}
			key := "  " + t.paint(accent, pad(keyName(act.key), 10)) + " "
			for _, l := range wrap(sentence, max(1, w-14)) {
				lines = append(lines, key+l)
				key = pad("", 13)
			}
		}
		lines = append(lines, "")
	}
	return lines
}

func (h *help) update(msg tea.Msg) (overlay, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		h.w = size.Width
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return h, nil
	}
	last := len(h.lines(&theme{}, h.w)) - 1
	switch key.String() {
	case "up", "k":
		h.top = max(0, h.top-1)
	case "down", "j":
		h.top = min(last, h.top+1)
	case "pgup":
		h.top = max(0, h.top-10)
	case "pgdown", "space":
		h.top = min(last, h.top+10)
	default:
		return nil, nil
	}
	return h, nil
}

func (h *help) view(t *theme, w, height int) string {
	lines := h.lines(t, w)
	return fill(lines[min(h.top, len(lines)):], w, height)
}

func (h *help) pointer() (int, int, bool) { return 0, 0, true }

func (h *help) actions() []action {
	return []action{{key: "down", label: "suite"}, {key: "up", label: "retour"}, {key: "esc", label: "fermer"}}
}
