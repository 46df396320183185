package document

import (
	"cmp"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

func (f facts) hours() []report.Block {
	if f.Lot.Clause == nil {
		return []report.Block{}
	}
	g := report.Grid{Head: []string{"", "heures", "jours de 7 h", "ETP"}, Right: []int{1, 2, 3}}
	add := func(label string, h insertion.Hours) {
		g.Rows = append(g.Rows, []string{label, h.String(), strings.TrimSuffix(strings.TrimSuffix(days(h), " jours"), " jour"), strings.TrimSuffix(fte(h, *f.Lot.Clause), " ETP")})
	}
	if f.Dues.Contractual != f.Dues.ToDate {
		add("Au marché, à la signature", f.Dues.Contractual)
	}
	add(f.dueLabel(), f.Dues.ToDate)
	due, paced := f.expected()
	if paced {
		add(awaitedLabel(due), due.Hours)
	}
	add("Comptées", f.Lot.Hours.Done)
	if paced && f.behind() > 0 {
		add("Retard sur le rythme", f.behind())
	}
	if f.running() {
		add("Restant à réaliser", f.missing())
	} else {
		add("Manquantes", f.missing())
	}
	return rows(g)
}

func awaitedLabel(a insertion.Awaited) string {
	if a.By == "" {
		return "Attendues sur ce qui est facturé"
	}
	return "Attendues au " + a.By.French()
}

func (f facts) months() []report.Block {
	g := report.Grid{Head: []string{"mois", "prévues", "comptées"}, Right: []int{1, 2}, Total: true}
	var planned, done insertion.Hours
	for _, m := range f.Months {
		if m.Done == 0 && m.Month > f.On.Month() {
			continue // not yet
		}
		planned, done = planned+m.Planned, done+m.Done
		g.Rows = append(g.Rows, []string{report.MonthName(m.Month), m.Planned.String(), m.Done.String()})
	}
	if len(g.Rows) > 0 {
		g.Rows = append(g.Rows, []string{"Total à ce jour", planned.String(), done.String()})
	}
	return rows(g)
}

func (f facts) monthBars() []report.Block {
	b := report.Bars{Title: "Heures comptées"}
	for _, m := range f.Months {
		if m.Done == 0 && m.Month > f.On.Month() {
			continue
		}
		b.Names, b.Value, b.Shown = append(b.Names, report.MonthName(m.Month)), append(b.Value, int64(m.Done)), append(b.Shown, m.Done.String())
	}
	if len(b.Names) == 0 {
		return []report.Block{}
	}
	return []report.Block{b}
}

// share sums the placements by what they have in common, the largest first.
func (f facts) share(what string, name func(insertion.PlacedHours) string) []report.Block {
	type sum struct {
		name          string
		planned, done insertion.Hours
	}
	var sums []sum
	var planned, done insertion.Hours
	for _, p := range f.Work {
		n := name(p)
		i := slices.IndexFunc(sums, func(s sum) bool { return s.name == n })
		if i < 0 {
			i, sums = len(sums), append(sums, sum{name: n})
		}
		sums[i].planned, sums[i].done = sums[i].planned+p.Planned, sums[i].done+p.Done
		planned, done = planned+p.Planned, done+p.Done
	}
	slices.SortStableFunc(sums, func(a, b sum) int { return cmp.Compare(b.done, a.done) })
	g := report.Grid{Head: []string{what, "prévues", "comptées", "part"}, Right: []int{1, 2, 3}, Total: true}
	for _, s := range sums {
		g.Rows = append(g.Rows, []string{s.name, s.planned.String(), s.done.String(), partOf(s.done, done)})
	}
	if len(g.Rows) > 0 {
		g.Rows = append(g.Rows, []string{"Total", planned.String(), done.String(), partOf(done, done)})
	}
	return rows(g)
}

func partOf(h, whole insertion.Hours) string {
	if whole == 0 {
		return ""
	}
	return insertion.Percent(int64(h), int64(whole))
}
