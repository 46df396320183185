package mandate

import "passerelle/internal/insertion"

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
	Source  string // where the target comes from: « la lettre », or that nothing says it
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
	Value    int64
	Origin   Origin
	Detail   []string // how it was counted, in French sentences
	Evidence string   // Entered: the document that shows it
}

// Standing is where a commitment stands on a day.
type Standing struct {
	Commitment
	Target  int64 // the file's, else the commitment's
	Figures []Figure
	Next    string         // the next step
	Due     insertion.Date // when
	Who     string         // who follows it
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
