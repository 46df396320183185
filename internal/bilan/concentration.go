package bilan

import (
	"cmp"
	"slices"

	"passerelle/internal/insertion"
)

// Leaders is how many structures are named, those with the most hours.
const Leaders = 100

// StructureHours is what a structure did in the year.
type StructureHours struct {
	Structure insertion.StructureID
	Kind      insertion.Kind
	Done      insertion.Hours
}

// Structures are the structures with hours that count, the most first.
func (f Facts) Structures() []StructureHours {
	at := map[insertion.StructureID]int{}
	var out []StructureHours
	for _, s := range f.Sites {
		if s.Structure == 0 || s.Done == 0 {
			continue
		}
		i, known := at[s.Structure]
		if !known {
			i = len(out)
			at[s.Structure] = i
			out = append(out, StructureHours{Structure: s.Structure, Kind: s.Kind})
		}
		out[i].Done += s.Done
	}
	slices.SortFunc(out, func(a, b StructureHours) int {
		return cmp.Or(cmp.Compare(b.Done, a.Done), cmp.Compare(a.Structure, b.Structure))
	})
	return out
}

// concentration is the share of hours by structure: it shows that the work is
// shared out fairly. Direct hires are of no structure and are left out.
func (m *maker) concentration() {
	all := m.Structures()
	if len(all) == 0 {
		return
	}
	var total, three, rest insertion.Hours
	for i, s := range all {
		total += s.Done
		if i < 3 {
			three += s.Done
		}
		if i >= Leaders {
			rest += s.Done
		}
	}
	t := Table{ID: "structures", Title: "Part des structures dans les heures", Head: "Structure", Picture: BarPicture,
		Note:    "Les heures faites par une structure, sans les embauches directes.",
		Columns: []Column{{"Heures réalisées", Hours}, {"Part", Share}, {"ETP", ETP}}}
	row := func(label string, h insertion.Hours) {
		t.Rows = append(t.Rows, Row{Label: label, Cells: []Cell{{Value: int64(h)}, ratio(int64(h), int64(total), 10_000), m.fte(h)}})
	}
	for _, s := range all[:min(len(all), Leaders)] {
		row(m.Leading[s.Structure]+" ("+string(s.Kind)+")", s.Done)
	}
	if rest > 0 {
		row("autres structures", rest)
	}
	row("Total", total)
	t.Rows[len(t.Rows)-1].Total = true
	m.tables = append(m.tables, t)
	m.figure("structures", "Structures qui ont fait des heures", Count, Cell{Value: int64(len(all))}, "")
	m.figure("trois-premieres", "Part des trois premières structures", Share, ratio(int64(three), int64(total), 10_000), "")
	m.figure("hhi", "Concentration (indice de Herfindahl-Hirschman)", Count, Cell{Value: hhi(all, total)},
		"Somme des carrés des parts en pour cent : près de 0 quand les heures sont partagées entre beaucoup de structures, 10 000 quand une seule les fait toutes.")
}

// hhi is the Herfindahl-Hirschman index, from 0 to 10,000, rounded. Shares are
// squared in floating point: exact enough, and always in the same order.
func hhi(all []StructureHours, total insertion.Hours) int64 {
	sum := 0.0
	for _, s := range all {
		share := float64(s.Done) / float64(total)
		sum += share * share
	}
	return int64(sum*10_000 + 0.5)
}
