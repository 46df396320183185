package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"passerelle/internal/insertion"
)

// AcceptStatement checks again and writes what is accepted or changed, and what
// is doubtful when asked, with a receipt for each lot covered: one change, undone
// as one. The file is listed among the imports with what was refused. It returns
// the report with what counts of each cell. When the answers are no longer those
// of the seal, the error is insertion.ErrStale, nothing is written and the report
// says how they are now.
func (s *Store) AcceptStatement(ctx context.Context, by string, st insertion.Statement, doubtful bool) (insertion.StatementReport, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return insertion.StatementReport{}, err
	}
	var report, seen insertion.StatementReport
	if s.narrowed() {
		var err error
		if seen, err = s.CheckStatement(ctx, st); err != nil {
			return report, err
		}
	}
	err := s.change(ctx, by, "", 0, func(r *record) (err error) {
		today := insertion.DateOf(s.now())
		if report, err = checkStatement(ctx, r.Tx, st, doubtful, today); err != nil {
			return err
		}
		if s.narrowed() && seen.Statement.Seal != report.Statement.Seal { // it answers with what she may not read
			report = insertion.StatementReport{}
			return &insertion.Forbidden{Role: s.access.Role, Act: insertion.ActWrite, Elsewhere: true}
		}
		if st.Seal != "" && st.Seal != report.Statement.Seal {
			return insertion.ErrStale
		}
		edits, written, covered := editsOf(report, doubtful)
		r.what = fmt.Sprintf("relevé %s, %s : %s", insertion.Of(cmp.Or(st.Name, st.File)), periodWords(st.From, st.To), insertion.Counted(len(edits), "case écrite", "cases écrites"))
		if len(edits) > 0 {
			cells, err := r.cells(edits)
			if err != nil {
				return err
			}
			for i := range cells { // a decision about a line outlives a correction of its hours
				cells[i].Granted = cells[i].now.Granted
			}
			if err := r.setCells(cells); err != nil {
				return err
			}
		}
		if err := r.receipts(report, covered, written, today); err != nil {
			return err
		}
		if len(r.rows) == 0 {
			return nil
		}
		return r.imported(report, doubtful, s.instant())
	})
	return report, err
}

// editsOf are the cells to write, the lots they write to and those the statement
// covers.
func editsOf(report insertion.StatementReport, doubtful bool) (edits []insertion.LineEdit, written, covered map[insertion.LotID]bool) {
	written, covered = map[insertion.LotID]bool{}, map[insertion.LotID]bool{}
	for _, a := range report.Answers {
		if a.Assignment != 0 && a.Verdict != insertion.CellRefused {
			covered[a.Lot] = true
		}
		if a.Month != "" && a.Written(doubtful) {
			written[a.Lot] = true
			edits = append(edits, insertion.LineEdit{Assignment: a.Assignment, Month: a.Month, Hours: a.New, Source: report.Statement.File})
		}
	}
	return edits, written, covered
}

// receipts notes the declaration of each lot covered, once: a sheet sent again
// with nothing new is no second declaration.
func (r *record) receipts(report insertion.StatementReport, covered, written map[insertion.LotID]bool, today insertion.Date) error {
	if report.Again != "" {
		return nil
	}
	st := report.Statement
	for _, lot := range slices.Sorted(maps.Keys(covered)) {
		var known bool
		if err := r.QueryRowContext(r, "SELECT EXISTS (SELECT 1 FROM receipt WHERE lot = ? AND first <= ? AND last >= ?)", lot, st.From, st.To).Scan(&known); err != nil {
			return err
		}
		if known && !written[lot] {
			continue
		}
		if _, err := r.receive(insertion.Receipt{Lot: lot, From: st.From, To: st.To, Received: today, Document: st.File, Hash: st.Hash}); err != nil {
			return err
		}
	}
	return nil
}

// statementFormat is how the list of imports names a statement.
const statementFormat = "relevé d'heures"

// imported lists the statement among the files taken in.
func (r *record) imported(report insertion.StatementReport, doubtful bool, at string) error {
	st := report.Statement
	var created, updated, same, warned int
	var refused []insertion.StatementAnswer
	for _, a := range report.Answers {
		switch {
		case a.Verdict == insertion.CellSame:
			same++
		case !a.Written(doubtful):
			refused = append(refused, a)
		case a.Old != 0:
			updated++
		default:
			created++
		}
		if a.Verdict == insertion.CellDoubtful && a.Written(doubtful) {
			warned++
		}
	}
	id, err := r.exec(`INSERT INTO import (file, format, hash, at, by, read, created, updated, unchanged, refused, warnings, complete)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`, st.File, statementFormat, st.Hash, at, r.by, len(report.Answers), created, updated, same, len(refused), warned)
	if err != nil {
		return err
	}
	b := newBulk(r, r.Tx, "INSERT INTO refusal", 7)
	for seq, a := range refused {
		field, value := "ligne", a.Code
		if a.Month != "" {
			field, value = a.Month.French(), a.Code+" "+a.New.String()
		}
		if err := b.add(id, seq, seq+1, a.Line, field, value, a.Text); err != nil {
			return err
		}
	}
	return b.flush()
}

// foresee tells what will count of each cell to be written, by the rules the
// ledger follows, and why the rest will not.
func foresee(ctx context.Context, q querier, answers []insertion.StatementAnswer, doubtful bool) error {
	wanted, people := map[place]*insertion.StatementAnswer{}, []int64{}
	for i, a := range answers {
		if a.Month != "" && a.Written(doubtful) {
			wanted[place{a.Assignment, a.Month}] = &answers[i]
			people = append(people, int64(a.Assignment))
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	l, err := readLedger(ctx, q, "a.participant IN (SELECT participant FROM assignment WHERE id IN (SELECT value FROM json_each(?)))", jsonIDs(people))
	if err != nil {
		return err
	}
	owner, missing := map[insertion.AssignmentID]int{}, maps.Clone(wanted)
	for i, p := range l.people {
		for _, a := range p.Assignments {
			owner[a.ID] = i
		}
		for j, line := range p.Lines {
			if a := wanted[place{line.Assignment, line.Month}]; a != nil {
				p.Lines[j].Hours = a.New
				delete(missing, place{line.Assignment, line.Month})
			}
		}
	}
	for at, a := range missing {
		p := &l.people[owner[at.a]]
		p.Lines = append(p.Lines, insertion.HourLine{Assignment: at.a, Month: at.m, Hours: a.New})
	}
	for _, p := range l.people {
		for _, line := range insertion.CountHours(p, l.sites) {
			if a := wanted[place{line.Assignment, line.Month}]; a != nil {
				a.Counted = line.Counted
				a.Text = joined(a.Text, uncountedWords(line))
			}
		}
	}
	return nil
}

// uncountedWords says what of a line does not count, and why.
func uncountedWords(line insertion.HourLine) string {
	for _, w := range line.Why {
		if w.Hours > 0 {
			return fmt.Sprintf("%s ne comptent pas : %s", line.Hours-line.Counted, w.Text)
		}
	}
	return ""
}

// joined joins two sentences, either of which may be empty.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " ; " + b
}
