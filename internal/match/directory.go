package match

import (
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
	codes      []string  // of the départements met; the first is unknown
	department []uint16  // index in codes
	kind       []uint8   // index in kinds
	kinds      []kindTraits
	standing   []verdict   // able, or out whatever the work
	fit        [][]float32 // by trade, by structure: 0 to 1
	tradeCodes []insertion.Trade
	labels     []string         // of the trades, in lower case
	facts      []trade.Evidence // what is known of each beyond its type
	zones      []zone
	twice      []bool             // two agreements on one SIRET
	spread     map[string]float64 // of a département: mean km of its structures to their middle
	room       calendar
	record     []float32
	fairness   []float32
	lexicon    lexicon
	order      []int32 // rank of each structure by (SIRET, kind): the last tie-break
	byID       map[insertion.StructureID]int32
	bySIRET    map[string][]int32
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
		return newDirectory(structures, records, noAtlas{}, defaultRule())
	}
	return newDirectory(structures, records, gazetteer{g}, defaultRule())
}

func newDirectory(structures []insertion.Structure, records map[insertion.StructureID]insertion.Record, a atlas, r rule) *Directory {
	n := len(structures)
	d := &Directory{
		structures: slices.Clone(structures), records: make([]insertion.Record, n), atlas: a, rule: r,
		x: make([]float32, n), y: make([]float32, n), z: make([]float32, n),
		codes: []string{""}, department: make([]uint16, n), kind: make([]uint8, n), standing: make([]verdict, n),
		fit: make([][]float32, len(trade.All())), facts: make([]trade.Evidence, n), zones: make([]zone, n),
		record: make([]float32, n), fairness: make([]float32, n), twice: make([]bool, n),
		byID: make(map[insertion.StructureID]int32, n), bySIRET: make(map[string][]int32, n),
	}
	for t, one := range trade.All() {
		d.fit[t] = make([]float32, n)
		d.tradeCodes = append(d.tradeCodes, one.Code)
		d.labels = append(d.labels, strings.ToLower(one.Label))
	}
	d.arrange(records)
	d.room = newCalendar(d.structures, d.records, r.size)
	d.lexicon = newLexicon(d.structures)
	d.order = stableOrder(d.structures)
	d.spread = d.spreads()
	return d
}

// arrange fills the columns.
func (d *Directory) arrange(records map[insertion.StructureID]insertion.Record) {
	departments := map[string]uint16{"": 0}
	proposals := 0
	for i := range d.structures {
		s := &d.structures[i]
		d.records[i] = records[s.ID]
		proposals += d.records[i].Proposals
		code := d.place(i, s)
		if _, ok := departments[code]; !ok {
			departments[code] = uint16(len(d.codes))
			d.codes = append(d.codes, code)
		}
		d.department[i] = departments[code]
		d.kind[i] = d.kindIndex(s.Kind)
		if !s.Active {
			d.standing[i] = inactive
		}
		d.zones[i] = zoneOf(s)
		d.trades(i, s)
		if s.ID != 0 {
			d.byID[s.ID] = int32(i)
		}
		if s.SIRET != "" {
			d.bySIRET[s.SIRET] = append(d.bySIRET[s.SIRET], int32(i))
		}
	}
	mean := float64(proposals) / float64(max(1, len(d.structures)))
	for i := range d.structures {
		d.record[i] = float32(recordValue(d.records[i]))
		d.fairness[i] = float32(fairnessValue(d.records[i], mean))
		d.twice[i] = len(d.bySIRET[d.structures[i].SIRET]) > 1
	}
}

// Len is the number of structures.
func (d *Directory) Len() int { return len(d.structures) }

// Structures gives the structures in the order they came; not to be changed.
func (d *Directory) Structures() []insertion.Structure { return d.structures }

// place fills the coordinates of a structure and returns its département.
func (d *Directory) place(i int, s *insertion.Structure) string {
	department, lat, lon := s.Department, s.Lat, s.Lon
	if lat == 0 && lon == 0 {
		p := d.atlas.resolve(insertion.Place{Code: s.INSEE, Kind: "commune", Name: s.City}, "")
		if !p.Known() {
			p = d.atlas.resolve(insertion.Place{Code: s.PostalCode, Kind: "code postal", Name: s.City}, "")
		}
		lat, lon = p.Lat, p.Lon
		if department == "" {
			department = p.Department
		}
	}
	if lat != 0 || lon != 0 {
		x, y, z := onSphere(lat, lon)
		d.x[i], d.y[i], d.z[i] = float32(x), float32(y), float32(z)
	}
	return department
}

func (d *Directory) trades(i int, s *insertion.Structure) {
	for _, w := range trade.OfStructure(*s) {
		d.fit[trade.Index(w.Trade)][i] = float32(w.Score)
		if !w.Usual {
			d.facts[i] = append(d.facts[i], w)
		}
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
