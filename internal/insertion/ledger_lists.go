package insertion

// ParticipantFilter narrows the list of participants; zero fields do not narrow.
type ParticipantFilter struct {
	Text string // of the code, the commune, a category, and the name when names are kept
	Lot  LotID
	Left bool // those who left; otherwise those followed
}

// ParticipantRow is a participant as lists show it.
type ParticipantRow struct {
	Participant
	Name       string // only when names are kept and the reader may see them
	Categories []string
	Employer   string // of the last assignment
	Hours      Hours
	Counted    Hours
	WindowEnds Date        // the first window to end, "" when none runs
	Ceiling    BasisPoints // of the ceiling nearest to being reached
	Ineligible string      // why nothing counts, "" when something does
}

// ParticipantFile is all that is held on one person.
type ParticipantFile struct {
	Person
	Name  string
	Sites map[PlacementID]Site
}

// LineRow is a row of the month's grid: a participant on a placement, with one
// cell a month asked.
type LineRow struct {
	Assignment
	Name     string // when names are kept
	Object   string
	Employer string
	Modality Modality
	Cells    []HourLine // zero Hours and empty By: nothing entered
}

// LineEdit is a cell typed. Old is the cell as the person saw it: when somebody
// wrote another meanwhile, nothing is written and the error is a *StaleHours.
type LineEdit struct {
	Assignment AssignmentID
	Month      Month
	Old        HourLine
	Hours      Hours
	Clear      bool   // remove the line
	Granted    string // count before eligibility was seen: the reason
	Source     string // "" = « saisie »
}

// MergeReport says what a merge of two records moved, or what stands in its way.
type MergeReport struct {
	Kept, Gone    ParticipantID
	Lines         int
	Assignments   int
	Eligibilities int      // those the kept record had already are not taken twice
	Conflicts     []string // French; not empty: nothing was merged
}

// ErasureReport says what an erasure reaches, before or after it is done.
type ErasureReport struct {
	Participant ParticipantID
	Name        bool
	Proofs      int
	Lines       int // kept for statistics, under a number nobody knows
	Changes     int // entries of the journal rewritten, which can no longer be undone
	Notes       int // exchanges, reports and other texts rewritten
	Doubts      []Doubt
	Residue     string // French: what could not be done at once and how to; "" when all was
}

// Doubt is a text that holds a part of the name of a person being erased, which may
// be somebody else's: only one who reads can tell.
type Doubt struct {
	Subject        // whose page shows it; zero when none is about it alone
	Command string `json:"commande"` // what shows it in the terminal: « clause 24 »
	Where   string `json:"ou"`       // French: « appel du 02/05/2026 au sujet du lot 3 »
	Text    string `json:"texte"`    // what stands around it
}

// DeclarationFilter narrows the calendar of declarations.
type DeclarationFilter struct {
	Lot     LotID
	Missing bool // only those late or missing
}

// NamesReport says what ceasing to keep a name, or all of them, reached.
type NamesReport struct {
	Names   int    // names erased
	Changes int    // entries of the journal rewritten, which can no longer be undone
	Texts   int    // exchanges, records and other texts rewritten
	Residue string // French: what could not be done at once and how to; "" when all was
}

// Touches tells whether texts were rewritten, which nothing takes back.
func (r NamesReport) Touches() bool { return r.Changes+r.Texts > 0 }
