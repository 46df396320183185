package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// askErase says what will go, then asks; what may still name her can be read before.
func askErase(s *roll[insertion.ParticipantFile, insertion.HourLine], id insertion.ParticipantID) tea.Cmd {
	files, by, sh := s.deps.Persons, s.person, s.shared
	erase := func(work func(ctx context.Context, by string, id insertion.ParticipantID) (insertion.ErasureReport, error)) func() tea.Cmd {
		return func() tea.Cmd {
			return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
				r, err := work(ctx, by, id)
				switch {
				case err != nil:
					return nil, err
				case r.Residue != "":
					return nil, &insertion.FieldError{Field: "effacement", Reason: r.Residue}
				case len(r.Doubts) > 0:
					return replaced{newDoubts(sh, r.Doubts)}, nil
				}
				return replaced{newPersons(sh)}, nil
			})
		}
	}
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		r, err := files.Erasure(ctx, id)
		if err != nil {
			return nil, err
		}
		question := fmt.Sprintf("Effacer %s ? Preuves qui disparaissent : %d ; lignes d'heures gardées pour les statistiques, sous un numéro que personne ne connaît : %d ; lignes du journal réécrites : %d ; notes réécrites : %d. Rien ne peut l'annuler.",
			id.Code(), r.Proofs, r.Lines, r.Changes, r.Notes)
		choices := []choice{
			{label: "Ne rien effacer", do: func() tea.Cmd { return nil }},
			{label: "Effacer " + id.Code() + " pour toujours", do: erase(files.Erase)},
		}
		if n := len(r.Doubts); n > 0 {
			mentions := insertion.Counted(n, "mention", "mentions")
			question += fmt.Sprintf(" Une partie de son nom, ou de celui d'une autre, reste dans des textes (%s) : effacée, plus rien ne l'y masque à la délégation.", mentions)
			choices = append(choices, choice{label: "Relire d'abord : " + mentions + " d'une partie de son nom", do: func() tea.Cmd { return push(newDoubts(sh, r.Doubts)) }},
				choice{label: "Effacer " + id.Code() + ", et ôter des textes ces mentions", do: erase(files.EraseWithParts)})
		}
		return offered{question: question, choices: choices}, nil
	})
}

// newDoubts lists the texts that may still name somebody erased or being so; Entrée
// opens where each is shown.
func newDoubts(sh *shared, doubts []insertion.Doubt) screen {
	type doubt struct {
		insertion.Doubt
		n int64
	}
	rows := make([]doubt, len(doubts))
	for i, d := range doubts {
		rows[i] = doubt{d, int64(i + 1)}
	}
	s := &roll[[]doubt, doubt]{title: "À relire", nothing: "Rien n'est à relire.", id: func(d doubt) int64 { return d.n }}
	s.read = func(context.Context) ([]doubt, error) { return rows, nil }
	s.rows = func(d []doubt) []doubt { return d }
	s.head = func(_ []doubt, w int) []string {
		lines := []string{" " + s.theme.paint(strong, "Une partie d'un nom effacé, ou le nom d'une autre personne : à vous de lire")}
		for _, l := range wrap("Entrée ouvre la page où chaque texte se trouve.", w-2) {
			lines = append(lines, " "+l)
		}
		return lines
	}
	s.draw = func(d doubt, w int, on bool) string { return cut(d.Where+" : "+d.Text, w) }
	s.detail = func(_ []doubt, d doubt, w int) []string { return wrap(d.Where+" : « "+d.Text+" »", w) }
	s.acts = func(_ []doubt, d doubt, some bool) []action {
		none := ""
		if !some {
			none = "rien n'est choisi"
		}
		return []action{{key: "enter", label: "ouvrir", help: "Ouvrir la page où ce texte se trouve.", why: none, do: func() tea.Cmd { return openDoubt(&s.page, d.Doubt) }}}
	}
	return s.opened(sh)
}

// openDoubt opens the page that shows a text, or the room that lists it.
func openDoubt(p *page, d insertion.Doubt) tea.Cmd {
	room, _, _ := strings.Cut(d.Command, " ")
	switch {
	case d.Kind != "":
		return openHit(p, insertion.Hit{Subject: d.Subject, Title: d.Where})
	case room == "mandat":
		return push(newMandate(p.shared))
	case room == "entete":
		return push(newLetterheads(p.shared))
	case room == "modele":
		return push(newWordings(p.shared))
	case room == "imports":
		return push(newImports(p.shared))
	}
	return push(newDay(p.shared))
}
