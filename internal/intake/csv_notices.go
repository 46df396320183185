package intake

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// grouper makes one record of the consecutive rows of one contract: some files
// have a row per contractor, and per modification.
type grouper struct {
	table   *Table
	builder *builder
	columns []keyMeaning
	by      []int // the columns whose equality makes one contract; none: a row is a record
	uid     bool  // by is the uid alone
	object  int
	mod     int // the column of the modification's number, -1 when none
	current int // the column that tells the state of today from the one at first, -1 when none
	full    bool
	tree    tree
	key     []string
	states  []state
	head    Record
}

// state is a contract as rows of one modification tell it.
type state struct {
	number  int
	object  string // as written
	current insertion.Notice
}

func newGrouper(t *Table, format Format, b *builder) *grouper {
	g := &grouper{table: t, builder: b, object: -1, mod: -1, current: -1, full: true}
	position := map[field]int{}
	numbered, single := false, false
	for i, name := range t.header {
		f, number := fieldOf(Fold(name))
		g.columns = append(g.columns, keyMeaning{f, number})
		if _, twice := position[f]; !twice {
			position[f] = i
		}
		numbered = numbered || number > 0
		single = single || number == 0 && (f == fContractorID || f == fContractors)
	}
	if i, ok := position[fObject]; ok {
		g.object = i
	}
	if i, ok := position[fModID]; ok && format == FormatNoticesTabular {
		g.mod = i
	}
	if i, ok := position[fCurrent]; ok && g.mod < 0 {
		g.current = i
	}
	if numbered || !single {
		return g
	}
	if t.Column("uid") >= 0 {
		g.by, g.uid = []int{t.Column("uid")}, true
		return g
	}
	for _, f := range [...]field{fID, fBuyerID, fBuyerName, fObject, fNotified, fAmount} {
		if i, ok := position[f]; ok {
			g.by = append(g.by, i)
		}
	}
	return g
}

// each sends a record for every group of rows.
func (g *grouper) each(out *sender) error {
	for {
		row, err := g.table.Next()
		if err != nil {
			if failed := g.end(out); failed != nil || errors.Is(err, io.EOF) {
				return failed
			}
			return out.counted(err)
		}
		cut := row.Open && g.full && len(row.cells) < len(g.columns) && !row.TooLong
		g.full = g.full && len(row.cells) >= len(g.columns)
		switch {
		case cut:
			if failed := g.end(out); failed != nil {
				return failed
			}
			return out.counted(&FileError{File: g.table.name, Line: row.Line, Offset: g.table.w.offset(), Reason: "le fichier s'arrête au milieu d'une ligne", Remedy: "les avis déjà lus sont gardés ; téléchargez-le de nouveau", Err: ErrTruncated})
		case row.TooLong:
			if failed := g.end(out); failed != nil {
				return failed
			}
			rec := out.record(position{line: row.Line})
			rec.Refusal = &insertion.Refusal{Record: rec.Number, Line: row.Line, Reason: "la ligne dépasse 4 Mo"}
			if failed := out.send(); failed != nil {
				return failed
			}
		default:
			if err := g.row(row, out); err != nil {
				return err
			}
		}
	}
}

// row adds a row to the record begun, or ends it and begins another.
func (g *grouper) row(row Row, out *sender) error {
	number := g.number(row)
	if !g.same(row, number) {
		if err := g.end(out); err != nil {
			return err
		}
		g.key = g.key[:0]
		for _, c := range g.by {
			g.key = append(g.key, row.At(c))
		}
		g.head = Record{Number: out.number + 1, Line: row.Line}
	}
	rec := Record{Number: g.head.Number, Line: row.Line}
	g.fill(row)
	g.builder.build(&g.tree, position{line: row.Line}, &rec)
	if g.mod >= 0 {
		rec.Notice.Modifications = nil // its number is no modification by itself
	}
	for _, w := range rec.Warnings {
		if !slices.ContainsFunc(g.head.Warnings, func(h insertion.Refusal) bool {
			return h.Field == w.Field && h.Value == w.Value && h.Reason == w.Reason
		}) {
			g.head.Warnings = append(g.head.Warnings, w)
		}
	}
	if rec.Refusal != nil {
		g.head.Refusal = rec.Refusal
	}
	g.add(state{number, row.At(g.object), rec.Notice})
	return nil
}

// number is that of the modification a row tells of, 0 for the contract at first.
func (g *grouper) number(row Row) int {
	if f, ok := parseNumber(Value(row.At(g.mod))); ok && f > 0 && f < 1e6 {
		return int(f)
	}
	switch Fold(row.At(g.current)) {
	case "true", "1", "oui", "vrai":
		return 1
	}
	return 0
}

// same tells whether a row goes on with the record begun. Lots that share a
// reference stay apart: their objects differ.
func (g *grouper) same(row Row, number int) bool {
	if len(g.states) == 0 || len(g.by) == 0 {
		return false
	}
	something := false
	for i, c := range g.by {
		if row.At(c) != g.key[i] {
			return false
		}
		something = something || g.key[i] != ""
	}
	if !something {
		return false
	}
	return !g.uid || !slices.ContainsFunc(g.states, func(s state) bool { return s.number == number && s.object != row.At(g.object) })
}

// fill makes a tree of the cells that mean something.
func (g *grouper) fill(row Row) {
	t := &g.tree
	t.reset(t.text[:0])
	t.add(0, 0, node{shape: shapeObject})
	var last int32
	for i, cell := range row.cells {
		if i >= len(g.columns) {
			break
		}
		m := g.columns[i]
		if cell = strings.TrimSpace(cell); cell == "" || m.field <= fSkip {
			continue
		}
		from := uint32(len(t.text))
		t.text = append(t.text, cell...)
		last = t.add(0, last, node{field: m.field, number: m.number, shape: shapeText, from: from, to: uint32(len(t.text))})
	}
}

// add merges a row into the state of its modification.
func (g *grouper) add(s state) {
	i := slices.IndexFunc(g.states, func(have state) bool { return have.number == s.number })
	if i < 0 {
		g.states = append(g.states, s)
		return
	}
	n := &g.states[i].current
	n.Contractors = union(n.Contractors, s.current.Contractors)
	n.Subcontractors = union(n.Subcontractors, s.current.Subcontractors)
	for _, m := range s.current.Modifications {
		k := slices.IndexFunc(n.Modifications, func(have insertion.Modification) bool {
			return have.Number == m.Number && have.Date == m.Date && have.Published == m.Published && have.Object == m.Object
		})
		if k < 0 {
			n.Modifications = append(n.Modifications, m)
			continue
		}
		n.Modifications[k].Contractors = union(n.Modifications[k].Contractors, m.Contractors)
	}
	sortMods(n.Modifications)
}

// union adds the parties that are not there yet, by identifier.
func union(all, more []insertion.Party) []insertion.Party {
	for _, p := range more {
		if !slices.ContainsFunc(all, func(q insertion.Party) bool { return q.ID == p.ID && (p.ID != "" || q.Name == p.Name) }) {
			all = append(all, p)
		}
	}
	return all
}

// end sends the record begun: the first state, and what each later one changes.
func (g *grouper) end(out *sender) error {
	if len(g.states) == 0 {
		return nil
	}
	rec := out.record(position{line: g.head.Line})
	rec.Warnings, rec.Refusal = g.head.Warnings, g.head.Refusal
	if rec.Refusal == nil {
		rec.Notice = fold(g.states)
		if len(rec.Notice.Contractors) > 0 {
			rec.Warnings = slices.DeleteFunc(rec.Warnings, func(w insertion.Refusal) bool { return w.Field == "titulaires" && w.Value == "" })
		}
	} else {
		rec.Warnings = nil
	}
	g.states = g.states[:0]
	return out.send()
}

// fold makes one notice of the states of a contract.
func fold(states []state) insertion.Notice {
	slices.SortStableFunc(states, func(x, y state) int {
		return cmp.Or(cmp.Compare(x.number, y.number), cmp.Compare(x.current.SortDate(), y.current.SortDate()))
	})
	n := states[0].current
	before := n
	for _, s := range states[1:] {
		m := insertion.Modification{Number: s.number, Date: s.current.Notified, Published: s.current.Published}
		if c := s.current.Amount; c != before.Amount {
			m.Amount = &c
		}
		if months := s.current.Months; months != before.Months && months != 0 {
			m.Months = &months
		}
		if s.current.Object != before.Object {
			m.Object = s.current.Object
		}
		if len(s.current.Contractors) > 0 && !slices.EqualFunc(s.current.Contractors, before.Contractors, func(a, b insertion.Party) bool { return a.ID == b.ID }) {
			m.Contractors = s.current.Contractors
		}
		if n.Social == 0 {
			n.Social = s.current.Social
		}
		n.Modifications = append(n.Modifications, m)
		before = s.current
	}
	sortMods(n.Modifications)
	return n
}
