package bilan

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
)

// twoGroups is what a reader knows of four communes, two to a group, and of the two
// groups, from one bilan: -1 where she cannot tell.
func twoGroups(here, away []int, narrow bool, least int) []int {
	m := &maker{names: pairs{}, Facts: Facts{Query: Query{Year: 2025, Least: least}, Narrow: narrow}}
	for i := range here {
		for n := range here[i] + away[i] {
			m.Persons = append(m.Persons, Person{INSEE: fmt.Sprintf("9200%d", i), Here: n < here[i], Done: insertion.WholeHours(1)})
		}
	}
	m.residence()
	unknown := []int{-1, -1, -1, -1, -1, -1}
	if len(m.tables) == 0 {
		return unknown
	}
	known := []int{0, 0, 0, 0, 0, 0} // a row that is not there is nobody's
	group := 0
	for _, row := range m.tables[0].Rows {
		value := int(row.Cells[0].Value)
		if row.Cells[0].State == Hidden {
			value = -1
		}
		switch label := row.Label; {
		case row.Total:
		case label == "non détaillé" && row.Level == 0:
			return unknown
		case label == "non détaillé":
			known[2*group], known[2*group+1] = -1, -1
		case row.Level == 0:
			group = int(label[len(label)-1] - '0')
			if known[4+group] = value; value < 0 {
				known[2*group], known[2*group+1] = -1, -1
			}
		default:
			known[label[len(label)-1]-'0'] = value
		}
	}
	return known
}

// pairs names four communes, two to a group.
type pairs struct{ codes }

func (pairs) Commune(insee string) (name, group string) {
	return insee, fmt.Sprint("groupe ", (insee[4]-'0')/2)
}

func withGroups(leaves []int) []int {
	return append(slices.Clone(leaves), leaves[0]+leaves[1], leaves[2]+leaves[3])
}

func TestTwoBuyersTreesAndThatOfBothGiveNoSmallNodeBack(t *testing.T) {
	met, cases := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		least := rapid.IntRange(FewestLeast, 4).Draw(t, "least")
		a, b := drawShares(t, rapid.IntRange(least, 11).Draw(t, "first"), 4, "a"), drawShares(t, rapid.IntRange(0, 11).Draw(t, "second"), 4, "b")
		both, communes := make([]int, 4), 0
		for i := range both {
			if both[i] = a[i] + b[i]; both[i] > 0 {
				communes++
			}
		}
		if sum(a) < least || communes < 2 || both[0]+both[1] == 0 || both[2]+both[3] == 0 || slices.Contains(both, 0) {
			return // an only commune is its group, an only group the total
		}
		knownA, knownB, knownBoth := twoGroups(a, b, true, least), twoGroups(b, a, true, least), twoGroups(both, make([]int, 4), false, least)
		fits := func(known, values []int) bool {
			for i, v := range withGroups(values) {
				if known[i] >= 0 && known[i] != v {
					return false
				}
			}
			return true
		}
		possible := map[string]map[int]bool{}
		note := func(whose string, values []int) {
			for i, v := range withGroups(values) {
				key := fmt.Sprint(whose, i)
				if possible[key] == nil {
					possible[key] = map[int]bool{}
				}
				possible[key][v] = true
			}
		}
		var ofB [][]int
		for _, y := range shares(sum(b), 4) {
			if fits(knownB, y) {
				ofB = append(ofB, y)
			}
		}
		for _, x := range shares(sum(a), 4) {
			if !fits(knownA, x) {
				continue
			}
			for _, y := range ofB {
				z := []int{x[0] + y[0], x[1] + y[1], x[2] + y[2], x[3] + y[3]}
				if fits(knownBoth, z) {
					note("a", x)
					note("b", y)
					note("+", z)
				}
			}
		}
		for whose, values := range map[string][]int{"a": a, "b": b, "+": both} {
			for i, v := range withGroups(values) {
				if v == 0 || v >= least {
					continue
				}
				met++
				if p := possible[fmt.Sprint(whose, i)]; len(p) < 2 {
					t.Fatalf("%v and %v, least %d: node %d of %s can only be %v\n%v\n%v\n%v", a, b, least, i, whose, p, knownA, knownB, knownBoth)
				}
			}
		}
	})
	enough(t, met, cases, "small nodes")
}
