package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// filters are the combinations the lists offer.
func filters(t *testing.T, s *Store) map[string]insertion.LotFilter {
	t.Helper()
	rows, err := s.Lots(t.Context(), insertion.LotFilter{}, insertion.Page{Limit: 1})
	if err != nil || len(rows) == 0 {
		t.Fatal(err)
	}
	lot, err := s.Lot(t.Context(), rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	base := map[string]insertion.LotFilter{
		"all": {}, "département": {Department: "92"}, "social": {Social: insertion.SocialClause}, "none declared": {Social: insertion.NoSocial},
		"two flags": {Social: insertion.SocialClause | insertion.SocialReserved, Department: "75"},
		"to write":  {ToWrite: true}, "followed": {Followed: true}, "to match": {Stage: insertion.StageToMatch},
		"buyer": {Buyer: lot.BuyerID}, "contractor": {Contractor: lot.Contractors[0].ID}, "contract": {Contract: lot.Contract},
		"words": {Text: "secteur ÉSPACES "}, "unfinished": {Text: "secteur 1"}, "unfinished in a département": {Text: "entret", Department: "92"},
		"SIRET": {Text: lot.Buyer.ID}, "nothing": {Text: "zzz"}, "hostile": {Text: `" OR * NEAR( -- ' ( AND`},
	}
	out := map[string]insertion.LotFilter{}
	for name, f := range base {
		out[name] = f
		f.Sort = insertion.ByAmount
		out[name+" by amount"] = f
	}
	return out
}

// agrees is what a filter means, lot by lot.
func agrees(f insertion.LotFilter, l insertion.Lot) bool {
	switch {
	case f.Department != "" && l.Place.Department != f.Department,
		f.Social != 0 && l.Social&f.Social == 0,
		f.ToWrite && (l.Social&insertion.SocialClause == 0 || l.HasClause),
		f.Followed && !l.HasClause,
		f.Stage != "" && l.Stage != f.Stage,
		f.Buyer != 0 && l.BuyerID != f.Buyer,
		f.Contract != 0 && l.Contract != f.Contract,
		f.Contractor != 0 && !slices.ContainsFunc(l.Contractors, func(o insertion.Organisation) bool { return o.ID == f.Contractor }):
		return false
	}
	text := strings.Join([]string{l.Object, l.Reference, l.CPV, l.Buyer.ID, l.Buyer.Name}, " ")
	for _, c := range l.Contractors {
		text += " " + c.Party.ID + " " + c.Party.Name
	}
	words := searchOf(f.Text)
	for _, w := range words.whole {
		if !slices.Contains(wordsOf(text), w) {
			return false
		}
	}
	return words.begun == "" || begins(text, words.begun)
}

func followedSeries(t testing.TB, n int) *Store {
	s := opened(t)
	imported(t, s, series(n)...)
	for id := insertion.LotID(1); int(id) <= n; id += 30 {
		clause := insertion.Clause{Lot: id, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(100), Start: "2026-01-01", End: "2027-01-01"}
		if err := s.SaveClause(t.Context(), someone, clause, 0); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestEveryListIsCompleteAndInOrderBothWays(t *testing.T) {
	s, ctx := followedSeries(t, 1300), t.Context()
	var all []insertion.Lot
	for id := range 1300 {
		l, err := s.Lot(ctx, insertion.LotID(id+1))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	for name, f := range filters(t, s) {
		t.Run(name, func(t *testing.T) {
			var want []insertion.LotID
			sorted := slices.SortedFunc(slices.Values(all), func(a, b insertion.Lot) int {
				if f.Sort == insertion.ByAmount {
					return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(b.ID, a.ID))
				}
				return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(b.ID, a.ID))
			})
			for _, l := range sorted {
				if agrees(f, l) {
					want = append(want, l.ID)
				}
			}
			for _, backwards := range []bool{false, true} {
				got := walk(t, s, f, backwards)
				if !slices.Equal(got, want) {
					t.Errorf("backwards %v: %d lots, want %d\n%.100s\n%.100s", backwards, len(got), len(want), fmt.Sprint(got), fmt.Sprint(want))
				}
			}
			c, err := s.CountLots(ctx, f, 10_000)
			if err != nil || c.N > len(want) || c.Exact && c.N != len(want) || !c.Exact && c.N < min(50, len(want)) {
				t.Errorf("count %+v, want %d (%v)", c, len(want), err)
			}
		})
	}
}

func walk(t *testing.T, s *Store, f insertion.LotFilter, backwards bool) []insertion.LotID {
	t.Helper()
	var ids []insertion.LotID
	p := insertion.Page{Limit: 70, Backwards: backwards}
	for {
		rows, err := s.Lots(t.Context(), f, p)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) == 0 {
			return ids
		}
		var page []insertion.LotID
		for _, r := range rows {
			page = append(page, r.ID)
		}
		if backwards {
			ids, p.From = append(page, ids...), rows[0].Cursor(f.Sort)
		} else {
			ids, p.From = append(ids, page...), rows[len(rows)-1].Cursor(f.Sort)
		}
	}
}

func TestEveryListReadsAnIndexAndSortsNothing(t *testing.T) {
	s := followedSeries(t, 300)
	for name, f := range filters(t, s) {
		words := searchOf(f.Text)
		for _, p := range []insertion.Page{{Limit: 50}, {Limit: 50, Backwards: true}, {Limit: 50, From: insertion.Cursor{Key: "2026-02-01", ID: 9}}} {
			l, err := s.listingOf(t.Context(), f, words.whole)
			if err != nil {
				t.Fatal(err)
			}
			text, args := l.rows(p)
			plan, err := query(t.Context(), s.r, func(scan func(...any) error) (detail string, err error) {
				var id, parent, unused int
				err = scan(&id, &parent, &unused, &detail)
				return detail, err
			}, "EXPLAIN QUERY PLAN "+text, args...)
			if err != nil {
				t.Fatal(name, err)
			}
			for i, step := range plan {
				if strings.Contains(step, "TEMP B-TREE") || strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "VIRTUAL TABLE INDEX") && !strings.Contains(step, "CONSTANT") {
					t.Errorf("%s: step %d %q", name, i, step)
				}
			}
			if !strings.Contains(plan[0], ":M") {
				t.Errorf("%s does not begin with the index of words: %q", name, plan[0])
			}
		}
	}
}
