package store

import (
	"context"

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
	if err := s.may(insertion.ActPersons); err != nil {
		return nil, err
	}
	return query(ctx, s.r, func(scan func(...any) error) (d insertion.Declarant, err error) {
		err = scan(&d.Structure, &d.Organisation, &d.Name)
		return d, err
	}, `SELECT DISTINCT p.structure, iif(p.structure <> 0, 0, ifnull(nullif(p.member, 0), l.lead)),
		coalesce(json_extract(t.doc, '$.Name'), nullif(o.name, ''), p.employer)
		FROM assignment a JOIN placement p ON p.id = a.placement JOIN lot l ON l.id = p.lot
		LEFT JOIN structure t ON t.id = p.structure AND p.structure <> 0
		LEFT JOIN organisation o ON p.structure = 0 AND o.id = ifnull(nullif(p.member, 0), l.lead)
		WHERE a.participant > 0 AND a.id IN (`+runningBetween+`) ORDER BY 3, 1, 2`, to.Last(), from.First())
}

// runningBetween are the assignments at work on some day from ?2 to ?1.
const runningBetween = "SELECT id FROM assignment WHERE finish = '' AND start <= ?1 UNION ALL SELECT id FROM assignment WHERE finish >= ?2 AND start <= ?1"

// StatementSheet is the sheet of a declarant for a period: its own people, by
// pseudonym, and what is already known.
func (s *Store) StatementSheet(ctx context.Context, d insertion.Declarant, from, to insertion.Month) (insertion.StatementSheet, error) {
	if err := s.MayExport(ctx, insertion.ExportStatement); err != nil {
		return insertion.StatementSheet{}, err
	}
	sheet := insertion.StatementSheet{Declarant: d, From: from, To: to, Made: insertion.DateOf(s.now())}
	if err := periodOf(from, to); err != nil {
		return sheet, err
	}
	rows, err := statementRows(ctx, s.r, d, from, to)
	for _, r := range rows {
		row := insertion.SheetRow{
			Assignment: r.ID, Lot: r.Lot, Object: r.object, Code: r.Participant.Code(), Born: r.born,
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

// maxPeriod is how many months a statement covers at most.
const maxPeriod = 12

func periodOf(from, to insertion.Month) error {
	if n := len(insertion.Months(from, to)); n == 0 || n > maxPeriod {
		return &insertion.FieldError{Field: "periode", Reason: "un relevé va d'un mois à un autre, au plus un an"}
	}
	return nil
}

// statementRow is an assignment of a declarant with its lines, from the month
// before the period.
type statementRow struct {
	insertion.Assignment
	object string
	born   int
	lines  map[insertion.Month]lineRow
}

// statementRows reads those at work on some day of the period.
func statementRows(ctx context.Context, q querier, d insertion.Declarant, from, to insertion.Month) ([]*statementRow, error) {
	where, id := declared(d)
	rows, err := query(ctx, q, func(scan func(...any) error) (*statementRow, error) {
		r := &statementRow{lines: map[insertion.Month]lineRow{}}
		err := scan(&r.ID, &r.Participant, &r.Placement, &r.Lot, &r.Employment, &r.Start, &r.End, &r.object, &r.born)
		return r, err
	}, `SELECT a.id, a.participant, a.placement, a.lot, a.employment, a.start, a.finish, l.object, h.born
		FROM placement p JOIN assignment a ON a.placement = p.id JOIN lot l ON l.id = a.lot JOIN participant h ON h.id = a.participant
		WHERE `+where+` AND a.participant > 0 AND a.start <= ?2 AND (a.finish = '' OR a.finish >= ?3) ORDER BY a.lot, a.participant, a.id`,
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
	}, selectLine+" WHERE assignment IN (SELECT value FROM json_each(?)) AND month BETWEEN ? AND ?", jsonIDs(ids), from.Add(-1), to)
	return rows, err
}
