package insertion

import "fmt"

// Outcome is what became of one record of an import.
type Outcome uint8

// Every record read ends as exactly one of these, or as a Refusal.
const (
	Unchanged Outcome = iota
	Created
	Updated
)

// Cursor is the place of the row in a list sorted so.
func (r LotRow) Cursor(sort LotSort) Cursor {
	if sort == ByAmount {
		return Cursor{Key: fmt.Sprintf("%020d", r.Amount), ID: int64(r.ID)}
	}
	return Cursor{Key: string(r.Date), ID: int64(r.ID)}
}

// StructureFilter narrows the directory; zero fields do not narrow.
type StructureFilter struct {
	Text       string // words of name, brand, city, SIRET
	Department string
	Kind       Kind
	Trade      Trade
	Network    string
	Inactive   bool // only those not active
}

// StructureRow is a structure as the directory lists it.
type StructureRow struct {
	Structure
	Sorted   string   // what the list is sorted by
	Load     HoursSum // planned and done over the twelve months around today
	Proposed int      // times proposed
}

// ContactFilter chooses whose exchanges to read; any of them that is set.
type ContactFilter struct {
	Lot          LotID
	Organisation OrganisationID
	Structure    StructureID
}

// Share is a structure's part of all the proposals made, for fairness.
type Share struct {
	Structure StructureID
	Name      string
	Kind      Kind
	Proposals int
	Placed    int
	Part      BasisPoints
}

// Event is one line of the history of a lot or a structure, newest first:
// a change of the journal or an exchange.
type Event struct {
	On   Date
	By   string
	What string
}

// HoursRow is a placement's months on the grid of hours.
type HoursRow struct {
	Placement PlacementID
	Lot       LotID
	Object    string
	Employer  string
	Modality  Modality
	Months    []PlacementMonth // one per month asked, in order
}
