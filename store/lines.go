package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

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
	_, err := r.exec("UPDATE hour_line SET hours = ?1, counted = min(counted, ?1), granted = ?2, source = ?3, by = ?4 WHERE id = ?5", e.Hours, e.Granted, source, r.by, now.id)
	return err
}

const typedSource = "saisie"

// SetLines writes cells of the month's grid as one change, undone as one. When
// somebody wrote a cell meanwhile nothing is written and the error is an
// *insertion.StaleHours; hours no rule of the file can hold, or of a month outside
// the assignment, are an *insertion.FieldError that says whose, when and why.
func (s *Store) SetLines(ctx context.Context, by string, edits []insertion.LineEdit) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	if len(edits) == 0 {
		return nil
	}
	today := insertion.DateOf(s.now())
	for _, e := range edits {
		if e.Clear {
			continue
		}
		if err := insertion.ValidateLine(e.Month, e.Hours, today); err != nil {
			return err
		}
	}
	return s.change(ctx, by, cellsWords(edits), 0, func(r *record) error {
		cells, err := r.cells(edits)
		if err != nil {
			return err
		}
		for _, c := range cells {
			if c.a.Participant < 0 {
				return erasedHours()
			}
			if err := c.a.CheckMonth(c.Month); err != nil && !c.Clear {
				return err
			}
			if c.stale() {
				return &insertion.StaleHours{By: c.now.By, Done: c.now.Hours, Entered: c.now.id != 0}
			}
		}
		if len(cells) == 1 {
			r.what, r.lot, r.person = lineWords(cells[0].a, edits[0]), cells[0].a.Lot, cells[0].a.Participant
		}
		return r.setCells(cells)
	})
}

// erasedHours refuses to touch what is kept of a person erased.
func erasedHours() error {
	return &insertion.FieldError{Field: "heures", Reason: "cette personne a été effacée : ses heures sont gardées pour les statistiques et ne changent plus"}
}

// place is where a line stands.
type place struct {
	a insertion.AssignmentID
	m insertion.Month
}

// cell is a cell to write over what it holds now.
type cell struct {
	a   insertion.Assignment
	now lineRow
	insertion.LineEdit
}

// stale tells whether the cell is no longer what the person saw.
func (c cell) stale() bool {
	saw := c.Old.ID != 0 || c.Old.By != ""
	return (c.now.id != 0) != saw || saw && (c.now.Hours != c.Old.Hours || c.now.Granted != c.Old.Granted)
}

// more is how many hours the cell adds.
func (c cell) more() insertion.Hours {
	if c.Clear {
		return -c.now.Hours
	}
	return c.Hours - c.now.Hours
}

// cells reads what the cells of some edits hold.
func (r *record) cells(edits []insertion.LineEdit) ([]cell, error) {
	ids := make([]int64, len(edits))
	for i, e := range edits {
		ids[i] = int64(e.Assignment)
	}
	assignments := map[insertion.AssignmentID]insertion.Assignment{}
	if _, err := query(r, r.Tx, func(scan func(...any) error) (struct{}, error) {
		a, err := scanAssignment(scan)
		assignments[a.ID] = a
		return struct{}{}, err
	}, selectAssignment+" WHERE id IN (SELECT value FROM json_each(?))", jsonIDs(ids)); err != nil {
		return nil, err
	}
	lines, first, last := map[place]lineRow{}, edits[0].Month, edits[0].Month
	for _, e := range edits {
		first, last = min(first, e.Month), max(last, e.Month)
	}
	if _, err := query(r, r.Tx, func(scan func(...any) error) (struct{}, error) {
		l, err := scanLine(scan)
		lines[place{l.Assignment, l.Month}] = l
		return struct{}{}, err
	}, selectLine+" WHERE assignment IN (SELECT value FROM json_each(?)) AND month BETWEEN ? AND ?", jsonIDs(ids), first, last); err != nil {
		return nil, err
	}
	out, twice := make([]cell, len(edits)), map[place]bool{}
	for i, e := range edits {
		at := place{e.Assignment, e.Month}
		a, known := assignments[e.Assignment]
		if !known {
			return nil, insertion.ErrNotFound
		}
		if twice[at] {
			return nil, &insertion.FieldError{Field: "heures", Reason: fmt.Sprintf("la même case deux fois (%s, %s)", a.Participant.Code(), e.Month.French())}
		}
		twice[at] = true
		out[i] = cell{a, lines[at], e}
	}
	return out, nil
}

// setCells writes them, those that give hours back first: hours moved from one
// contract to another never pass what the person worked.
func (r *record) setCells(cells []cell) error {
	slices.SortStableFunc(cells, func(a, b cell) int { return cmp.Compare(a.more(), b.more()) })
	for _, c := range cells {
		if err := r.setLine(c.a, c.now, c.LineEdit); err != nil {
			return r.beyondWorked(c.a, c.Month, err)
		}
	}
	return nil
}

// cellsWords says how many cells a change writes, and of which months.
func cellsWords(edits []insertion.LineEdit) string {
	first, last := edits[0].Month, edits[0].Month
	for _, e := range edits {
		first, last = min(first, e.Month), max(last, e.Month)
	}
	cells := insertion.Counted(len(edits), "case d'heures saisie", "cases d'heures saisies")
	if first == last {
		return cells + " en " + first.French()
	}
	return fmt.Sprintf("%s de %s à %s", cells, first.French(), last.French())
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

// beyondWorked says in words what the file refused: more hours than worked.
func (r *record) beyondWorked(a insertion.Assignment, m insertion.Month, err error) error {
	if !refusedByTrigger(err) {
		return err
	}
	var worked insertion.Hours
	if e := r.QueryRowContext(r, "SELECT hours FROM worked_month WHERE participant = ? AND month = ?", a.Participant, m).Scan(&worked); e != nil {
		return err
	}
	return &insertion.FieldError{Field: "heures", Reason: fmt.Sprintf(
		"%s a travaillé %s en tout en %s : ses heures partagées entre marchés ne peuvent les dépasser (une heure n'est comptée qu'une fois)",
		a.Participant.Code(), worked, m.French())}
}

// SetWorked says all a person worked in a month, so that her hours can be shared
// between contracts of one winner. Hours 0 and an empty agreement take it away.
func (s *Store) SetWorked(ctx context.Context, by string, w insertion.WorkedMonth) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	if err := insertion.ValidateLine(w.Month, w.Hours, insertion.DateOf(s.now())); err != nil {
		return err
	}
	what := fmt.Sprintf("%s : %s travaillées en tout en %s", w.Participant.Code(), w.Hours, w.Month.French())
	return s.change(ctx, by, what, 0, func(r *record) error {
		r.person = w.Participant
		if err := r.whole(w.Participant); err != nil {
			return err
		}
		if err := r.alive(w.Participant); err != nil {
			return err
		}
		var id int64
		err := named(r.QueryRowContext(r, "SELECT id FROM worked_month WHERE participant = ? AND month = ?", w.Participant, w.Month).Scan(&id))
		if err != nil && err != insertion.ErrNotFound {
			return err
		}
		switch {
		case id == 0 && w.Hours == 0 && w.Agreement == "":
			return nil
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
