package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Touched is what the root receives when another session changed the file.
func Touched() tea.Msg { return touched{} }

// Changed is what the watch of the file says when another session changed it.
func Changed() tea.Msg { return beat{version: -1} }

// ErrorOf is the error a message brings, nil when it brings none.
func ErrorOf(msg tea.Msg) error {
	switch msg := msg.(type) {
	case failed:
		return msg.err
	case answer:
		if refused, ok := msg.msg.(cellRefused); ok {
			return refused.err
		}
		return msg.err
	}
	return nil
}

// Standing is what is on top: the type of the screen, whether it is a form, and what
// is asked above it.
type Standing struct {
	Screen, Overlay string
	Form            bool
	Choices         []Key // of a question: Label and Why
}

// Standing tells where the person is.
func (a *App) Standing() Standing {
	st := Standing{Screen: fmt.Sprintf("%T", a.top())}
	_, text := a.top().(*wordingPage)
	if f, ok := a.top().(fielded); text || ok && f.fields() != nil {
		st.Form = true
	}
	switch o := a.overlay.(type) {
	case *question:
		st.Overlay = "question"
	case *textQuestion:
		st.Overlay = "text"
	case *choiceQuestion:
		st.Overlay = "choice"
		for _, c := range o.choices {
			st.Choices = append(st.Choices, Key{Label: c.label, Why: c.why})
		}
	}
	return st
}

// Fill writes in every field shown, or marked, of the form on top what value says, from its name,
// what it holds, its hint, and whether it was refused.
func (a *App) Fill(value func(field, held, hint string, refused bool) string) {
	s, ok := a.top().(fielded)
	if !ok {
		return
	}
	for i, in := range s.fields().inputs {
		if (s.fields().shown(i) || in.err != "") && in.isText() {
			in.set(value(in.name, in.value(), in.hint, in.err != ""))
		}
	}
}

// JournalWords is what the journal calls the rows of a table, the French label of each
// value it shows, and the columns that say nothing to people.
func JournalWords(table string) (name string, labels map[string]string, quiet []string, known bool) {
	t, known := journalTables()[table]
	labels = map[string]string{}
	for _, f := range t.fields {
		labels[f.name] = f.label
	}
	return t.name, labels, strings.Fields(t.quiet), known
}
