package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// filer reads everything that happened to a lot, a firm, a structure, a person.
type filer interface {
	File(ctx context.Context, about insertion.Subject, text string, limit int) ([]insertion.Event, error)
}

const eventsShown = 2000

// newDossier answers « what happened with them? » during a call: everything, the
// newest first; f and a word narrow it.
func newDossier(sh *shared, about insertion.Subject, name string) screen {
	files := sh.deps.Files
	filter := ""
	type numbered struct {
		insertion.Event
		n int64
	}
	s := &roll[[]insertion.Event, numbered]{title: "Dossier " + cut(name, 40), nothing: "Rien n'est noté encore."}
	read := func(text string) func(context.Context) ([]insertion.Event, error) {
		return func(ctx context.Context) ([]insertion.Event, error) { return files.File(ctx, about, text, eventsShown) }
	}
	s.read = read("")
	s.rows = func(events []insertion.Event) []numbered {
		out := make([]numbered, len(events))
		for i, e := range events {
			out[i] = numbered{e, int64(i)}
		}
		return out
	}
	s.id = func(e numbered) int64 { return e.n }
	s.head = func(events []insertion.Event, w int) []string {
		what := insertion.Counted(len(events), "événement", "événements")
		if filter != "" {
			what += " · filtre « " + filter + " »"
		}
		return []string{" " + s.theme.paint(strong, cut(name, w-2)), " " + what}
	}
	s.draw = func(e numbered, w int, _ bool) string {
		return spread(e.On.French()+"  "+e.What, "  "+cut(e.By, 18), w)
	}
	s.detail = func(_ []insertion.Event, e numbered, _ int) []string {
		by := ""
		if e.By != "" {
			by = " (" + e.By + ")"
		}
		return []string{fmt.Sprintf("%s · %s%s", e.On.French(), e.What, by)}
	}
	refilter := func(text string) tea.Cmd {
		filter = strings.TrimSpace(text)
		s.read = read(filter)
		return s.Refresh()
	}
	s.acts = func(_ []insertion.Event, _ numbered, _ bool) []action {
		acts := []action{{key: "f", label: "filtrer", help: "Ne garder que les événements qui contiennent ces mots.", do: func() tea.Cmd {
			return askText("Filtrer le dossier", filter, "un mot, un nom, une date", refilter)
		}}}
		if filter != "" {
			acts = append(acts, action{key: "esc", label: "tout voir", help: "Retirer le filtre.", do: func() tea.Cmd { return refilter("") }})
		}
		return acts
	}
	return s.opened(sh)
}
