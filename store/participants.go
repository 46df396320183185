package store

import (
	"context"
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

const selectParticipant = "SELECT id, born, sex, insee, qpv, level, entered, left_on, outcome, later, asked, erased, version FROM participant"

func scanParticipant(scan func(...any) error) (p insertion.Participant, err error) {
	err = scan(&p.ID, &p.Born, &p.Sex, &p.INSEE, &p.QPV, &p.Level, &p.Entered, &p.Left, &p.Exit, &p.Later, &p.Asked, &p.Erased, &p.Version)
	return p, err
}

// SaveParticipant creates (ID 0: the file gives the pseudonym) or changes a
// participant. The error is an *insertion.FieldError, or insertion.ErrStale.
func (s *Store) SaveParticipant(ctx context.Context, by string, p insertion.Participant) (insertion.ParticipantID, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return 0, err
	}
	today := insertion.DateOf(s.now())
	if p.Entered == "" {
		p.Entered = today
	}
	if err := p.Validate(today); err != nil {
		return 0, err
	}
	id := int64(p.ID)
	err := s.change(ctx, by, "", 0, func(r *record) (err error) {
		if id == 0 {
			id, err = r.exec("INSERT INTO participant (born, sex, insee, qpv, level, entered, left_on, outcome, later, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				p.Born, p.Sex, p.INSEE, p.QPV, p.Level, p.Entered, p.Left, p.Exit, p.Later, p.Asked)
			r.created("participant", id)
			r.person = insertion.ParticipantID(id)
			r.what = "nouvelle personne : " + r.person.Code()
			return err
		}
		r.person, r.what = p.ID, "fiche de "+p.ID.Code()
		if err := r.stillThere(p.ID, p.Version); err != nil {
			return err
		}
		_, err = r.exec(`UPDATE participant SET born = ?, sex = ?, insee = ?, qpv = ?, level = ?, entered = ?, left_on = ?, outcome = ?, later = ?, asked = ?,
			version = version + 1 WHERE id = ?`, p.Born, p.Sex, p.INSEE, p.QPV, p.Level, p.Entered, p.Left, p.Exit, p.Later, p.Asked, id)
		return err
	})
	return insertion.ParticipantID(id), err
}

// stillThere refuses a person erased or merged, or changed since a version was
// read, and notes her record as it is now.
func (r *record) stillThere(id insertion.ParticipantID, version int64) error {
	if err := r.alive(id); err != nil {
		return err
	}
	return r.unchanged("participant", int64(id), version)
}

// Participant is all that is held on one person; a number merged into another
// gives the file of that one. The error is insertion.ErrNotFound for a number
// nobody has, or has no longer.
func (s *Store) Participant(ctx context.Context, id insertion.ParticipantID) (insertion.ParticipantFile, error) {
	if err := s.may(insertion.ActPersons); err != nil {
		return insertion.ParticipantFile{}, err
	}
	if err := s.r.QueryRowContext(ctx, "SELECT iif(merged <> 0, merged, id) FROM participant WHERE id = ? AND id > 0", id).Scan(&id); err != nil {
		return insertion.ParticipantFile{}, named(err)
	}
	found, err := peopleFiles(ctx, s.r, []insertion.Participant{{ID: id}})
	if err != nil {
		return insertion.ParticipantFile{}, err
	}
	f := found[0]
	kept, err := s.NamesKept(ctx)
	if err != nil || !kept {
		return f, err
	}
	err = named(s.r.QueryRowContext(ctx, "SELECT "+nameOf("?1"), id).Scan(&f.Name))
	return f, err
}

// peopleFiles reads the whole of some persons, in the order given.
func peopleFiles(ctx context.Context, q querier, people []insertion.Participant) ([]insertion.ParticipantFile, error) {
	ids := make([]int64, len(people))
	at := map[insertion.ParticipantID]int{}
	out := make([]insertion.ParticipantFile, len(people))
	for i, p := range people {
		ids[i], at[p.ID] = int64(p.ID), i
	}
	l, err := readLedger(ctx, q, "a.participant IN (SELECT value FROM json_each(?1))", jsonIDs(ids))
	if err != nil {
		return nil, err
	}
	for _, p := range l.people {
		for i, line := range p.Lines {
			if why := l.why[line.ID]; why != "" {
				if p.Lines[i].Why, err = readWhy(why); err != nil {
					return nil, err
				}
			}
		}
		out[at[p.Participant.ID]] = insertion.ParticipantFile{Person: p, Sites: l.sites}
	}
	for i := range out {
		out[i].Eligibilities = nil
	}
	if _, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		e, err := scanEligibility(scan)
		i := at[e.Participant]
		out[i].Eligibilities = append(out[i].Eligibilities, e)
		return struct{}{}, err
	}, selectEligibility+" WHERE participant IN (SELECT value FROM json_each(?)) ORDER BY id", jsonIDs(ids)); err != nil {
		return nil, err
	}
	if _, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		p, err := scanParticipant(scan)
		out[at[p.ID]].Participant = p
		return struct{}{}, err
	}, selectParticipant+" WHERE id IN (SELECT value FROM json_each(?))", jsonIDs(ids)); err != nil {
		return nil, err
	}
	_, err = query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var id insertion.ParticipantID
		var w insertion.WorkedMonth
		err := scan(&id, &w.Month, &w.Hours, &w.Agreement)
		w.Participant = id
		out[at[id]].Worked = append(out[at[id]].Worked, w)
		return struct{}{}, err
	}, "SELECT participant, month, hours, agreement FROM worked_month WHERE participant IN (SELECT value FROM json_each(?)) ORDER BY month", jsonIDs(ids))
	return out, err
}

// Participants lists persons, the latest first, with what of their hours counts
// and what stands in the way.
func (s *Store) Participants(ctx context.Context, f insertion.ParticipantFilter, limit int) ([]insertion.ParticipantRow, error) {
	if err := s.may(insertion.ActPersons); err != nil {
		return nil, err
	}
	kept, err := s.NamesKept(ctx)
	if err != nil {
		return nil, err
	}
	where, args := []string{"p.id > 0", "p.merged = 0", "(p.left_on <> '') = ?"}, []any{f.Left}
	if f.Lot != 0 {
		where, args = append(where, "p.id IN (SELECT participant FROM assignment WHERE lot = ?)"), append(args, f.Lot)
	}
	people, err := s.peopleFound(ctx, strings.Join(where, " AND "), args, wordsOf(f.Text), kept, limit)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	files, err := peopleFiles(ctx, s.r, people)
	if err != nil {
		return nil, err
	}
	names := map[insertion.ParticipantID]string{}
	if kept {
		if names, err = s.names(ctx, people); err != nil {
			return nil, err
		}
	}
	today := insertion.DateOf(s.now())
	rows := make([]insertion.ParticipantRow, len(files))
	for i, file := range files {
		rows[i] = file.Row(today)
		rows[i].Name = names[people[i].ID]
	}
	return rows, nil
}

// peopleFound reads the persons whose words begin with all those typed.
func (s *Store) peopleFound(ctx context.Context, where string, args []any, words []string, withNames bool, limit int) ([]insertion.Participant, error) {
	text := "printf('P-%04d %d', p.id, p.id) || ' ' || p.insee || ' ' || p.qpv || ' ' || ifnull((SELECT group_concat(e.category, ' ') FROM eligibility e WHERE e.participant = p.id), '')"
	if withNames {
		text += " || ' ' || " + nameOf("p.id")
	}
	type found struct {
		insertion.Participant
		text string
	}
	if len(words) == 0 {
		text = "''"
		where, args = where+" ORDER BY p.id DESC LIMIT ?", append(args, limit)
	} else {
		where += " ORDER BY p.id DESC"
	}
	rows, err := s.r.QueryContext(ctx, strings.Replace(selectParticipant, " FROM participant", ", "+text+" FROM participant p", 1)+" WHERE "+where, args...)
	if err != nil {
		return nil, err
	}
	kept := 0
	list, err := collect(rows, func(scan func(...any) error) (f found, err error) {
		f.Participant, err = scanParticipant(func(to ...any) error { return scan(append(to, &f.text)...) })
		return f, err
	}, func(f found) bool {
		for _, w := range words {
			if !begins(f.text, w) {
				return false
			}
		}
		kept++
		return kept <= limit
	})
	people := make([]insertion.Participant, len(list))
	for i, f := range list {
		people[i] = f.Participant
	}
	return people, err
}

// LineGrid is everybody at work between two months, one row an assignment, one
// cell a month; lot narrows it when it is not 0, and then shows who was not at work
// any more but has hours there. At most gridRows rows.
func (s *Store) LineGrid(ctx context.Context, lot insertion.LotID, from, to insertion.Month) ([]insertion.LineRow, error) {
	if err := s.may(insertion.ActPersons); err != nil {
		return nil, err
	}
	months := insertion.Months(from, to)
	if len(months) == 0 {
		return nil, nil
	}
	where, args := "a.id IN (SELECT id FROM assignment WHERE finish = '' AND start <= ?1 UNION SELECT id FROM assignment WHERE finish >= ?2 AND start <= ?1)", []any{to.Last(), from.First()}
	if lot != 0 {
		where = `a.lot = ?3 AND (a.start <= ?1 AND (a.finish = '' OR a.finish >= ?2)
			OR EXISTS (SELECT 1 FROM hour_line o WHERE o.assignment = a.id AND o.month BETWEEN substr(?2, 1, 7) AND substr(?1, 1, 7)))`
		args = append(args, lot)
	}
	rows, err := query(ctx, s.r, func(scan func(...any) error) (r insertion.LineRow, err error) {
		r.Cells = make([]insertion.HourLine, len(months))
		err = scan(&r.ID, &r.Participant, &r.Placement, &r.Lot, &r.Employment, &r.Start, &r.End, &r.Weekly, &r.Tutor, &r.Version,
			&r.Object, &r.Employer, &r.Modality, &r.Name)
		for i := range r.Cells {
			r.Cells[i].Assignment, r.Cells[i].Month = r.ID, months[i]
		}
		return r, err
	}, `SELECT a.id, a.participant, a.placement, a.lot, a.employment, a.start, a.finish, a.weekly, a.tutor, a.version, l.object, p.employer, p.modality, `+nameOf("a.participant")+`
		FROM assignment a JOIN placement p ON p.id = a.placement JOIN lot l ON l.id = a.lot
		WHERE `+where+fmt.Sprintf(" ORDER BY a.lot, a.placement, a.participant, a.id LIMIT %d", gridRows), args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	if !s.access.May(insertion.ActNames) {
		for i := range rows {
			rows[i].Name = ""
		}
	}
	return rows, s.fillGrid(ctx, rows, months)
}

// gridRows is how many rows a grid holds at most: nobody types more in a month.
const gridRows = 3000

func (s *Store) fillGrid(ctx context.Context, rows []insertion.LineRow, months []insertion.Month) error {
	at, ids := map[insertion.AssignmentID]int{}, make([]int64, len(rows))
	for i, r := range rows {
		at[r.ID], ids[i] = i, int64(r.ID)
	}
	index := map[insertion.Month]int{}
	for i, m := range months {
		index[m] = i
	}
	_, err := query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		l, err := scanLine(scan)
		rows[at[l.Assignment]].Cells[index[l.Month]] = l.HourLine
		return struct{}{}, err
	}, `SELECT l.id, l.assignment, l.month, l.hours, l.counted, l.why, l.granted, l.source, l.by
		FROM json_each(?) j JOIN hour_line l ON l.assignment = j.value AND l.month BETWEEN ? AND ?`, jsonIDs(ids), months[0], months[len(months)-1])
	return err
}
