package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// mandateWriter makes what is handed to elected members and put in calendars.
type mandateWriter interface {
	WriteMandatePage(ctx context.Context, path string) (Written, error)   // a PDF of one page
	WriteMandateAgenda(ctx context.Context, path string) (Written, error) // an iCalendar file
	MandatePageText(ctx context.Context) (string, error)
}

// handPage asks where to write the page of the elected members.
func handPage(p *page) tea.Cmd {
	return handOut(p, "Écrire la page des élus dans quel fichier ?", "mandat-"+insertion.DateOf(p.now()).Month().French()[3:]+".pdf", mandateWriter.WriteMandatePage)
}

// handAgenda asks where to write the calendar.
func handAgenda(p *page) tea.Cmd {
	return handOut(p, "Écrire l'agenda dans quel fichier ?", "mandat.ics", mandateWriter.WriteMandateAgenda)
}

func handOut(p *page, question, name string, write func(mandateWriter, context.Context, string) (Written, error)) tea.Cmd {
	files := p.deps.MandateFiles
	if files == nil {
		return tell("Aucun fichier ne s'écrit d'ici.")
	}
	return askText(question, name, "un fichier qui n'existe pas", func(path string) tea.Cmd {
		if path = strings.TrimSpace(path); path == "" {
			return tell("Aucun fichier n'a été nommé.")
		}
		return ask(p, func(ctx context.Context) (tea.Msg, error) {
			w, err := write(files, ctx, path)
			return told{w.words()}, err
		})
	})
}

// readPage shows the page of the elected members as text.
func readPage(p *page) tea.Cmd {
	files := p.deps.MandateFiles
	if files == nil {
		return tell("La page ne se lit pas d'ici.")
	}
	return push(newReading(p.shared, "Page des élus", files.MandatePageText))
}
