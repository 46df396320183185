package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"passerelle/internal/insertion"
)

// declared is the condition on placement p for a declarant: the placements of a
// structure, or the direct hires of a contractor.
func declared(d insertion.Declarant) (string, int64) {
	if d.Structure != 0 {
		return "p.structure = ?1", int64(d.Structure)
	}
	return "p.structure = 0 AND ifnull(nullif(p.member, 0), (SELECT lead FROM lot WHERE id = p.lot)) = ?1", int64(d.Organisation)
}

// Declarants are the structures and contractors with people at work between two
// months, by name.
func (s *Store) Declarants(ctx context.Context, from, to insertion.Month) ([]insertion.Declarant, error) {
	return query(ctx, s.r, func(scan func(...any) error) (d insertion.Declarant, err error) {
		err = scan(&d.Structure, &d.Organisation, &d.Name)
		return d, err
	}, `SELECT DISTINCT p.structure, iif(p.structure <> 0, 0, ifnull(nullif(p.member, 0), l.lead)),
		coalesce(json_extract(t.doc, '$.Name'), nullif(o.name, ''), p.employer)
		FROM assignment a JOIN placement p ON p.id = a.placement JOIN lot l ON l.id = p.lot
		LEFT JOIN structure t ON t.id = p.structure AND p.structure <> 0
		LEFT JOIN organisation o ON o.id = ifnull(nullif(p.member, 0), l.lead)
		WHERE a.participant <> 0 AND a.start <= ? AND (a.finish = '' OR a.finish >= ?) ORDER BY 3`, to.Last(), from.First())
}

// StatementSheet is the sheet of a declarant for a period: its own people and
// what is already known.
func (s *Store) StatementSheet(ctx context.Context, d insertion.Declarant, from, to insertion.Month) (insertion.StatementSheet, error) {
	sheet := insertion.StatementSheet{Declarant: d, From: from, To: to, Made: insertion.DateOf(s.now())}
	rows, err := s.statementRows(ctx, s.r, d, from, to)
	for _, r := range rows {
		row := insertion.SheetRow{
			Assignment: r.ID, Lot: r.Lot, Object: r.Object, Code: r.Participant.Code(), Born: r.born,
			Employment: r.Employment, Start: r.Start, End: r.End,
		}
		for _, m := range insertion.Months(from, to) {
			h := insertion.Hours(-1)
			if l, ok := r.lines[m]; ok {
				h = l.Hours
			}
			row.Hours = append(row.Hours, h)
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet, err
}

// statementRow is an assignment of a declarant with its lines, from the month
// before the period.
type statementRow struct {
	insertion.Assignment
	Object string
	born   int
	lines  map[insertion.Month]lineRow
}

func (s *Store) statementRows(ctx context.Context, q querier, d insertion.Declarant, from, to insertion.Month) ([]*statementRow, error) {
	where, id := declared(d)
	rows, err := query(ctx, q, func(scan func(...any) error) (*statementRow, error) {
		r := &statementRow{lines: map[insertion.Month]lineRow{}}
		err := scan(&r.ID, &r.Participant, &r.Placement, &r.Lot, &r.Employment, &r.Start, &r.End, &r.Object, &r.born)
		return r, err
	}, `SELECT a.id, a.participant, a.placement, a.lot, a.employment, a.start, a.finish, l.object, h.born
		FROM placement p JOIN assignment a ON a.placement = p.id JOIN lot l ON l.id = a.lot JOIN participant h ON h.id = a.participant
		WHERE `+where+` AND a.participant <> 0 AND h.erased = '' AND a.start <= ?2 AND (a.finish = '' OR a.finish >= ?3) ORDER BY a.lot, a.participant, a.id`,
		id, to.Last(), from.First())
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	at, ids := map[insertion.AssignmentID]*statementRow{}, make([]int64, len(rows))
	for i, r := range rows {
		at[r.ID], ids[i] = r, int64(r.ID)
	}
	_, err = query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		l, err := scanLine(scan)
		at[l.Assignment].lines[l.Month] = l
		return struct{}{}, err
	}, `SELECT l.id, l.assignment, l.month, l.hours, l.counted, l.why, l.granted, l.source, l.by
		FROM json_each(?) j JOIN hour_line l ON l.assignment = j.value AND l.month BETWEEN ? AND ?`, jsonIDs(ids), from.Add(-1), to)
	return rows, err
}

// CheckStatement answers every row of a statement; nothing is written.
func (s *Store) CheckStatement(ctx context.Context, st insertion.Statement) (insertion.StatementReport, error) {
	return s.checkStatement(ctx, s.r, st)
}

func (s *Store) checkStatement(ctx context.Context, q querier, st insertion.Statement) (insertion.StatementReport, error) {
	report := insertion.StatementReport{Statement: st}
	err := q.QueryRowContext(ctx, "SELECT ifnull(min(received), '') FROM receipt WHERE hash = ? AND hash <> ''", st.Hash).Scan(&report.Again)
	if err != nil {
		return report, named(err)
	}
	rows, err := s.statementRows(ctx, q, st.Declarant, st.From, st.To)
	if err != nil {
		return report, err
	}
	c := checker{ctx: ctx, q: q, st: st, rows: rows, today: insertion.DateOf(s.now()), seen: map[insertion.AssignmentID]int{}, sums: map[personMonth]insertion.Hours{}}
	for _, row := range st.Rows {
		answers, err := c.row(row)
		if err != nil {
			return report, err
		}
		report.Answers = append(report.Answers, answers...)
	}
	return report, nil
}

// checker answers the rows of one statement.
type checker struct {
	ctx   context.Context
	q     querier
	st    insertion.Statement
	rows  []*statementRow
	today insertion.Date
	seen  map[insertion.AssignmentID]int // line of the sheet that spoke of it first
	sums  map[personMonth]insertion.Hours
}

// row answers one row: once for the whole when it cannot be placed, else once a
// cell filled.
func (c *checker) row(row insertion.StatementRow) ([]insertion.StatementAnswer, error) {
	whole := func(v insertion.Verdict, format string, args ...any) []insertion.StatementAnswer {
		return []insertion.StatementAnswer{{Line: row.Line, Code: row.Code, Lot: row.Lot, Verdict: v, Text: fmt.Sprintf(format, args...)}}
	}
	if row.Problem != "" {
		return whole(insertion.CellRefused, "%s", row.Problem), nil
	}
	var found []*statementRow
	for _, r := range c.rows {
		if r.Participant.Code() == row.Code && (row.Lot == 0 || r.Lot == row.Lot) && (row.Start == "" || r.Start == "" || r.Start == row.Start) {
			found = append(found, r)
		}
	}
	switch {
	case len(found) == 0:
		return c.stranger(row, whole)
	case len(found) > 1:
		return whole(insertion.CellRefused, "%s a plusieurs affectations ici : dites le lot et la date d'embauche de la ligne", row.Code), nil
	}
	a := found[0]
	if first, twice := c.seen[a.ID]; twice {
		return whole(insertion.CellRefused, "même personne et même lot que la ligne %d : une heure n'est comptée qu'une fois", first), nil
	}
	c.seen[a.ID] = row.Line
	months := insertion.Months(c.st.From, c.st.To)
	var out []insertion.StatementAnswer
	for i, cell := range row.Cells {
		if i >= len(months) || cell.Blank {
			continue
		}
		answer := insertion.StatementAnswer{Line: row.Line, Code: row.Code, Lot: a.Lot, Assignment: a.ID, Month: months[i], New: cell.Hours}
		if err := c.cell(&answer, a, cell); err != nil {
			return nil, err
		}
		out = append(out, answer)
	}
	return out, nil
}

// stranger says why a row names nobody of this declarant.
func (c *checker) stranger(row insertion.StatementRow, whole func(insertion.Verdict, string, ...any) []insertion.StatementAnswer) ([]insertion.StatementAnswer, error) {
	filled := slices.ContainsFunc(row.Cells, func(cell insertion.StatementCell) bool { return !cell.Blank })
	if row.Code == "" && !filled {
		return nil, nil
	}
	if row.Code == "" {
		return whole(insertion.CellRefused, "la personne manque : ajoutez-la d'abord dans Personnes, puis écrivez son pseudonyme (P-0042) sur la ligne"), nil
	}
	var known bool
	if err := c.q.QueryRowContext(c.ctx, "SELECT EXISTS (SELECT 1 FROM participant WHERE printf('P-%04d', id) = ? AND erased = '')", row.Code).Scan(&known); err != nil {
		return nil, named(err)
	}
	if !known {
		return whole(insertion.CellRefused, "personne inconnue de ce fichier : %s", row.Code), nil
	}
	if row.Lot != 0 {
		return whole(insertion.CellRefused, "%s n'est pas affectée par %s au lot %d sur cette période", row.Code, c.st.Name, row.Lot), nil
	}
	return whole(insertion.CellRefused, "%s n'est pas affectée par %s sur cette période : le relevé d'une autre ?", row.Code, c.st.Name), nil
}

// cell gives the verdict of one cell.
func (c *checker) cell(a *insertion.StatementAnswer, r *statementRow, cell insertion.StatementCell) error {
	refuse := func(text string) { a.Verdict, a.Text = insertion.CellRefused, text }
	now, had := r.lines[a.Month]
	a.Old = now.Hours
	var field *insertion.FieldError
	if cell.Problem != "" {
		refuse(cell.Problem)
		return nil
	}
	if err := insertion.ValidateLine(a.Month, cell.Hours, c.today); errors.As(err, &field) {
		refuse(field.Reason)
		return nil
	}
	if a.Month.Last() < r.Start || r.End != "" && r.End < a.Month.First() {
		refuse("hors de son contrat de travail : " + r.Start.French() + " → " + r.End.French())
		return nil
	}
	if had && now.Hours == cell.Hours {
		a.Verdict, a.Text = insertion.CellSame, "déjà enregistrée"
		return nil
	}
	over, err := c.beyond(r.Participant, a.Month, now.Hours, cell.Hours)
	if err != nil {
		return err
	}
	if over != "" {
		refuse(over)
		return nil
	}
	before := r.lines[a.Month.Add(-1)]
	switch {
	case cell.Hours > insertion.FullMonth:
		a.Verdict, a.Text = insertion.CellDoubtful, fmt.Sprintf("%s en un mois, plus qu'un temps plein (%s)", cell.Hours, insertion.FullMonth)
	case before.id != 0 && before.Hours >= insertion.WholeHours(10) && cell.Hours > 2*before.Hours:
		a.Verdict, a.Text = insertion.CellDoubtful, fmt.Sprintf("plus du double du mois précédent (%s)", before.Hours)
	case had && now.Source != c.st.File:
		a.Verdict, a.Text = insertion.CellChanged, fmt.Sprintf("remplace %s (%s, %s)", now.Hours, now.Source, now.By)
	case had:
		a.Verdict, a.Text = insertion.CellChanged, fmt.Sprintf("remplace %s", now.Hours)
	default:
		a.Verdict = insertion.CellAccepted
	}
	return nil
}

// beyond refuses hours above what the month, or the payslip, holds: all the
// person's lines together, those of this sheet included.
func (c *checker) beyond(p insertion.ParticipantID, m insertion.Month, old, new insertion.Hours) (string, error) {
	key := personMonth{p, m}
	if _, known := c.sums[key]; !known {
		var sum insertion.Hours
		if err := c.q.QueryRowContext(c.ctx, "SELECT ifnull(sum(hours), 0) FROM hour_line WHERE participant = ? AND month = ?", p, m).Scan(&sum); err != nil {
			return "", named(err)
		}
		c.sums[key] = sum
	}
	sum := c.sums[key] - old + new
	var worked insertion.Hours
	err := named(c.q.QueryRowContext(c.ctx, "SELECT hours FROM worked_month WHERE participant = ? AND month = ?", p, m).Scan(&worked))
	switch {
	case err == nil && sum > worked:
		return fmt.Sprintf("%s en tout en %s, alors qu'elle a travaillé %s : une heure n'est comptée qu'une fois", sum, m.French(), worked), nil
	case err != nil && !errors.Is(err, insertion.ErrNotFound):
		return "", err
	case sum > insertion.MaxMonth:
		return fmt.Sprintf("%s en tout en %s : un mois ne tient pas tant d'heures", sum, m.French()), nil
	}
	c.sums[key] = sum
	return "", nil
}

// AcceptStatement checks again and writes what is accepted or changed, and what
// is doubtful when asked, with a receipt for each lot covered: one change, undone
// as one. It returns the report with what counts of each cell written.
func (s *Store) AcceptStatement(ctx context.Context, by string, st insertion.Statement, doubtful bool) (insertion.StatementReport, error) {
	var report insertion.StatementReport
	what := fmt.Sprintf("relevé de %s, %s à %s", st.Name, st.From.French(), st.To.French())
	err := s.change(ctx, by, what, 0, func(r *record) (err error) {
		if report, err = s.checkStatement(ctx, r.Tx, st); err != nil {
			return err
		}
		lots := map[insertion.LotID]bool{}
		for _, a := range report.Answers {
			if a.Assignment != 0 && a.Verdict != insertion.CellRefused {
				lots[a.Lot] = true
			}
			if !a.Written(doubtful) {
				continue
			}
			assignment, err := r.assignment(a.Assignment)
			if err != nil {
				return err
			}
			now, err := r.lineOf(a.Assignment, a.Month)
			if err != nil {
				return err
			}
			if err := r.setLine(assignment, now, insertion.LineEdit{Assignment: a.Assignment, Month: a.Month, Hours: a.New, Granted: now.Granted, Source: st.File}); err != nil {
				return r.beyondWorked(assignment, a.Month, err)
			}
		}
		if report.Again != "" {
			return nil // its reception is already noted
		}
		for lot := range lots {
			if _, err := r.receive(insertion.Receipt{Lot: lot, From: st.From, To: st.To, Received: insertion.DateOf(s.now()), Document: st.File, Hash: st.Hash}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return report, err
	}
	for i, a := range report.Answers {
		if a.Written(doubtful) {
			l, err := query(ctx, s.r, scanLine, selectLine+" WHERE assignment = ? AND month = ?", a.Assignment, a.Month)
			if err != nil {
				return report, err
			}
			if len(l) == 1 {
				report.Answers[i].Counted = l[0].Counted
			}
		}
	}
	return report, nil
}
