package tui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// with reads the lot of the selected line, then goes on.
func (s *day) with(then func(insertion.Lot, []insertion.Introduction) tea.Cmd) tea.Cmd {
	todo, ok := s.queue.current()
	if !ok {
		return nil
	}
	files := s.deps.Day
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		lot, err := files.Lot(ctx, todo.Lot)
		if err != nil {
			return nil, err
		}
		intros, err := files.Introductions(ctx, todo.Lot)
		return dayReady{lot, intros, then}, err
	})
}

// act does the obvious thing for the selected line.
func (s *day) act() tea.Cmd {
	todo, ok := s.queue.current()
	if !ok {
		return nil
	}
	switch todo.Kind {
	case insertion.TodoWrite:
		return s.writeClause()
	case insertion.TodoMatch:
		return s.match()
	case insertion.TodoNoHours, insertion.TodoUndetailed:
		return push(newHoursAt(s.shared, todo.Lot, todo.Place, todo.Month))
	case insertion.TodoDeclaration:
		return push(newDeclarations(s.shared, todo.Lot))
	case insertion.TodoEligibility, insertion.TodoProof, insertion.TodoWindow, insertion.TodoCeiling, insertion.TodoOutcome:
		if todo.Person != 0 {
			return push(newPersonPage(s.shared, todo.Person))
		}
		return push(newLotPage(s.shared, todo.Lot))
	case insertion.TodoSilence:
		return s.exchange()
	case insertion.TodoNoAnswer:
		return s.exchange()
	case insertion.TodoRetention:
		return push(newRetention(s.shared))
	case insertion.TodoWinners:
		return s.with(s.nameLead)
	case insertion.TodoMandate:
		return openMandateTodo(&s.page, mandate.RecordID(todo.Record))
	}
	return push(newLotPage(s.shared, todo.Lot))
}

// writeClause opens the clause of the lot of the line.
func (s *day) writeClause() tea.Cmd {
	return s.with(func(l insertion.Lot, _ []insertion.Introduction) tea.Cmd { return push(newClauseForm(s.shared, l)) })
}

// match looks for structures for the lot of the line.
func (s *day) match() tea.Cmd {
	return s.with(func(l insertion.Lot, _ []insertion.Introduction) tea.Cmd { return push(newCandidates(s.shared, l)) })
}

// exchange notes a call about the lot, with the one the line is about first.
func (s *day) exchange() tea.Cmd {
	todo, _ := s.queue.current()
	return s.with(func(l insertion.Lot, intros []insertion.Introduction) tea.Cmd {
		with := partnersOf(l, intros)
		for _, in := range intros {
			if in.ID == todo.Intro {
				with = slices.DeleteFunc(with, func(p partner) bool { return p.structure == in.Structure })
				with = append([]partner{{name: structureName(in.Kind, in.Name), structure: in.Structure}}, with...)
			}
		}
		return push(newContactWith(s.shared, l, with))
	})
}

// reply notes what a structure answered.
func (s *day) reply() tea.Cmd {
	todo, _ := s.queue.current()
	return s.with(func(l insertion.Lot, intros []insertion.Introduction) tea.Cmd {
		for _, in := range intros {
			if in.ID == todo.Intro {
				return moveIntroduction(&s.page, l, in)
			}
		}
		return tell("Cette proposition n'est plus là.")
	})
}

// nameLead asks for the name of the contractor.
func (s *day) nameLead(l insertion.Lot, _ []insertion.Introduction) tea.Cmd {
	if len(l.Contractors) == 0 {
		return push(newLotPage(s.shared, l.ID))
	}
	lead := l.Contractors[0]
	files, by := s.deps.LotEdits, s.person
	return askText("Nom "+insertion.Of(lead.Party.Label()), "", "raison sociale", func(name string) tea.Cmd {
		if name = strings.TrimSpace(name); name == "" {
			return tell("Aucun nom n'a été écrit.")
		}
		return save(&s.page, "Nom enregistré : "+name, func(ctx context.Context) error {
			return files.NameOrganisation(ctx, by, lead.ID, name)
		})
	})
}

// doingNeeds is the right Entrée asks for, for a kind of thing to do.
func doingNeeds(k insertion.TodoKind) need {
	switch k {
	case insertion.TodoWrite:
		return rightTo(insertion.ActWrite)
	case insertion.TodoSilence, insertion.TodoNoAnswer:
		return rightTo(insertion.ActComment)
	case insertion.TodoWinners:
		return rightToAll(insertion.ActWrite)
	}
	return need{}
}

// doing is the label of Entrée for a kind of thing to do.
func doing(k insertion.TodoKind) string {
	switch k {
	case insertion.TodoWrite:
		return "écrire la clause"
	case insertion.TodoMatch:
		return "apparier"
	case insertion.TodoNoHours, insertion.TodoUndetailed:
		return "saisir les heures"
	case insertion.TodoDeclaration:
		return "déclarations"
	case insertion.TodoEligibility, insertion.TodoProof, insertion.TodoWindow, insertion.TodoCeiling, insertion.TodoOutcome, insertion.TodoMandate:
		return "ouvrir"
	case insertion.TodoSilence:
		return "noter un échange"
	case insertion.TodoNoAnswer:
		return "relancer"
	case insertion.TodoRetention:
		return "voir"
	case insertion.TodoWinners:
		return "nommer"
	}
	return "ouvrir le lot"
}
