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

// winnersOf reads what is known of those the directory holds, by the SIREN of any
// of their establishments, and of those whose name says it.
func winnersOf(ctx context.Context, q querier) (map[int64]winner, error) {
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
	out := map[int64]winner{}
	_, err = query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var id int64
		var ident, name string
		err := scan(&id, &ident, &name)
		w := bySIREN[insertion.SIREN(ident)]
		if w.status == "" {
			w.status = mandate.StatusByName(name)
		}
		if w != (winner{}) {
			out[id] = w
		}
		return struct{}{}, err
	}, "SELECT id, ident, name FROM organisation")
	return out, err
}

// awarded is what a notice says to be counted by.
type awarded struct {
	contract  int64
	year      int
	numbered  bool // it carries a lot number
	framework bool // it carries none, and is of a framework: other notices of it are no lots
	social    insertion.Social
	amount    insertion.Cents
	doubtful  bool
	holders   []int64 // lead first
}

// talliers counts the notices of the territory and of the whole file, by year.
type talliers struct {
	winners   map[int64]winner
	territory map[string]bool // nil: everywhere
	years     map[int]*[2]tallier
	contracts map[int64]contract
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
	won map[int64]insertion.Cents // by lead
}

func newTalliers(w map[int64]winner, departments []string) *talliers {
	t := &talliers{winners: w, years: map[int]*[2]tallier{}, contracts: map[int64]contract{}}
	for _, d := range departments {
		if t.territory == nil {
			t.territory = map[string]bool{}
		}
		t.territory[d] = true
	}
	return t
}

func (t *talliers) year(y int) *[2]tallier {
	if t.years[y] == nil {
		t.years[y] = &[2]tallier{}
		for i := range t.years[y] {
			t.years[y][i] = tallier{won: map[int64]insertion.Cents{}, Awards: mandate.Awards{
				Levers: map[mandate.Lever]int{}, ESS: map[insertion.Status]mandate.Tally{}, Sizes: map[mandate.Size]mandate.Tally{},
			}}
		}
	}
	return t.years[y]
}

func (t *talliers) add(l awarded, dep string) {
	here := t.territory == nil || t.territory[dep]
	c, known := t.contracts[l.contract]
	if !known || int32(l.year) < c.year {
		c.year = int32(l.year)
	}
	c.lots++
	c.here = c.here || here
	c.inLots = c.inLots || l.numbered || c.lots > 1 && !l.framework
	t.contracts[l.contract] = c
	both := t.year(l.year)
	both[1].add(l, t.winners)
	if here {
		both[0].add(l, t.winners)
	}
}

func (a *tallier) add(l awarded, winners map[int64]winner) {
	amount := l.amount
	if l.doubtful {
		a.Doubtful++
		amount = 0
	}
	a.All.Add(amount)
	a.Levers[mandate.LeverOf(l.social)]++
	if len(l.holders) == 0 {
		return
	}
	a.won[l.holders[0]] += amount
	var best winner // of the group: one of the ESS if there is one
	structure := false
	for _, h := range l.holders {
		w := winners[h]
		structure = structure || w.structure
		if best.status == "" || w.status.ESS() && !best.status.ESS() {
			best = w
		}
	}
	if best.status != "" {
		a.Known++
		tally := a.ESS[best.status]
		tally.Add(amount)
		a.ESS[best.status] = tally
	}
	if structure {
		a.Structures.Add(amount)
	}
	if size := winners[l.holders[0]].size; size != "" {
		tally := a.Sizes[size]
		tally.Add(amount)
		a.Sizes[size] = tally
	}
}

// facts closes the count.
func (t *talliers) facts() []mandate.Facts {
	for _, c := range t.contracts {
		both := t.year(int(c.year))
		for i, counts := range [...]bool{c.here, true} {
			if !counts {
				continue
			}
			both[i].Contracts++
			if c.inLots {
				both[i].InLots++
			}
		}
	}
	var out []mandate.Facts
	for _, y := range slices.Sorted(maps.Keys(t.years)) {
		both := t.years[y]
		for i := range both {
			both[i].Winners, both[i].TopTen = len(both[i].won), topTen(both[i].won)
		}
		out = append(out, mandate.Facts{Year: y, Territory: both[0].Awards, Whole: both[1].Awards})
	}
	return out
}

// topTen is the share of the amounts the ten first winners took.
func topTen(won map[int64]insertion.Cents) insertion.BasisPoints {
	amounts := slices.SortedFunc(maps.Values(won), func(a, b insertion.Cents) int { return cmp.Compare(b, a) })
	var all, ten insertion.Cents
	for i, a := range amounts {
		all += a
		if i < 10 {
			ten += a
		}
	}
	if all <= 0 {
		return 0
	}
	return insertion.BasisPoints(float64(ten) / float64(all) * 10_000)
}
