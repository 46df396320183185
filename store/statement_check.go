package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"passerelle/internal/insertion"
)

// CheckStatement answers every row of a statement; nothing is written. The
// statement of the report bears the seal of these answers: accepting it writes
// what was read here, or nothing when somebody wrote meanwhile.
func (s *Store) CheckStatement(ctx context.Context, st insertion.Statement) (insertion.StatementReport, error) {
	if err := s.may(insertion.ActPersons); err != nil {
		return insertion.StatementReport{}, err
	}
	tx, err := s.beginReading(ctx)
	if err != nil {
		return insertion.StatementReport{Statement: st}, err
	}
	defer tx.Rollback() //nolint:errcheck // it wrote nothing
	return checkStatement(ctx, tx, st, true, insertion.DateOf(s.now()))
}

// checkStatement answers as if what is doubtful were accepted too, or not.
func checkStatement(ctx context.Context, q querier, st insertion.Statement, doubtful bool, today insertion.Date) (insertion.StatementReport, error) {
	report := insertion.StatementReport{Statement: st}
	if err := periodOf(st.From, st.To); err != nil {
		return report, err
	}
	c := checker{st: st, months: insertion.Months(st.From, st.To), today: today, seen: map[insertion.AssignmentID]int{}}
	if err := c.read(ctx, q); err != nil {
		return report, err
	}
	report.Again = c.again
	for _, row := range st.Rows {
		report.Answers = append(report.Answers, c.row(row)...)
	}
	report.Statement.Seal = seal(report.Answers)
	return report, foresee(ctx, q, report.Answers, doubtful)
}

// seal is short for the answers, as far as what is written depends on them.
func seal(answers []insertion.StatementAnswer) string {
	doc, err := json.Marshal(answers)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(doc)
	return hex.EncodeToString(sum[:])
}

// checker answers the rows of one statement.
type checker struct {
	st     insertion.Statement
	months []insertion.Month
	today  insertion.Date
	again  insertion.Date
	rows   map[string][]*statementRow // by pseudonym
	known  map[string]string          // every pseudonym of the statement → the one it stands for
	sums   map[personMonth]insertion.Hours
	worked map[personMonth]insertion.Hours
	seen   map[insertion.AssignmentID]int // line of the sheet that spoke of it first
}

// read takes all that the answers need, in a few questions.
func (c *checker) read(ctx context.Context, q querier) error {
	c.rows, c.known = map[string][]*statementRow{}, map[string]string{}
	c.sums, c.worked = map[personMonth]insertion.Hours{}, map[personMonth]insertion.Hours{}
	if err := q.QueryRowContext(ctx, "SELECT ifnull(min(received), '') FROM receipt WHERE hash = ? AND hash <> ''", c.st.Hash).Scan(&c.again); err != nil {
		return named(err)
	}
	rows, err := statementRows(ctx, q, c.st.Declarant, c.st.From, c.st.To)
	if err != nil {
		return err
	}
	people := map[insertion.ParticipantID]bool{}
	for _, r := range rows {
		c.rows[r.Participant.Code()] = append(c.rows[r.Participant.Code()], r)
		people[r.Participant] = true
	}
	codes := make([]string, len(c.st.Rows))
	for i, row := range c.st.Rows {
		codes[i] = row.Code
	}
	list, err := json.Marshal(codes)
	if err != nil {
		return err
	}
	if _, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var id, merged insertion.ParticipantID
		err := scan(&id, &merged)
		c.known[id.Code()] = cmp.Or(merged, id).Code()
		return struct{}{}, err
	}, "SELECT p.id, p.merged FROM json_each(?) j JOIN participant p ON p.id = CAST(substr(j.value, 3) AS INTEGER) WHERE j.value LIKE 'P-%' AND p.id > 0", string(list)); err != nil {
		return err
	}
	ids := make([]int64, 0, len(people))
	for p := range people {
		ids = append(ids, int64(p))
	}
	for into, text := range map[*map[personMonth]insertion.Hours]string{
		&c.sums:   "SELECT participant, month, sum(hours) FROM hour_line WHERE participant IN (SELECT value FROM json_each(?)) AND month BETWEEN ? AND ? GROUP BY 1, 2",
		&c.worked: "SELECT participant, month, hours FROM worked_month WHERE participant IN (SELECT value FROM json_each(?)) AND month BETWEEN ? AND ?",
	} {
		if _, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
			var pm personMonth
			var h insertion.Hours
			err := scan(&pm.person, &pm.month, &h)
			(*into)[pm] = h
			return struct{}{}, err
		}, text, jsonIDs(ids), c.st.From, c.st.To); err != nil {
			return err
		}
	}
	return nil
}

// row answers one row: once for the whole when it cannot be placed or holds
// nothing, else once a cell.
func (c *checker) row(row insertion.StatementRow) []insertion.StatementAnswer {
	whole := insertion.StatementAnswer{Line: row.Line, Code: row.Code, Lot: row.Lot, Verdict: insertion.CellRefused}
	a, problem := c.place(row)
	if problem != "" {
		whole.Text = problem
		return []insertion.StatementAnswer{whole}
	}
	whole.Lot, whole.Assignment = a.Lot, a.ID
	if first, twice := c.seen[a.ID]; twice {
		whole.Text = fmt.Sprintf("même personne et même lot que la ligne %d : une heure n'est comptée qu'une fois", first)
		return []insertion.StatementAnswer{whole}
	}
	c.seen[a.ID] = row.Line
	var out []insertion.StatementAnswer
	if doubt := otherwise(row, a); doubt != "" {
		answer := whole
		answer.Assignment, answer.Verdict, answer.Text = 0, insertion.CellDoubtful, doubt // nothing to write: the record is to be looked at
		out = append(out, answer)
	}
	filled := false
	before := a.lines[c.st.From.Add(-1)].Hours
	for i, cell := range row.Cells {
		if i >= len(c.months) {
			break
		}
		answer := whole
		answer.Month, answer.Old = c.months[i], a.lines[c.months[i]].Hours
		if cell.Blank {
			before = answer.Old
			if l := a.lines[answer.Month]; l.id != 0 {
				answer.Verdict, answer.New = insertion.CellSame, l.Hours
				answer.Text = fmt.Sprintf("case vide : les %s connues restent ; écrivez 0 pour dire qu'il n'y en a pas", l.Hours)
				out, filled = append(out, answer), true
			}
			continue
		}
		answer.New, filled = cell.Hours, true
		c.cell(&answer, a, cell, before)
		if before = answer.Old; answer.Verdict != insertion.CellRefused {
			before = cell.Hours
		}
		out = append(out, answer)
	}
	if !filled {
		whole.Verdict, whole.Text = insertion.CellSame, "ligne vide : rien à écrire"
		out = append(out, whole)
	}
	return out
}

// place finds whose hours the row tells, or says why it cannot.
func (c *checker) place(row insertion.StatementRow) (*statementRow, string) {
	if row.Problem != "" {
		return nil, row.Problem
	}
	if row.Code == "" {
		return nil, "la personne manque : ajoutez-la d'abord dans Personnes, puis écrivez son pseudonyme (P-0042) sur la ligne"
	}
	code, known := c.known[row.Code]
	if !known {
		return nil, "personne inconnue de ce fichier : " + row.Code
	}
	var found []*statementRow
	for _, r := range c.rows[code] {
		if row.Lot == 0 || r.Lot == row.Lot {
			found = append(found, r)
		}
	}
	if len(found) > 1 && row.Start != "" {
		found = slices.DeleteFunc(found, func(r *statementRow) bool { return r.Start != row.Start })
	}
	who := cmp.Or(c.st.Name, "ce déclarant")
	switch {
	case len(found) == 1:
		return found[0], ""
	case len(c.rows[code]) > 1:
		return nil, row.Code + " a plusieurs affectations ici : dites le lot et la date d'embauche de la ligne"
	case row.Lot != 0:
		return nil, fmt.Sprintf("%s n'est pas affectée par %s au lot %d sur cette période", row.Code, who, row.Lot)
	}
	return nil, fmt.Sprintf("%s n'est pas affectée par %s sur cette période : le relevé d'une autre ?", row.Code, who)
}

// otherwise says what a row tells of a person's contract otherwise than her
// record does.
func otherwise(row insertion.StatementRow, a *statementRow) string {
	differs := func(what, said, known string) string {
		return fmt.Sprintf("%s : %s selon le relevé, %s selon sa fiche ; corrigez l'affectation si le relevé a raison", what, said, known)
	}
	switch {
	case row.Start != "" && row.Start != a.Start:
		return differs("embauche", row.Start.French(), a.Start.French())
	case row.End != "" && row.End != a.End:
		return differs("fin du contrat de travail", row.End.French(), a.End.French())
	case row.Employment != "" && row.Employment != a.Employment:
		return differs("contrat de travail", string(row.Employment), string(a.Employment))
	}
	return ""
}

// cell gives the verdict of one cell; before is what the month before holds.
func (c *checker) cell(a *insertion.StatementAnswer, r *statementRow, cell insertion.StatementCell, before insertion.Hours) {
	now := r.lines[a.Month]
	var field *insertion.FieldError
	give := func(v insertion.Verdict, format string, args ...any) {
		a.Verdict, a.Text = v, fmt.Sprintf(format, args...)
	}
	sum := c.sums[personMonth{r.Participant, a.Month}] - now.Hours + cell.Hours
	worked, told := c.worked[personMonth{r.Participant, a.Month}]
	switch {
	case cell.Problem != "":
		give(insertion.CellRefused, "%s", cell.Problem)
		return
	case errors.As(insertion.ValidateLine(a.Month, cell.Hours, c.today), &field):
		give(insertion.CellRefused, "%s", field.Reason)
		return
	case a.Month.Last() < r.Start || r.End != "" && r.End < a.Month.First():
		give(insertion.CellRefused, "hors de son contrat de travail : du %s au %s", r.Start.French(), r.End.French())
		return
	case now.id != 0 && now.Hours == cell.Hours:
		give(insertion.CellSame, "déjà enregistrée")
		return
	case told && sum > worked:
		give(insertion.CellRefused, "%s en tout en %s, alors qu'elle a travaillé %s : une heure n'est comptée qu'une fois", sum, a.Month.French(), worked)
		return
	case sum > insertion.MaxMonth:
		give(insertion.CellRefused, "%s en tout en %s : un mois ne tient pas tant d'heures", sum, a.Month.French())
		return
	}
	c.sums[personMonth{r.Participant, a.Month}] = sum
	switch {
	case c.again != "" && now.id != 0:
		give(insertion.CellDoubtful, "ce relevé a déjà été reçu le %s, et quelqu'un a écrit %s depuis (%s, %s)", c.again.French(), now.Hours, now.Source, now.By)
	case cell.Hours > insertion.FullMonth:
		give(insertion.CellDoubtful, "%s en un mois, plus qu'un temps plein (%s)", cell.Hours, insertion.FullMonth)
	case sum > insertion.FullMonth:
		give(insertion.CellDoubtful, "%s en tout ce mois-là avec ses autres contrats, plus qu'un temps plein (%s)", sum, insertion.FullMonth)
	case before >= insertion.WholeHours(10) && cell.Hours > 2*before:
		give(insertion.CellDoubtful, "plus du double du mois précédent (%s)", before)
	case now.id != 0:
		give(insertion.CellChanged, "remplace %s (%s, %s)", now.Hours, now.Source, now.By)
	default:
		give(insertion.CellAccepted, "")
	}
}
