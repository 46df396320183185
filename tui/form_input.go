package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
)

// input is one field of a form: a text of one line or of several, one choice, or
// several.
type input struct {
	name    string // matches insertion.FieldError.Field
	label   string
	hint    string // what is expected, shown beside an empty field
	text    textinput.Model
	area    *textarea.Model // a text of several lines; nil for the others
	options []option
	many    bool // several options may be on
	hide    func() bool
	err     string // why the value is refused, shown beside the field
	first   string // the value the form opened with
	at      int    // option under the cursor
	compact bool   // only the option chosen is drawn, the list is long
}

// option is one of the values of a choice; more, when not empty, is shown
// under the field while the cursor is on it.
type option struct {
	code, label string
	more        string
	on          bool
}

// textField is a line of text.
func textField(name, label, value, hint string) *input {
	return &input{name: name, label: label, hint: hint, text: newLine(value)}
}

// newLine is a line of text without a style of its own: the theme alone
// decides, and a terminal without colour gets no escape.
func newLine(value string) textinput.Model {
	m := textinput.New()
	m.Prompt = ""
	m.SetStyles(textinput.Styles{})
	m.SetVirtualCursor(false)
	m.KeyMap.Paste.SetEnabled(false) // the clipboard of the machine, which over SSH is not the person's
	m.SetValue(value)
	return m
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

// longChoice is choiceField for a list too long to be drawn: only the option
// chosen shows, with its rank.
func longChoice(name, label, value string, options ...option) *input {
	in := choiceField(name, label, value, options...)
	in.compact = true
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
	if in.area != nil {
		return in.area.Value()
	}
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

// told is a value as the field would show it, short.
func (in *input) told(value string) string {
	if !in.isText() {
		var labels []string
		for _, o := range in.options {
			if slices.Contains(strings.Split(value, ","), o.code) {
				labels = append(labels, o.label)
			}
		}
		value = strings.Join(labels, ", ")
	}
	if value = strings.Join(strings.Fields(value), " "); value == "" {
		return "rien"
	}
	return "«\u00a0" + cut(value, 40) + "\u00a0»"
}

// set puts a value back, as value gave it.
func (in *input) set(value string) {
	if in.area != nil {
		if in.area.SetValue(value); in.area.LineCount() > areaRows {
			in.area.MoveToBegin() // a long text is read from its beginning
		}
		return
	}
	if in.isText() {
		in.text.SetValue(value)
		return
	}
	codes := strings.Split(value, ",")
	for i := range in.options {
		if in.options[i].on = slices.Contains(codes, in.options[i].code); in.options[i].on && !in.many {
			in.at = i
		}
	}
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
	default:
		in.seek(k)
	}
	in.err = ""
}

// seek goes to the next option whose label begins with a letter.
func (in *input) seek(letter string) {
	if len([]rune(letter)) != 1 {
		return
	}
	for step := 1; step < len(in.options); step++ {
		at := (in.at + step) % len(in.options)
		if !strings.HasPrefix(fold(in.options[at].label), fold(letter)) {
			continue
		}
		in.at = at
		for i := range in.options {
			in.options[i].on = in.many && in.options[i].on || !in.many && i == at
		}
		return
	}
}
