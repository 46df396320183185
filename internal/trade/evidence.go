package trade

import (
	"cmp"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// Weight is how strongly something points to a trade, 0 to 1, and why, in
// words that can be read to someone.
type Weight struct {
	Trade insertion.Trade
	Score float64
	Why   string
	// Usual marks what rests only on what the type of structure usually does: to
	// be confirmed with it.
	Usual bool
}

// Evidence is weights sorted best first, one a trade.
type Evidence []Weight

// Best is the strongest trade, "" when there is none.
func (e Evidence) Best() insertion.Trade {
	if len(e) == 0 {
		return ""
	}
	return e[0].Trade
}

// Of is the score of one trade, 0 when it is not there.
func (e Evidence) Of(code insertion.Trade) float64 {
	for _, w := range e {
		if w.Trade == code {
			return w.Score
		}
	}
	return 0
}

// gather joins independent signs of each trade: two signs count for more than
// the stronger one, and never reach certainty.
type gather struct {
	table *table
	doubt [most]float64 // product of (1 − sign), by trade
	best  [most]float64 // strongest sign
	why   [most]string
	words [most]int8 // signs of words already counted
	facts uint64     // trades with a sign that is more than a habit
}

// most is the largest number of trades, so that a set of them fits a word.
const most = 64

func newGather() *gather {
	g := &gather{table: compiled()}
	for i := range g.doubt {
		g.doubt[i] = 1
	}
	return g
}

func (g *gather) add(trade uint8, sign float64, why func() string) {
	g.facts |= 1 << trade
	g.count(trade, sign, why)
}

func (g *gather) count(trade uint8, sign float64, why func() string) {
	g.doubt[trade] *= 1 - min(sign, 0.99)
	if sign > g.best[trade] {
		g.best[trade], g.why[trade] = sign, why()
	}
}

func (g *gather) evidence() Evidence {
	n := 0
	for _, doubt := range g.doubt {
		if doubt < 1 {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	e := make(Evidence, 0, n)
	for i, doubt := range g.doubt {
		if doubt < 1 {
			e = append(e, Weight{g.table.trades[i].Code, 1 - doubt, g.why[i], g.facts&(1<<i) == 0})
		}
	}
	slices.SortStableFunc(e, func(a, b Weight) int { return cmp.Compare(b.Score, a.Score) })
	return e
}

// text adds the words of a text, at most three a trade, the longest pattern of
// overlapping ones first.
func (g *gather) text(patterns map[byte][]tie, text string, trust float64, where string) {
	tokens := tokenize(text)
	var all []spotted
	scan(patterns, tokens, func(s spotted) { all = append(all, s) })
	slices.SortStableFunc(all, func(a, b spotted) int {
		return cmp.Or(cmp.Compare(a.trade, b.trade), cmp.Compare(b.points, a.points))
	})
	for i, s := range all {
		covered := slices.ContainsFunc(all[:i], func(o spotted) bool {
			return o.trade == s.trade && (s.start >= o.start && s.start < o.end || o.prefix == s.prefix)
		})
		if covered || g.words[s.trade] >= 3 {
			continue
		}
		g.words[s.trade]++
		g.add(s.trade, s.points*trust, func() string {
			found := "« " + strings.ReplaceAll(text[s.start:s.end], "\uFFFD", "?") + " » dans " + where
			if where == inObject {
				return found
			}
			return g.says(s.trade, found)
		})
	}
}

// How far a sign is trusted. A code is chosen from a list of 9,454 and often
// wrong; a title is written by hand and says the work; a NAF class is what the
// statistics office recorded of the whole firm.
const (
	trustCPV      = 0.80
	trustTitle    = 0.85
	trustDeclared = 0.99
	trustROME     = 0.90
	trustNAF      = 0.85
	trustName     = 0.85
	trustAbout    = 0.60
)

// inObject is where the words of a notice are found; its evidence is always
// shown beside the trade, that of a structure alone.
const inObject = "l'objet"

// OfNotice reads the trades an award notice asks for: its CPV code, 8 digits or
// "", and the words of its object.
func OfNotice(cpv, object string) Evidence {
	g := newGather()
	cpv = strings.TrimSpace(cpv)
	longest(g.table.cpv, cpv, func(t tie) {
		g.add(t.trade, t.points*trustCPV, func() string {
			return "CPV " + cpv + " (" + strings.ToLower(g.table.trades[t.trade].Label) + ")"
		})
	})
	g.text(g.table.words, object, trustTitle, inObject)
	return g.evidence()
}

// OfStructure reads the trades of a structure: those it declared, and only
// those, when it declared any; else its jobs (ROME), its NAF class, the words
// of its name, brand and description, and faintly what its type usually does.
func OfStructure(s insertion.Structure) Evidence {
	g := newGather()
	for _, a := range s.Activities {
		if i := Index(a.Trade); i >= 0 && g.best[i] == 0 {
			g.add(uint8(i), trustDeclared, func() string { return strings.ToLower(g.table.trades[i].Label) + " : filière déclarée" })
		}
	}
	if e := g.evidence(); len(e) > 0 {
		return e
	}
	for _, rome := range s.ROME {
		longest(g.table.rome, rome, func(t tie) {
			g.add(t.trade, t.points*trustROME, func() string { return g.says(t.trade, "métier ROME "+rome) })
		})
	}
	naf := strings.ToUpper(strings.ReplaceAll(s.NAF, ".", ""))
	longest(g.table.naf, naf, func(t tie) {
		g.add(t.trade, t.points*trustNAF, func() string { return g.says(t.trade, "NAF "+dotted(naf)) })
	})
	name := s.Name
	if s.Brand != "" && !strings.EqualFold(s.Brand, s.Name) {
		name += " · " + s.Brand
	}
	g.text(g.table.names, name, trustName, "le nom")
	g.text(g.table.words, name, trustName*0.9, "le nom")
	g.text(g.table.words, s.Description, trustAbout, "la description")
	g.habits(s.Kind)
	return g.evidence()
}

// says writes "espaces verts : NAF 81.30Z".
func (g *gather) says(trade uint8, what string) string {
	return strings.ToLower(g.table.trades[trade].Label) + " : " + what
}

func dotted(naf string) string {
	if len(naf) < 4 {
		return naf
	}
	return naf[:2] + "." + naf[2:]
}
