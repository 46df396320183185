package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"passerelle/store"
)

// rotation is how many copies stay: the last one of each of so many days, weeks
// and months that have one. A server that stopped for a season keeps what it had.
type rotation struct{ days, weeks, months int }

// datedCopy is a file that bears the name this program gives to copies.
type datedCopy struct {
	path string
	at   time.Time
}

// copiesIn lists the copies of a base in a folder, latest first, and those left
// half written. Whatever else is there is nobody's business here.
func copiesIn(folder, base string, where *time.Location) (whole, partial []datedCopy, err error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	ours := regexp.MustCompile("^" + regexp.QuoteMeta(copyStem(base)) + `\.(\d{4}-\d{2}-\d{2}-\d{6})\.sauvegarde\.db(\.age)?(\.\d+\.partiel)?$`)
	for _, e := range entries {
		m := ours.FindStringSubmatch(e.Name())
		if m == nil || !e.Type().IsRegular() {
			continue
		}
		at, err := time.ParseInLocation(store.Stamp, m[1], where)
		if err != nil {
			continue
		}
		c := datedCopy{filepath.Join(folder, e.Name()), at}
		if m[3] != "" {
			partial = append(partial, c)
		} else {
			whole = append(whole, c)
		}
	}
	slices.SortStableFunc(whole, func(a, b datedCopy) int { return b.at.Compare(a.at) })
	return whole, partial, err
}

// surplus are the copies, given latest first, that no rule keeps. The latest is
// always kept, whatever the rules.
func (r rotation) surplus(copies []datedCopy) []datedCopy {
	type rule struct {
		left   int
		period func(time.Time) [2]int
		last   [2]int
	}
	rules := []rule{
		{r.days, func(t time.Time) [2]int { return [2]int{t.Year(), t.YearDay()} }, [2]int{}},
		{r.weeks, func(t time.Time) [2]int { y, w := t.ISOWeek(); return [2]int{y, w} }, [2]int{}},
		{r.months, func(t time.Time) [2]int { return [2]int{t.Year(), int(t.Month())} }, [2]int{}},
	}
	var out []datedCopy
	for i, c := range copies {
		keep := i == 0
		for k := range rules {
			if p := rules[k].period(c.at); rules[k].left > 0 && p != rules[k].last {
				rules[k].left, rules[k].last, keep = rules[k].left-1, p, true
			}
		}
		if !keep {
			out = append(out, c)
		}
	}
	return out
}
