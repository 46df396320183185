package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// overlay stands above the screens and takes every key until it closes, which
// it does by returning nil.
type overlay interface {
	update(tea.Msg) (overlay, tea.Cmd)
	view(t *theme, w, h int) string
	pointer() (x, y int, ok bool)
	actions() []action
}

// question is a yes or no that defaults to no.
type question struct{ asked }

func newQuestion(q asked) *question { return &question{q} }

func (q *question) update(msg tea.Msg) (overlay, tea.Cmd) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return q, nil
	}
	switch key.String() {
	case "o", "O", "y":
		return nil, q.yes()
	case "n", "N", "q", "esc", "enter":
		return nil, nil
	}
	return q, nil
}

func (q *question) view(t *theme, w, h int) string {
	lines := []string{t.rule("Question", w)}
	for _, l := range wrap(q.question, w-4) {
		lines = append(lines, "  "+t.paint(strong, l))
	}
	return fit(append(lines, "", "  o : oui      n : non (par défaut)"), w, h)
}

func (q *question) pointer() (int, int, bool) { return 2, 1, true }

func (q *question) actions() []action {
	return []action{{key: "o", label: "oui"}, {key: "n", label: "non"}}
}

// palette lists everything that can be done, filtered as one types.
type palette struct {
	input textinput.Model
	acts  []action
	pick  int
}

func (a *App) newPalette() *palette {
	in := newLine("")
	in.Focus()
	var acts []action
	acts = append(acts, a.actions()...)
	for _, room := range a.rooms() {
		room.key = "g " + room.key
		acts = append(acts, room)
	}
	acts = append(acts, a.globals()...)
	return &palette{input: in, acts: acts}
}

// matching is what holds every word typed: in its name first, then in its sentence.
func (p *palette) matching() []action {
	words := strings.Fields(fold(p.input.Value()))
	holds := func(text string) bool {
		text = fold(text)
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	}
	var named, told []action
	for _, act := range p.acts {
		switch {
		case act.do == nil:
		case holds(act.label):
			named = append(named, act)
		case holds(act.label + " " + act.help):
			told = append(told, act)
		}
	}
	return append(named, told...)
}

func (p *palette) update(msg tea.Msg) (overlay, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		found := p.matching()
		switch key.String() {
		case "esc":
			return nil, nil
		case "up":
			p.pick = max(0, p.pick-1)
			return p, nil
		case "down":
			p.pick = min(len(found)-1, p.pick+1)
			return p, nil
		case "enter":
			if p.pick < 0 || p.pick >= len(found) {
				return nil, nil
			}
			act := found[p.pick]
			if act.why != "" {
				return nil, tell(act.label + " : " + act.why)
			}
			return nil, act.do()
		}
	}
	var cmd tea.Cmd
	before := p.input.Value()
	p.input, cmd = p.input.Update(msg)
	if p.input.Value() != before {
		p.pick = 0
	}
	return p, later(cmd)
}

func (p *palette) view(t *theme, w, h int) string {
	head := "  " + p.input.View()
	if p.input.Value() == "" {
		head = "   " + t.paint(faint, "ce que vous voulez faire, en quelques lettres")
	}
	lines := []string{head, t.rule("", w)}
	found := p.matching()
	if len(found) == 0 {
		lines = append(lines, "  Rien de tel ici : effacez une lettre, ou Échap.")
	}
	for i, act := range found {
		mark, note := "  ", act.help
		if act.why != "" {
			note = "(pas maintenant : " + act.why + ")"
		}
		text := pad(keyName(act.key), 9) + " " + pad(act.label, 22) + " " + note
		if i == p.pick {
			lines = append(lines, t.paint(selected, pad("▸ "+text, w)))
			continue
		}
		lines = append(lines, mark+cut(text, w-2))
	}
	if from := p.pick + 3 - h; from > 0 { // keep the chosen line in sight
		lines = append(lines[:2], lines[2+min(from, len(lines)-2):]...)
	}
	return fill(lines, w, h)
}

func (p *palette) pointer() (int, int, bool) { return 2 + cursorAt(p.input), 0, true }

func (p *palette) actions() []action {
	return []action{{key: "enter", label: "faire"}, {key: "up", label: "monter"}, {key: "down", label: "descendre"}, {key: "esc", label: "fermer"}}
}
