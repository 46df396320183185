package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

type hoursRowJSON struct {
	Placement insertion.PlacementID `json:"placement"`
	Lot       insertion.LotID       `json:"lot"`
	Object    string                `json:"objet"`
	Employer  string                `json:"employeur"`
	Modality  string                `json:"modalite"`
	Months    []placementMonthJSON  `json:"mois"`
}

// hoursCmd prints the grid of hours.
func (p *program) hoursCmd() *cobra.Command {
	var from, to insertion.Month
	var name string
	cmd := &cobra.Command{
		Use: "heures", Aliases: []string{"hours"}, Short: "La grille des heures : prévues et faites, par placement et par mois",
		Example: "passerelle heures --de 01/2026 --a 06/2026\npasserelle heures saisir 3 10/2026 112,5",
		Args:    noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				if to == "" {
					to = p.today().Month()
				}
				if from == "" {
					from = to.Add(-5)
				}
				if len(insertion.Months(from, to)) == 0 {
					return misusef("--de et --a : du premier au dernier mois, dans l'ordre")
				}
				return p.grid(cmd.Context(), s, name, from, to)
			})
		},
	}
	cmd.Flags().SortFlags = false
	readFlag(cmd.Flags(), &from, insertion.ParseMonth, "de", "premier `MOIS` (cinq mois avant le dernier sinon)")
	readFlag(cmd.Flags(), &to, insertion.ParseMonth, "a", "dernier `MOIS` (le mois courant sinon)")
	cmd.Flags().StringVar(&name, "lot", "", "seulement ce `LOT`")
	cmd.AddCommand(p.enterCmd(), p.linesCmd(), p.sheetCmd(), p.takeSheetCmd())
	return cmd
}

func (p *program) grid(ctx context.Context, s *store.Store, name string, from, to insertion.Month) error {
	var only insertion.LotID
	if name != "" {
		lot, err := p.lotNamed(ctx, s, name)
		if err != nil {
			return err
		}
		only = lot.ID
	}
	rows, err := s.HoursGrid(ctx, only, from, to)
	if err != nil {
		return err
	}
	out := []hoursRowJSON{}
	t := table{head: []string{"plac.", "lot", "employeur"}, right: []int{0, 1}}
	for i, m := range insertion.Months(from, to) {
		t.head, t.right = append(t.head, m.French()), append(t.right, i+3)
	}
	for _, r := range rows {
		out = append(out, hoursRowJSON{r.Placement, r.Lot, r.Object, r.Employer, r.Modality.Code(), monthsOf(r.Months)})
		cells := []string{strconv.FormatInt(int64(r.Placement), 10), strconv.FormatInt(int64(r.Lot), 10), r.Employer}
		for _, m := range r.Months {
			cells = append(cells, monthCell(m))
		}
		t.add(cells...)
	}
	return p.answer(out, func() {
		p.print(&t, "Aucun placement sur ces mois.")
		if len(rows) > 0 {
			p.say("faites/prévues ; un point : rien de prévu ; ? : pas encore saisi")
		}
	})
}

func monthCell(m insertion.PlacementMonth) string {
	switch {
	case m.Entered:
		return m.Done.Number() + "/" + m.Planned.Number()
	case m.Planned > 0:
		return "?/" + m.Planned.Number()
	}
	return "."
}

// enterCmd is « heures saisir »: by person, or a total by placement.
func (p *program) enterCmd() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "saisir [PERSONNE] PLACEMENT MOIS HEURES", Aliases: []string{"enter"}, Short: "Saisir les heures d'une personne, ou un total sans détail",
		Example: "passerelle heures saisir P-0042 3 10/2026 112,5\npasserelle heures saisir 3 10/2026 112,5",
		Args:    takes(3, 4, "PLACEMENT", "MOIS", "HEURES"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 4 {
				return p.with(cmd.Context(), func(s *store.Store) error {
					return p.enterLine(cmd.Context(), s, args[0], args[1], args[2], args[3], reason)
				})
			}
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return misusef("« %s » n'est pas un numéro de placement (« passerelle heures » les montre)", args[0])
			}
			month, err := insertion.ParseMonth(args[1])
			if err != nil {
				return misuse{err.Error()}
			}
			hours, err := insertion.ParseHours(args[2])
			if err != nil {
				return misuse{err.Error()}
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				return p.enter(cmd.Context(), s, insertion.PlacementID(id), month, hours)
			})
		},
	}
	cmd.Flags().StringVar(&reason, "compter", "", "compter avant que l'éligibilité soit vue : le `MOTIF` de cette décision")
	return cmd
}

func (p *program) enter(ctx context.Context, s *store.Store, id insertion.PlacementID, month insertion.Month, hours insertion.Hours) error {
	placement, err := s.Placement(ctx, id)
	if errors.Is(err, insertion.ErrNotFound) {
		return fmt.Errorf("aucun placement %d (« passerelle heures » montre la grille)", id)
	}
	if err != nil {
		return err
	}
	old := insertion.PlacementMonth{Month: month}
	for _, m := range placement.Months {
		if m.Month == month {
			old = m
		}
	}
	set := old
	set.Done, set.Entered = hours, true
	if err := s.SetHours(ctx, p.who(), id, month, old, set); err != nil {
		return err
	}
	return p.answer(monthsOf([]insertion.PlacementMonth{set})[0], func() {
		p.say("Placement %d, %s : %s faites pour %s prévues.", id, month.French(), hours, set.Planned)
	})
}
