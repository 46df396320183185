package tui

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// The kinds of events of the door, as its journal writes them.
const (
	doorLogin   = "connexion"
	doorLogout  = "déconnexion"
	doorRefused = "refus"
	doorCommand = "commande"
)

const doorShown = 500

// doorLog is the latest of the journal of the door.
type doorLog struct {
	events  []insertion.DoorEvent
	refused string
}

// newDoor shows who came, who was refused and what they ran, newest first. On a
// refused key, a lets its owner in.
func newDoor(sh *shared) screen {
	files, kind := sh.deps.Door, ""
	s := &roll[doorLog, insertion.DoorEvent]{title: "Porte", id: func(e insertion.DoorEvent) int64 { return e.ID }}
	s.read = func(ctx context.Context) (doorLog, error) {
		events, err := files.DoorEvents(ctx, kind, 0, doorShown)
		var no *insertion.Forbidden
		if errors.As(err, &no) {
			return doorLog{refused: no.Error()}, nil
		}
		return doorLog{events: events}, err
	}
	s.rows = func(d doorLog) []insertion.DoorEvent {
		if s.nothing = d.refused; d.refused == "" {
			s.nothing = "Rien à la porte encore : elle s'ouvre avec « passerelle servir »."
		}
		return d.events
	}
	s.head = func(doorLog, int) []string {
		if kind != "" {
			return []string{" " + s.theme.paint(strong, kind+" seulement")}
		}
		return []string{" " + s.theme.paint(strong, "Connexions, refus et commandes, du plus récent au plus ancien")}
	}
	s.draw = func(e insertion.DoorEvent, w int, on bool) string {
		what := pad(e.Kind, 13)
		if !on && e.Kind == doorRefused {
			what = s.theme.paint(warn, what)
		}
		who := e.By
		if who == "" {
			who = "inconnu"
		}
		return pad(frenchInstant(e.At), 22) + what + pad(who, 20) + cut(e.Text, max(0, w-55))
	}
	s.detail = func(_ doorLog, e insertion.DoorEvent, _ int) []string {
		lines := []string{e.Kind + " depuis " + e.Address, e.Fingerprint}
		if e.Text != "" {
			lines = append(lines, e.Text)
		}
		return lines
	}
	s.acts = func(_ doorLog, e insertion.DoorEvent, some bool) []action {
		unknown := ""
		if !some || e.Kind != doorRefused || e.Line == "" {
			unknown = "cette ligne n'est pas le refus d'une clé"
		} else if _, err := files.ReadKey(e.Line); err != nil { // it never can be
			unknown = sentence(err)
		}
		return []action{
			{key: "a", label: "accepter", help: "Laisser entrer la personne dont la clé a été refusée : son nom, son rôle.", needs: rightToAll(insertion.ActUsers), why: unknown, do: func() tea.Cmd {
				return push(newUserForm(sh, insertion.User{Role: insertion.Delegate}, e.Line))
			}},
			{key: "t", label: "filtrer", help: "Ne montrer qu'un genre de lignes.", do: func() tea.Cmd {
				kinds := []string{"", doorRefused, doorLogin, doorLogout, doorCommand}
				kind = kinds[(slices.Index(kinds, kind)+1)%len(kinds)]
				return s.Refresh()
			}},
		}
	}
	return s.opened(sh)
}
