package insertion

// RuleCode names a rule of counting; the worked cases and the screens use it.
type RuleCode string

// The rules, in the order they apply (DOMAIN §3.4, §4).
const (
	RuleAssignment     RuleCode = "hors-affectation" // no day of the assignment in the month
	RuleContractWindow RuleCode = "fenetre-marche"   // CCAP 21_BAM_048 art. 1.4
	RulePersonWindow   RuleCode = "fenetre-personne" // parameter, unsourced
	RuleCDIWindow      RuleCode = "fenetre-cdi"      // CCAP 21_BAM_048 art. 1.4
	RuleEligibility    RuleCode = "eligibilite"      // no accepted category with a fresh proof seen
	RuleProofLate      RuleCode = "preuve-tardive"   // worked before the proof was seen
	RuleModality       RuleCode = "modalite"         // not accepted by the clause
	RuleAI480          RuleCode = "ai-480"           // L5132-9 2°, R5132-18
	RuleETTI24         RuleCode = "etti-24"          // L5132-6
	RuleCDDI           RuleCode = "cddi-4-24"        // 4 to 24 months, flagged
	RuleMonthFull      RuleCode = "mois-plein"       // above 151.67 h, flagged
	RuleTutor          RuleCode = "tuteur"           // no tutor named, flagged
	RuleUndetailed     RuleCode = "sans-detail"      // a total without persons
	RuleShared         RuleCode = "mutualisation"    // more than the hours worked
	RuleGranted        RuleCode = "accord-motive"    // counted by decision, flagged
)

// Rules is how a contract counts hours. Zero fields take the default; each
// default marked unsourced in DOMAIN is a parameter and is shown as such.
type Rules struct {
	PersonMonths int   `json:"fenetre_personne,omitempty"`   // months from the first hire; 0 = 24, unsourced
	AnyClause    bool  `json:"toute_clause,omitempty"`       // first hire under any clause of the file, not this one
	CDIMonths    int   `json:"fenetre_cdi,omitempty"`        // CDI: months from the hire, e.g. 48; 0 = as PersonMonths
	PublicUser   bool  `json:"utilisateur_public,omitempty"` // user is a public body, household or non-profit: no AI ceiling
	AIHours      Hours `json:"plafond_ai,omitempty"`         // 0 = 480 h; more by derogation (D5132-18-1)
	AnyPublic    bool  `json:"tout_public,omitempty"`        // count without eligibility: never a default
	NoUndetailed bool  `json:"detail_exige,omitempty"`       // totals without persons do not count
	NeedTutor    bool  `json:"tuteur_exige,omitempty"`       // flag assignments by direct hire without a tutor
}

// Defaults of Rules.
const (
	DefaultPersonMonths = 24            // unsourced: usage of the network
	DefaultAIHours      = Hours(480_00) // L5132-9 2°, R5132-18 2°
	AIMonths            = 24            // same articles
	ETTIMonths          = 24            // L5132-6
	CDDIMinMonths       = 4             // DOMAIN §4
	CDDIMaxMonths       = 24            // DOMAIN §4
	FullMonth           = Hours(151_67) // legal month, 35 h × 52 ÷ 12
)

// Site is what the ledger must know of a placement to count its hours.
type Site struct {
	Placement PlacementID
	Lot       LotID
	Modality  Modality
	Kind      Kind   // of the structure; "" for a direct hire
	Employer  string // who employs
	User      string // key of the firm where the person works: SIREN, or its name; the AI ceiling counts by it
	Clause    Clause // zero Lot when the lot has no clause sheet: nothing counts
	Notified  Date   // of the lot; starts the window when the clause says nothing
}

// Person is everything the ledger reads of one participant. Every rule looks at
// one person only, so that a change costs one person's lines.
type Person struct {
	Participant
	Eligibilities []Eligibility
	Assignments   []Assignment
	Lines         []HourLine // of these assignments, any order
	Worked        []WorkedMonth
	// Detailed, for the total of a placement only (participant 0), is what is
	// entered person by person in each month: the total counts for the rest.
	Detailed map[Month]Hours
}
