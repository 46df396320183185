package insertion

// Declarant is who fills a statement: a structure, or a contractor for its own
// hires. Exactly one of the two is set.
type Declarant struct {
	Structure    StructureID    `json:"structure,omitempty"`
	Organisation OrganisationID `json:"entreprise,omitempty"`
	Name         string         `json:"nom"`
}

// StatementSheet is the sheet sent to a declarant for a period: its own
// participants, by pseudonym, and the hours already known.
type StatementSheet struct {
	Declarant
	From, To Month
	Made     Date
	Rows     []SheetRow
}

// SheetRow is one assignment on the sheet; Hours holds one cell a month, -1 for
// a month without a line.
type SheetRow struct {
	Assignment AssignmentID
	Lot        LotID
	Object     string
	Code       string
	Born       int
	Employment Employment
	Start, End Date
	Hours      []Hours
}

// Statement (relevé) is a sheet as it came back, before anything is written.
type Statement struct {
	Declarant
	From, To Month
	File     string
	Hash     string // SHA-256 of the bytes read, hexadecimal
	Rows     []StatementRow
	Seal     string // of the answers a check gave; accepting refuses when they have changed since
}

// StatementRow is one row of the sheet as filled; Line is its number there.
type StatementRow struct {
	Line       int
	Lot        LotID
	Code       string // « P-0042 » as typed, cleaned
	Employment Employment
	Start, End Date
	Cells      []StatementCell // one a month of the period
	Problem    string          // French; the whole row cannot be read
}

// StatementCell is a month's hours as typed. Blank is an empty cell.
type StatementCell struct {
	Hours   Hours
	Blank   bool
	Problem string // French: text, negative, a formula error…
}

// Verdict is what becomes of a cell of a statement.
type Verdict string

// The verdicts. A doubtful cell is written only when the facilitator says so.
const (
	CellAccepted Verdict = "acceptée"
	CellChanged  Verdict = "modifiée"
	CellSame     Verdict = "déjà connue"
	CellDoubtful Verdict = "douteuse"
	CellRefused  Verdict = "refusée"
)

// StatementAnswer is the verdict on one cell, or on a whole row (Month empty).
type StatementAnswer struct {
	Line       int          `json:"ligne"`
	Code       string       `json:"personne"`
	Lot        LotID        `json:"lot"`
	Assignment AssignmentID `json:"affectation"`
	Month      Month        `json:"mois"`
	Verdict    Verdict      `json:"verdict"`
	Old        Hours        `json:"avant"`
	New        Hours        `json:"apres"`
	Counted    Hours        `json:"comptees"` // of New, once everything accepted is written
	Text       string       `json:"pourquoi"`
}

// StatementReport answers every row of a statement before anything is written.
type StatementReport struct {
	Statement Statement         `json:"-"`
	Again     Date              `json:"deja_recu"` // the same bytes came that day; "" for a new file
	Answers   []StatementAnswer `json:"reponses"`
}

// Written tells whether accepting the statement writes the cell.
func (a StatementAnswer) Written(doubtful bool) bool {
	return a.Assignment != 0 && (a.Verdict == CellAccepted || a.Verdict == CellChanged || doubtful && a.Verdict == CellDoubtful)
}

// Verdicts lists them in the order reports show them.
func Verdicts() []Verdict {
	return []Verdict{CellRefused, CellDoubtful, CellChanged, CellAccepted, CellSame}
}

// Count is how many answers bear a verdict.
func (r StatementReport) Count(v Verdict) int {
	n := 0
	for _, a := range r.Answers {
		if a.Verdict == v {
			n++
		}
	}
	return n
}
