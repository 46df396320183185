package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
)

// siret is the n-th of a series of invented, valid SIRETs.
func siret(n int) string {
	for key := range 10 {
		if s := fmt.Sprintf("00094%08d%d", n, key); insertion.ValidSIRET(s) {
			return s
		}
	}
	return ""
}

// ledgerRun is one run of random changes on the ledger of a real file.
type ledgerRun struct {
	t       *rapid.T
	s       *Store
	structs []insertion.StructureID
	erased  []string // pseudonyms
	changes int
	kind    int // of the last change
}

func (r *ledgerRun) ids(text string, args ...any) []int64 {
	r.t.Helper()
	found, err := query(context.Background(), r.s.r, scanID, text, args...)
	if err != nil {
		r.t.Fatal(err)
	}
	return found
}

// one draws one of the numbers a question answers; 0 when there is none.
func (r *ledgerRun) one(what, text string, args ...any) int64 {
	r.t.Helper()
	found := r.ids(text, args...)
	if len(found) == 0 {
		return 0
	}
	return rapid.SampledFrom(found).Draw(r.t, what)
}

func (r *ledgerRun) person() insertion.ParticipantID {
	return insertion.ParticipantID(r.one("person", "SELECT id FROM participant WHERE id > 0 ORDER BY id"))
}

func (r *ledgerRun) month() insertion.Month {
	return insertion.Month("2025-11").Add(rapid.IntRange(0, 7).Draw(r.t, "month"))
}

func (r *ledgerRun) day() insertion.Date {
	return insertion.Date("2025-10-15").AddDays(rapid.IntRange(0, 240).Draw(r.t, "day"))
}

func (r *ledgerRun) hours() insertion.Hours {
	return insertion.Hours(rapid.SampledFrom([]int{0, 1, 3333, 5000, 12_050, 16_000, 48_000, 74_400}).Draw(r.t, "hours"))
}

// step makes one change; those the file refuses change nothing.
func (r *ledgerRun) step() error {
	ctx, t, s := context.Background(), r.t, r.s
	r.kind = rapid.IntRange(0, 17).Draw(t, "change")
	switch r.kind {
	case 0:
		return r.clause()
	case 1:
		p := insertion.Placement{
			ID: insertion.PlacementID(r.one("placement", "SELECT id FROM placement UNION SELECT 0")), Lot: insertion.LotID(rapid.IntRange(1, 3).Draw(t, "lot")), Employer: "Employeur",
			Structure: rapid.SampledFrom(append(r.structs, 0)).Draw(t, "structure"), Modality: rapid.SampledFrom([]insertion.Modality{insertion.Secondment, insertion.DirectHire}).Draw(t, "modality"),
			Months: []insertion.PlacementMonth{{Month: r.month(), Planned: r.hours()}},
		}
		if p.ID != 0 { // a placement keeps its lot
			known, err := s.Placement(ctx, p.ID)
			if err != nil {
				return err
			}
			p.Lot = known.Lot
		}
		_, err := s.SavePlacement(ctx, someone, p)
		return err
	case 2:
		_, err := s.SaveParticipant(ctx, someone, insertion.Participant{Born: rapid.SampledFrom([]int{0, 1990, 1991}).Draw(t, "born"), Entered: r.day()})
		return err
	case 3:
		e := insertion.Eligibility{Participant: r.person(), Category: rapid.SampledFrom([]string{"RSA", "RQTH", "QPV"}).Draw(t, "category"), Proof: "rsa", Dated: r.day()}
		e.Seen = e.Dated.AddDays(rapid.IntRange(0, 60).Draw(t, "seen"))
		_, err := s.SaveEligibility(ctx, someone, e)
		return err
	case 4:
		return s.RemoveEligibility(ctx, someone, r.one("eligibility", "SELECT id FROM eligibility"))
	case 5, 6:
		a := insertion.Assignment{
			Participant: r.person(), Placement: insertion.PlacementID(r.one("placement", "SELECT id FROM placement")),
			Employment: rapid.SampledFrom([]insertion.Employment{insertion.CDDI, insertion.CDI, insertion.Agency}).Draw(t, "employment"), Start: r.day(),
		}
		if rapid.Bool().Draw(t, "ends") {
			a.End = a.Start.AddDays(rapid.IntRange(0, 200).Draw(t, "length"))
		}
		_, err := s.SaveAssignment(ctx, someone, a)
		return err
	case 7:
		id := r.one("assignment", "SELECT id FROM assignment WHERE participant > 0")
		a, err := only(query(ctx, s.r, scanAssignment, selectAssignment+" WHERE id = ?", id))
		if err != nil {
			return err
		}
		if rapid.Bool().Draw(t, "remove") {
			return s.RemoveAssignment(ctx, someone, a.ID)
		}
		a.End = a.Start.AddDays(rapid.IntRange(0, 100).Draw(t, "length"))
		_, err = s.SaveAssignment(ctx, someone, a)
		return err
	case 8, 9, 10:
		return r.lines()
	case 11:
		id, m := insertion.PlacementID(r.one("placement", "SELECT id FROM placement")), r.month()
		p, err := s.Placement(ctx, id)
		if err != nil {
			return err
		}
		var old insertion.PlacementMonth
		for _, have := range p.Months {
			if have.Month == m {
				old = have
			}
		}
		return s.SetHours(ctx, someone, id, m, old, insertion.PlacementMonth{Done: r.hours(), Entered: rapid.Bool().Draw(t, "entered")})
	case 12:
		return s.SetWorked(ctx, someone, insertion.WorkedMonth{Participant: r.person(), Month: r.month(), Hours: r.hours(), Agreement: "accord"})
	case 13:
		_, err := s.Merge(ctx, someone, r.person(), r.person())
		return err
	case 14:
		if rapid.IntRange(0, 3).Draw(t, "erase") > 0 {
			return nil
		}
		return r.erase()
	case 15:
		return r.statement()
	case 16:
		if id := r.one("deed", "SELECT id FROM deed"); id != 0 && rapid.Bool().Draw(t, "remove") {
			return s.RemoveDeed(ctx, someone, insertion.DeedID(id))
		}
		d := insertion.Deed{Lot: insertion.LotID(rapid.IntRange(1, 3).Draw(t, "lot")), Kind: insertion.Amendment, Label: "avenant", Dated: r.day(), End: r.day().AddDays(100)}
		_, err := s.SaveDeed(ctx, someone, d)
		return err
	default:
		c, err := s.LastUndoable(ctx, someone)
		if rapid.Bool().Draw(t, "any") {
			c.ID = insertion.ChangeID(r.one("undone", "SELECT id FROM change"))
		} else if err != nil {
			return err
		}
		return s.Undo(ctx, someone, c.ID)
	}
}

// begin puts three persons at work under two clauses.
func (r *ledgerRun) begin() {
	ctx := context.Background()
	check := func(err error) {
		if err != nil {
			r.t.Fatal(err)
		}
	}
	for lot := insertion.LotID(1); lot <= 2; lot++ {
		check(r.s.SaveClause(ctx, someone, insertion.Clause{Lot: lot, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(400), Start: "2025-11-15", End: "2026-05-20"}, 0))
		_, err := r.s.SavePlacement(ctx, someone, insertion.Placement{Lot: lot, Structure: r.structs[lot-1], Employer: "Employeur", Modality: insertion.Secondment})
		check(err)
	}
	for n := range 3 {
		p, err := r.s.SaveParticipant(ctx, someone, insertion.Participant{Entered: "2025-11-01"})
		check(err)
		a := insertion.Assignment{Participant: p, Placement: insertion.PlacementID(n%2 + 1), Employment: insertion.CDDI, Start: insertion.Date("2025-11-10").AddDays(20 * n)}
		if n == 2 {
			a.End = "2026-02-10"
		}
		_, err = r.s.SaveAssignment(ctx, someone, a)
		check(err)
	}
	_, err := r.s.SaveEligibility(ctx, someone, insertion.Eligibility{Participant: 1, Category: "RSA", Proof: "rsa", Dated: "2025-11-01", Seen: "2025-12-10"})
	check(err)
}

func (r *ledgerRun) clause() error {
	lot := insertion.LotID(rapid.IntRange(1, 3).Draw(r.t, "lot"))
	read, err := r.s.Lot(context.Background(), lot)
	if err != nil {
		return err
	}
	if read.HasClause && rapid.IntRange(0, 4).Draw(r.t, "away") == 0 {
		return r.s.RemoveClause(context.Background(), someone, lot)
	}
	c := insertion.Clause{Lot: lot, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(400), Start: r.day()}
	c.End = c.Start.AddDays(rapid.IntRange(0, 400).Draw(r.t, "length"))
	c.Publics = rapid.SampledFrom([][]string{nil, {"RSA"}, {"RQTH", "QPV"}}).Draw(r.t, "publics")
	c.Rules = insertion.Rules{
		PersonMonths: rapid.IntRange(0, 3).Draw(r.t, "window"), AnyClause: rapid.Bool().Draw(r.t, "any clause"), PublicUser: rapid.Bool().Draw(r.t, "public"),
		AnyPublic: rapid.Bool().Draw(r.t, "any public"), NoUndetailed: rapid.Bool().Draw(r.t, "detail"), AIHours: insertion.Hours(rapid.SampledFrom([]int{0, 10_000}).Draw(r.t, "ai")),
	}
	return r.s.SaveClause(context.Background(), someone, c, read.ClauseVersion)
}

// lines types a few cells of the grid, as it is read or as it was some time ago.
func (r *ledgerRun) lines() error {
	ctx := context.Background()
	grid, err := r.s.LineGrid(ctx, 0, "2025-11", "2026-06")
	if err != nil || len(grid) == 0 {
		return err
	}
	var edits []insertion.LineEdit
	for range rapid.IntRange(1, 4).Draw(r.t, "cells") {
		row := rapid.SampledFrom(grid).Draw(r.t, "row")
		old := rapid.SampledFrom(row.Cells).Draw(r.t, "cell")
		e := insertion.LineEdit{Assignment: row.ID, Month: old.Month, Old: old, Hours: r.hours(), Granted: rapid.SampledFrom([]string{"", "", "accord"}).Draw(r.t, "granted")}
		e.Clear = rapid.IntRange(0, 4).Draw(r.t, "clear") == 0
		if rapid.IntRange(0, 9).Draw(r.t, "stale") == 0 {
			e.Old.Hours++
		}
		edits = append(edits, e)
	}
	return r.s.SetLines(ctx, someone, edits)
}

func (r *ledgerRun) erase() error {
	id := r.person()
	for _, one := range r.ids("SELECT id FROM participant WHERE id > 0 AND (id = ?1 OR merged = ?1 OR merged <> 0 AND merged = (SELECT merged FROM participant WHERE id = ?1) OR id = (SELECT merged FROM participant WHERE id = ?1))", id) {
		r.erased = append(r.erased, insertion.ParticipantID(one).Code())
	}
	_, err := r.s.Erase(context.Background(), someone, id)
	return err
}

// statement accepts a sheet filled at random.
func (r *ledgerRun) statement() error {
	ctx := context.Background()
	who, err := r.s.Declarants(ctx, "2026-01", "2026-03")
	if err != nil || len(who) == 0 {
		return err
	}
	sheet, err := r.s.StatementSheet(ctx, rapid.SampledFrom(who).Draw(r.t, "declarant"), "2026-01", "2026-03")
	if err != nil {
		return err
	}
	st := insertion.Statement{Declarant: sheet.Declarant, From: sheet.From, To: sheet.To, File: "releve.xlsx", Hash: fmt.Sprint(r.changes)}
	for i, row := range sheet.Rows {
		filled := insertion.StatementRow{Line: i + 2, Lot: row.Lot, Code: row.Code, Employment: row.Employment, Start: row.Start, End: row.End}
		for _, known := range row.Hours {
			cell := insertion.StatementCell{Hours: max(0, known), Blank: known < 0}
			if rapid.Bool().Draw(r.t, "filled") {
				cell = insertion.StatementCell{Hours: r.hours()}
			}
			filled.Cells = append(filled.Cells, cell)
		}
		st.Rows = append(st.Rows, filled)
	}
	checked, err := r.s.CheckStatement(ctx, st)
	if err != nil {
		return err
	}
	done, err := r.s.AcceptStatement(ctx, someone, checked.Statement, true)
	if err != nil {
		return err
	}
	for i, a := range done.Answers { // what was foreseen is what counts
		if a != checked.Answers[i] {
			r.t.Fatalf("foreseen %+v, done %+v", checked.Answers[i], a)
		}
		if a.Month == "" || !a.Written(true) {
			continue
		}
		var counted insertion.Hours
		if err := r.s.all.QueryRow("SELECT counted FROM hour_line WHERE assignment = ? AND month = ?", a.Assignment, a.Month).Scan(&counted); err != nil || counted != a.Counted {
			r.t.Fatalf("%+v, %s count (%v)", a, counted, err)
		}
	}
	return nil
}

// holds looks at everything the ledger promises.
func (r *ledgerRun) holds() {
	ctx := context.Background()
	for _, sum := range sums() {
		wrong, err := query(ctx, r.s.r, scanText, sum)
		if err != nil || len(wrong) > 0 {
			r.t.Fatal(wrong, err)
		}
	}
	if n, err := r.s.Recount(ctx); err != nil || n != 0 {
		r.t.Fatalf("%d lines were not counted as the rules say (%v)", n, err)
	}
	if over := r.ids("SELECT participant FROM hour_line WHERE participant <> 0 GROUP BY participant, month HAVING sum(hours) > ?", insertion.MaxMonth); len(over) > 0 {
		r.t.Fatalf("more hours than a month holds: %v", over)
	}
	// A total and what is detailed of it are the same hours.
	if twice := r.ids(`SELECT placement FROM hour_line GROUP BY placement, month
		HAVING sum(counted) > max(sum(iif(participant = 0, hours, 0)), sum(iif(participant <> 0, hours, 0)))`); len(twice) > 0 {
		r.t.Fatalf("hours counted twice on placements %v", twice)
	}
	// Nothing counts outside of the contract's window, to the month.
	if out := r.ids(`SELECT h.id FROM hour_line h LEFT JOIN clause k ON k.lot = h.lot WHERE h.counted > 0 AND h.participant >= 0
		AND (k.lot IS NULL OR h.month < substr(k.start, 1, 7) OR h.month > substr(k.ends, 1, 7))`); len(out) > 0 {
		r.t.Fatalf("lines %v count outside of their contract", out)
	}
	if len(r.erased) == 0 {
		return
	}
	text := dump(r.t, r.s)
	for _, code := range r.erased {
		if strings.Contains(text, code) {
			r.t.Fatalf("%s is still in the file:\n%s", code, text)
		}
	}
}

func TestWhateverIsDoneTheLedgerHolds(t *testing.T) {
	dir, n, changes, done := t.TempDir(), 0, 0, map[int]int{}
	rapid.Check(t, func(t *rapid.T) {
		n++
		s, err := OpenAt(context.Background(), filepath.Join(dir, fmt.Sprint(n, ".db")), noon)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close() //nolint:errcheck // what matters was checked
		imports(t, s, series(3))
		r := &ledgerRun{t: t, s: s}
		for i, kind := range []insertion.Kind{insertion.AI, insertion.ETTI} {
			id, err := s.SaveStructure(context.Background(), someone, insertion.Structure{SIRET: siret(i), Kind: kind, Name: "Structure", Active: true})
			if err != nil {
				t.Fatal(err)
			}
			r.structs = append(r.structs, id)
		}
		r.begin()
		for range rapid.IntRange(5, 40).Draw(t, "changes") {
			r.changes++
			err := r.step()
			if !expected(err) && !errors.Is(err, insertion.ErrNothing) {
				t.Fatal(err)
			}
			if err == nil {
				done[r.kind]++
			}
			r.holds()
		}
		if wrong, err := s.Check(context.Background()); err != nil || len(wrong) > 0 {
			t.Fatal(wrong, err)
		}
		changes += r.changes
	})
	t.Logf("%d files, %d changes, those made by kind: %v", n, changes, done)
}
