package bilan

import "passerelle/internal/insertion"

// Query chooses a bilan. Zero fields take the default.
type Query struct {
	Year    int
	Buyer   insertion.OrganisationID // 0 = all buyers
	Divisor insertion.Hours          // hours that make one ETP; 0 = DefaultDivisor
	Least   int                      // persons under which a cell is hidden; 0 = DefaultLeast
	On      insertion.Date           // the day the figures are seen from; "" = the last of the year, or today
	Names   Names                    `json:"-"` // of trades and places; nil = their codes. A Report keeps none
}

// Defaults of a query.
const (
	// DefaultDivisor is that of the national consolidation: 25 124 684 h made
	// 15 703 ETP (DOMAIN §2.5). A parameter of each report.
	DefaultDivisor = insertion.Hours(1600_00)
	// DefaultLeast is the usual threshold of disclosure control (DOMAIN §6.2).
	DefaultLeast = 5
	// FewestLeast is the lowest threshold: under it, what is hidden can be guessed.
	FewestLeast = 3
)

// Rules names the version of the rules a bilan was made with; it is printed, and
// changes whenever the same facts would give other figures.
const Rules = "bilan-1"

// Unit is what a number counts.
type Unit string

// The units. Hours, ETP and Decimal are in hundredths, Share in basis points,
// Money in cents.
const (
	Count   Unit = ""
	Hours   Unit = "h"
	ETP     Unit = "ETP"
	Share   Unit = "%"
	Money   Unit = "€"
	Decimal Unit = "moyenne"
)

// State tells whether a cell says its value.
type State uint8

// The states.
const (
	Shown  State = iota
	Hidden       // said, it would let somebody be recognised
	Absent       // nothing to say: no facts, or a division by nothing
)

// Cell is a figure. Value is 0 unless it is Shown.
type Cell struct {
	Value int64
	State State
}

// Column is one measure of a table.
type Column struct {
	Label string
	Unit  Unit
}

// Row is one line of a table: a label and a cell a column.
type Row struct {
	Label string
	Cells []Cell
	Level int  // how deep under the rows above, from 0
	Total bool // the sum of those above it, or of all
}

// Picture is how a table is best drawn.
type Picture uint8

// The pictures; the first column is drawn.
const (
	NoPicture Picture = iota
	BarPicture
	LinePicture // the rows are months or years in order
	PiePicture  // the rows are parts of a whole
)

// Table is a breakdown.
type Table struct {
	ID      string // stable, for JSON and sheets: "mois", "acheteurs", "sexe"
	Title   string
	Note    string // how to read it, and what is a parameter
	Head    string // over the labels
	Columns []Column
	Rows    []Row
	Picture Picture
}

// Figure is one number that stands alone.
type Figure struct {
	ID    string // stable, for JSON: "heures", "personnes"
	Label string
	Unit  Unit
	Cell  Cell
	Note  string // how it is counted, "" when its name says it
}

// Report is a bilan whole. The same facts on the same day under the same rules
// give the same Report, and the same Fingerprint.
type Report struct {
	Title       string
	Scope       string // « tous les acheteurs », or whose
	Query       Query
	Rules       string
	Fingerprint string   // SHA-256 of everything else, hexadecimal
	Empty       bool     // nothing happened that year: Figures and Tables are nil, Notes says so
	Figures     []Figure // the year at a glance
	Tables      []Table
	Notes       []string // what is hidden and why, parameters without a source
}
