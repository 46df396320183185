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
	KeepDraft(ctx context.Context, d insertion.Draft) error
	DropDraft(ctx context.Context, form string) error
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
		if err := files.KeepDraft(ctx, a.draftOf(i)); err != nil {
			return err
		}
	}
	return nil
}

// draftOf is the form at a place of the stack: what it is, what it is about, and what
// is typed in it.
func (a *App) draftOf(i int) insertion.Draft {
	s := a.stack[i]
	d := insertion.Draft{Title: s.Title()}
	d.Fields, d.Opened = formOf(s).typed()
	parts := []string{s.Title()}
	if e, ok := s.(*entryForm); ok {
		parts = append(parts, e.record)
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
	if n := len(found) - 1; n > 0 {
		question += " (et " + insertion.Counted(n, "autre", "autres") + ")"
	}
	return askChoice(question, choices)
}

func frenchInstant(t time.Time) string {
	t = t.Local()
	return insertion.DateOf(t).French() + t.Format(" à 15 h 04")
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
// Of a field somebody else changed meanwhile the person decides.
func (a *App) resume() tea.Cmd {
	f := formOf(a.top())
	if len(a.drafts) == 0 || f == nil {
		return nil
	}
	d, ok := a.drafts[a.draftOf(len(a.stack)-1).Form]
	if !ok {
		return nil
	}
	a.notice = notice{text: "Brouillon du " + frenchInstant(d.At) + " repris. Ctrl+S l'enregistre, Échap l'abandonne."}
	forget := a.dropDraft(d.Form)
	both, alone := f.retype(d)
	if len(alone) > 0 {
		a.notice = notice{text: "Votre saisie est remise ; changé par quelqu'un d'autre : " + labels(alone) + "."}
	}
	if len(both) > 0 {
		return tea.Batch(forget, a.now(mineOrTheirs(a.shared, f, both)))
	}
	return forget
}

// mineOrTheirs asks what becomes of the fields two people wrote. Either answer only
// fills the form, where each says what it held.
func mineOrTheirs(sh *shared, f *form, changed []*input) tea.Cmd {
	choices := []choice{
		{label: "Revoir ma saisie ; rien n'est enregistré avant Ctrl+S", do: func() tea.Cmd {
			if i := slices.Index(f.inputs, changed[0]); f.shown(i) {
				f.focus(i)
			}
			return nil
		}},
		{label: "Prendre la sienne pour ces champs (ma saisie y est perdue)", do: func() tea.Cmd {
			for _, in := range changed {
				in.set(in.first)
				in.err = ""
			}
			return nil
		}},
	}
	for _, in := range changed {
		if in.area != nil { // too long for a mark beside it
			choices = append(choices, longChoices(sh, in)...)
		}
	}
	return askChoice("Quelqu'un a changé pendant votre saisie : "+labels(changed), choices)
}

// longChoices are what can be done besides of a text of several lines: read the other's
// before deciding, or keep both.
func longChoices(sh *shared, in *input) []choice {
	name := strings.ToLower(in.label[:1]) + in.label[1:]
	return []choice{
		{label: "Lire la sienne d'abord : " + name + " (Échap revient à ma saisie)", do: func() tea.Cmd {
			theirs := in.first
			return push(newReading(sh, in.label+" de l'autre personne", func(context.Context) (string, error) { return theirs, nil }))
		}},
		{label: "Garder les deux : " + name + " de l'autre s'ajoute sous le mien", do: func() tea.Cmd {
			in.set(in.value() + "\n\n" + in.first)
			return nil
		}},
	}
}

// rereader is implemented by forms that can read again what they were opened on;
// the others are opened anew from the page below.
type rereader interface{ Reread() tea.Cmd }

// outdated reaches the root when what a form holds can no longer be saved: the
// record changed since it was read.
type outdated struct{}

// settleOutdated offers to take up what was typed over the record as it is now.
func (a *App) settleOutdated() tea.Cmd {
	a.notice = notice{} // the question says it
	return askChoice("Quelqu'un a modifié ceci pendant votre saisie : rien n'est enregistré", []choice{
		{label: "Relire, et remettre ma saisie par-dessus", do: a.setAside},
		{label: "Revenir à ma saisie", do: func() tea.Cmd { return nil }},
	})
}

// setAside makes what the form on top holds a draft, and reads the record again.
func (a *App) setAside() tea.Cmd {
	files, ctx, kept := a.shared.deps.Drafts, a.shared.ctx, a.draftOf(len(a.stack)-1)
	d := kept
	d.At, d.Opened = a.shared.now(), formOf(a.top()).opened()
	if a.drafts == nil {
		a.drafts = map[string]insertion.Draft{}
	}
	a.drafts[d.Form] = d
	if r, ok := a.top().(rereader); ok {
		return r.Reread()
	}
	a.notice = notice{text: "Rouvrez le formulaire : votre saisie y sera remise."}
	closed := a.leave(true)
	if files == nil {
		return closed
	}
	return tea.Batch(closed, later(func() tea.Msg {
		if err := files.KeepDraft(ctx, kept); err != nil {
			return failed{err}
		}
		return nil
	}))
}
