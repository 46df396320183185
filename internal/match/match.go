// Package match owns the ranking of insertion structures for a lot: which can
// do the work, in what order, for which reasons, and why the others cannot. It
// is pure: the directory is in memory, nothing is read or written, the same
// question always gets the same answer. It never proposes anything by itself
// and never decides: the firm chooses freely.
//
// The screens, the commands and the plan may import it; it imports the nouns,
// the trades and the places.
package match

import (
	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// Rule is the version of the ranking, kept with every list proposed. It changes
// whenever the same question could get another answer.
const Rule = "appariement-1"

// Need is what a lot asks for.
type Need struct {
	Lot         insertion.LotID
	Object      string
	CPV         string
	Place       insertion.Place // as the gazetteer understood it
	Social      insertion.Social
	Modalities  insertion.Modality // accepted by the clause; 0 means all
	Hours       insertion.Hours    // to be done; 0 when unknown
	Months      []insertion.Month  // over which; empty when unknown
	Declined    map[insertion.StructureID]bool
	Trades      trade.Evidence // computed from CPV and Object when nil
	Buyer       string         // SIRET
	Contractors []string       // SIRETs; a structure is never proposed to itself
	// Whole says that the structure would hold the whole contract (reserved, or
	// an award read after the event) rather than hours of it. The object is then
	// the structure's own work, which services do and seconding rarely does.
	Whole bool
	// Reach is how far from the work a structure may be, in km; 0 means
	// DefaultReach.
	Reach float64
}

// DefaultReach is the radius searched around the work when none is asked, in
// kilometres. No law sets it.
const DefaultReach = 150

// NeedOf is the need of a lot as it stands: what its clause accepts, the hours
// still to plan, the months it lasts.
func NeedOf(l insertion.Lot) Need {
	n := Need{
		Lot: l.ID, Object: l.Object, CPV: l.CPV, Place: l.Place, Social: l.Social,
		Buyer: l.Buyer.ID, Hours: max(0, l.Hours.Due-l.Hours.Planned),
	}
	for _, c := range l.Contractors {
		n.Contractors = append(n.Contractors, c.Party.ID)
	}
	start, end := l.Notice.Notified, insertion.Date("")
	if months := l.Notice.CurrentMonths(); start != "" && months > 0 {
		end = start.AddMonths(months)
	}
	if l.Clause != nil {
		n.Modalities = l.Clause.Modalities
		if l.Clause.Start != "" {
			start = l.Clause.Start
		}
		if l.Clause.End != "" {
			end = l.Clause.End
		}
	}
	n.Months = insertion.Months(start.Month(), end.Month())
	n.Whole = l.Clause == nil && l.Social&insertion.SocialReserved != 0
	return n
}

// Weights say how much each part counts. Only their proportions matter.
type Weights struct {
	Trade    float64 `json:"filiere"`
	Distance float64 `json:"distance"`
	Capacity float64 `json:"capacite"`
	Record   float64 `json:"historique"`
	Fairness float64 `json:"equite"`
}

// DefaultWeights are the weights before anyone moves them. Trade and distance
// were set on real awards (see Evaluate); the three others are a proposal.
func DefaultWeights() Weights {
	return Weights{Trade: 40, Distance: 40, Capacity: 12, Record: 5, Fairness: 5}
}

func (w Weights) list() [5]float64 {
	return [5]float64{w.Trade, w.Distance, w.Capacity, w.Record, w.Fairness}
}

func (w Weights) sum() float64 {
	return w.Trade + w.Distance + w.Capacity + w.Record + w.Fairness
}

// The parts of a score, in the order of Candidate.Parts.
const (
	PartTrade = iota
	PartDistance
	PartCapacity
	PartRecord
	PartFairness
)

// Part is one of the five reasons of a score.
type Part struct {
	Name   string
	Value  float64 // 0 to 1
	Weight float64 // as given; the score divides by the sum of the five
	Reason string  // one French sentence, to read out on the phone
}

// Candidate is a structure able to do the work, and why.
type Candidate struct {
	Structure *insertion.Structure
	Rank      int     // from 1
	Score     float64 // 0 to 100
	Km        float64 // to the point of the work, -1 when unknown
	Parts     [5]Part
	Reasons   []string
}

// Exclusion is a structure left out, and why.
type Exclusion struct {
	Structure *insertion.Structure
	Reason    string
}

// Group counts the structures left out for one reason.
type Group struct {
	Reason string
	Count  int
}

// Result is the answer for a lot. Able and the counts of Groups sum to
// Considered.
type Result struct {
	Candidates []Candidate // at most the limit asked, best first
	Excluded   []Exclusion // the nearest ones, at most ExcludedShown
	Groups     []Group     // every reason, in the order they are checked
	Able       int         // structures able to do the work, shown or not
	Considered int
	Trades     trade.Evidence // what the lot asks for
	Place      string         // how the place was understood, in French
}

// ExcludedShown is how many of the structures left out a Result lists.
const ExcludedShown = 100
