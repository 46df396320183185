package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// enterLine enters the hours of a person on a placement in a month.
func (p *program) enterLine(ctx context.Context, s *store.Store, person, place, month, hours, reason string) error {
	id, err := personNamed(person)
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(place, 10, 64)
	if err != nil {
		return misusef("« %s » n'est pas un numéro de placement", place)
	}
	m, err := insertion.ParseMonth(month)
	if err != nil {
		return misuse{err.Error()}
	}
	h, err := insertion.ParseHours(hours)
	if err != nil {
		return misuse{err.Error()}
	}
	f, err := s.Participant(ctx, id)
	if err != nil {
		return found(id, err)
	}
	for _, a := range f.Assignments {
		if int64(a.Placement) != number || a.Start > m.Last() || a.End != "" && a.End < m.First() {
			continue
		}
		edit := insertion.LineEdit{Assignment: a.ID, Month: m, Hours: h, Granted: reason}
		for _, l := range f.Lines {
			if l.Assignment == a.ID && l.Month == m {
				edit.Old = l
			}
		}
		if err := s.SetLines(ctx, p.who(), []insertion.LineEdit{edit}); err != nil {
			return err
		}
		return p.tellLine(ctx, s, id, a.ID, m)
	}
	return fmt.Errorf("%s n'est pas affectée au placement %d en %s (« passerelle personne affecter %s %d »)", id.Code(), number, m.French(), id.Code(), number)
}

// tellLine says what counts of the line just written, and why not the rest.
func (p *program) tellLine(ctx context.Context, s *store.Store, id insertion.ParticipantID, a insertion.AssignmentID, m insertion.Month) error {
	f, err := s.Participant(ctx, id)
	if err != nil {
		return err
	}
	for _, l := range f.Lines {
		if l.Assignment != a || l.Month != m {
			continue
		}
		why := []string{}
		for _, u := range l.Why {
			why = append(why, strings.TrimSpace(u.Hours.String()+" : "+u.Text))
		}
		return p.answer(personLineJSON{m, 0, 0, plainHours(l.Hours), plainHours(l.Counted), why}, func() {
			p.say("%s, %s : %s saisies, %s comptées.", id.Code(), m.French(), l.Hours, l.Counted)
			for _, w := range why {
				p.say("    %s", w)
			}
		})
	}
	return nil
}

type lineRowJSON struct {
	Person    string          `json:"personne"`
	Lot       insertion.LotID `json:"lot"`
	Placement int64           `json:"placement"`
	Employer  string          `json:"employeur"`
	Months    []lineCellJSON  `json:"mois"`
}

type lineCellJSON struct {
	Month   insertion.Month `json:"mois"`
	Hours   *float64        `json:"heures"` // null: nothing entered
	Counted float64         `json:"comptees"`
}

// linesCmd is « heures grille »: by person and placement.
func (p *program) linesCmd() *cobra.Command {
	var from, to insertion.Month
	var name string
	cmd := &cobra.Command{
		Use: "grille", Aliases: []string{"grid"}, Short: "La grille du mois par personne et par placement : saisies et comptées",
		Example: "passerelle heures grille --de 01/2026 --a 03/2026 --lot 12", Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				if to == "" {
					to = p.today().Month()
				}
				if from == "" {
					from = to.Add(-2)
				}
				var lot insertion.LotID
				if name != "" {
					l, err := p.lotNamed(cmd.Context(), s, name)
					if err != nil {
						return err
					}
					lot = l.ID
				}
				return p.tellLines(cmd.Context(), s, lot, from, to)
			})
		},
	}
	readFlag(cmd.Flags(), &from, insertion.ParseMonth, "de", "premier `MOIS`")
	readFlag(cmd.Flags(), &to, insertion.ParseMonth, "a", "dernier `MOIS` (le mois courant sinon)")
	cmd.Flags().StringVar(&name, "lot", "", "seulement ce `LOT`")
	return cmd
}

func (p *program) tellLines(ctx context.Context, s *store.Store, lot insertion.LotID, from, to insertion.Month) error {
	rows, err := s.LineGrid(ctx, lot, from, to)
	if err != nil {
		return err
	}
	out := []lineRowJSON{}
	t := table{head: []string{"personne", "plac.", "lot", "employeur"}, right: []int{1, 2}}
	for i, m := range insertion.Months(from, to) {
		t.head, t.right = append(t.head, m.French()), append(t.right, i+4)
	}
	for _, r := range rows {
		who := "sans détail"
		if r.Participant != 0 {
			who = r.Participant.Code()
		}
		one := lineRowJSON{who, r.Lot, int64(r.Placement), r.Employer, nil}
		cells := []string{who, strconv.FormatInt(int64(r.Placement), 10), strconv.FormatInt(int64(r.Lot), 10), r.Employer}
		for _, c := range r.Cells {
			text, cell := ".", lineCellJSON{Month: c.Month, Counted: plainHours(c.Counted)}
			if c.By != "" {
				h := plainHours(c.Hours)
				cell.Hours, text = &h, c.Hours.Number()
				if c.Counted < c.Hours {
					text = c.Counted.Number() + "/" + text
				}
			}
			one.Months, cells = append(one.Months, cell), append(cells, text)
		}
		out = append(out, one)
		t.add(cells...)
	}
	return p.answer(out, func() {
		p.print(&t, "Personne n'est affecté sur ces mois.")
		if len(rows) > 0 {
			p.say("12/35 : 12 comptées sur 35 saisies (« passerelle personne montrer » dit pourquoi) ; un point : rien de saisi")
		}
	})
}
