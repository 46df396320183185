package report_test

import (
	"fmt"
	"strings"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

func shown(v int64) bilan.Cell { return bilan.Cell{Value: v} }

// columns are names and units in turn.
func columns(parts ...any) []bilan.Column {
	var out []bilan.Column
	for i := 0; i < len(parts); i += 2 {
		out = append(out, bilan.Column{Label: parts[i].(string), Unit: parts[i+1].(bilan.Unit)})
	}
	return out
}

// aBilan is one of every kind of table: sums, levels, hidden and absent figures,
// names nobody would choose.
func aBilan() bilan.Report {
	hidden, absent := bilan.Cell{State: bilan.Hidden}, bilan.Cell{State: bilan.Absent}
	months := bilan.Table{ID: "mois", Title: "Heures par mois", Note: "Heures comptées, par mois travaillé.", Head: "mois", Picture: bilan.LinePicture,
		Columns: columns("heures comptées", bilan.Hours, "ETP", bilan.ETP, "heures moyennes", bilan.Decimal)}
	total := int64(0)
	for i, m := range insertion.Months("2025-01", "2025-12") {
		v := int64(1_000_00 + 1_234_50*i)
		total += v
		months.Rows = append(months.Rows, bilan.Row{Label: m.French(), Cells: []bilan.Cell{shown(v), shown(v / 1600), shown(12_34)}})
	}
	months.Rows = append(months.Rows, bilan.Row{Label: "Total", Total: true, Cells: []bilan.Cell{shown(total), shown(total / 1600), shown(12_34)}})
	return bilan.Report{
		Title: "Bilan 2025 de la clause sociale", Scope: "tous les acheteurs", Rules: bilan.Rules,
		Query:       bilan.Query{Year: 2025, On: "2026-06-15", Divisor: 1600_00, Least: 5},
		Fingerprint: strings.Repeat("0123456789abcdef", 4),
		Notes:       []string{"Le diviseur de 1 600 h est un paramètre.", "=HYPERLINK(\"x\")"},
		Figures: []bilan.Figure{
			{ID: "heures", Label: "Heures d'insertion réalisées", Unit: bilan.Hours, Cell: shown(93_477_00), Note: "Celles qui comptent."},
			{ID: "personnes", Label: "Personnes", Cell: hidden}, {ID: "taux", Label: "Taux", Unit: bilan.Share, Cell: absent},
		},
		Tables: []bilan.Table{
			months,
			{ID: "sexe", Title: "Personnes par sexe", Head: "sexe", Picture: bilan.PiePicture,
				Columns: columns("personnes", bilan.Count, "part", bilan.Share),
				Rows: []bilan.Row{
					{Label: "femmes", Cells: []bilan.Cell{shown(1_240), shown(31_00)}}, {Label: "hommes", Cells: []bilan.Cell{shown(2_760), shown(69_00)}},
					{Label: "Total", Total: true, Cells: []bilan.Cell{shown(4_000), shown(100_00)}},
				}},
			{ID: "niveaux", Title: "Personnes par niveau de formation", Head: "niveau", Picture: bilan.PiePicture,
				Columns: columns("personnes", bilan.Count, "heures", bilan.Hours),
				Rows: []bilan.Row{
					{Label: "sans diplôme", Cells: []bilan.Cell{shown(12), shown(1_200_25)}}, {Label: "CAP, BEP", Cells: []bilan.Cell{hidden, hidden}},
					{Label: "bac et plus", Cells: []bilan.Cell{hidden, hidden}}, {Label: "inconnu", Cells: []bilan.Cell{absent, absent}},
					{Label: "Total", Total: true, Cells: []bilan.Cell{shown(19), shown(2_000_00)}},
				}},
			{ID: "acheteurs", Title: "Heures par acheteur : lots / suivis [tous] et encore un très long titre", Head: "acheteur", Picture: bilan.BarPicture,
				Columns: columns("heures dues", bilan.Hours, "montant", bilan.Money),
				Rows: []bilan.Row{
					{Label: "=cmd|' /C calc'!A1", Cells: []bilan.Cell{shown(300_00), shown(1_820_542_00)}},
					{Label: "lot 1", Level: 1, Cells: []bilan.Cell{shown(100_00), shown(820_542_00)}},
					{Label: "lot 2", Level: 1, Cells: []bilan.Cell{shown(200_00), shown(1_000_000_00)}},
					{Label: "مدينة 🏗 " + strings.Repeat("très long ", 30), Cells: []bilan.Cell{shown(700_00), shown(0)}},
					{Label: "Total", Total: true, Cells: []bilan.Cell{shown(1_000_00), shown(1_820_542_00)}},
				}},
			{ID: "vide", Title: "Suites à six mois", Head: "situation", Columns: columns("personnes", bilan.Count)},
		},
	}
}

// long is a bilan of that many communes and structures.
func long(rows int) bilan.Report {
	r := aBilan()
	for _, id := range []string{"communes", "structures"} {
		t := bilan.Table{ID: id, Title: "Heures par " + id, Head: id, Picture: bilan.BarPicture,
			Columns: columns("heures", bilan.Hours, "ETP", bilan.ETP, "personnes", bilan.Count, "part", bilan.Share)}
		sum := int64(0)
		for i := range rows {
			v := int64(i*7_919%100_003) * 25
			sum += v
			t.Rows = append(t.Rows, bilan.Row{Label: fmt.Sprintf("%s %d", id, i), Cells: []bilan.Cell{shown(v), shown(v / 1600), shown(int64(i % 900)), shown(12)}})
		}
		t.Rows = append(t.Rows, bilan.Row{Label: "Total", Total: true, Cells: []bilan.Cell{shown(sum), shown(sum / 1600), {State: bilan.Hidden}, shown(100_00)}})
		r.Tables = append(r.Tables, t)
	}
	return r
}
