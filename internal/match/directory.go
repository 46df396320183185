package match

import (
	"math"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
	"passerelle/internal/trade"
)

// Directory is every structure, arranged by column for ranking. It is immutable
// and may be shared; build another one when the file changes.
type Directory struct {
	structures []insertion.Structure
	records    []insertion.Record
	atlas      atlas
	rule       rule

	x, y, z    []float32 // on the unit sphere; 0,0,0 without coordinates
	department []string
	kind       []uint8      // index in kinds
	kinds      []kindTraits // traits of each type met
	fit        [][]float32  // by trade, by structure: 0 to 1
	specific   []float32    // the strongest fact known of its trade, 0 to 1
	zones      []zone
	twice      []bool             // two agreements on one SIRET
	spread     map[string]float64 // of a département: mean km of its structures to their middle
	room       calendar
	record     []float32
	fairness   []float32
	lexicon    lexicon
	order      []int32 // rank of each structure by (SIRET, kind): the last tie-break
}

// kindTraits is what a type of structure changes in the ranking.
type kindTraits struct {
	kind   insertion.Kind
	offers insertion.Modality
	zone   float64 // km a structure usually works within, when it declares nothing
	whole  float64 // how often the type holds a whole contract, 0 to 1
}

// NewDirectory arranges the structures with what their past says. The gazetteer
// places what has no coordinates and reads the communes of titles; it may be
// nil, and then places are taken as they come.
func NewDirectory(structures []insertion.Structure, records map[insertion.StructureID]insertion.Record, g *place.Gazetteer) *Directory {
	if g == nil {
		return newDirectory(structures, records, noAtlas{})
	}
	return newDirectory(structures, records, gazetteer{g})
}

func newDirectory(structures []insertion.Structure, records map[insertion.StructureID]insertion.Record, a atlas) *Directory {
	n := len(structures)
	d := &Directory{
		structures: slices.Clone(structures), records: make([]insertion.Record, n), atlas: a, rule: defaultRule(),
		x: make([]float32, n), y: make([]float32, n), z: make([]float32, n),
		department: make([]string, n), kind: make([]uint8, n), specific: make([]float32, n),
		fit: make([][]float32, len(trade.All())), zones: make([]zone, n),
		record: make([]float32, n), fairness: make([]float32, n),
	}
	for t := range d.fit {
		d.fit[t] = make([]float32, n)
	}
	proposals := 0
	for i := range d.structures {
		s := &d.structures[i]
		d.records[i] = records[s.ID]
		proposals += d.records[i].Proposals
		d.place(i, s)
		d.kind[i] = d.kindIndex(s.Kind)
		d.zones[i] = zoneOf(s)
		d.trades(i, s)
	}
	mean := float64(proposals) / float64(max(1, n))
	for i := range d.structures {
		d.record[i] = float32(recordValue(d.records[i]))
		d.fairness[i] = float32(fairnessValue(d.records[i], mean))
	}
	d.room = newCalendar(d.structures, d.records)
	d.lexicon = newLexicon(d.structures)
	d.order = stableOrder(d.structures)
	d.twice = twice(d.structures)
	d.spread = d.spreads()
	return d
}

// Len is the number of structures.
func (d *Directory) Len() int { return len(d.structures) }

// Structures gives the structures in the order they came; not to be changed.
func (d *Directory) Structures() []insertion.Structure { return d.structures }

func (d *Directory) place(i int, s *insertion.Structure) {
	d.department[i] = s.Department
	lat, lon := s.Lat, s.Lon
	if lat == 0 && lon == 0 {
		p := d.atlas.resolve(insertion.Place{Code: s.INSEE, Kind: "commune", Name: s.City}, "")
		if !p.Known() {
			p = d.atlas.resolve(insertion.Place{Code: s.PostalCode, Kind: "code postal", Name: s.City}, "")
		}
		lat, lon = p.Lat, p.Lon
		if d.department[i] == "" {
			d.department[i] = p.Department
		}
	}
	if lat != 0 || lon != 0 {
		x, y, z := onSphere(lat, lon)
		d.x[i], d.y[i], d.z[i] = float32(x), float32(y), float32(z)
	}
}

func (d *Directory) trades(i int, s *insertion.Structure) {
	for _, w := range trade.OfStructure(*s) {
		t := trade.Index(w.Trade)
		d.fit[t][i] = float32(w.Score)
		d.specific[i] = max(d.specific[i], float32(w.Score))
	}
}

func (d *Directory) kindIndex(k insertion.Kind) uint8 {
	for i, one := range d.kinds {
		if one.kind == k {
			return uint8(i)
		}
	}
	d.kinds = append(d.kinds, traitsOf(k))
	return uint8(len(d.kinds) - 1)
}

// traitsOf gives the usual zone of a type and how often it holds whole
// contracts. The zones are proposals (no source states any): an AI or an ACI
// works near home, a GEIQ or an ETTI across a département. The shares are those
// of insertion structures among published awards, against their number in the
// national lists: seconding types hold almost none.
func traitsOf(k insertion.Kind) kindTraits {
	t := kindTraits{kind: k, offers: k.Offers(), zone: 50, whole: 0.2}
	switch k {
	case insertion.ESAT, insertion.EA:
		t.zone, t.whole = 40, 1
	case insertion.ACI:
		t.zone, t.whole = 35, 0.72
	case insertion.EI, insertion.RQ, insertion.SEP:
		t.zone, t.whole = 50, 0.85
	case insertion.EITI:
		t.zone, t.whole = 40, 0.2
	case insertion.AI:
		t.zone, t.whole = 30, 0.1
	case insertion.ETTI, insertion.EATT, insertion.GEIQ:
		t.zone, t.whole = 60, 0.01
	}
	return t
}

func stableOrder(structures []insertion.Structure) []int32 {
	by := make([]int32, len(structures))
	for i := range by {
		by[i] = int32(i)
	}
	slices.SortStableFunc(by, func(a, b int32) int {
		x, y := &structures[a], &structures[b]
		if c := strings.Compare(x.SIRET, y.SIRET); c != 0 {
			return c
		}
		return strings.Compare(string(x.Kind), string(y.Kind))
	})
	order := make([]int32, len(by))
	for rank, i := range by {
		order[i] = int32(rank)
	}
	return order
}

// twice marks the structures whose SIRET is listed under several types.
func twice(structures []insertion.Structure) []bool {
	count := map[string]int{}
	for i := range structures {
		count[structures[i].SIRET]++
	}
	marks := make([]bool, len(structures))
	for i := range structures {
		marks[i] = structures[i].SIRET != "" && count[structures[i].SIRET] > 1
	}
	return marks
}

// spreads measures how wide each département is for those who work in it: 3 km
// for Paris, 40 for the Nord.
func (d *Directory) spreads() map[string]float64 {
	type middle struct{ x, y, z, n float64 }
	middles := map[string]middle{}
	for i, code := range d.department {
		if d.x[i] != 0 || d.y[i] != 0 {
			m := middles[code]
			middles[code] = middle{m.x + float64(d.x[i]), m.y + float64(d.y[i]), m.z + float64(d.z[i]), m.n + 1}
		}
	}
	spread := map[string]float64{}
	for i, code := range d.department {
		if m := middles[code]; m.n > 0 && (d.x[i] != 0 || d.y[i] != 0) {
			dx, dy, dz := m.x/m.n-float64(d.x[i]), m.y/m.n-float64(d.y[i]), m.z/m.n-float64(d.z[i])
			spread[code] += chordKm(dx*dx+dy*dy+dz*dz) / m.n
		}
	}
	return spread
}

const earthKm = 6371.0088

// onSphere is a point of the unit sphere: the straight line between two of them
// orders like the distance, without trigonometry in the loop.
func onSphere(lat, lon float64) (x, y, z float64) {
	phi, lambda := lat*math.Pi/180, lon*math.Pi/180
	return math.Cos(phi) * math.Cos(lambda), math.Cos(phi) * math.Sin(lambda), math.Sin(phi)
}

// chordKm turns a squared chord of the unit sphere into kilometres.
func chordKm(squared float64) float64 {
	return 2 * earthKm * math.Asin(min(1, math.Sqrt(squared)/2))
}

// squaredChord is the squared chord of a distance.
func squaredChord(km float64) float64 {
	c := 2 * math.Sin(min(km/(2*earthKm), math.Pi/2))
	return c * c
}
