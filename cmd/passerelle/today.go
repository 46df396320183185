package main

import (
	"cmp"
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/store"
)

type todoJSON struct {
	ID     string             `json:"id"`
	Kind   insertion.TodoKind `json:"raison"`
	Lot    insertion.LotID    `json:"lot"`
	Who    string             `json:"qui"`
	What   string             `json:"quoi"`
	Since  insertion.Date     `json:"depuis"`
	Silent *int               `json:"jours_sans_echange"`
	Last   string             `json:"dernier_echange"`
	Do     string             `json:"commande"`
}

type figuresJSON struct {
	Year       int       `json:"annee"`
	Lots       int       `json:"lots_suivis"`
	Hours      hoursJSON `json:"heures"`
	YearDone   float64   `json:"faites_dans_l_annee"`
	Structures int       `json:"structures_actives"`
	Flagged    int       `json:"lots_a_clauser"`
	Notices    int       `json:"avis"`
}

type todayJSON struct {
	Date    insertion.Date `json:"date"`
	Figures figuresJSON    `json:"chiffres"`
	Council string         `json:"prochaine_seance"` // of the council, "" when none is planned
	Todos   []todoJSON     `json:"a_faire"`
}

// todayCmd is « aujourdhui »: what to do next.
func (p *program) todayCmd() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "aujourdhui", Aliases: []string{"today"}, Short: "Ce qui attend : qui relancer, quoi écrire, depuis quand",
		Example: "passerelle aujourdhui\npasserelle aujourdhui --json | jq '.a_faire[] | select(.raison == \"sans réponse\")'",
		Args:    noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error { return p.tellToday(cmd.Context(), s, limit) })
		},
	}
	limitFlag(cmd.Flags(), &limit, 50, true, "au plus `N` lignes ; 0 pour toutes")
	cmd.AddCommand(p.postponeCmd())
	return cmd
}

func (p *program) tellToday(ctx context.Context, s *store.Store, limit int) error {
	th, err := s.Thresholds(ctx)
	if err != nil {
		return err
	}
	todos, err := s.Todos(ctx, p.today(), th)
	if err != nil {
		return err
	}
	f, err := s.Figures(ctx, p.today(), th)
	if err != nil {
		return err
	}
	next, planned, err := s.NextMeeting(ctx, mandate.CouncilName, p.today())
	if err != nil {
		return err
	}
	council := ""
	if planned {
		council = next.Words()
	}
	shown := todos
	if limit > 0 {
		shown = todos[:min(limit, len(todos))]
	}
	out := todayJSON{Date: p.today(), Council: council, Todos: []todoJSON{}, Figures: figuresJSON{
		f.Year, f.Lots, hoursOf(f.Hours), plainHours(f.YearDone), f.Structures, f.Flagged, f.Notices}}
	t := table{head: []string{"lot", "raison", "qui", "quoi", "depuis", "silence", "commande"}, right: []int{0, 5}}
	for _, todo := range shown {
		one := todoJSON{todo.ID, todo.Kind, todo.Lot, todo.Who, todo.What, todo.Since, nil, todo.Last, commandFor(todo)}
		silence := "jamais"
		if todo.Silent >= 0 {
			one.Silent = &todo.Silent
			silence = strconv.Itoa(todo.Silent) + " j"
		}
		out.Todos = append(out.Todos, one)
		t.add(strconv.FormatInt(int64(todo.Lot), 10), string(todo.Kind), todo.Who, todo.What, todo.Since.French(), silence, one.Do)
	}
	return p.answer(out, func() {
		p.say("%s — %s : %s dues, %s prévues, %s faites (%s en %d).", p.today().French(), insertion.Counted(f.Lots, "lot suivi", "lots suivis"),
			f.Hours.Due, f.Hours.Planned, f.Hours.Done, f.YearDone, f.Year)
		p.say("%s avis au fichier, %d à clauser, %s.", insertion.Thousands(int64(f.Notices)), f.Flagged, insertion.Counted(f.Structures, "structure active", "structures actives"))
		p.say("Prochaine séance du conseil : %s.\n", cmp.Or(council, "aucune n'est prévue"))
		p.print(&t, "Rien n'attend aujourd'hui.")
		if len(shown) < len(todos) {
			p.say("%s ; --limite 0 pour toutes.", insertion.Counted(len(todos)-len(shown), "autre", "autres"))
		}
	})
}

// commandFor is the command that does what waits.
func commandFor(t insertion.Todo) string {
	lot := strconv.FormatInt(int64(t.Lot), 10)
	switch t.Kind {
	case insertion.TodoWrite:
		return "passerelle clause " + lot
	case insertion.TodoMatch:
		return "passerelle apparier " + lot
	case insertion.TodoNoAnswer:
		return "passerelle propositions " + lot
	case insertion.TodoNoHours:
		return "passerelle heures saisir " + strconv.FormatInt(int64(t.Place), 10) + " " + t.Month.French() + " HEURES"
	case insertion.TodoDeclaration:
		return "passerelle declarations " + lot
	case insertion.TodoRed, insertion.TodoStarted:
		return "passerelle prevision " + lot
	case insertion.TodoOver:
		return "passerelle penalites " + lot
	case insertion.TodoRetention:
		return "passerelle conservation"
	case insertion.TodoSilence:
		return "passerelle echange " + lot
	case insertion.TodoMandate:
		return "passerelle mandat modifier " + strconv.FormatInt(t.Record, 10)
	}
	if t.Person != 0 {
		return "passerelle personne montrer " + t.Person.Code()
	}
	return "passerelle marches " + lot
}

// postponeCmd puts a line off, with a reason.
func (p *program) postponeCmd() *cobra.Command {
	var until insertion.Date
	var reason string
	var back bool
	cmd := &cobra.Command{
		Use: "reporter ID", Aliases: []string{"postpone"}, Short: "Reporter une ligne à une date, en disant pourquoi",
		Example: "passerelle aujourdhui reporter \"en retard:12\" --jusqu 15/12/2026 --raison \"attend l'acheteur\"\npasserelle aujourdhui reporter \"en retard:12\" --reprendre",
		Args:    takes(1, 1, "ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				if back {
					if err := s.Resume(cmd.Context(), p.who(), args[0]); err != nil {
						return err
					}
					return p.answer(map[string]string{"action": args[0]}, func() { p.say("Reprise : %s", args[0]) })
				}
				one := insertion.Postponed{Todo: args[0], Until: until, Reason: clean(reason)}
				if err := s.Postpone(cmd.Context(), p.who(), one); err != nil {
					return err
				}
				return p.answer(one, func() { p.say("Reporté au %s : %s", until.French(), args[0]) })
			})
		},
	}
	readFlag(cmd.Flags(), &until, insertion.ParseDate, "jusqu", "`DATE` de retour")
	cmd.Flags().StringVar(&reason, "raison", "", "les `MOTS` qui disent pourquoi")
	cmd.Flags().BoolVar(&back, "reprendre", false, "reprendre la ligne avant sa date")
	return cmd
}
