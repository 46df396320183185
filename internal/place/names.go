package place

import (
	"bytes"
	"cmp"
	"slices"

	"passerelle/internal/place/spelling"
)

// Named lists the communes of that name in any spelling (see spelling.Key): those
// of the hinted département, or all homonyms when it has none or the hint is "".
// Communes of today come before the names of old ones, populous ones first.
// Letters destroyed by a bad file (U+FFFD) are guessed when a département is hinted.
func (g *Gazetteer) Named(name, departmentHint string) []Commune {
	hits := g.named(name, departmentHint)
	var list []Commune
	for _, h := range hits {
		list = append(list, g.commune(h.at))
	}
	return list
}

// hit is a commune found by one of its names.
type hit struct {
	at  int
	old bool // by a name it no longer has
}

func (g *Gazetteer) named(name, department string) []hit {
	const longest = 200 // no French commune has 50
	var buf [128]byte
	if len(name) > longest {
		return nil
	}
	key := spelling.AppendKey(buf[:0], name)
	if len(key) == 0 {
		return nil
	}
	hits := g.keyed(key, department)
	if len(hits) == 0 {
		hits = g.keyed(withoutNumber(key), department)
	}
	if len(hits) == 0 && bytes.IndexByte(key, spelling.Lost) >= 0 {
		hits = g.guessed(key, department)
	}
	return hits
}

// keyed finds the communes whose name, or old name, has that key.
func (g *Gazetteer) keyed(key []byte, department string) []hit {
	g.names.Do(g.indexNames)
	var hits []hit
	var buf [128]byte
	for _, p := range under(g.byName, hash(key)) {
		h, name := hit{at: int(p.to)}, ""
		if p.to&oldBit != 0 {
			old := int(p.to &^ oldBit)
			h, name = hit{int(g.t.OldTo[old]), true}, g.t.OldNames.At(old)
		} else {
			name = g.t.Names.At(h.at)
		}
		same := func(o hit) bool { return o.at == h.at }
		if bytes.Equal(spelling.AppendKey(buf[:0], name), key) && !slices.ContainsFunc(hits, same) {
			hits = append(hits, h)
		}
	}
	if len(hits) < 2 {
		return hits
	}
	return g.order(hits, department)
}

// order keeps the hits of the département if there are any and puts the likeliest first.
func (g *Gazetteer) order(hits []hit, department string) []hit {
	if d, ok := g.departIdx[department]; ok {
		elsewhere := func(h hit) bool { return int(g.t.Department[h.at]) != d }
		if inside := slices.DeleteFunc(slices.Clone(hits), elsewhere); len(inside) > 0 {
			hits = inside
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		if a.old != b.old {
			if a.old {
				return 1
			}
			return -1
		}
		return cmp.Compare(g.t.Population[b.at], g.t.Population[a.at])
	})
	return hits
}

// withoutNumber drops the number left by « CEDEX 9 »: "nanterre 9" is Nanterre.
func withoutNumber(key []byte) []byte {
	i := bytes.LastIndexByte(key, ' ')
	if _, ok := parse(string(key[i+1:])); i > 0 && ok {
		return key[:i]
	}
	return nil
}

// guessed compares letter by letter with the communes of one département.
func (g *Gazetteer) guessed(key []byte, department string) []hit {
	d, ok := g.departIdx[department]
	if !ok || bytes.Count(key, []byte{spelling.Lost}) > 6 { // a name that is mostly lost says nothing
		return nil
	}
	var hits []hit
	var buf [128]byte
	for i := g.first[d]; i < g.first[d+1]; i++ {
		if like(key, spelling.AppendKey(buf[:0], g.t.Names.At(i))) {
			hits = append(hits, hit{at: i})
		}
	}
	return g.order(hits, "")
}

// like tells whether name can be key with each lost letter being one or
// two letters or, when the file broke one letter in two, none.
func like(key, name []byte) bool {
	for len(key) > 0 {
		if key[0] == spelling.Lost {
			return like(key[1:], name) && len(key) > 1 && key[1] == spelling.Lost ||
				len(name) > 0 && like(key[1:], name[1:]) || len(name) > 1 && like(key[1:], name[2:])
		}
		if len(name) == 0 || key[0] != name[0] {
			return false
		}
		key, name = key[1:], name[1:]
	}
	return len(name) == 0
}
