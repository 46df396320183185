package tui

import (
	"slices"
	"strconv"

	"charm.land/bubbles/v2/textinput"
	"github.com/charmbracelet/x/ansi"
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

// draw writes the value of a field in at most w cells a line.
func (in *input) draw(t *theme, on bool, w int) []string {
	if in.isText() {
		v := in.text.Value()
		if on {
			in.text.SetWidth(max(4, w-1))
			v = in.text.View()
		}
		if in.text.Value() == "" && in.hint != "" {
			// In parentheses: without colour a hint must not pass for a value.
			return []string{" " + t.paint(faint, cut("("+in.hint+")", w-1))}
		}
		return []string{cut(v, w)}
	}
	if in.compact {
		return in.drawCompact(t, on, w)
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
	lines = append(lines, line)
	if on && in.options[in.at].more != "" {
		for _, l := range wrap(in.options[in.at].more, w) {
			lines = append(lines, t.paint(faint, l))
		}
	}
	return lines
}

// drawCompact writes « ‹ Peinture et finitions › 9/31 ».
func (in *input) drawCompact(t *theme, on bool, w int) []string {
	o := in.options[in.at]
	tail := " " + strconv.Itoa(in.at+1) + "/" + strconv.Itoa(len(in.options))
	text := "‹ " + cut(o.label, max(0, w-4-len(tail))) + " ›"
	if on {
		text = t.paint(selected, text)
	}
	return []string{text + t.paint(faint, tail)}
}
