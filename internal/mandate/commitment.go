package mandate

import (
	"slices"

	"passerelle/internal/insertion"
)

// Code names a commitment.
type Code string

// The commitments, in the order of the letter.
const (
	Post           Code = "poste"          // a facilitator in the delegation
	Council        Code = "conseil"        // more seats for the ESS on the council
	Allotment      Code = "allotissement"  // lots small enough for the ESS and small firms
	Levers         Code = "leviers"        // clauses that favour SCOP
	Networks       Code = "reseaux"        // support to networks
	CallForProject Code = "appel"          // a call that does not shut out what works
	Premises       Code = "locaux"         // 1 % of premises for the ESS
	Promotion      Code = "promotion"      // schools, business shops, founders
	FreeSoftware   Code = "logiciel-libre" // free software is ESS too
	Revitalisation Code = "revitalisation" // a third of the funds to insertion
	Forum          Code = "forum"          // a forum with three debates
	ESSMonth       Code = "mois-ess"       // the month of the ESS, prepared together
	Cooperatives   Code = "cooperatives"   // SCOP and ESS in the directory and among the winners
)

// Unit is what the figure of a commitment counts.
type Unit string

// The units. Shares are in basis points, money in cents, hours and square metres
// in hundredths.
const (
	Number Unit = ""
	Share  Unit = "%"
	Money  Unit = "€"
	Hours  Unit = "h"
	Area   Unit = "m²"
)

// Commitment is one proposal of the letter, as something that can be followed.
type Commitment struct {
	Code    Code
	Title   string
	Letter  string // the letter's own words, shortened
	Measure string // what the figure is, in French
	Unit    Unit
	Target  int64  // proposed; the file may hold another. 0 = none is proposed
	Source  string // where the target comes from, or that nothing says it
	Flow    bool   // the figure is of a year: one still running is not compared with those before
	Kinds   []Kind // the records it is followed by
}

// Origin tells where a figure comes from.
type Origin string

// The origins.
const (
	Computed Origin = "calculé"
	Entered  Origin = "saisi"
	Unknown  Origin = "" // no figure
)

// Figure is the measure of a commitment for a year.
type Figure struct {
	Year     int
	Value    int64 // in the unit of the commitment; 0 with Unknown
	Origin   Origin
	Detail   []string // how it was counted, in French sentences
	Evidence string   // Entered: the document that shows it
}

// State is where a commitment stands against its target.
type State string

// The states.
const (
	Reached  State = "atteint"
	Short    State = "pas atteint"
	Running  State = "en cours" // short of it, in a year that still adds up
	Aimless  State = "sans cible"
	Unproved State = "sans chiffre"
)

// Standing is where a commitment stands on a day.
type Standing struct {
	Commitment
	Target  int64    // the file's when it has one, else the commitment's
	Aimed   bool     // there is a target; one of zero asks nothing
	From    string   // where the target comes from
	Figures []Figure // a year each, oldest first, those without a figure too
	State   State
	Part    insertion.BasisPoints // of the target reached; 0 when the target is zero or missing
	Trend   string                // a French sentence
	Notes   []string              // what else the records say: answers to the letter's own questions
	Promise RecordID              // the file's own record of it, 0 when there is none
	Next    string                // the next step
	Due     insertion.Date        // when
	Late    bool                  // Due is past
	Who     string                // who follows it
}

// Now is the last figure known; Unknown when there is none.
func (s Standing) Now() Figure {
	for _, f := range slices.Backward(s.Figures) {
		if f.Origin != Unknown {
			return f
		}
	}
	return Figure{}
}

// Underway tells that the last figure is of a year that is not over.
func (s Standing) Underway() bool {
	n := len(s.Figures)
	return s.Flow && n > 0 && s.Figures[n-1].Origin != Unknown
}

// CommitmentOf finds a commitment by its code.
func CommitmentOf(code Code) (Commitment, bool) {
	for _, c := range Commitments() {
		if c.Code == code {
			return c, true
		}
	}
	return Commitment{}, false
}

// Show writes a value with its unit: « 12,5 % », « 15 000,00 € », « 43 000 h », « 3 ».
func (u Unit) Show(v int64) string {
	switch u {
	case Share:
		return insertion.BasisPoints(v).String()
	case Money:
		if v%100 == 0 {
			return insertion.Cents(v).Round()
		}
		return insertion.Cents(v).String()
	case Hours:
		return insertion.Hours(v).String()
	case Area:
		return decimal(v) + " m²"
	}
	return insertion.Thousands(v)
}

// fromHundredths turns what a measure keeps into what the unit counts.
func (u Unit) fromHundredths(n int64) int64 {
	if u == Number {
		return n / 100
	}
	return n
}
