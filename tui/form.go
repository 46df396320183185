package tui

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// form is a column of inputs with an optional panel that follows what is
// typed. It belongs to a screen, which says what to do when it is sent.
type form struct {
	theme  *theme
	inputs []*input
	pick   int
}

func newForm(t *theme, inputs ...*input) *form {
	f := &form{theme: t, inputs: inputs}
	for _, in := range f.inputs {
		in.first = in.value()
	}
	f.focus(0)
	return f
}

func (f *form) get(name string) string {
	for _, in := range f.inputs {
		if in.name == name {
			return in.value()
		}
	}
	return ""
}

func (f *form) input(name string) *input {
	for _, in := range f.inputs {
		if in.name == name {
			return in
		}
	}
	return nil
}

// unsaved tells whether anything differs from what the form opened with.
func (f *form) unsaved() bool {
	return slices.ContainsFunc(f.inputs, func(in *input) bool { return in.value() != in.first })
}

// refuse marks the field an error names and goes to it; it reports whether it
// found one.
func (f *form) refuse(err error) bool {
	var field *insertion.FieldError
	if !errors.As(err, &field) {
		return false
	}
	for i, in := range f.inputs {
		if in.name == field.Field {
			in.err = field.Reason
			f.focus(i)
			return true
		}
	}
	return false
}

// refused takes in why a save did not happen: the field to blame is marked, and a
// record that changed meanwhile is the root's to settle.
func (f *form) refused(err error) tea.Cmd {
	if errors.Is(err, insertion.ErrStale) {
		return func() tea.Msg { return outdated{} }
	}
	f.refuse(err)
	return nil
}

// clear removes the marks of refused fields.
func (f *form) clear() {
	for _, in := range f.inputs {
		in.err = ""
	}
}

// shown tells whether a field is on the screen: one that is not asked for is not,
// unless it was refused, or the cursor is in it.
func (f *form) shown(i int) bool {
	in := f.inputs[i]
	return in.hide == nil || !in.hide() || in.err != "" || i == f.pick
}

func (f *form) focus(i int) {
	for j, in := range f.inputs {
		switch {
		case in.area != nil && j == i:
			in.area.Focus()
		case in.area != nil:
			in.area.Blur()
		case in.isText() && j == i:
			in.text.Focus()
		case in.isText():
			in.text.Blur()
		}
	}
	f.pick = i
}

func (f *form) step(d int) {
	for i := f.pick + d; i >= 0 && i < len(f.inputs); i += d {
		if f.shown(i) {
			f.focus(i)
			return
		}
	}
}

// last tells whether no visible field follows.
func (f *form) last() bool {
	for i := f.pick + 1; i < len(f.inputs); i++ {
		if f.shown(i) {
			return false
		}
	}
	return true
}

// Update moves between fields and edits them. It returns true when the person
// sends the form: Ctrl+S anywhere, or Entrée on the last field.
func (f *form) Update(msg tea.Msg) (tea.Cmd, bool) {
	in := f.inputs[f.pick]
	key, pressed := msg.(tea.KeyPressMsg)
	if in.area != nil && (!pressed || (key.String() == "up" || key.String() == "down") && !in.edge(key.String())) {
		return later(in.updateArea(msg)), false
	}
	if pressed {
		switch key.String() {
		case saveKey:
			return nil, true
		case "enter":
			if f.last() {
				return nil, true
			}
			f.step(1)
			return nil, false
		case "tab", "down":
			f.step(1)
			return nil, false
		case "shift+tab", "up":
			f.step(-1)
			return nil, false
		}
		if !in.isText() {
			in.toggle(key.String())
			return nil, false
		}
	}
	if !in.isText() {
		return nil, false
	}
	if in.area != nil {
		return later(in.updateArea(msg)), false
	}
	var cmd tea.Cmd
	before := in.text.Value()
	if in.text, cmd = in.text.Update(msg); in.text.Value() != before {
		in.err = ""
	}
	return later(cmd), false
}

// saveKey saves a form.
const saveKey = "ctrl+s"

// formActions are the keys every form has, for the key line and the help.
func formActions(send func() tea.Cmd) []action {
	return []action{
		{key: saveKey, label: "enregistrer", help: "Enregistrer (ou Entrée sur le dernier champ).", do: send},
		{key: "esc", label: "abandonner", help: "Quitter sans enregistrer.", do: pop},
		{key: "tab", label: "champ suivant", help: "Champ suivant (ou ↓, ou Entrée)."},
		{key: "shift+tab", label: "champ précédent", help: "Champ précédent (ou ↑).", quiet: true},
		{key: "right", label: "choisir", help: "Passer d'un choix à l'autre avec ← et →."},
		{key: "space", label: "cocher", help: "Cocher ou décocher, là où plusieurs choix sont possibles."},
	}
}

// labelWidth is the column of labels, never more than a third of the form.
func (f *form) labelWidth(w int) int {
	n := 0
	for _, in := range f.inputs {
		n = max(n, span(in.label))
	}
	return min(n, w/3)
}

// view draws the visible fields in h lines of w cells, scrolled so that the
// current one is seen.
func (f *form) view(w, h int) string {
	lines, starts, at := f.lines(w)
	h = max(0, h)
	return fit(f.marked(lines, starts, f.topOf(len(lines), at, h), h), w, h)
}

// topOf is the first line drawn when the form is taller than h: the current
// field stays in the middle, so that what precedes and follows it is seen.
func (f *form) topOf(n, at, h int) int { return max(0, min(at-h/2, n-h)) }

// lines draws every visible field and tells the first line of each, and the line of
// the current one.
func (f *form) lines(w int) (lines []string, starts []int, at int) {
	lw := f.labelWidth(w)
	for i, in := range f.inputs {
		if !f.shown(i) {
			continue
		}
		head := "  "
		starts = append(starts, len(lines))
		if i == f.pick {
			head, at = f.theme.paint(accent, "▸ "), len(lines)+in.cursorRow(w-lw-4)
		}
		label := pad(in.label, lw) + "  "
		body := in.draw(f.theme, i == f.pick, w-lw-4)
		for j, l := range body {
			if j == 0 {
				lines = append(lines, head+label+l)
			} else {
				lines = append(lines, pad("", lw+4)+l)
			}
		}
		if in.err != "" {
			for _, l := range wrap("! "+in.err, w-lw-4) {
				lines = append(lines, pad("", lw+4)+f.theme.paint(bad, l))
			}
		}
	}
	return lines, starts, at
}

// pointer is where the cursor of the terminal goes: in the field.
func (f *form) pointer(w, h int) (x, y int, ok bool) {
	lines, _, at := f.lines(w)
	h = max(0, h)
	x = f.labelWidth(w) + 4
	switch in := f.inputs[f.pick]; {
	case in.area != nil:
		dx, _ := in.areaCursor()
		x += dx
	case in.isText():
		x += cursorAt(in.text)
	}
	return x, at - f.topOf(len(lines), at, h), true
}
