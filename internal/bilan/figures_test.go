package bilan

import (
	"slices"
	"testing"
)

// aTable is one column of rows: a level, whether it is a total, and a cell each.
func aTable(unit Unit, rows ...Row) Table {
	return Table{ID: "essai", Columns: []Column{{"Heures", unit}}, Rows: rows, Picture: BarPicture}
}

func row(label string, level int, total bool, value int64) Row {
	return Row{Label: label, Level: level, Total: total, Cells: []Cell{{Value: value}}}
}

func hiddenRow(label string) Row { return Row{Label: label, Cells: []Cell{{State: Hidden}}} }

func TestATotalNamesItsAddendsOnlyWhenTheyMakeIt(t *testing.T) {
	for name, c := range map[string]struct {
		table Table
		row   int
		want  []int
	}{
		"the rows above":                {aTable(Hours, row("a", 0, false, 100), row("b", 0, false, 250), row("Total", 0, true, 350)), 2, []int{0, 1}},
		"those under none":              {aTable(Hours, row("a", 0, false, 300), row("a1", 1, false, 100), row("a2", 1, false, 200), row("Total", 0, true, 300)), 3, []int{0}},
		"those since the total before":  {aTable(Hours, row("a", 0, false, 1), row("Sous-total", 0, true, 1), row("b", 0, false, 5), row("Sous-total", 0, true, 5)), 3, []int{2}},
		"a total that comes first":      {aTable(Hours, row("Ensemble", 0, true, 3), row("a", 0, false, 1), row("b", 0, false, 2)), 0, []int{1, 2}},
		"a row missing":                 {aTable(Hours, row("a", 0, false, 100), row("Total", 0, true, 350)), 1, nil},
		"persons counted in two rows":   {aTable(Count, row("a", 0, false, 6), row("b", 0, false, 6), row("Total", 0, true, 10)), 2, nil},
		"something hidden, even nought": {aTable(Count, row("a", 0, false, 6), hiddenRow("b"), row("Total", 0, true, 6)), 2, nil},
		"an average is no sum":          {aTable(Decimal, row("a", 0, false, 6), row("Total", 0, true, 6)), 1, nil},
		"a row that is no total":        {aTable(Hours, row("a", 0, false, 6), row("b", 0, false, 6)), 1, nil},
	} {
		if got := c.table.Addends(c.row, 0); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestTheFiguresOfAColumnStandUnderEachOther(t *testing.T) {
	got := aTable(Hours, row("a", 0, false, 1_234_567_50), row("b", 0, false, -100), hiddenRow("c"), Row{Label: "d"}).Figures(0)
	if want := []string{"1 234 567,50", "-1,00", "s", "—"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for c, want := range map[Cell]string{{Value: 1250}: "12,50 h", {Value: 1200}: "12 h", {State: Hidden}: "s", {State: Absent}: "—"} {
		if got := c.Figure(Hours); got != want {
			t.Errorf("%+v reads %q, want %q", c, got, want)
		}
	}
}

func TestAPictureShowsThePartsAndSaysWhenOneIsMissing(t *testing.T) {
	parts := aTable(Count, row("a", 0, false, 9), row("a1", 1, false, 9), hiddenRow("b"), row("Total", 0, true, 12))
	drawn := parts.Drawn()
	if !slices.Equal(drawn, []int{0, 2}) || parts.Whole(drawn) {
		t.Errorf("%v, whole: %v", drawn, parts.Whole(drawn))
	}
	if nothing := aTable(Count, row("a", 0, false, 0), row("b", 0, false, 0)).Drawn(); nothing != nil {
		t.Errorf("zeros are drawn: %v", nothing)
	}
}

func TestTablesAreAskedByTheirNames(t *testing.T) {
	r := Report{Fingerprint: "f", Figures: []Figure{{ID: "heures"}}, Tables: []Table{{ID: "mois"}, {ID: "sexe"}}}
	kept, unknown := r.Only([]string{"sexe", "ages"})
	if !slices.Equal(unknown, []string{"ages"}) || len(kept.Tables) != 1 || kept.Tables[0].ID != "sexe" || kept.Figures != nil || kept.Fingerprint != "f" {
		t.Errorf("%+v, %q", kept, unknown)
	}
	if kept, _ := r.Only([]string{Glance}); len(kept.Figures) != 1 || len(kept.Tables) != 0 {
		t.Errorf("%+v", kept)
	}
}

func TestAPathNamesARowAwayFromItsTable(t *testing.T) {
	got := aTable(Hours, row("Boucle", 0, false, 1), row("Antony", 1, false, 1), row("Autres", 0, false, 1)).Paths()
	if want := []string{"Boucle", "Boucle › Antony", "Autres"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
