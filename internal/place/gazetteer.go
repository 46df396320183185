package place

import (
	_ "embed"
	"slices"
	"sort"
	"sync"

	"passerelle/internal/place/spelling"
	"passerelle/internal/place/table"
)

//go:generate go run ./generate

//go:embed communes.bin
var national []byte

// Gazetteer answers where things are. It never changes once made: every session
// shares one. With makes another with better coordinates.
type Gazetteer struct {
	*lookups
	lat, lon []int32 // 1/10,000 of a degree
	rough    []bool
	centres  []centre // of the départements, in the order of the table
}

// lookups is what does not depend on coordinates, shared by With.
type lookups struct {
	t          *table.Table
	postAt     []uint16 // where the postal codes of a commune begin
	postal     []pair   // postal code → commune
	sirens     []pair   // SIREN → commune
	groups     []pair   // SIREN → intercommunalité
	members    []pair   // intercommunalité → commune
	first      []int    // first commune of each département, and the end
	cityOf     map[uint16]uint16
	eptOf      map[uint16]uint16
	nameAreas  map[string]Area // spelling of a département or région
	names      sync.Once
	byName     []pair // hash of a spelling → commune, or old name after oldBit
	departIdx  map[string]int
	regionIdx  map[string]int
	regionPart map[string][]int // département indexes of a région code, old ones and NUTS included
}

// pair is an entry of a sorted index: a table twice smaller than a map, made
// in a millisecond.
type pair struct{ key, to uint32 }

func sortPairs(p []pair) {
	slices.SortFunc(p, func(a, b pair) int {
		switch {
		case a.key != b.key && a.key < b.key, a.key == b.key && a.to < b.to:
			return -1
		case a == b:
			return 0
		}
		return 1
	})
}

// under is the run of entries with that key.
func under(p []pair, key uint32) []pair {
	i := sort.Search(len(p), func(i int) bool { return p[i].key >= key })
	j := i
	for j < len(p) && p[j].key == key {
		j++
	}
	return p[i:j]
}

// National is the gazetteer of the whole country, decoded the first time it is
// asked for (about 20 ms) and the same ever after.
func National() *Gazetteer { return decoded() }

// decoded is the one shared value of this package: embedded, immutable.
var decoded = sync.OnceValue(func() *Gazetteer {
	t, err := table.Read(national)
	if err != nil {
		panic(err) // the program was built with a broken table: a test says so first
	}
	return newGazetteer(t)
})

func newGazetteer(t *table.Table) *Gazetteer {
	g := &Gazetteer{lookups: newLookups(t), lat: t.Lat, lon: t.Lon, rough: t.Rough}
	g.centres = g.departmentCentres()
	return g
}

func newLookups(t *table.Table) *lookups {
	n := t.Len()
	l := &lookups{
		t: t, postAt: make([]uint16, n),
		postal: make([]pair, 0, len(t.Postal)), sirens: make([]pair, 0, n), members: make([]pair, 0, n),
		cityOf: make(map[uint16]uint16, len(t.Districts)), eptOf: make(map[uint16]uint16, len(t.Territories)),
	}
	cities := map[uint16]bool{}
	for _, d := range t.Districts {
		l.cityOf[d.From] = d.To
		cities[d.To] = true
	}
	for _, e := range t.Territories {
		l.eptOf[e.From] = e.To
		l.members = append(l.members, pair{uint32(e.To), uint32(e.From)})
	}
	at := 0
	for i := range n {
		l.postAt[i] = uint16(at)
		for range t.Posts[i] {
			if !cities[uint16(i)] { // the postal codes of Paris belong to its arrondissements
				l.postal = append(l.postal, pair{t.Postal[at], uint32(i)})
			}
			at++
		}
		if t.Siren[i] != 0 {
			l.sirens = append(l.sirens, pair{t.Siren[i], uint32(i)})
		}
		if _, district := l.cityOf[uint16(i)]; !district && t.Group[i] > 0 {
			l.members = append(l.members, pair{uint32(t.Group[i] - 1), uint32(i)})
		}
	}
	for i, group := range t.Groups {
		if siren, ok := parse(group.Code); ok {
			l.groups = append(l.groups, pair{siren, uint32(i)})
		}
	}
	sortPairs(l.postal)
	sortPairs(l.sirens)
	sortPairs(l.groups)
	sortPairs(l.members)
	l.indexAreas()
	return l
}

// index finds the commune or arrondissement of today that has this code, or
// the commune that an old code has become.
func (l *lookups) index(insee string) (int, bool) {
	if i, ok := l.current(insee); ok {
		return i, true
	}
	n := len(l.t.OldCodes) / 5
	i := sort.Search(n, func(i int) bool { return l.t.OldCodes[5*i:5*i+5] >= insee })
	if i < n && l.t.OldCodes[5*i:5*i+5] == insee {
		return int(l.t.OldTo[i]), true
	}
	return 0, false
}

func (l *lookups) current(insee string) (int, bool) {
	if len(insee) != 5 {
		return 0, false
	}
	i := sort.Search(l.t.Len(), func(i int) bool { return l.t.Code(i) >= insee })
	return i, i < l.t.Len() && l.t.Code(i) == insee
}

// Commune finds a commune by its INSEE code. The code of an old, delegated or
// associated commune gives the commune of today; the code of an arrondissement
// of Paris, Lyon or Marseille gives that arrondissement.
func (g *Gazetteer) Commune(insee string) (Commune, bool) {
	i, ok := g.index(insee)
	if !ok {
		return Commune{}, false
	}
	return g.commune(i), true
}

// Postal lists the communes that use a postal code, most populous first; for
// Paris, Lyon and Marseille the arrondissement. A CEDEX code belongs to none.
func (g *Gazetteer) Postal(code string) []Commune {
	n, ok := parse(code)
	if !ok {
		return nil
	}
	var list []Commune
	for _, p := range under(g.postal, n) {
		list = append(list, g.commune(int(p.to)))
	}
	slices.SortStableFunc(list, func(a, b Commune) int { return b.Population - a.Population })
	return list
}

// Communes lists the communes of a département in the order of their codes;
// arrondissements of cities are left out.
func (g *Gazetteer) Communes(department string) []Commune {
	d, ok := g.departIdx[department]
	if !ok {
		return nil
	}
	list := make([]Commune, 0, g.first[d+1]-g.first[d])
	for i := g.first[d]; i < g.first[d+1]; i++ {
		if _, district := g.cityOf[uint16(i)]; !district {
			list = append(list, g.commune(i))
		}
	}
	return list
}

// Commune is a commune of today, or an arrondissement of Paris, Lyon or Marseille.
type Commune struct {
	INSEE, Name string
	Department  string
	Region      string   // code
	EPCI        string   // SIREN of the intercommunalité, "" when there is none
	EPT         string   // name of the établissement public territorial, in Greater Paris
	City        string   // INSEE code of the city of an arrondissement, else ""
	Postal      []string // without CEDEX
	Population  int
	Lat, Lon    float64
	Approximate bool // the point is estimated from other communes: 7 km of error is usual
}

func (g *Gazetteer) commune(i int) Commune {
	d := g.t.Departments[g.t.Department[i]]
	c := Commune{
		INSEE: g.t.Code(i), Name: g.t.Names.At(i), Department: d.Code, Region: g.t.Regions[d.Region].Code,
		Postal: g.postalOf(i), Population: int(g.t.Population[i]), Approximate: g.rough[i],
	}
	c.Lat, c.Lon = g.at(i)
	if n := g.t.Group[i]; n > 0 {
		c.EPCI = g.t.Groups[n-1].Code
	}
	if e, ok := g.eptOf[uint16(i)]; ok {
		c.EPT = g.t.Groups[e].Name
	}
	if city, ok := g.cityOf[uint16(i)]; ok {
		c.City = g.t.Code(int(city))
	}
	return c
}

func (g *Gazetteer) at(i int) (lat, lon float64) {
	return float64(g.lat[i]) / 10_000, float64(g.lon[i]) / 10_000
}

// key of a name, hashed; old names carry oldBit in the index.
const oldBit = 1 << 31

func hash(key []byte) uint32 { // FNV-1a
	h := uint32(2166136261)
	for _, c := range key {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

func (l *lookups) indexNames() {
	l.byName = make([]pair, 0, l.t.Len()+l.t.OldNames.Len())
	var buf [128]byte
	for i := range l.t.Len() {
		l.byName = append(l.byName, pair{hash(spelling.AppendKey(buf[:0], l.t.Names.At(i))), uint32(i)})
	}
	for i := range l.t.OldNames.Len() {
		if name := l.t.OldNames.At(i); name != "" {
			l.byName = append(l.byName, pair{hash(spelling.AppendKey(buf[:0], name)), uint32(i) | oldBit})
		}
	}
	sortPairs(l.byName)
}
