package insertion

import "time"

// IntroductionID numbers an introduction.
type IntroductionID int64

// IntroductionState is a step between a proposal and a placement.
type IntroductionState string

// The steps in order; an introduction only moves forward, save that a declined
// one may be proposed again as a new introduction.
const (
	Proposed  IntroductionState = "proposée"
	Contacted IntroductionState = "contactée"
	Accepted  IntroductionState = "acceptée"
	Declined  IntroductionState = "déclinée"
	Placed    IntroductionState = "placée"
)

// Next lists the states an introduction can move to.
func (s IntroductionState) Next() []IntroductionState {
	switch s {
	case Proposed:
		return []IntroductionState{Contacted, Accepted, Declined}
	case Contacted:
		return []IntroductionState{Accepted, Declined}
	case Accepted:
		return []IntroductionState{Placed, Declined}
	}
	return nil
}

// Introduction links a lot with a structure the facilitator proposed.
type Introduction struct {
	ID        IntroductionID
	Lot       LotID
	Structure StructureID
	Name      string // of the structure
	Kind      Kind
	SIRET     string
	State     IntroductionState
	Reason    string // why it was declined
	Rank      int    // its rank when proposed, 0 when not from a ranking
	Score     float64
	Rule      string // version of the ranking rule
	By        string
	Proposed  time.Time
	Changed   time.Time // when its state last changed
}

// PlacementID numbers a placement.
type PlacementID int64

// Placement is hours agreed on a lot with an employer, by a modality.
type Placement struct {
	ID           PlacementID
	Lot          LotID
	Introduction IntroductionID // 0 for a direct hire by the contractor
	Structure    StructureID    // 0 for a direct hire
	Employer     string         // the structure's name, or the contractor's
	Modality     Modality
	Signed       Date
	Months       []PlacementMonth
	Note         string
	Member       OrganisationID // contractor it counts for, in a group; 0 the lead
	Start        Date           // when work is to begin; "" = the first month planned
}

// PlacementMonth holds what is planned and done in a month. Version guards
// against two people entering the same cell.
type PlacementMonth struct {
	Month   Month `json:"mois"`
	Planned Hours `json:"prevues"`
	Done    Hours `json:"faites"`    // those that count
	Worked  Hours `json:"declarees"` // all those declared
	Entered bool  `json:"saisi"`     // hours were entered, even as 0
}

// ContactKind is how people spoke.
type ContactKind string

// The kinds of exchange the log keeps.
const (
	Call    ContactKind = "appel"
	Mail    ContactKind = "courriel"
	Letter  ContactKind = "courrier"
	Visit   ContactKind = "réunion"
	NoteLog ContactKind = "note"
)

// ContactKinds lists them in the order forms offer them.
func ContactKinds() []ContactKind { return []ContactKind{Call, Mail, Letter, Visit, NoteLog} }

// ContactID numbers an entry of the log of exchanges.
type ContactID int64

// Contact is one exchange about a lot, with a firm or with a structure. At
// least one of the three is set.
type Contact struct {
	ID           ContactID
	Lot          LotID
	Organisation OrganisationID
	Structure    StructureID
	With         string // name of the firm or structure, for display
	Kind         ContactKind
	On           Date
	Text         string
	By           string
}

// Record is what a structure's past says of it, for the ranking.
type Record struct {
	Proposals int // introductions, all lots
	Answered  int // accepted, declined or placed
	Declined  int
	Placed    int
	Promised  Hours        // planned hours of months already over
	Kept      Hours        // done hours of the same months
	Ahead     []MonthHours // planned on all lots, from this month on
}

// Validate checks a placement a person typed; the error is a *FieldError.
func (p Placement) Validate() error {
	switch {
	case p.Employer == "":
		return &FieldError{"employeur", "l'employeur manque"}
	case len(p.Modality.Split()) != 1:
		return &FieldError{"modalite", "choisissez une modalité"}
	}
	for _, m := range p.Months {
		if m.Month == "" || m.Planned < 0 || m.Planned > WholeHours(100_000) {
			return &FieldError{"mois", "des heures prévues vont de 0 à 100 000 par mois"}
		}
	}
	return nil
}

// StaleHours says that somebody entered another figure in the same cell.
type StaleHours struct {
	By      string
	Done    Hours
	Entered bool
}

func (e *StaleHours) Error() string {
	if !e.Entered {
		return "ces heures ont été effacées entre-temps"
	}
	return e.By + " a saisi " + e.Done.String() + " entre-temps"
}

// Unwrap makes errors.Is recognise it as ErrStale.
func (e *StaleHours) Unwrap() error { return ErrStale }
