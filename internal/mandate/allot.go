package mandate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// Taker is a candidate that could take a lot alone.
type Taker struct {
	Candidate
	Limit insertion.Cents // the largest lot it could take
	Why   string
}

// Lot is a lot the adviser proposes.
type Lot struct {
	Object  string
	Trade   insertion.Trade
	Amount  insertion.Cents
	Hours   insertion.Hours // of labour, all of it
	Labour  insertion.BasisPoints
	Takers  []Taker // able alone, the largest first
	Nobody  string  // why there is no taker, "" when there is one
	Partner int     // candidates of the trade that would need a partner
	Full    int     // those without a free hour over the contract
	Unknown int     // those whose hours and turnover nobody knows
	Reserve Gate
}

// Split is the advice on allotment.
type Split struct {
	Lots      []Lot
	Table     []Row
	Questions []string // what the buyer must look at, in French
	Draft     string   // a justification to be read again by the buyer
	Assumed   []string // the parameters used, and what has no source
}

// Allot splits a contract by trade, then by size, so that local structures, SCOP
// and small firms could answer. The lots add up to the amount, to the cent.
func Allot(n Need, candidates []Candidate, rules Rules) Split {
	var s Split
	whole := 0
	for _, p := range n.Pieces {
		s.Lots = append(s.Lots, n.lots(p, candidates, rules)...)
	}
	for _, c := range candidates {
		if n.takesWhole(c, rules) {
			whole++
		}
	}
	s.Table = n.compare(s.Lots, whole)
	s.Questions = n.questions(s.Lots)
	s.Draft = n.draft(s.Lots)
	s.Assumed = rules.assumed(n)
	return s
}

// lots splits a piece by size: no larger than what enough local candidates could
// take, no smaller than what is worth a procedure.
func (n Need) lots(p Piece, candidates []Candidate, rules Rules) []Lot {
	able, full, unknown := n.able(p, candidates, rules)
	count := 1
	if size := wanted(able, rules); size > 0 && size < p.Amount && n.splits() {
		count = int((p.Amount + size - 1) / size)
		if least := max(rules.SmallestLot, 1); p.Amount/insertion.Cents(count) < least {
			count = max(1, int(p.Amount/least))
		}
		count = min(count, max(1, rules.MostLots))
	}
	out := make([]Lot, count)
	left := p.Amount
	for i := range out {
		amount := left / insertion.Cents(count-i)
		left -= amount
		l := Lot{Object: p.Object, Trade: p.Trade, Amount: amount, Labour: p.Labour, Hours: p.hours(amount, rules), Full: full, Unknown: unknown}
		if count > 1 {
			l.Object = fmt.Sprintf("%s, part %d sur %d", p.Object, i+1, count)
		}
		for _, t := range able {
			if t.Limit >= amount {
				l.Takers = append(l.Takers, t)
			} else {
				l.Partner++
			}
		}
		l.Nobody = n.nobody(l, p, able)
		l.Reserve = gate(l, n, rules)
		out[i] = l
	}
	return out
}

// able are the candidates of a trade that have room, the largest first, how many
// more have none, and of how many nobody knows.
func (n Need) able(p Piece, candidates []Candidate, rules Rules) (able []Taker, full, unknown int) {
	for _, c := range candidates {
		if !c.holds() || p.Trade == "" || !c.does(p.Trade) {
			continue
		}
		limit, why, known := c.limit(p, n, rules)
		switch {
		case !known:
			unknown++
		case limit <= 0:
			full++
		default:
			able = append(able, Taker{c, limit, why})
		}
	}
	slices.SortStableFunc(able, func(a, b Taker) int {
		return cmp.Or(cmp.Compare(b.Limit, a.Limit), cmp.Compare(a.Name, b.Name))
	})
	return able, full, unknown
}

// wanted is the size enough candidates could take; 0 when there is none.
func wanted(able []Taker, rules Rules) insertion.Cents {
	if len(able) == 0 {
		return 0
	}
	return able[min(len(able), max(1, rules.Answers))-1].Limit
}

// nobody says why no local candidate could take a lot alone.
func (n Need) nobody(l Lot, p Piece, able []Taker) string {
	if len(l.Takers) > 0 {
		return ""
	}
	label := strings.ToLower(trade.Label(p.Trade))
	switch {
	case p.Trade == "":
		return "ni le CPV ni l'objet ne disent la filière : précisez-la sur le lot envisagé"
	case len(able) == 0 && l.Full > 0:
		return fmt.Sprintf("%s en « %s », sans heure libre sur la durée", counted(l.Full, "candidat"), label)
	case len(able) == 0 && l.Unknown == 0:
		return "l'annuaire n'a ici ni structure ni entreprise de l'ESS en « " + label + " » qui tienne un marché"
	case len(able) == 0:
		return fmt.Sprintf("%s en « %s », dont ni les heures libres ni le chiffre d'affaires ne sont connus", counted(l.Unknown, "candidat possible"), label)
	case n.Apart == No:
		return fmt.Sprintf("la plus grande capacité est de %s (%s), et le marché ne se sépare pas", able[0].Limit.Round(), able[0].Name)
	}
	if !n.splits() {
		return fmt.Sprintf("la plus grande capacité est de %s (%s) ; dites si ces travaux peuvent être séparés", able[0].Limit.Round(), able[0].Name)
	}
	return fmt.Sprintf("la plus grande capacité est de %s (%s), sous ce que vaut un lot utile ; un groupement le pourrait", able[0].Limit.Round(), able[0].Name)
}

// takesWhole tells whether one candidate could take the whole contract: every
// trade of it, within the smallest of its limits.
func (n Need) takesWhole(c Candidate, rules Rules) bool {
	if !c.holds() || len(n.Pieces) == 0 {
		return false
	}
	for _, p := range n.Pieces {
		if p.Trade == "" || !c.does(p.Trade) {
			return false
		}
		p.Amount = n.Amount
		if limit, _, known := c.limit(p, n, rules); !known || limit < n.Amount {
			return false
		}
	}
	return true
}
