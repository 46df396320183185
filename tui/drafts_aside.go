package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

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
	a.drafts = append([]insertion.Draft{d}, a.drafts...)
	if r, ok := a.top().(rereader); ok {
		return r.Reread()
	}
	a.notice = notice{text: "Rouvrez le formulaire : votre saisie y sera remise."}
	closed := a.leave(true)
	if files == nil {
		return closed
	}
	return tea.Batch(closed, later(func() tea.Msg {
		id, err := files.KeepDraft(ctx, kept)
		if err != nil {
			return failed{err}
		}
		return draftKept{kept.Form, id}
	}))
}

// draftKept tells that what was set aside is in the file.
type draftKept struct {
	form string
	id   insertion.DraftID
}

// knowDraft notes where what was set aside is; taken up already, it is forgotten.
func (a *App) knowDraft(kept draftKept) tea.Cmd {
	for i := range a.drafts {
		if a.drafts[i].Form == kept.form && a.drafts[i].ID == 0 {
			a.drafts[i].ID = kept.id
			return nil
		}
	}
	return a.dropDraft(insertion.Draft{Form: kept.form, ID: kept.id})
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
	return []choice{
		{label: "Lire d'abord ce que l'autre a écrit (" + in.label + ") ; Échap revient à ma saisie", do: func() tea.Cmd {
			theirs := in.first
			return push(newReading(sh, in.label+" de l'autre personne", func(context.Context) (string, error) { return theirs, nil }))
		}},
		{label: "Garder les deux (" + in.label + ") : le sien s'ajoute sous le mien", do: func() tea.Cmd {
			in.set(in.value() + "\n\n" + in.first)
			return nil
		}},
	}
}
