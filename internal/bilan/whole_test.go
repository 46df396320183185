package bilan

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
)

// drawFacts draws a year of some persons and their contracts, of one buyer and of
// the others.
func drawFacts(t *rapid.T) Facts {
	f := Facts{Query: Query{Year: 2025, Divisor: DefaultDivisor, Least: rapid.IntRange(FewestLeast, 8).Draw(t, "least"), On: "2025-12-31", Names: codes{}},
		Narrow: rapid.Bool().Draw(t, "narrow"), Lots: []Lot{{ID: 1}}}
	few := func(what string, n int) int { // the first ones most often
		return min(rapid.IntRange(0, n-1).Draw(t, what), rapid.IntRange(0, n-1).Draw(t, what))
	}
	for i := range rapid.IntRange(0, 60).Draw(t, "persons") {
		p := Person{
			Born: 1965 + 8*few("born", 6), Sex: []insertion.Sex{insertion.Man, insertion.Woman, ""}[few("sex", 3)], INSEE: []string{"92050", "92002", "75056", "92", ""}[few("commune", 5)],
			QPV: few("qpv", 2) == 1, Level: insertion.Level(few("level", 9)), Entered: []insertion.Date{"2025-02-01", "2024-02-01"}[few("entered", 2)],
			Public: append([]string{"RSA", "DELD"}, "RQTH", "du marché", "")[few("public", 5)],
		}
		for range 1 + few("contracts", 3) {
			c := Contract{Person: i, Employment: insertion.Employments()[few("employment", 4)], Start: "2025-01-01", Here: !f.Narrow || few("where", 3) == 0, Done: 7_00}
			f.Begun = append(f.Begun, Beginning{Person: insertion.ParticipantID(i + 1), Seen: few("seen", 3) == 0, Here: c.Here})
			if few("ends", 2) == 1 {
				c.End = insertion.Date("2025-01-05").AddDays(60 * few("length", 5))
			}
			if c.Here {
				p.Here = true
				p.Done += c.Done
			}
			f.Contracts = append(f.Contracts, c)
		}
		f.Persons = append(f.Persons, p)
		if few("left", 2) == 1 {
			f.Leavers = append(f.Leavers, Leaver{Exit: insertion.Exits()[few("exit", 5)], Here: p.Here})
		}
	}
	return f
}

func TestNoTableOfAWholeBilanHidesByHalves(t *testing.T) {
	hid, cases := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		f := drawFacts(t)
		r := Make(f)
		for _, fig := range r.Figures {
			if fig.Cell.State != Shown && fig.Cell.Value != 0 {
				t.Fatalf("%s is hidden and bears %d", fig.ID, fig.Cell.Value)
			}
		}
		for _, table := range r.Tables {
			if table.Columns[0].Unit != Count || table.ID == "qualite" || table.ID == "considerations" {
				continue // hours of lots and placements
			}
			hidden := map[string][]string{} // rows, by the row they are under
			above := ""
			for _, row := range table.Rows {
				if row.Level == 0 {
					above = row.Label
				}
				for _, c := range row.Cells {
					if (c.State == Hidden) != (row.Cells[0].State == Hidden) || c.State != Shown && c.Value != 0 {
						t.Fatalf("%s, %s: %+v", table.ID, row.Label, row.Cells)
					}
				}
				n := row.Cells[0].Value
				if persons := table.Columns[0].Label != "Contrats"; persons && n > 0 && n < int64(f.Query.Least) {
					t.Fatalf("%s, %s tells of %d persons", table.ID, row.Label, n)
				}
				if row.Cells[0].State == Hidden && row.Label != "non détaillé" {
					hid++
					under := fmt.Sprint(row.Level)
					if row.Level > 0 {
						under = above
					}
					hidden[under] = append(hidden[under], row.Label)
				}
			}
			for under, rows := range hidden {
				if len(rows) < 2 {
					t.Fatalf("%s: %q is hidden alone under %s", table.ID, rows, under)
				}
			}
		}
	})
	enough(t, hid, cases, "rows")
}
