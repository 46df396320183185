package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// postponer puts lines of Aujourd'hui off, and brings them back.
type postponer interface {
	Postpone(ctx context.Context, by string, p insertion.Postponed) error
	Postponements(ctx context.Context) ([]insertion.Postponed, error)
	Resume(ctx context.Context, by, todo string) error
}

// newPostpone says until when a line may wait, and why. Three keys: z, a reason,
// Ctrl+S; the week to come is proposed.
func newPostpone(sh *shared, t insertion.Todo) screen {
	files, by := sh.deps.Postpone, sh.person
	return newEntryForm(sh, t.ID, questionnaire{
		needs: rightTo(insertion.ActWrite), title: "Reporter", head: []string{t.Who + " : " + t.What},
		inputs: []*input{
			textField("raison", "Pourquoi", "", "attend un rappel de l'entreprise"),
			textField("jusqu_au", "Jusqu'au", insertion.DateOf(sh.now()).AddDays(7).French(), "31/12/2026"),
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			until, err := dateField(get, "jusqu_au")
			p := insertion.Postponed{Todo: t.ID, Until: until, Reason: get("raison")}
			return "Reporté au " + until.French(), func(ctx context.Context) error { return files.Postpone(ctx, by, p) }, err
		},
	})
}

// postpone opens the form on the selected line.
func (s *day) postpone() tea.Cmd {
	todo, ok := s.queue.current()
	if !ok {
		return nil
	}
	return push(newPostpone(s.shared, todo))
}

// postponed offers the lines put off: choosing one brings it back.
func (s *day) postponed() tea.Cmd {
	files, by := s.deps.Postpone, s.person
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		list, err := files.Postponements(ctx)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			return told{"Rien n'est reporté."}, nil
		}
		o := offered{question: "Reprendre une ligne reportée ?"}
		for _, p := range list {
			o.choices = append(o.choices, choice{
				label: fmt.Sprintf("%s · jusqu'au %s · %s (%s)", p.Todo, p.Until.French(), p.Reason, p.By),
				needs: rightTo(insertion.ActWrite),
				do: func() tea.Cmd {
					return save(&s.page, "Reprise", func(ctx context.Context) error { return files.Resume(ctx, by, p.Todo) })
				},
			})
		}
		return o, nil
	})
}
