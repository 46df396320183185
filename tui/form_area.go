package tui

import (
	"strings"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
)

// areaRows is the most lines a text of several lines takes in a form while it is
// written, areaShown while it is not.
const (
	areaRows  = 6
	areaShown = 3
)

// areaField is a text of several lines: Entrée goes on to the next field, as
// everywhere; Ctrl+J begins a line.
func areaField(name, label, value, hint string) *input {
	m := textarea.New()
	m.Prompt, m.ShowLineNumbers, m.EndOfBufferCharacter = "", false, ' '
	m.SetStyles(textarea.Styles{})
	m.SetVirtualCursor(false)
	m.DynamicHeight, m.MinHeight, m.MaxHeight, m.MaxContentHeight = true, 1, areaRows, areaRows*100
	m.CharLimit = 0
	m.KeyMap.InsertNewline.SetKeys("ctrl+j")
	m.KeyMap.Paste.SetEnabled(false) // the clipboard of the machine, which over SSH is not the person's
	m.KeyMap.CopySelection.SetEnabled(false)
	m.SetValue(value)
	return &input{name: name, label: label, hint: hint, area: &m}
}

// edge tells whether a key that moves in the text would leave it.
func (in *input) edge(key string) bool {
	info, line := in.area.LineInfo(), in.area.Line()
	switch key {
	case "up":
		return line == 0 && info.RowOffset == 0
	case "down":
		return line == in.area.LineCount()-1 && info.RowOffset >= info.Height-1
	}
	return false
}

func (in *input) updateArea(msg tea.Msg) tea.Cmd {
	before := in.area.Value()
	m, cmd := in.area.Update(msg)
	if *in.area = m; m.Value() != before {
		in.err = ""
	}
	return cmd
}

// drawArea writes the text wrapped: whole while the cursor is in it, its first lines
// when it is not.
func (in *input) drawArea(t *theme, on bool, w int) []string {
	if on {
		in.area.SetWidth(max(4, w-1))
	}
	switch {
	case in.area.Value() == "" && in.hint != "":
		return []string{" " + t.paint(faint, cut("("+in.hint+")", w-1))}
	case on:
		return strings.Split(in.area.View(), "\n")
	}
	lines := wrapLines(in.area.Value(), w)
	if len(lines) > areaShown {
		lines = append(lines[:areaShown-1:areaShown-1], cut(strings.Join(lines[areaShown-1:], " "), w))
	}
	return lines
}

// wrapLines wraps a text of several lines.
func wrapLines(text string, w int) []string {
	var out []string
	for l := range strings.SplitSeq(text, "\n") {
		if l == "" {
			out = append(out, "")
			continue
		}
		out = append(out, wrap(l, w)...)
	}
	return out
}

// areaCursor is where the cursor stands in the lines drawn.
func (in *input) areaCursor() (x, y int) {
	if c := in.area.Cursor(); c != nil && in.area.Value() != "" {
		return c.X, c.Y
	}
	return 0, 0
}
