package bilan

import (
	"cmp"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// The tables of this file count lots, placements and hours of firms and
// structures: they tell how contracts are kept, are published contract by
// contract, and hide nothing. Persons are never crossed with a buyer, a trade, a
// structure or a commune of execution.

// volume is what some lots and placements come to.
type volume struct {
	label     string
	lots      int
	firms     map[insertion.OrganisationID]bool
	amount    insertion.Cents
	due, left insertion.Hours
	ofDue     insertion.Hours // done on lots with a clause, never more than due
	planned   insertion.Hours
	done      insertion.Hours
	total     insertion.Hours
}

func (v *volume) lot(l Lot) {
	v.lots++
	if l.Lead != 0 {
		if v.firms == nil {
			v.firms = map[insertion.OrganisationID]bool{}
		}
		v.firms[l.Lead] = true
	}
	if !l.Doubtful {
		v.amount += l.Amount
	}
	v.total += l.Total
	if l.Clause {
		v.due += l.Due
		v.left += max(0, l.Due-l.Total)
		v.ofDue += min(l.Due, l.Total)
	}
}

func (v *volume) site(s Site) {
	v.planned += s.Planned
	v.done += s.Done
}

// volumes are the rows of a breakdown, by what names them.
type volumes map[string]*volume

func (v volumes) of(label string) *volume {
	if v[label] == nil {
		v[label] = &volume{label: label}
	}
	return v[label]
}

// sorted are the rows, most hours of the year first.
func (v volumes) sorted() []*volume {
	rows := make([]*volume, 0, len(v))
	for _, one := range v {
		rows = append(rows, one)
	}
	slices.SortFunc(rows, func(a, b *volume) int {
		return cmp.Or(cmp.Compare(b.done, a.done), cmp.Compare(b.due, a.due), strings.Compare(a.label, b.label))
	})
	return rows
}

func lotColumns() []Column {
	return []Column{{"Heures réalisées", Hours}, {"ETP", ETP}, {"Heures prévues", Hours}, {"Lots", Count}, {"Entreprises", Count}, {"Montant", Money},
		{"Heures dues", Hours}, {"Faites en tout", Hours}, {"Restantes", Hours}, {"Taux", Share}}
}

func (m *maker) lotCells(v *volume) []Cell {
	return []Cell{
		{Value: int64(v.done)}, m.fte(v.done), {Value: int64(v.planned)}, {Value: int64(v.lots)}, {Value: int64(len(v.firms))}, {Value: int64(v.amount)},
		{Value: int64(v.due)}, {Value: int64(v.total)}, {Value: int64(v.left)}, ratio(int64(v.ofDue), int64(v.due), 10_000),
	}
}

const lotNote = "Lots dont la clause court dans l'année ou qui y ont des heures. Dues : à ce jour, pour toute la durée de la clause ; faites en tout : depuis son début. " +
	"Le taux ne compte d'un lot que ce qu'il doit : le surplus de l'un ne couvre pas le manque d'un autre."

// byLot is a breakdown of the lots.
func (m *maker) byLot(id, title, head string, picture Picture, of func(Lot) string) {
	rows := volumes{}
	labels := make([]string, len(m.Lots))
	for i, l := range m.Lots {
		labels[i] = of(l)
		rows.of(labels[i]).lot(l)
	}
	for _, s := range m.Sites {
		rows.of(labels[s.Lot]).site(s)
	}
	t := Table{ID: id, Title: title, Note: lotNote, Head: head, Columns: lotColumns(), Picture: picture}
	for _, v := range rows.sorted() {
		t.Rows = append(t.Rows, Row{Label: v.label, Cells: m.lotCells(v)})
	}
	t.Rows = append(t.Rows, Row{Label: "Total", Total: true, Cells: m.lotCells(&m.whole)})
	m.tables = append(m.tables, t)
}

// bySite is a breakdown of the placements.
func (m *maker) bySite(id, title, head, note string, of func(Site) string) {
	type row struct {
		volume
		sites, structures int
	}
	rows, known := map[string]*row{}, map[string]map[insertion.StructureID]bool{}
	every := map[insertion.StructureID]bool{}
	for _, s := range m.Sites {
		label := of(s)
		if rows[label] == nil {
			rows[label], known[label] = &row{volume: volume{label: label}}, map[insertion.StructureID]bool{}
		}
		rows[label].site(s)
		rows[label].sites++
		if s.Structure != 0 {
			known[label][s.Structure], every[s.Structure] = true, true
		}
	}
	t := Table{ID: id, Title: title, Head: head, Note: note, Picture: BarPicture,
		Columns: []Column{{"Heures réalisées", Hours}, {"Part", Share}, {"ETP", ETP}, {"Heures prévues", Hours}, {"Placements", Count}, {"Structures", Count}}}
	cells := func(v volume, sites, structures int) []Cell {
		return []Cell{{Value: int64(v.done)}, ratio(int64(v.done), int64(m.whole.done), 10_000), m.fte(v.done), {Value: int64(v.planned)}, {Value: int64(sites)}, {Value: int64(structures)}}
	}
	sorted := make([]*row, 0, len(rows))
	for label, r := range rows {
		r.structures = len(known[label])
		sorted = append(sorted, r)
	}
	slices.SortFunc(sorted, func(a, b *row) int { return cmp.Or(cmp.Compare(b.done, a.done), strings.Compare(a.label, b.label)) })
	for _, r := range sorted {
		t.Rows = append(t.Rows, Row{Label: r.label, Cells: cells(r.volume, r.sites, r.structures)})
	}
	t.Rows = append(t.Rows, Row{Label: "Total", Total: true, Cells: cells(m.whole, len(m.Sites), len(every))})
	m.tables = append(m.tables, t)
}

// execution is the tree of the communes where the work is done.
func (m *maker) execution() {
	groups, communes, of := volumes{}, map[string]volumes{}, make([][2]string, len(m.Lots))
	for i, l := range m.Lots {
		name, group := m.names.Commune(l.INSEE)
		switch {
		case l.INSEE == "" && l.Dep == "":
			name, group = "", "lieu non dit"
		case group == "":
			name, group = "", "sans commune, "+m.names.Department(l.Dep)
		}
		of[i] = [2]string{group, name}
		if communes[group] == nil {
			communes[group] = volumes{}
		}
		groups.of(group).lot(l)
		communes[group].of(name).lot(l)
	}
	for _, s := range m.Sites {
		groups.of(of[s.Lot][0]).site(s)
		communes[of[s.Lot][0]].of(of[s.Lot][1]).site(s)
	}
	t := Table{ID: "communes", Title: "Communes d'exécution", Note: "Communes par établissement public territorial, à défaut par intercommunalité. " + lotNote, Head: "Lieu", Columns: lotColumns(), Picture: BarPicture}
	for _, g := range groups.sorted() {
		t.Rows = append(t.Rows, Row{Label: g.label, Cells: m.lotCells(g)})
		for _, c := range communes[g.label].sorted() {
			if c.label != "" {
				t.Rows = append(t.Rows, Row{Label: c.label, Level: 1, Cells: m.lotCells(c)})
			}
		}
	}
	t.Rows = append(t.Rows, Row{Label: "Total", Total: true, Cells: m.lotCells(&m.whole)})
	m.tables = append(m.tables, t)
}
