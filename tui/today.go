package tui

import (
	"context"
	"hash/fnv"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// dayReader reads the queue of the day and the figures of the year.
type dayReader interface {
	Thresholds(ctx context.Context) (insertion.Thresholds, error)
	Todos(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error)
	Figures(ctx context.Context, today insertion.Date, t insertion.Thresholds) (insertion.Figures, error)
	Lot(ctx context.Context, id insertion.LotID) (insertion.Lot, error)
	Introductions(ctx context.Context, lot insertion.LotID) ([]insertion.Introduction, error)
}

// day is Aujourd'hui. The facilitator wants to know what to do now and do it:
// Entrée does the thing, j logs the call, i notes an answer, l opens the lot;
// one key each.
type day struct {
	page
	figures insertion.Figures
	limits  insertion.Thresholds
	council mandate.Appointment // its next meeting; none when its record is 0
	todos   []insertion.Todo    // all of them
	kind    insertion.TodoKind  // the only one shown; "" for all
	queue   list[insertion.Todo]
}

type dayRead struct {
	figures insertion.Figures
	limits  insertion.Thresholds
	council mandate.Appointment
	todos   []insertion.Todo
}

// dayReady is a lot read to do what its line asks.
type dayReady struct {
	lot    insertion.Lot
	intros []insertion.Introduction
	then   func(insertion.Lot, []insertion.Introduction) tea.Cmd
}

func newDay(sh *shared) screen {
	s := &day{page: sh.page()}
	s.queue = list[insertion.Todo]{
		page: &s.page, draw: s.row,
		key: func(t insertion.Todo) insertion.Cursor { return insertion.Cursor{ID: todoKey(t.ID)} },
		heir: func(gone, t insertion.Todo) bool { // the clause is written: its lot is what comes next
			return gone.Kind == insertion.TodoWrite && t.Kind == insertion.TodoMatch && t.Lot == gone.Lot
		},
	}
	return s
}

// todoKey turns the stable id of a thing to do into a number for the list.
func todoKey(id string) int64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return int64(h.Sum64())
}

func (s *day) Title() string { return "Aujourd'hui" }
func (s *day) Waiting() bool { return !s.queue.loaded }

func (s *day) Init() tea.Cmd {
	s.resize()
	return s.Refresh()
}

func (s *day) Refresh() tea.Cmd {
	files, records, today := s.deps.Day, s.deps.Mandate, insertion.DateOf(s.now())
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		var r dayRead
		var err error
		if r.limits, err = files.Thresholds(ctx); err != nil {
			return nil, err
		}
		if r.figures, err = files.Figures(ctx, today, r.limits); err != nil {
			return nil, err
		}
		if records != nil {
			if r.council, _, err = records.NextMeeting(ctx, mandate.CouncilName, today); err != nil {
				return nil, err
			}
		}
		r.todos, err = files.Todos(ctx, today, r.limits)
		return r, err
	})
}

func (s *day) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.resize()
	case dayRead:
		s.figures, s.limits, s.council, s.todos = msg.figures, msg.limits, msg.council, msg.todos
		s.narrow()
	case dayReady:
		return msg.then(msg.lot, msg.intros)
	case tea.KeyPressMsg:
		cmd, _ := s.queue.move(msg.String())
		return cmd
	}
	return nil
}

// narrow gives the list the things to do of the kind chosen; a kind with
// nothing left shows all again.
func (s *day) narrow() {
	shown := s.todos
	if s.kind != "" {
		shown = nil
		for _, t := range s.todos {
			if t.Kind == s.kind {
				shown = append(shown, t)
			}
		}
		if len(shown) == 0 {
			s.kind, shown = "", s.todos
		}
	}
	s.queue.set(shown)
}

func (s *day) Actions() []action {
	todo, some := s.queue.current()
	none, label, silent, lotless := "", "faire", "seule une proposition attend une réponse", ""
	if !some {
		none = "il n'y a rien à faire"
	} else {
		label = doing(todo.Kind)
	}
	if todo.Intro != 0 {
		silent = ""
	}
	if lotless = none; todo.Lot == 0 && some {
		lotless = "cette ligne n'est d'aucun lot"
	}
	acts := []action{
		{key: "enter", label: label, help: "Faire ce que demande la ligne : écrire la clause, apparier, saisir les heures, relancer, nommer.", needs: doingNeeds(todo.Kind), why: none, do: s.act},
		{key: "i", label: "réponse", help: "Noter la réponse de la structure : contactée, acceptée, déclinée.", needs: rightTo(insertion.ActApprove), why: silent, do: s.reply},
		{key: "j", label: "noter un échange", help: "Noter un appel ou un courriel au sujet de ce lot.", needs: rightTo(insertion.ActComment), why: lotless, do: s.exchange},
		{key: "l", label: "ouvrir le lot", help: "Ouvrir la page du lot.", why: lotless, quiet: label == "ouvrir le lot", do: func() tea.Cmd { return push(newLotPage(s.shared, todo.Lot)) }},
		{key: "c", label: "clause", help: "Écrire ou revoir la clause de ce lot.", needs: rightTo(insertion.ActWrite), quiet: true, why: lotless, do: s.writeClause},
		{key: "m", label: "apparier", help: "Chercher des structures pour ce lot.", quiet: true, why: lotless, do: s.match},
		{key: "z", label: "reporter", help: "Reporter cette ligne à une date, en disant pourquoi.", needs: rightTo(insertion.ActWrite), why: none, do: s.postpone},
		{key: "e", label: "séance", help: "Ouvrir la prochaine séance du conseil ; le mandat quand aucune n'est prévue.", quiet: true, why: s.noMandate(), do: s.openCouncil},
		{key: "Z", label: "reportés", help: "Voir les lignes reportées, et en reprendre une.", quiet: true, do: s.postponed},
		{key: "t", label: "filtrer", help: "Ne voir qu'un genre de choses à faire, ou toutes.", why: none, do: s.chooseKind},
	}
	if s.kind != "" {
		acts = append(acts, action{key: "esc", label: "tout voir", help: "Revenir à toutes les choses à faire.", do: func() tea.Cmd {
			s.kind = ""
			s.narrow()
			return nil
		}})
	}
	return acts
}

func (s *day) chooseKind() tea.Cmd {
	only := func(k insertion.TodoKind) func() tea.Cmd {
		return func() tea.Cmd {
			s.kind = k
			s.narrow()
			return nil
		}
	}
	choices := []choice{{label: "tout, le plus urgent d'abord", do: only("")}}
	for _, k := range insertion.TodoKinds() {
		if n := s.counted(k); n > 0 {
			sign, _ := kindMark(k)
			choices = append(choices, choice{label: sign + " " + string(k) + " (" + insertion.Thousands(int64(n)) + ")", do: only(k)})
		}
	}
	return askChoice("Que voir ?", choices)
}

func (s *day) counted(k insertion.TodoKind) int {
	n := 0
	for _, t := range s.todos {
		if t.Kind == k {
			n++
		}
	}
	return n
}
