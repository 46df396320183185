package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/internal/report"
	"passerelle/store"
)

// electedCmd is « mandat page »: one page for elected members.
func (p *program) electedCmd() *cobra.Command {
	var d delivery
	cmd := &cobra.Command{
		Use: "page", Short: "La page des élus : chaque proposition, sa cible, son chiffre, sa tendance, sa prochaine étape",
		Long:    "Une seule page A4 en PDF, quelle que soit la longueur des textes ; en texte, rien n'est raccourci.",
		Example: "passerelle mandat page -o mandat.pdf\npasserelle mandat page --format texte\nssh -p 2222 hôte mandat page --format pdf > mandat.pdf", Args: noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error { return p.handPage(cmd.Context(), s, d) })
		},
	}
	d.add(cmd, "texte", "pdf")
	return cmd
}

func (p *program) handPage(ctx context.Context, s *store.Store, d delivery) error {
	e, err := electedPage(ctx, s, p.today())
	if err != nil {
		return err
	}
	if p.json && d.to == "" {
		return writeJSON(p.out, electedJSON(e), "  ")
	}
	format, err := d.chosen()
	if err != nil {
		return err
	}
	var undrawn []string
	if format == "pdf" {
		undrawn = report.Undrawn(e.Paper())
	}
	return p.deliver(ctx, s, d, handed("page des élus", format), func(w io.Writer) error {
		if format == "pdf" {
			return report.WriteElectedPDF(w, e)
		}
		return report.WriteText(w, e.Paper())
	}, undrawn...)
}

type proposalJSON struct {
	Code    mandate.Code    `json:"code"`
	Title   string          `json:"proposition"`
	Verdict mandate.Verdict `json:"etat"`
	Figure  string          `json:"chiffre"`
	Target  string          `json:"cible"`
	Trend   string          `json:"tendance"`
	Next    string          `json:"prochaine_etape"`
	Due     insertion.Date  `json:"pour_le"`
	Late    bool            `json:"passe"`
	Who     string          `json:"suivi_par"`
}

func electedJSON(e report.Elected) any {
	rows := []proposalJSON{}
	for _, s := range e.Standings {
		figure := ""
		if f := s.Now(); f.Origin != mandate.Unknown {
			figure = s.Unit.Show(f.Value)
		}
		rows = append(rows, proposalJSON{s.Code, s.Title, s.Verdict(), figure, s.TargetWords(), s.Trend, s.Next, s.Due, s.Late, s.Who})
	}
	return map[string]any{"date": e.On, "prochaine_seance": e.Council, "propositions": rows}
}

// agendaCmd is « mandat agenda »: meetings, events and deadlines, for a calendar.
func (p *program) agendaCmd() *cobra.Command {
	var d delivery
	cmd := &cobra.Command{
		Use: "agenda", Short: "Les séances, les rencontres et les échéances, à lire ou pour un calendrier (.ics)",
		Long:    "Le fichier .ics (iCalendar) s'ouvre dans tout logiciel d'agenda, à l'heure de Paris ; importé de nouveau, il met à jour ce qui a changé.",
		Example: "passerelle mandat agenda\npasserelle mandat agenda -o mandat.ics\nssh -p 2222 hôte mandat agenda --format ics > mandat.ics", Args: noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error { return p.handAgenda(cmd.Context(), s, d) })
		},
	}
	d.add(cmd, "texte", "ics")
	return cmd
}

func (p *program) handAgenda(ctx context.Context, s *store.Store, d delivery) error {
	agenda, mark, err := s.ForOthers().MandateAgenda(ctx)
	if err != nil {
		return err
	}
	if p.json && d.to == "" {
		return writeJSON(p.out, agendaJSON(agenda), "  ")
	}
	format, err := d.chosen()
	if err != nil {
		return err
	}
	if format == "ics" {
		return p.deliver(ctx, s, d, handed("agenda du mandat", format), func(w io.Writer) error { return report.WriteAgenda(w, agendaName, mark, agenda) })
	}
	t := table{head: []string{"quand", "quoi", "où", "état"}}
	for _, a := range agenda {
		t.add(a.When(), a.Title, a.Place, a.State())
	}
	if d.to == "" {
		p.print(&t, "Rien n'est daté : « passerelle mandat » dit comment ajouter une séance.")
		return nil
	}
	return p.deliver(ctx, s, d, handed("agenda du mandat", format), func(w io.Writer) error {
		plain := program{out: w, screen: w}
		plain.print(&t, "Rien n'est daté.")
		return nil
	})
}

type appointmentJSON struct {
	ID     string           `json:"id"`
	Record mandate.RecordID `json:"fiche"`
	Kind   mandate.Kind     `json:"genre"`
	Day    insertion.Date   `json:"date"`
	Clock  string           `json:"heure,omitempty"`
	Title  string           `json:"titre"`
	Place  string           `json:"lieu,omitempty"`
	State  string           `json:"etat"`
	Notes  []string         `json:"notes,omitempty"`
}

func agendaJSON(agenda []mandate.Appointment) []appointmentJSON {
	out := []appointmentJSON{}
	for _, a := range agenda {
		out = append(out, appointmentJSON{a.ID, a.Record, a.Kind, a.Day, a.Clock, a.Title, a.Place, a.State(), a.Notes})
	}
	return out
}
