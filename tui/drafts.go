package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// drafter keeps what was being typed when a session is cut.
type drafter interface {
	Drafts(ctx context.Context) ([]insertion.Draft, error)
	KeepDraft(ctx context.Context, d insertion.Draft) (insertion.DraftID, error)
	DropDraft(ctx context.Context, id insertion.DraftID) error
}

// fielded is implemented by every screen where more than a line is typed: what it
// holds is asked about before it is left, and kept when the session is cut. The form
// is nil while it is not ready.
type fielded interface{ fields() *form }

// formOf is the form of a screen, nil when it has none.
func formOf(s screen) *form {
	if f, ok := s.(fielded); ok {
		return f.fields()
	}
	return nil
}

// subjective is implemented by screens about one lot, structure or person.
type subjective interface{ subject() insertion.Subject }

// leaving tells the program that its session ends, whoever decides it.
type leaving struct{}

// Leave is the message that ends a program from outside; KeepDrafts then keeps
// what it was typing.
func Leave() tea.Msg { return leaving{} }

// KeepDrafts keeps the forms that were being filled when the program ended. Those
// the person chose to give up are not.
func (a *App) KeepDrafts(ctx context.Context) error {
	files := a.shared.deps.Drafts
	if files == nil || a.givenUp {
		return nil
	}
	for i, s := range a.stack {
		if f := formOf(s); f == nil || !f.unsaved() {
			continue
		}
		if _, err := files.KeepDraft(ctx, a.draftOf(i)); err != nil {
			return err
		}
	}
	return nil
}

// draftOf is the form at a place of the stack: what it is, what it is about, and what
// is typed in it.
func (a *App) draftOf(i int) insertion.Draft {
	s := a.stack[i]
	d := insertion.Draft{}
	d.Fields, d.Opened = formOf(s).typed()
	parts := []string{s.Title()}
	if e, ok := s.(*entryForm); ok {
		parts = append(parts, e.record)
	}
	for j := i; j >= 0 && d.About == (insertion.Subject{}); j-- {
		if below, ok := a.stack[j].(subjective); ok {
			d.About = below.subject()
		}
	}
	d.Title = draftTitle(s, d.About)
	d.Form = strings.Join(append(parts, subjectName(d.About)), " · ")
	return d
}

// draftTitle says what a form is and what it is about: the subject of a page, else
// what its head names. A head that ends a sentence explains; it names nothing.
func draftTitle(s screen, about insertion.Subject) string {
	if name := subjectName(about); name != "" {
		return s.Title() + ", " + name
	}
	if e, ok := s.(*entryForm); ok && len(e.head) > 0 && !strings.HasSuffix(e.head[0], ".") && strings.TrimSpace(e.head[0]) != "" {
		return s.Title() + ", " + cut(strings.TrimSpace(e.head[0]), 40)
	}
	return s.Title()
}

// subjectName is how a page of a subject is called.
func subjectName(about insertion.Subject) string {
	switch about.Kind {
	case "":
		return ""
	case insertion.OnParticipant:
		return insertion.ParticipantID(about.ID).Code()
	}
	return fmt.Sprintf("%s %d", about.Kind, about.ID)
}

// typed are the fields that differ from what the form opened with, and what they
// said then.
func (f *form) typed() (typed, opened map[string]string) {
	typed, opened = map[string]string{}, map[string]string{}
	for _, in := range f.inputs {
		if in.value() != in.first {
			typed[in.name], opened[in.name] = in.value(), in.first
		}
	}
	return typed, opened
}

// opened is what every field said when the form opened.
func (f *form) opened() map[string]string {
	out := map[string]string{}
	for _, in := range f.inputs {
		out[in.name] = in.first
	}
	return out
}

// retype puts fields back as they were typed. Those somebody changed since are
// marked: both wrote some of them, she alone the others. A field that no longer
// exists, or an option, is left.
func (f *form) retype(d insertion.Draft) (both, alone []*input) {
	for _, in := range f.inputs {
		value, typed := d.Fields[in.name]
		if typed {
			in.set(value)
		}
		before, known := d.Opened[in.name]
		if !known || in.first == before || typed && in.first == value {
			continue
		}
		in.err = "changé depuis : " + in.told(in.first) + " au lieu de " + in.told(before)
		if typed {
			both = append(both, in)
		} else {
			alone = append(alone, in)
		}
	}
	return both, alone
}

// labels names fields in a sentence.
func labels(inputs []*input) string {
	var names []string
	for _, in := range inputs {
		names = append(names, in.label)
	}
	return strings.Join(names, ", ")
}

// draftsRead are the drafts found when the program starts.
type draftsRead []insertion.Draft

// findDrafts looks for what an earlier session left.
func (a *App) findDrafts() tea.Cmd {
	files, ctx := a.shared.deps.Drafts, a.shared.ctx
	if files == nil {
		return nil
	}
	return later(func() tea.Msg {
		found, err := files.Drafts(ctx)
		if err != nil || len(found) == 0 {
			return nil
		}
		return draftsRead(found)
	})
}

// offerDrafts asks about the latest one; the others wait for their forms.
func (a *App) offerDrafts(found draftsRead) tea.Cmd {
	a.drafts, a.going = found, false
	d := found[0]
	later := "Plus tard : ce formulaire s'ouvrira rempli"
	choices := []choice{{label: later, do: func() tea.Cmd { return nil }}}
	if d.About != (insertion.Subject{}) {
		open := choice{label: "Ouvrir " + subjectName(d.About) + " : le formulaire s'y ouvrira rempli", do: func() tea.Cmd {
			return openHit(a.top().base(), insertion.Hit{Subject: d.About, Title: subjectName(d.About)})
		}}
		choices = append([]choice{open}, choices...)
	}
	choices = append(choices, choice{label: "Jeter ce brouillon", do: func() tea.Cmd {
		return confirm("Jeter le brouillon « "+d.Title+" » ? Ce qui y est écrit sera perdu.", func() tea.Cmd { return a.dropDraft(d) })
	}})
	question := "Brouillon du " + frenchInstant(d.At) + " : " + d.Title
	if n := len(found) - 1; n > 0 {
		question += " (et " + insertion.Counted(n, "autre", "autres") + ")"
	}
	return func() tea.Msg { return offered{question: question, choices: choices, unasked: true} }
}

func frenchInstant(t time.Time) string {
	t = t.Local()
	return insertion.DateOf(t).French() + t.Format(" à 15 h 04")
}

// dropDraft forgets a draft, kept in the file or about to be.
func (a *App) dropDraft(d insertion.Draft) tea.Cmd {
	files, ctx := a.shared.deps.Drafts, a.shared.ctx
	a.drafts = slices.DeleteFunc(a.drafts, func(o insertion.Draft) bool { return o.ID == d.ID && o.Form == d.Form })
	if files == nil || d.ID == 0 {
		return nil
	}
	return later(func() tea.Msg {
		if err := files.DropDraft(ctx, d.ID); err != nil {
			return failed{err}
		}
		return nil
	})
}

// draftOn is the latest draft of a form, and how many others wait for it.
func (a *App) draftOn(form string) (d insertion.Draft, others int, ok bool) {
	for _, one := range a.drafts {
		switch {
		case one.Form != form:
		case ok:
			others++
		default:
			d, ok = one, true
		}
	}
	return d, others, ok
}

// resume fills the form on top from its draft, once it is ready. The draft is
// then the form's: it is forgotten, and kept again if the session is cut again.
// Of a field somebody else changed meanwhile the person decides.
func (a *App) resume() tea.Cmd {
	f := formOf(a.top())
	if len(a.drafts) == 0 || f == nil || f.unsaved() {
		return nil
	}
	d, others, ok := a.draftOn(a.draftOf(len(a.stack) - 1).Form)
	if !ok {
		return nil
	}
	next := ""
	if others > 0 { // taken up when the form is opened again
		next = " (" + insertion.Counted(others, "autre", "autres") + " ensuite)"
	}
	a.notice = notice{text: "Brouillon du " + frenchInstant(d.At) + " repris" + next + ". Ctrl+S l'enregistre, Échap l'abandonne."}
	forget := a.dropDraft(d)
	both, alone := f.retype(d)
	if len(alone) > 0 {
		a.notice = notice{text: "Votre saisie est remise ; changé par quelqu'un d'autre : " + labels(alone) + "."}
	}
	if len(both) > 0 {
		return tea.Batch(forget, a.now(mineOrTheirs(a.shared, f, both)))
	}
	return forget
}
