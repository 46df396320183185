package insertion

// GroupKind is how the members of a group are bound (DECP
// typeGroupementOperateurs).
type GroupKind string

// In a joint and several group each member answers for the whole debt.
const (
	NoGroup GroupKind = "Pas de groupement"
	Joint   GroupKind = "Conjoint"
	Several GroupKind = "Solidaire"
)

// Member is a contractor of a group and its part of the hours due.
type Member struct {
	Organisation OrganisationID `json:"titulaire"`
	Name         string         `json:"nom"`
	Lead         bool           `json:"mandataire"`
	Share        BasisPoints    `json:"part"` // of the hours due; parts sum to 100 %
}

// Transfer moves hours of obligation from a member to another, who does them at
// a price an hour (DOMAIN §3.4, groupement).
type Transfer struct {
	ID      int64          `json:"id"`
	Lot     LotID          `json:"lot"`
	From    OrganisationID `json:"de"` // owes the hours, pays for them
	To      OrganisationID `json:"a"`  // does them
	Hours   Hours          `json:"heures"`
	Price   Cents          `json:"prix"` // an hour
	Dated   Date           `json:"date"`
	By      string         `json:"par"`
	Version int64          `json:"-"`
}

// Group is what a settlement reads.
type Group struct {
	Kind      GroupKind
	Due       Hours
	Members   []Member
	Transfers []Transfer
	Done      map[OrganisationID]Hours
}

// MemberState is where a member stands.
type MemberState struct {
	Member
	Due      Hours // its part, exact to the hundredth; parts sum to the whole
	Given    Hours // obligation passed to others
	Taken    Hours // obligation taken from others
	Done     Hours
	Missing  Hours // Due − Given + Taken − Done, never below 0
	Exposure Hours // what can be asked of it: Missing, or the whole group's in a joint and several group
}

// Payment is what a member owes another once everything is netted.
type Payment struct {
	From   OrganisationID `json:"de"`
	To     OrganisationID `json:"a"`
	Amount Cents          `json:"montant"`
}

// Settlement is who owes what to whom.
type Settlement struct {
	Members  []MemberState
	Missing  Hours     // of the group: due − done, whatever the parts
	Payments []Payment // the fewest that settle every transfer
	Trace    []string
}
