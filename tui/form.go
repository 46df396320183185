package tui

import (
	"errors"
	"slices"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"passerelle/internal/insertion"
)

// input is one field of a form: a text, one choice, or several.
type input struct {
	name    string // matches insertion.FieldError.Field
	label   string
	hint    string // what is expected, shown beside an empty field
	text    textinput.Model
	options []option
	many    bool // several options may be on
	hide    func() bool
	err     string // why the value is refused, shown beside the field
	first   string // the value the form opened with
	at      int    // option under the cursor
}

type option struct {
	code, label string
	on          bool
}

// form is a column of inputs with an optional panel that follows what is
// typed. It belongs to a screen, which says what to do when it is sent.
type form struct {
	theme  *theme
	inputs []*input
	pick   int
	top    int
}

func newForm(t *theme, inputs ...*input) *form {
	f := &form{theme: t, inputs: inputs}
	for _, in := range f.inputs {
		in.first = in.value()
	}
	f.focus(0)
	return f
}

// textField is a line of text.
func textField(name, label, value, hint string) *input {
	m := textinput.New()
	m.Prompt = ""
	m.SetVirtualCursor(false)
	m.SetValue(value)
	return &input{name: name, label: label, hint: hint, text: m}
}

// choiceField offers one of several options, moved with ← and →.
func choiceField(name, label, value string, options ...option) *input {
	in := &input{name: name, label: label, options: options}
	for i := range in.options {
		if in.options[i].on = in.options[i].code == value; in.options[i].on {
			in.at = i
		}
	}
	return in
}

// setField offers several options, toggled with Espace.
func setField(name, label string, values []string, options ...option) *input {
	in := &input{name: name, label: label, options: options, many: true}
	for i := range in.options {
		in.options[i].on = slices.Contains(values, in.options[i].code)
	}
	return in
}

// when shows the input only while the condition holds.
func (in *input) when(show func() bool) *input {
	in.hide = func() bool { return !show() }
	return in
}

func (in *input) isText() bool { return in.options == nil }

// value is the text, the code of the choice, or the codes joined by commas.
func (in *input) value() string {
	if in.isText() {
		return in.text.Value()
	}
	out := ""
	for _, code := range in.values() {
		if out != "" {
			out += ","
		}
		out += code
	}
	return out
}

// values are the codes that are on.
func (in *input) values() []string {
	var out []string
	for _, o := range in.options {
		if o.on {
			out = append(out, o.code)
		}
	}
	return out
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

// Unsaved tells whether anything differs from what the form opened with.
func (f *form) Unsaved() bool {
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

// clear removes the marks of refused fields.
func (f *form) clear() {
	for _, in := range f.inputs {
		in.err = ""
	}
}

func (f *form) shown(i int) bool { return f.inputs[i].hide == nil || !f.inputs[i].hide() }

func (f *form) focus(i int) {
	for j, in := range f.inputs {
		if in.isText() {
			if j == i {
				in.text.Focus()
			} else {
				in.text.Blur()
			}
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
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "ctrl+s":
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
	var cmd tea.Cmd
	in.err = ""
	in.text, cmd = in.text.Update(msg)
	return cmd, false
}

func (in *input) toggle(k string) {
	n := len(in.options)
	switch k {
	case "left", "right":
		d := 1
		if k == "left" {
			d = n - 1
		}
		in.at = (in.at + d) % n
		if !in.many {
			for i := range in.options {
				in.options[i].on = i == in.at
			}
		}
	case "space":
		if in.many {
			in.options[in.at].on = !in.options[in.at].on
		}
	}
	in.err = ""
}

// formActions are the keys every form has, for the key line and the help.
func formActions(send func() tea.Cmd) []action {
	return []action{
		{key: "ctrl+s", label: "enregistrer", help: "Enregistrer (ou Entrée sur le dernier champ).", do: send},
		{key: "esc", label: "abandonner", help: "Quitter sans enregistrer.", do: pop},
	}
}

// labelWidth is the column of labels, never more than a third of the form.
func (f *form) labelWidth(w int) int {
	n := 0
	for _, in := range f.inputs {
		n = max(n, ansi.StringWidth(in.label))
	}
	return min(n, w/3)
}

// view draws the visible fields in h lines of w cells, scrolled so that the
// current one is seen.
func (f *form) view(w, h int) string {
	lines, at := f.lines(w)
	f.scrollTo(at, h)
	return fit(lines[min(f.top, len(lines)):], w, h)
}

func (f *form) scrollTo(at, h int) {
	if at < f.top {
		f.top = at
	}
	if at >= f.top+h-1 {
		f.top = at - h + 2
	}
	f.top = max(0, f.top)
}

// lines draws every visible field and tells the line of the current one.
func (f *form) lines(w int) ([]string, int) {
	var lines []string
	at, lw := 0, f.labelWidth(w)
	for i, in := range f.inputs {
		if !f.shown(i) {
			continue
		}
		head := "  "
		if i == f.pick {
			head, at = f.theme.paint(accent, "▸ "), len(lines)
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
			lines = append(lines, pad("", lw+4)+f.theme.paint(bad, "! "+in.err))
		}
	}
	return lines, at
}

// draw writes the value of a field in at most w cells a line.
func (in *input) draw(t *theme, on bool, w int) []string {
	if in.isText() {
		v := in.text.Value()
		if on {
			in.text.SetWidth(max(4, w-1))
			v = in.text.View()
		}
		if in.text.Value() == "" && in.hint != "" {
			if on {
				return []string{pad("", min(w, 1)) + t.paint(faint, cut(in.hint, w-1))}
			}
			return []string{t.paint(faint, cut(in.hint, w))}
		}
		return []string{cut(v, w)}
	}
	var lines []string
	line := ""
	for i, o := range in.options {
		sign := "( ) "
		if in.many {
			sign = "[ ] "
		}
		if o.on {
			sign = sign[:1] + "x" + sign[2:]
			if !in.many {
				sign = "(•) "
			}
		}
		piece := sign + o.label
		if ansi.StringWidth(line)+ansi.StringWidth(piece)+2 > w && line != "" {
			lines = append(lines, line)
			line = ""
		}
		piece = cut(piece, w)
		if on && i == in.at {
			piece = t.paint(selected, piece)
		} else if o.on {
			piece = t.paint(strong, piece)
		}
		line += piece + "  "
	}
	return append(lines, line)
}

// pointer is where the cursor of the terminal goes: in the field.
func (f *form) pointer(w int) (x, y int, ok bool) {
	_, at := f.lines(w)
	x = f.labelWidth(w) + 4
	if in := f.inputs[f.pick]; in.isText() {
		if c := in.text.Cursor(); c != nil {
			x += c.X
		}
	}
	return x, at - f.top, true
}
