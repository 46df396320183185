package bilan

import "passerelle/internal/insertion"

// Facts are what a bilan is counted from: one year, seen at one moment. Rows come
// in the order of their numbers. Here tells what is within the scope of the query;
// persons and contracts of the other buyers are there too, because what may be
// said of some depends on what would be left of all.
type Facts struct {
	Query     Query
	Scope     string // whose, in French
	Narrow    bool   // the scope is some buyers, not all
	Withheld  bool   // nothing of persons is said: there are none in these facts
	Buyers    map[insertion.OrganisationID]string
	Lots      []Lot
	Sites     []Site
	Persons   []Person
	Contracts []Contract
	Begun     []Beginning // ordered by person
	Leavers   []Leaver
	Months    []MonthSum // the twelve
	Years     []YearSum  // of Trend years, in order
	Notices   []NoticeSum
	Leading   map[insertion.StructureID]string // names of the structures of Leading
	Quality   Quality
}

// Trend is how many years a bilan looks at.
const Trend = 5

// Lot is a lot whose clause runs in the year, or that has hours in it.
type Lot struct {
	ID       insertion.LotID
	Contract insertion.ContractID
	Buyer    insertion.OrganisationID
	Lead     insertion.OrganisationID
	CPV      string
	Object   string
	INSEE    string // of the place of execution; "" when not known to the commune
	Dep      string
	Amount   insertion.Cents
	Doubtful bool // its amount is left out of sums
	Due      insertion.Hours
	Total    insertion.Hours // done since the start, to the end of the year
	Clause   bool
	Ends     insertion.Date
}

// Site is a placement with hours or a plan in the year.
type Site struct {
	Lot       int // in Lots
	Modality  insertion.Modality
	Structure insertion.StructureID
	Kind      insertion.Kind // "" without a structure
	Planned   insertion.Hours
	Worked    insertion.Hours
	Done      insertion.Hours // those that count
}

// Person is a participant with hours that count in the year: what statistics ask
// for, and no more.
type Person struct {
	Born    int // of a person erased, the first of five years
	Sex     insertion.Sex
	INSEE   string // of a person erased, her département
	QPV     bool
	Level   insertion.Level
	Entered insertion.Date
	Erased  bool
	Public  string // the category that opened her right; "" when none is recorded
	Here    bool
	Done    insertion.Hours // within the scope
}

// Contract is an employment contract with hours that count in the year.
type Contract struct {
	Person     int // in Persons
	Employment insertion.Employment
	Start, End insertion.Date
	Here       bool
	Done       insertion.Hours
}

// Beginning is a contract begun in the year with hours done in it, whether they
// count or not: those of a contract whose eligibility nobody saw do not.
type Beginning struct {
	Person insertion.ParticipantID
	Seen   bool // her eligibility was seen by the first day
	Here   bool
}

// Leaver is a person who left in the year.
type Leaver struct {
	Exit, Later insertion.Exit
	Asked       bool // the call six months after was made
	Here        bool
}

// MonthSum is a month of the year.
type MonthSum struct {
	Month        insertion.Month
	Worked, Done insertion.Hours
}

// YearSum is a year of the trend.
type YearSum struct {
	Year                  int
	Planned, Worked, Done insertion.Hours
	Persons               int
	Lots                  int // with hours
}

// NoticeSum is how many award notices of the year declare some considerations.
type NoticeSum struct {
	Social insertion.Social
	N      int
	Amount insertion.Cents // 0 for those that declare none
}

// Quality is how the work was followed.
type Quality struct {
	Declared, OnTime   int // declarations due by the day, and those received by it
	Asked, Answered    int // structures proposed in the year, and those that answered
	Decisions, Applied int // of buyers on penalties, and those that apply one
	Penalties          insertion.Cents
}

// Names say in French what the facts hold as codes. They may be asked the same
// thing many times.
type Names interface {
	// Trade is the trade of a lot, by its CPV and the words of its object.
	Trade(cpv, object string) string
	// Commune is the name of a commune and of the EPT it is in, else of its
	// intercommunalité or département; both "" for a code nobody knows.
	Commune(insee string) (name, group string)
	// Department is the name of a département.
	Department(code string) string
}

// codes are the names of who has none to give: the codes themselves.
type codes struct{}

func (codes) Trade(cpv, _ string) string { return "CPV " + cpv }
func (codes) Commune(insee string) (name, group string) {
	return insee, insee[:min(2, len(insee))]
}
func (codes) Department(code string) string { return code }
