package store

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// winner is what is known of an organisation that wins.
type winner struct {
	status    insertion.Status
	structure bool // of insertion or of adapted work
	size      mandate.Size
}

// winners are organisations by their number, which are dense: a million look-ups in
// a slice cost ten times less than in a map.
type winners []winner

func (w winners) of(id int64) winner {
	if id < int64(len(w)) {
		return w[id]
	}
	return winner{}
}

// grown makes room for an index.
func grown[T any](s []T, index int64) []T {
	if n := int(index) + 1 - len(s); n > 0 {
		s = append(s, make([]T, n)...)
	}
	return s
}

// winnersOf reads what is known of those the directory holds, by the SIREN of any
// of their establishments, and of those whose name says it.
func winnersOf(ctx context.Context, q querier) (winners, error) {
	bySIREN := map[string]winner{}
	_, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		st, err := scanStructure(scan)
		siren := insertion.SIREN(st.SIRET)
		if siren == "" {
			return struct{}{}, err
		}
		w := bySIREN[siren]
		w.status = cmp.Or(w.status, st.LegalForm())
		w.structure = w.structure || st.Kind.Insertion()
		bySIREN[siren] = w
		return struct{}{}, err
	}, "SELECT id, doc FROM structure")
	if err != nil {
		return nil, err
	}
	sizes, err := mandateRecords(ctx, q, mandate.FirmSize, 0)
	if err != nil {
		return nil, err
	}
	for _, r := range sizes {
		w := bySIREN[r.Text("siren")]
		w.size = mandate.Size(r.Text("taille"))
		bySIREN[r.Text("siren")] = w
	}
	var out winners
	_, err = query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var id int64
		var ident, name string
		var size mandate.Size
		err := scan(&id, &ident, &name, &size)
		w := bySIREN[insertion.SIREN(ident)]
		if w.status == "" {
			w.status = mandate.StatusByName(name)
		}
		w.size = cmp.Or(w.size, size)
		if w != (winner{}) {
			out = grown(out, id)
			out[id] = w
		}
		return struct{}{}, err
	}, "SELECT id, ident, name, size FROM organisation")
	return out, err
}

// talliers counts the notices of the territory and of the whole file, by year.
type talliers struct {
	winners   winners
	territory map[string]bool // nil: everywhere
	years     map[int]*tallied
	contracts map[int64]contract
}

// tallied is a year: of the territory, and of the whole file.
type tallied struct {
	here, whole tallier
	leads       []lead // by organisation
}

// lead is what an organisation won, alone or leading a group.
type lead struct {
	here, whole       insertion.Cents
	wonHere, wonWhole bool
}

// contract is what the notices seen so far say of one.
type contract struct {
	year         int32
	lots         int32
	here, inLots bool
}

// tallier counts the notices of a year.
type tallier struct {
	mandate.Awards
	declared [divisions][considerations]int32 // by division of the CPV, then by what is declared
}

// The divisions of the CPV have two digits; the flags of considerations fit four bits.
const (
	divisions      = 100
	considerations = 16
)

// newTalliers begins to count about as many notices.
func newTalliers(w winners, departments []string, notices int64) *talliers {
	t := &talliers{winners: w, years: map[int]*tallied{}, contracts: make(map[int64]contract, notices)}
	for _, d := range departments {
		if t.territory == nil {
			t.territory = map[string]bool{}
		}
		t.territory[d] = true
	}
	return t
}

func (t *talliers) year(y int) *tallied {
	if t.years[y] == nil {
		t.years[y] = &tallied{here: newTallier(), whole: newTallier()}
	}
	return t.years[y]
}

func newTallier() tallier {
	return tallier{Awards: mandate.Awards{Levers: map[mandate.Lever]int{}, ByDivision: map[int]map[mandate.Lever]int{}, ESS: map[insertion.Status]mandate.Tally{}, Sizes: map[mandate.Size]mandate.Tally{}}}
}

func (t *talliers) add(l *awarded) {
	here := t.territory == nil || t.territory[string(l.dep)]
	c, known := t.contracts[l.contract]
	if !known || int32(l.year) < c.year {
		c.year = int32(l.year)
	}
	c.lots++
	c.here = c.here || here
	c.inLots = c.inLots || l.numbered || c.lots > 1 && !l.framework
	t.contracts[l.contract] = c
	y, group := t.year(l.year), t.groupOf(l)
	y.whole.add(l, group)
	if here {
		y.here.add(l, group)
	}
	if len(l.holders) == 0 {
		return
	}
	y.leads = grown(y.leads, l.holders[0])
	lead, amount := &y.leads[l.holders[0]], l.sure()
	lead.whole, lead.wonWhole = lead.whole+amount, true
	if here {
		lead.here, lead.wonHere = lead.here+amount, true
	}
}

// sure is the amount, unless it is doubtful.
func (l *awarded) sure() insertion.Cents {
	if l.doubtful {
		return 0
	}
	return l.amount
}

// groupOf is what is known of those who won a lot together: the legal form of one
// of the ESS if there is one, whether one is a structure, and the size of the lead.
func (t *talliers) groupOf(l *awarded) (group winner) {
	for i, h := range l.holders {
		w := t.winners.of(h)
		group.structure = group.structure || w.structure
		if group.status == "" || w.status.ESS() && !group.status.ESS() {
			group.status = w.status
		}
		if i == 0 {
			group.size = w.size
		}
	}
	return group
}

func (a *tallier) add(l *awarded, group winner) {
	amount := l.sure()
	if l.doubtful {
		a.Doubtful++
	}
	a.All.Add(amount)
	a.declared[l.division%divisions][l.social%considerations]++
	if group.status != "" {
		a.Known++
		tally := a.ESS[group.status]
		tally.Add(amount)
		a.ESS[group.status] = tally
	}
	if group.structure {
		a.Structures.Add(amount)
	}
	if group.size != "" {
		tally := a.Sizes[group.size]
		tally.Add(amount)
		a.Sizes[group.size] = tally
	}
}

// facts closes the count.
func (t *talliers) facts() []mandate.Facts {
	for _, c := range t.contracts {
		y := t.year(int(c.year))
		y.whole.close(c)
		if c.here {
			y.here.close(c)
		}
	}
	var out []mandate.Facts
	for _, n := range slices.Sorted(maps.Keys(t.years)) {
		y := t.years[n]
		y.here.levers()
		y.whole.levers()
		y.here.Winners, y.here.TopTen = ranked(y.leads, func(l lead) (insertion.Cents, bool) { return l.here, l.wonHere })
		y.whole.Winners, y.whole.TopTen = ranked(y.leads, func(l lead) (insertion.Cents, bool) { return l.whole, l.wonWhole })
		out = append(out, mandate.Facts{Year: n, Territory: y.here.Awards, Whole: y.whole.Awards})
	}
	return out
}

// levers reads the levers in what was declared.
func (a *tallier) levers() {
	for division, declared := range a.declared {
		for social, n := range declared {
			if n == 0 {
				continue
			}
			lever := mandate.LeverOf(insertion.Social(social))
			a.Levers[lever] += int(n)
			if a.ByDivision[division] == nil {
				a.ByDivision[division] = map[mandate.Lever]int{}
			}
			a.ByDivision[division][lever] += int(n)
		}
	}
}

// close adds a contract.
func (a *tallier) close(c contract) {
	a.Contracts++
	if c.inLots {
		a.InLots++
	}
}

// ranked is how many won, and the share of the amounts the ten first took.
func ranked(leads []lead, won func(lead) (insertion.Cents, bool)) (winners int, top insertion.BasisPoints) {
	var all, ten insertion.Cents
	best := make([]insertion.Cents, 0, 11) // the largest first
	for _, l := range leads {
		amount, any := won(l)
		if !any {
			continue
		}
		winners, all = winners+1, all+amount
		at, _ := slices.BinarySearchFunc(best, amount, func(a, b insertion.Cents) int { return cmp.Compare(b, a) })
		if at < 10 {
			best = slices.Insert(best, at, amount)
			best = best[:min(len(best), 10)]
		}
	}
	for _, a := range best {
		ten += a
	}
	return winners, insertion.ShareOf(int64(ten), int64(all))
}
