package bilan

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
)

// The attacker of these tests knows the rule, the threshold and all that is
// published. She writes down every table there could be, publishes each by the
// rule, and keeps those that come out the same as what she read.

// shares lists every way to share persons out into n parts.
func shares(persons, n int) [][]int {
	if n == 1 {
		return [][]int{{persons}}
	}
	var out [][]int
	for first := range persons + 1 {
		for _, rest := range shares(persons-first, n-1) {
			out = append(out, append([]int{first}, rest...))
		}
	}
	return out
}

// drawShares draws one of them, with small parts and equal ones often.
func drawShares(t *rapid.T, most, n int, name string) []int {
	parts, left := make([]int, n), most
	for i := range parts {
		parts[i] = rapid.IntRange(0, min(left, 1+most/2)).Draw(t, fmt.Sprint(name, i))
		left -= parts[i]
	}
	return parts
}

func sum(parts []int) (total int) {
	for _, p := range parts {
		total += p
	}
	return total
}

func partsOf(values []int) []part {
	out := make([]part, len(values))
	for i, v := range values {
		out[i] = part{v, int64(v)}
	}
	return out
}

// shownAs is what a reader sees of a breakdown: -1 where it is hidden.
func shownAs(values []int, hidden []bool) []int {
	out := make([]int, len(values))
	for i, v := range values {
		out[i] = v
		if hidden[i] {
			out[i] = -1
		}
	}
	return out
}

// doubt checks that what may stand in a hidden place is not one number, nor surely
// one of 1 to least-1.
func doubt(t *rapid.T, what string, possible map[int]bool, least int) {
	t.Helper()
	few := 0
	for v := range possible {
		if v > 0 && v < least {
			few++
		}
	}
	if len(possible) < 2 {
		t.Fatalf("%s can only be %v", what, possible)
	}
	if few == len(possible) {
		t.Fatalf("%s is surely small: %v", what, possible)
	}
}

// enough refuses a run that met too few of what it is about to prove anything: one
// for five cases drawn, where one a case and more is usual.
func enough(t *testing.T, met, cases int, what string) {
	t.Helper()
	if met*5 < cases {
		t.Errorf("only %d %s in %d cases", met, what, cases)
	}
}

func TestNoHiddenPartIsFoundNorSurelySmall(t *testing.T) {
	hid, cases := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		least, n := rapid.IntRange(FewestLeast, 6).Draw(t, "least"), rapid.IntRange(2, 5).Draw(t, "parts")
		values := drawShares(t, rapid.IntRange(least, 18).Draw(t, "most"), n, "part")
		total := sum(values)
		if total < least {
			return // then the total itself is hidden, and nothing is published
		}
		publish := func(values []int) string {
			hidden := conceal(partsOf(values), total, least)
			return fmt.Sprint(shownAs(values, hidden))
		}
		hidden := conceal(partsOf(values), total, least)
		for i, v := range values {
			if v > 0 && v < least && !hidden[i] {
				t.Fatalf("%v: part %d is small and shown", values, i)
			}
		}
		possible := make([]map[int]bool, n)
		read := publish(values)
		for _, other := range shares(total, n) {
			if publish(other) != read {
				continue
			}
			for i, v := range other {
				if possible[i] == nil {
					possible[i] = map[int]bool{}
				}
				possible[i][v] = true
			}
		}
		for i := range values {
			if hidden[i] {
				hid++
				doubt(t, fmt.Sprintf("part %d of %v, least %d,", i, values, least), possible[i], least)
			}
		}
	})
	enough(t, hid, cases, "parts")
}

// homes is a bilan whose persons live in some communes: leaf i is commune i, three
// to a group.
func homes(leaves []int, least int) *maker {
	m := &maker{names: codes{}, Facts: Facts{Query: Query{Year: 2025, Least: least}}}
	for i, n := range leaves {
		for range n {
			m.Persons = append(m.Persons, Person{INSEE: fmt.Sprintf("%02d%03d", 10+i/3, i), Here: true, Done: insertion.WholeHours(1)})
		}
	}
	m.residence()
	return m
}

func TestNoTreeGivesItsHiddenLeavesBack(t *testing.T) {
	hid, cases := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		least, n := rapid.IntRange(FewestLeast, 4).Draw(t, "least"), rapid.IntRange(3, 6).Draw(t, "leaves")
		leaves := drawShares(t, rapid.IntRange(least, 13-n/2).Draw(t, "most"), n, "leaf")
		total := sum(leaves)
		if total < least {
			return
		}
		publish := func(leaves []int) string { return fmt.Sprint(homes(leaves, least).tables) }
		read := publish(leaves)
		shown := map[string]bool{}
		for _, r := range homes(leaves, least).tables[0].Rows {
			shown[r.Label] = r.Cells[0].State == Shown
			for _, c := range r.Cells {
				if c.State == Hidden && r.Cells[0].State == Shown {
					t.Fatalf("%+v: hidden by halves", r)
				}
			}
		}
		groups := (n + 2) / 3
		possible := make([]map[int]bool, n+groups)
		for i := range possible {
			possible[i] = map[int]bool{}
		}
		for _, other := range shares(total, n) {
			if publish(other) != read {
				continue
			}
			sums := make([]int, groups)
			for i, v := range other {
				possible[i][v] = true
				sums[i/3] += v
			}
			for g, v := range sums {
				possible[n+g][v] = true
			}
		}
		sums := make([]int, groups)
		for i, v := range leaves {
			sums[i/3] += v
			if label := fmt.Sprintf("%02d%03d", 10+i/3, i); v > 0 && !shown[label] && (n%3 != 1 || i < n-1) { // an only commune is its group
				hid++
				doubt(t, fmt.Sprintf("commune %s of %v, least %d,", label, leaves, least), possible[i], least)
			} else if v > 0 && v < least && shown[label] {
				t.Fatalf("commune %s of %v is small and shown", label, leaves)
			}
		}
		for g, v := range sums {
			if label := fmt.Sprint(10 + g); groups > 1 && v > 0 && !shown[label] { // an only group is the total
				hid++
				doubt(t, fmt.Sprintf("group %s of %v, least %d,", label, leaves, least), possible[n+g], least)
			}
		}
	})
	enough(t, hid, cases, "nodes")
}

// Contracts are small by their persons: the attacker knows how many persons and how
// many contracts there are in all, not how many persons hold those of a row.
func TestNoHiddenRowOfContractsIsFound(t *testing.T) {
	hid, cases := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		least, n := rapid.IntRange(FewestLeast, 4).Draw(t, "least"), rapid.IntRange(2, 3).Draw(t, "rows")
		persons := drawShares(t, rapid.IntRange(least, 10).Draw(t, "most"), n, "persons")
		total := rapid.IntRange(1, max(1, sum(persons))).Draw(t, "in all") // some hold contracts of several rows
		for _, p := range persons {
			total = max(total, p)
		}
		if total < least || sum(persons) < total {
			return
		}
		parts, contracts := make([]part, n), 0
		for i, p := range persons {
			parts[i] = part{p, int64(p)}
			if p > 0 {
				parts[i].size += int64(rapid.IntRange(0, 3).Draw(t, fmt.Sprint("more", i)))
			}
			contracts += int(parts[i].size)
		}
		publish := func(parts []part) string {
			hidden := conceal(parts, total, least)
			sizes := make([]int, n)
			for i, p := range parts {
				sizes[i] = int(p.size)
			}
			return fmt.Sprint(shownAs(sizes, hidden))
		}
		read := publish(parts)
		possible := make([]map[int]bool, n)
		for i := range possible {
			possible[i] = map[int]bool{}
		}
		for _, sizes := range shares(contracts, n) {
			each(sizes, total, func(other []part) {
				if publish(other) == read {
					for i, p := range other {
						possible[i][int(p.size)] = true
					}
				}
			})
		}
		hidden := conceal(parts, total, least)
		for i := range parts {
			if hidden[i] {
				hid++
				if len(possible[i]) < 2 {
					t.Fatalf("row %d of %v (%d persons, least %d) can only be %v", i, parts, total, least, possible[i])
				}
			} else if parts[i].small(least) {
				t.Fatalf("row %d of %v is small and shown", i, parts)
			}
		}
	})
	enough(t, hid, cases, "rows")
}

// each goes through the numbers of persons that may hold some contracts.
func each(sizes []int, total int, do func([]part)) {
	parts := make([]part, len(sizes))
	var from func(i int)
	from = func(i int) {
		if i == len(sizes) {
			held := 0
			for _, p := range parts {
				held += p.persons
			}
			if held >= total {
				do(parts)
			}
			return
		}
		for p := min(1, sizes[i]); p <= min(sizes[i], total); p++ {
			parts[i] = part{p, int64(sizes[i])}
			from(i + 1)
		}
	}
	from(0)
}

// Two buyers that share nobody, each with its report, and that of both: the worst
// case of a difference. The attacker of this one adds and takes away, and knows
// that nobody is fewer than none.
func TestTwoBuyersReportsAndThatOfBothGiveNoSmallPartBack(t *testing.T) {
	hid, cases := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		least, n := rapid.IntRange(FewestLeast, 4).Draw(t, "least"), rapid.IntRange(2, 4).Draw(t, "parts")
		a, b := drawShares(t, rapid.IntRange(0, 14).Draw(t, "first"), n, "a"), drawShares(t, rapid.IntRange(0, 14).Draw(t, "second"), n, "b")
		if sum(a) < least {
			return // its report says nothing of persons
		}
		hiddenA := concealBeside(partsOf(a), partsOf(b), sum(a), sum(b), least)
		hiddenB := concealBeside(partsOf(b), partsOf(a), sum(b), sum(a), least)
		if sum(b) < least {
			hiddenB = all(hiddenB) // nor does this one; how many they are is a difference of totals
		}
		both, rows := make([]int, n), 0
		for i := range a {
			if both[i] = a[i] + b[i]; both[i] > 0 {
				rows++
			}
		}
		if rows < 2 {
			return // the total is all there is to know
		}
		hiddenBoth := conceal(partsOf(both), sum(both), least)
		possible := make([]map[string]bool, n)
		for i := range possible {
			possible[i] = map[string]bool{}
		}
		for _, x := range shares(sum(a), n) {
			if !agrees(x, a, hiddenA) {
				continue
			}
			for _, y := range shares(sum(b), n) {
				ok := agrees(y, b, hiddenB)
				for i := range n {
					ok = ok && (hiddenBoth[i] || x[i]+y[i] == both[i])
				}
				if !ok {
					continue
				}
				for i := range n {
					possible[i][fmt.Sprint("a", x[i])] = true
					possible[i][fmt.Sprint("b", y[i])] = true
					possible[i][fmt.Sprint("+", x[i]+y[i])] = true
				}
			}
		}
		for i := range n {
			for _, of := range []struct {
				whose string
				value int
			}{{"a", a[i]}, {"b", b[i]}, {"+", both[i]}} {
				if of.value == 0 || of.value >= least {
					continue
				}
				hid++
				count := 0
				for key := range possible[i] {
					if key[:1] == of.whose {
						count++
					}
				}
				if count < 2 {
					t.Fatalf("%v and %v, least %d: part %d of %s can only be %v", a, b, least, i, of.whose, of.value)
				}
			}
		}
	})
	enough(t, hid, cases, "small parts")
}

func agrees(values, real []int, hidden []bool) bool {
	for i := range values {
		if !hidden[i] && values[i] != real[i] {
			return false
		}
	}
	return true
}
