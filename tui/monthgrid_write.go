package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// typing takes the keys of a cell being typed, as the grid of totals does; a month
// nobody may write refuses the first.
func (s *monthGrid) typing(k string) (tea.Cmd, bool) {
	open := len(s.rows) > 0
	if open && s.takes(k) {
		if err := s.rows[s.row].CheckMonth(s.month); err != nil {
			return fail(err), true
		}
	}
	taken, ends := s.press(k, open)
	if !ends {
		return nil, taken
	}
	h, err := s.hours()
	if err != nil {
		return fail(err), true
	}
	return s.set(h), false
}

// set writes the cell under the cursor, and first asks about a figure that looks
// like a slip of the hand. It shows at once; the reply re-reads.
func (s *monthGrid) set(h insertion.Hours) tea.Cmd {
	r, old, ok := s.cell()
	if !ok {
		return nil
	}
	if err := r.CheckMonth(old.Month); err != nil {
		return fail(err)
	}
	edit := insertion.LineEdit{Assignment: old.Assignment, Month: old.Month, Old: old, Hours: h, Granted: old.Granted}
	if usual, doubtful := r.Unusual(old.Month, h); doubtful && r.Participant != 0 && h != old.Hours {
		question := fmt.Sprintf("%s en %s : %s, alors que sa moyenne est de %s par mois. Écrire quand même ?", r.Participant.Code(), old.Month.French(), h, usual)
		return confirm(question, func() tea.Cmd { return s.write(edit) })
	}
	return s.write(edit)
}

func (s *monthGrid) write(edits ...insertion.LineEdit) tea.Cmd {
	for _, e := range edits {
		s.show(e)
	}
	s.late = nil // the answer reads again
	files, by := s.deps.Grid, s.person
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		err := files.SetLines(ctx, by, edits)
		var theirs *insertion.StaleHours
		switch {
		case errors.As(err, &theirs) && len(edits) == 1:
			return linesStale{edits[0], *theirs}, nil
		case err != nil:
			return cellRefused{err}, nil
		}
		return cellSaved{}, nil
	})
}

// show puts the edit on the screen before the file answers.
func (s *monthGrid) show(e insertion.LineEdit) {
	for i := range s.rows {
		if s.rows[i].ID != e.Assignment {
			continue
		}
		cells := slices.Clone(s.rows[i].Cells)
		for j := range cells {
			if cells[j].Month == e.Month {
				cells[j].Hours, cells[j].Counted, cells[j].Why, cells[j].By = e.Hours, e.Hours, nil, s.person
				if e.Clear {
					cells[j] = insertion.HourLine{Assignment: e.Assignment, Month: e.Month}
				}
			}
		}
		s.rows[i].Cells = cells
	}
}

// askStale says who wrote what meanwhile, and lets the person choose.
func (s *monthGrid) askStale(c linesStale) tea.Cmd {
	question := fmt.Sprintf("%s : %s. Mettre %s à la place ?", c.edit.Month.French(), c.theirs.Error(), c.edit.Hours)
	return confirm(question, func() tea.Cmd {
		e := c.edit
		e.Old = insertion.HourLine{Hours: c.theirs.Done, By: c.theirs.By}
		if !c.theirs.Entered {
			e.Old.By = ""
		}
		return s.write(e)
	})
}

// asBefore takes the month before for every row of the column still empty.
func (s *monthGrid) asBefore() tea.Cmd {
	var edits []insertion.LineEdit
	for _, r := range s.rows {
		now, before := lineIn(r, s.month), lineIn(r, s.month.Add(-1))
		if r.Participant != 0 && now.By == "" && before.By != "" && r.Holds(s.month) {
			edits = append(edits, insertion.LineEdit{Assignment: r.ID, Month: s.month, Hours: before.Hours})
		}
	}
	if len(edits) == 0 {
		return tell("Aucune case vide de ce mois ne suit un mois saisi.")
	}
	question := fmt.Sprintf("Reprendre %s pour %s en %s ?", s.month.Add(-1).French(), insertion.Counted(len(edits), "ligne", "lignes"), s.month.French())
	return confirm(question, func() tea.Cmd { return s.write(edits...) })
}

// worked asks for all the hours of the person this month, to share them between
// contracts.
func (s *monthGrid) worked() tea.Cmd {
	r, _, ok := s.cell()
	if !ok || r.Participant == 0 {
		return nil
	}
	files, by, month := s.deps.Grid, s.person, s.month
	return push(newEntryForm(s.shared, fmt.Sprint(r.Participant.Code(), " ", month), questionnaire{
		needs: rightTo(insertion.ActWrite), title: "Heures partagées", head: []string{fmt.Sprintf("%s en %s : toutes ses heures du mois, tous marchés de l'entreprise. Ses lignes ne pourront les dépasser.", r.Participant.Code(), month.French())},
		inputs: []*input{
			textField("heures", "Heures travaillées", "", "151,67 ; vide pour ne plus partager"),
			textField("accord", "Accord des acheteurs", "", "qui, et quand"),
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			rd := &reader{get: get}
			w := insertion.WorkedMonth{Participant: r.Participant, Month: month, Hours: rd.hours("heures"), Agreement: strings.TrimSpace(get("accord"))}
			return "Heures partagées enregistrées.", func(ctx context.Context) error { return files.SetWorked(ctx, by, w) }, rd.err
		},
	}))
}
