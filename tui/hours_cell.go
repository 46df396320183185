package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

type (
	cellSaved   struct{}            // a cell is in the file
	cellRefused struct{ err error } // it is not, and this is why
	cellStale   struct {            // somebody entered another figure meanwhile
		row    insertion.HoursRow
		wanted insertion.PlacementMonth
		theirs insertion.StaleHours
	}
)

// typing takes the keys of a cell being typed; it reports whether it took one.
// Any other key confirms the cell first, then does what it does.
func (s *hoursGrid) typing(k string) (tea.Cmd, bool) {
	taken, ends := s.press(k, len(s.rows) > 0)
	if !ends {
		return nil, taken
	}
	cmd := s.enter()
	return cmd, s.typed != ""
}

// enter saves what is typed.
func (s *hoursGrid) enter() tea.Cmd {
	h, err := s.hours()
	if err != nil {
		return fail(err)
	}
	if s.plan {
		return s.planned(h)
	}
	_, old, _ := s.cell()
	return s.set(insertion.PlacementMonth{Month: old.Month, Planned: old.Planned, Done: h, Entered: true})
}

// set enters a cell. It shows at once; the reply re-reads, and an error puts
// the truth back.
func (s *hoursGrid) set(wanted insertion.PlacementMonth) tea.Cmd {
	r, old, ok := s.cell()
	if !ok {
		return nil
	}
	wanted.Worked = wanted.Done // what the next figure typed here must find
	s.show(r, wanted)
	return s.write(r, old, wanted)
}

func (s *hoursGrid) show(r insertion.HoursRow, m insertion.PlacementMonth) {
	if i := slices.IndexFunc(r.Months, func(have insertion.PlacementMonth) bool { return have.Month == m.Month }); i >= 0 {
		r.Months[i] = m
	}
}

func (s *hoursGrid) write(r insertion.HoursRow, old, wanted insertion.PlacementMonth) tea.Cmd {
	s.late = nil // the answer reads again
	files, by := s.deps.Hours, s.person
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		err := files.SetHours(ctx, by, r.Placement, old.Month, old, wanted)
		var theirs *insertion.StaleHours
		switch {
		case errors.As(err, &theirs):
			return cellStale{r, wanted, *theirs}, nil
		case err != nil:
			return cellRefused{err}, nil
		}
		return cellSaved{}, nil
	})
}

// askStale says who entered what meanwhile, and lets the person choose.
func (s *hoursGrid) askStale(c cellStale) tea.Cmd {
	theirs := c.theirs
	question := fmt.Sprintf("%s, %s : %s. Mettre %s à la place ?", c.row.Employer, c.wanted.Month.French(), theirs.Error(), c.wanted.Done)
	old := insertion.PlacementMonth{Month: c.wanted.Month, Done: theirs.Done, Worked: theirs.Done, Entered: theirs.Entered}
	return confirm(question, func() tea.Cmd { return s.write(c.row, old, c.wanted) })
}

// planned changes what is planned in the cell.
func (s *hoursGrid) planned(h insertion.Hours) tea.Cmd {
	r, old, ok := s.cell()
	if !ok {
		return nil
	}
	wanted := old
	wanted.Planned = h
	s.show(r, wanted)
	files, by := s.deps.Hours, s.person
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		p, err := files.Placement(ctx, r.Placement)
		if err != nil {
			return cellRefused{err}, nil
		}
		i := slices.IndexFunc(p.Months, func(m insertion.PlacementMonth) bool { return m.Month == old.Month })
		if i < 0 {
			p.Months = append(p.Months, insertion.PlacementMonth{Month: old.Month})
			i = len(p.Months) - 1
		}
		if p.Months[i].Planned != old.Planned {
			return cellRefused{insertion.ErrStale}, nil
		}
		p.Months[i].Planned = h
		if _, err := files.SavePlacement(ctx, by, p); err != nil {
			return cellRefused{err}, nil
		}
		return cellSaved{}, nil
	})
}

// gridWhys says why each thing one can do to a cell is not possible now.
func (s *hoursGrid) gridWhys() (none, noPlan, noBefore, noDone string) {
	r, m, ok := s.cell()
	before := monthOf(r, m.Month.Add(-1))
	switch {
	case !ok:
		none = "aucun placement sur ces mois"
	case s.plan:
		noPlan = "ce sont les heures prévues qui se saisissent (t pour changer)"
	case m.Planned == 0:
		noPlan = "rien n'est prévu ce mois-là"
	}
	if !before.Entered {
		noBefore = "le mois précédent n'est pas saisi"
	}
	if s.plan {
		noBefore = noPlan
	}
	if !m.Entered || s.plan {
		noDone = "rien n'est saisi ce mois-là"
	}
	if none != "" {
		return none, none, none, none
	}
	return "", noPlan, noBefore, noDone
}

func (s *hoursGrid) Actions() []action {
	if s.typed != "" {
		return []action{
			{key: "enter", label: "garder", help: "Enregistrer la case et descendre (Tab : aller à droite)."},
			{key: "esc", label: "laisser", help: "Laisser la case comme elle était."},
		}
	}
	r, m, _ := s.cell()
	none, noPlan, noBefore, noDone := s.gridWhys()
	before := monthOf(r, m.Month.Add(-1))
	down := func(h insertion.Hours) func() tea.Cmd {
		return func() tea.Cmd {
			cmd := s.set(insertion.PlacementMonth{Month: m.Month, Planned: m.Planned, Done: h, Entered: true})
			s.row++
			s.keepInside()
			return cmd
		}
	}
	what, other := "saisir", "prévoir"
	if s.plan {
		what, other = "prévoir", "saisir le fait"
	}
	return []action{
		{key: "0-9", label: what, help: "Taper des heures (35, 35,5 ou 7h30) : Entrée descend, Tab va à droite.", needs: rightTo(insertion.ActWrite), why: none, do: func() tea.Cmd { return nil }},
		{key: "v", label: "comme avant", help: "Reprendre les heures du mois précédent, et descendre.", needs: rightTo(insertion.ActWrite), why: noBefore, do: down(before.Done)},
		{key: "p", label: "comme prévu", help: "Saisir ce qui était prévu, et descendre.", needs: rightTo(insertion.ActWrite), why: noPlan, do: down(m.Planned)},
		{key: "n", label: "trou suivant", help: "Aller au prochain mois terminé dont les heures manquent.", why: none, do: s.nextHole},
		{key: "t", label: other, help: "Passer de la saisie des heures faites à celle des heures prévues, et retour.", why: none, do: func() tea.Cmd {
			s.plan = !s.plan
			return nil
		}},
		{key: "o", label: "par personne", help: "Passer à la grille des heures par personne.", needs: rightTo(insertion.ActPersons), do: func() tea.Cmd { return replace(newMonthGridOf(s.shared, s.lot)) }},
		{key: "l", label: "lot", help: "Ouvrir la page du lot.", why: none, quiet: true, do: func() tea.Cmd { return push(newLotPage(s.shared, r.Lot)) }},
		{key: "delete", label: "vider", help: "Effacer les heures saisies dans la case.", needs: rightTo(insertion.ActWrite), why: noDone, quiet: true, do: func() tea.Cmd {
			return s.set(insertion.PlacementMonth{Month: m.Month, Planned: m.Planned})
		}},
		{key: "a", label: "mois suivant", help: "Avancer d'un mois (ou → au bord de la grille).", quiet: true, do: func() tea.Cmd { return s.shift(1) }},
		{key: "b", label: "mois précédent", help: "Reculer d'un mois (ou ← au bord de la grille).", quiet: true, do: func() tea.Cmd { return s.shift(-1) }},
	}
}
