package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// drafter keeps what was being typed when a session is cut.
type drafter interface {
	Drafts(ctx context.Context) ([]insertion.Draft, error)
	KeepDraft(ctx context.Context, d insertion.Draft) error
	DropDraft(ctx context.Context, form string) error
}

// fielded is implemented by screens that are a form; nil while it is not ready.
type fielded interface{ fields() *form }

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
		f, ok := s.(fielded)
		if !ok || f.fields() == nil || !f.fields().Unsaved() {
			continue
		}
		d := a.draftOf(i)
		d.Fields = f.fields().typed()
		if err := files.KeepDraft(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// draftOf names the form at a place of the stack: what it is, and what it is about.
func (a *App) draftOf(i int) insertion.Draft {
	s := a.stack[i]
	d := insertion.Draft{Title: s.Title()}
	parts := []string{s.Title()}
	if e, ok := s.(*entryForm); ok {
		parts = append(parts, e.head...)
	}
	for j := i; j >= 0 && d.About == (insertion.Subject{}); j-- {
		if below, ok := a.stack[j].(subjective); ok {
			d.About = below.subject()
			d.Title = s.Title() + ", " + subjectName(d.About)
		}
	}
	d.Form = strings.Join(append(parts, subjectName(d.About)), " · ")
	return d
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

// typed are the fields that differ from what the form opened with.
func (f *form) typed() map[string]string {
	out := map[string]string{}
	for _, in := range f.inputs {
		if in.value() != in.first {
			out[in.name] = in.value()
		}
	}
	return out
}

// retype puts fields back as they were typed; a field that no longer exists, or
// an option, is left.
func (f *form) retype(typed map[string]string) {
	for _, in := range f.inputs {
		if value, ok := typed[in.name]; ok {
			in.set(value)
		}
	}
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
	a.drafts = map[string]insertion.Draft{}
	for _, d := range found {
		a.drafts[d.Form] = d
	}
	d := found[0]
	later := "Plus tard : ce formulaire s'ouvrira rempli"
	choices := []choice{{label: later, do: func() tea.Cmd { return nil }}}
	if d.About != (insertion.Subject{}) {
		open := choice{label: "Ouvrir " + subjectName(d.About) + " : le formulaire s'y ouvrira rempli", do: func() tea.Cmd {
			return openHit(a.top().base(), insertion.Hit{Subject: d.About, Title: subjectName(d.About)})
		}}
		choices = append([]choice{open}, choices...)
	}
	choices = append(choices, choice{label: "Jeter ce brouillon", do: func() tea.Cmd { return a.dropDraft(d.Form) }})
	question := "Brouillon du " + frenchInstant(d.At) + " : " + d.Title
	switch n := len(found); {
	case n == 2:
		question += " (et un autre)"
	case n > 2:
		question += fmt.Sprintf(" (et %d autres)", n-1)
	}
	return askChoice(question, choices)
}

func frenchInstant(t time.Time) string {
	t = t.Local()
	return insertion.DateOf(t).French() + t.Format(" à 15:04")
}

func (a *App) dropDraft(form string) tea.Cmd {
	files, ctx := a.shared.deps.Drafts, a.shared.ctx
	delete(a.drafts, form)
	return later(func() tea.Msg {
		if err := files.DropDraft(ctx, form); err != nil {
			return failed{err}
		}
		return nil
	})
}

// resume fills the form on top from its draft, once it is ready. The draft is
// then the form's: it is forgotten, and kept again if the session is cut again.
func (a *App) resume() tea.Cmd {
	f, ok := a.top().(fielded)
	if !ok || len(a.drafts) == 0 || f.fields() == nil {
		return nil
	}
	d, ok := a.drafts[a.draftOf(len(a.stack)-1).Form]
	if !ok {
		return nil
	}
	f.fields().retype(d.Fields)
	a.notice = notice{text: "Brouillon du " + frenchInstant(d.At) + " repris. Ctrl+S l'enregistre, Échap l'abandonne."}
	return a.dropDraft(d.Form)
}
