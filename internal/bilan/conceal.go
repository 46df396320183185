package bilan

import (
	"math"
	"slices"
)

// What is hidden, and why it cannot be found again.
//
// A breakdown shares the persons of a total out into parts; its rows are published
// with the total. A part of 1 to least−1 persons is small: it is hidden. A row
// hidden alone is the total less the others, so others are hidden with it. The rule:
//
//  1. under twice the threshold in all, every part is hidden, zeros too, whatever
//     they are;
//  2. no part is small: nothing is hidden;
//  3. otherwise the small ones are, and with them the smallest of the others —
//     all of those equally small. A zero says that there is nobody: it stays, and
//     hides nothing behind it;
//  4. where there is no other (every part is small or nobody), every part is hidden,
//     zeros too.
//
// What it promises, to somebody who knows this rule, the threshold and all that is
// shown of the breakdown: each hidden part may be at least two numbers, and it is
// never certain that it is one of 1 to least−1. Under (3) the rule looks at values
// alone, never at which row bears them: exchanging the values of two hidden rows,
// one small and one not, gives another table that is shown just the same. Under (1)
// nothing shown depends on the parts. Under (4), of n parts and T ≥ 2·least persons,
// either T ≥ least+n−1 and (T−n+1, 1, …, 1) in any order is shown the same, or a row
// may be nobody's, the others holding all (T ≤ (n−1)(least−1), which follows from
// least ≥ 3). Everything counted of the same persons — hours, shares, means,
// contracts — is hidden in the same rows.
//
// A tree (commune, EPT, total) is hidden from the top down: a shown node is the
// total of its children, which are a breakdown of their own; under a hidden node
// nothing is shown. Only communes of somebody are listed: where all are hidden none
// is, or the list would tell which of them are nobody's. What is hidden in one depends on no other, so the promise holds
// for the whole. Breakdowns of one report share their total, which is shown, and no
// other sum; logical ties between traits (somebody counted « jeune » is young) are
// not taken into account.
//
// The report of some buyers is also read beside that of all: see concealBeside.

// part is one row of a breakdown: its persons, and what orders the rows.
type part struct {
	persons int
	size    int64
}

func (p part) small(least int) bool { return p.persons > 0 && p.persons < least }

// conceal tells which rows to hide. total is how many persons the parts tell of,
// each counted once.
func conceal(parts []part, total, least int) []bool {
	hidden := make([]bool, len(parts))
	if total == 0 {
		return hidden
	}
	if total < 2*least {
		return all(hidden)
	}
	any := false
	for i, p := range parts {
		hidden[i] = p.small(least)
		any = any || hidden[i]
	}
	if !any {
		return hidden
	}
	smallest := int64(math.MaxInt64)
	for _, p := range parts {
		if p.persons >= least {
			smallest = min(smallest, p.size)
		}
	}
	if smallest == math.MaxInt64 {
		return all(hidden)
	}
	for i, p := range parts {
		hidden[i] = hidden[i] || p.persons >= least && p.size == smallest
	}
	return hidden
}

// concealBeside is conceal for the report of some buyers, given what the others'
// persons would make of the same rows: whoever holds the report of all finds the
// others' by difference. So a row is hidden as soon as it is small here, small
// elsewhere, or hidden in the report of all; and with it the smallest row that is
// small on neither side, the smallest over both sides so that each side hides the
// same one.
//
// It promises less than conceal: with the reports of some buyers, of all the others
// together, and of all, the sums alone give back no small part, even when nobody
// works for both. It does not protect from three separate buyers' reports set
// against that of all, nor how many persons the others have in all. So whoever may
// not see persons gets them for the whole of what she reads, never buyer by buyer
// (Facts.Withheld); those who may answer for what they publish.
func concealBeside(here, away []part, total, rest, least int) []bool {
	both := make([]part, len(here))
	for i := range here {
		both[i] = part{here[i].persons + away[i].persons, here[i].size + away[i].size}
	}
	hidden := conceal(both, total+rest, least)
	if rest == 0 || !slices.Contains(hidden, false) {
		return hidden
	}
	if total > 0 && total < 2*least {
		return all(hidden)
	}
	any := false
	for i := range here {
		hidden[i] = hidden[i] || here[i].small(least) || away[i].small(least)
		any = any || hidden[i]
	}
	if !any {
		return hidden
	}
	safe := func(i int) bool { return here[i].persons >= least && away[i].persons >= least }
	smallest := int64(math.MaxInt64)
	for i := range here {
		switch {
		case safe(i) && hidden[i]:
			return hidden
		case safe(i):
			smallest = min(smallest, both[i].size)
		}
	}
	if smallest == math.MaxInt64 {
		return all(hidden)
	}
	for i := range here {
		hidden[i] = hidden[i] || safe(i) && both[i].size == smallest
	}
	return hidden
}

func all(rows []bool) []bool {
	for i := range rows {
		rows[i] = true
	}
	return rows
}
