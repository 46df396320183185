package mandate

import (
	"cmp"
	"math"
	"slices"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// Need is a contract in preparation as the adviser reads it.
type Need struct {
	Object string
	Amount insertion.Cents // estimated, excluding tax
	Months int             // 0 unknown: counted as twelve
	Nature string          // travaux, services, fournitures, services sociaux, de santé ou culturels
	Launch insertion.Date  // of the consultation, "" unknown
	Linked Answer          // insertion has a link with the object
	Apart  Answer          // distinct services can be separated
	Pieces []Piece         // by trade; together they are the amount
}

// splits tells whether a trade may be divided by size: not when the buyer says no,
// and for works only when she says yes, for a building site does not divide itself.
func (n Need) splits() bool {
	return n.Apart == Yes || n.Apart == Unsaid && n.Nature != "travaux"
}

// Answer is yes, no, or nobody said.
type Answer int8

// The answers.
const (
	Unsaid Answer = iota
	Yes
	No
)

func answer(r Record, field string) Answer {
	switch {
	case !r.Said(field):
		return Unsaid
	case r.Ticked(field):
		return Yes
	}
	return No
}

// Piece is the part of a contract of one trade.
type Piece struct {
	Object   string
	Trade    insertion.Trade // "" when nothing tells
	Amount   insertion.Cents
	Labour   insertion.BasisPoints // part of labour in the price
	Why      string                // where the part of labour comes from
	Reserved bool                  // the buyer means to reserve it
}

// social is the nature whose contracts may be reserved to the ESS.
const social = "services sociaux, de santé ou culturels"

// NeedOf reads a contract in preparation and the lots already thought of. What they
// leave of the amount is one more piece; without any, the CPV and the object say
// the trade of the whole.
func NeedOf(project Record, parts []Record, rules Rules) Need {
	n := Need{
		Object: project.Text("objet"), Amount: project.Amount("montant"), Months: int(min(project.Whole("mois"), 600)),
		Nature: project.Text("nature"), Launch: project.Date("publication"), Linked: answer(project, "lien"), Apart: answer(project, "separable"),
	}
	left := n.Amount
	whole := trade.OfNotice(project.Text("cpv"), n.Object).Best()
	for _, r := range parts {
		if r.Kind != Part {
			continue
		}
		t := insertion.Trade(r.Text("filiere"))
		if t == "" {
			t = cmp.Or(trade.OfNotice("", r.Text("objet")).Best(), whole)
		}
		p := Piece{Object: r.Text("objet"), Trade: t, Amount: min(r.Amount("montant"), left), Reserved: r.Ticked("reserve")}
		p.Labour, p.Why = labourOf(t, r.Share("part"), rules)
		left -= p.Amount
		if p.Amount > 0 {
			n.Pieces = append(n.Pieces, p)
		}
	}
	if left > 0 {
		object := n.Object
		if len(n.Pieces) > 0 {
			object = "Reste du marché"
		}
		p := Piece{Object: object, Trade: whole, Amount: left}
		p.Labour, p.Why = labourOf(whole, 0, rules)
		n.Pieces = append(n.Pieces, p)
	}
	return n
}

// labourOf is the part of labour in the price: typed, else the usual one.
func labourOf(t insertion.Trade, typed insertion.BasisPoints, rules Rules) (insertion.BasisPoints, string) {
	if typed > 0 {
		return typed, "saisie"
	}
	if usual, ok := insertion.UsualShare(t); ok {
		if usual.Sourced {
			return usual.Share, usual.Source
		}
		return usual.Share, "usage, sans source"
	}
	return rules.LabourShare, "par défaut, sans source"
}

// months of the contract, a year when nobody said.
func (n Need) months() int {
	if n.Months <= 0 {
		return 12
	}
	return n.Months
}

// hours of labour an amount buys.
func (p Piece) hours(amount insertion.Cents, rules Rules) insertion.Hours {
	if rules.HourlyCost <= 0 {
		return 0
	}
	return insertion.Hours(math.Round(float64(amount) * float64(p.Labour) / 10_000 / float64(rules.HourlyCost) * 100))
}

// Candidate is a firm of the territory that could answer, as far as the file knows.
type Candidate struct {
	Name     string
	Kind     insertion.Kind
	Status   insertion.Status
	Trades   []insertion.Trade
	Monthly  insertion.Hours // free hours a month over the contract
	Declared bool            // it declared hours, be they none
	Turnover insertion.Cents // of a year; 0 unknown
}

// holds tells whether its type can hold a contract of services or works: seconding
// types lend people to those who do.
func (c Candidate) holds() bool {
	return c.Kind.Offers() == 0 || c.Kind.Offers()&insertion.Reserved != 0
}

// does tells whether it works in a trade.
func (c Candidate) does(t insertion.Trade) bool { return slices.Contains(c.Trades, t) }

// article tells under which article a lot may be reserved to it, "" for none:
// EA and ESAT (L2113-12), SIAE (L2113-13; c. trav. L5132-4), workshops of prisons
// (L2113-13-1). A régie is one when it has an agreement of EI or ACI, which its
// type alone does not say.
func (c Candidate) article() string {
	switch c.Kind {
	case insertion.EA, insertion.ESAT:
		return "L2113-12"
	case insertion.EI, insertion.ACI, insertion.EITI:
		return "L2113-13"
	case insertion.SEP:
		return "L2113-13-1"
	}
	return ""
}

// limit is the largest lot it could take alone, and why; false when the file knows
// neither its hours nor its turnover.
func (c Candidate) limit(p Piece, n Need, rules Rules) (insertion.Cents, string, bool) {
	limit, why, known := insertion.Cents(0), "", false
	if c.Declared && p.Labour > 0 {
		hours := c.Monthly * insertion.Hours(n.months())
		limit = insertion.Cents(float64(hours) / 100 * float64(rules.HourlyCost) * 10_000 / float64(p.Labour))
		why, known = hours.Round()+" libres sur la durée", true
	}
	if c.Turnover > 0 {
		years := max(12, n.months())
		byTurnover := rules.TurnoverPart.Of(c.Turnover*insertion.Cents(years)) / 12
		if !known || byTurnover < limit {
			limit, why, known = byTurnover, rules.TurnoverPart.String()+" d'un chiffre d'affaires de "+c.Turnover.Round(), true
		}
	}
	return limit, why, known
}
