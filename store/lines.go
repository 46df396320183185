package store

import (
	"context"
	"encoding/json"
	"fmt"

	"passerelle/internal/insertion"
)

// lineRow is a line with its number in the file; id 0 when there is none.
type lineRow struct {
	id int64
	insertion.HourLine
	why string
}

const selectLine = "SELECT id, assignment, month, hours, counted, why, granted, source, by FROM hour_line"

func scanLine(scan func(...any) error) (l lineRow, err error) {
	if err = scan(&l.id, &l.Assignment, &l.Month, &l.Hours, &l.Counted, &l.why, &l.Granted, &l.Source, &l.By); err != nil {
		return l, err
	}
	l.ID = l.id
	l.Why, err = readWhy(l.why)
	return l, err
}

func readWhy(doc string) (why []insertion.Uncounted, err error) {
	if doc != "" {
		err = json.Unmarshal([]byte(doc), &why)
	}
	return why, err
}

// lineOf is the line of an assignment and a month; id 0 when there is none.
func (r *record) lineOf(a insertion.AssignmentID, m insertion.Month) (lineRow, error) {
	found, err := query(r, r.Tx, scanLine, selectLine+" WHERE assignment = ? AND month = ?", a, m)
	if err != nil || len(found) == 0 {
		return lineRow{}, err
	}
	return found[0], nil
}

// setLine writes one cell over what it holds now. What counts of it is worked
// out once the change is whole.
func (r *record) setLine(a insertion.Assignment, now lineRow, e insertion.LineEdit) error {
	source := e.Source
	if source == "" {
		source = typedSource
	}
	switch {
	case e.Clear && now.id == 0:
		return nil
	case e.Clear:
		if err := r.touch("hour_line", now.id); err != nil {
			return err
		}
		return r.remove("hour_line", now.id)
	case now.id == 0:
		id, err := r.exec("INSERT INTO hour_line (assignment, month, participant, placement, lot, hours, granted, source, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			a.ID, e.Month, a.Participant, a.Placement, a.Lot, e.Hours, e.Granted, source, r.by)
		r.created("hour_line", id)
		return err
	}
	if err := r.touch("hour_line", now.id); err != nil {
		return err
	}
	_, err := r.exec("UPDATE hour_line SET hours = ?, counted = 0, granted = ?, source = ?, by = ? WHERE id = ?", e.Hours, e.Granted, source, r.by, now.id)
	return err
}

const typedSource = "saisie"

// SetLines writes cells of the month's grid as one change, undone as one. When
// somebody wrote a cell meanwhile nothing is written and the error is an
// *insertion.StaleHours; hours no rule of the file can hold are an
// *insertion.FieldError that says whose, when and why.
func (s *Store) SetLines(ctx context.Context, by string, edits []insertion.LineEdit) error {
	if len(edits) == 0 {
		return nil
	}
	today := insertion.DateOf(s.now())
	what := fmt.Sprintf("%d cellules d'heures saisies", len(edits))
	return s.change(ctx, by, what, 0, func(r *record) error {
		seen := newMonths()
		for _, e := range edits {
			if !e.Clear {
				if err := insertion.ValidateLine(e.Month, e.Hours, today); err != nil {
					return err
				}
			}
			a, err := r.assignment(e.Assignment)
			if err != nil {
				return err
			}
			now, err := r.lineOf(e.Assignment, e.Month)
			if err != nil {
				return err
			}
			if (now.id != 0) != (e.Old.By != "") || now.id != 0 && (now.Hours != e.Old.Hours || now.Granted != e.Old.Granted) {
				return &insertion.StaleHours{By: now.By, Done: now.Hours, Entered: now.id != 0}
			}
			if err := r.setLine(a, now, e); err != nil {
				return r.beyondWorked(a, e, err)
			}
			if len(edits) == 1 {
				r.what, r.lot, r.person = lineWords(a, e), a.Lot, a.Participant
			}
			seen.add(a.Participant, e.Month)
		}
		return seen.check(r)
	})
}

func lineWords(a insertion.Assignment, e insertion.LineEdit) string {
	who := "sans détail"
	if a.Participant != 0 {
		who = a.Participant.Code()
	}
	if e.Clear {
		return fmt.Sprintf("lot %d : %s, heures de %s effacées", a.Lot, who, e.Month.French())
	}
	return fmt.Sprintf("lot %d : %s, %s en %s", a.Lot, who, e.Hours, e.Month.French())
}

// personMonth is a person and a month.
type personMonth struct {
	person insertion.ParticipantID
	month  insertion.Month
}

// months collects the months of persons a change wrote, to be looked at whole.
type months map[personMonth]bool

func newMonths() months { return months{} }

func (m months) add(p insertion.ParticipantID, month insertion.Month) {
	if p != 0 {
		m[personMonth{p, month}] = true
	}
}

// check refuses more hours than a month holds, all the person's lines together.
func (m months) check(r *record) error {
	for pm := range m {
		var sum insertion.Hours
		if err := r.QueryRowContext(r, "SELECT ifnull(sum(hours), 0) FROM hour_line WHERE participant = ? AND month = ?", pm.person, pm.month).Scan(&sum); err != nil {
			return err
		}
		if sum > insertion.MaxMonth {
			return &insertion.FieldError{Field: "heures", Reason: fmt.Sprintf("%s aurait %s en %s : un mois ne tient pas tant d'heures", pm.person.Code(), sum, pm.month.French())}
		}
	}
	return nil
}

// beyondWorked says in words what the file refused: more hours than worked.
func (r *record) beyondWorked(a insertion.Assignment, e insertion.LineEdit, err error) error {
	if !refusedByTrigger(err) {
		return err
	}
	var worked insertion.Hours
	if e := r.QueryRowContext(r, "SELECT hours FROM worked_month WHERE participant = ? AND month = ?", a.Participant, e.Month).Scan(&worked); e != nil {
		return err
	}
	return &insertion.FieldError{Field: "heures", Reason: fmt.Sprintf(
		"%s a travaillé %s en tout en %s : ses heures partagées entre marchés ne peuvent les dépasser (une heure n'est comptée qu'une fois)",
		a.Participant.Code(), worked, e.Month.French())}
}

// SetWorked says all a person worked in a month, so that her hours can be shared
// between contracts of one winner. Hours 0 and an empty agreement take it away.
func (s *Store) SetWorked(ctx context.Context, by string, w insertion.WorkedMonth) error {
	if err := insertion.ValidateLine(w.Month, w.Hours, insertion.DateOf(s.now())); err != nil {
		return err
	}
	what := fmt.Sprintf("%s : %s travaillées en tout en %s", w.Participant.Code(), w.Hours, w.Month.French())
	return s.change(ctx, by, what, 0, func(r *record) error {
		r.person = w.Participant
		var id int64
		err := named(r.QueryRowContext(r, "SELECT id FROM worked_month WHERE participant = ? AND month = ?", w.Participant, w.Month).Scan(&id))
		if err != nil && err != insertion.ErrNotFound {
			return err
		}
		switch {
		case id == 0:
			id, err = r.exec("INSERT INTO worked_month (participant, month, hours, agreement) VALUES (?, ?, ?, ?)", w.Participant, w.Month, w.Hours, w.Agreement)
			r.created("worked_month", id)
		default:
			if err := r.touch("worked_month", id); err != nil {
				return err
			}
			if w.Hours == 0 && w.Agreement == "" {
				return r.remove("worked_month", id)
			}
			_, err = r.exec("UPDATE worked_month SET hours = ?, agreement = ? WHERE id = ?", w.Hours, w.Agreement, id)
		}
		if refusedByTrigger(err) {
			return &insertion.FieldError{Field: "heures", Reason: fmt.Sprintf("les lignes de %s dépassent déjà %s en %s", w.Participant.Code(), w.Hours, w.Month.French())}
		}
		return err
	})
}
