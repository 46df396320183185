package insertion

import "fmt"

// ParticipantID numbers a participant in the file.
type ParticipantID int64

// Code is the pseudonym made by the program, « P-0042 »: the only thing that
// designates a person on screens, in files and in letters. Below 0 stand the
// persons erased, whom nothing designates: « anonyme ».
func (id ParticipantID) Code() string {
	if id < 0 {
		return anonymous
	}
	return fmt.Sprintf("P-%04d", int64(id))
}

const anonymous = "anonyme"

// Sex is what statistics ask for; empty when not said.
type Sex string

// The values of the national statistics.
const (
	Woman Sex = "F"
	Man   Sex = "H"
)

// Level is a level of training in the French nomenclature of 2019: 3 CAP/BEP,
// 4 bac, 5 bac+2, 6 licence, 7 master, 8 doctorate; 2 is « infra 3 ».
// LevelUnknown is the zero value.
type Level int

// The ends of the nomenclature, and what is not said. « Niveau infra 5 » of the
// texts before 2019 is LevelNone today.
const (
	LevelUnknown Level = 0
	LevelNone    Level = 2
	LevelMax     Level = 8
)

// Exit is the situation of a person on leaving, and again six months later
// (DOMAIN §6.2).
type Exit string

// The outcomes of the national indicators. « Emploi durable » is a permanent
// contract, a fixed term of more than six months, a firm created, public service.
const (
	ExitNone     Exit = ""
	ExitLasting  Exit = "emploi durable"
	ExitShort    Exit = "emploi de transition"
	ExitPositive Exit = "sortie positive"
	ExitOther    Exit = "autre sortie"
	ExitUnknown  Exit = "sans nouvelles"
)

// Exits lists the outcomes in the order forms offer them.
func Exits() []Exit { return []Exit{ExitLasting, ExitShort, ExitPositive, ExitOther, ExitUnknown} }

// Participant is a person whose hours count for clauses, with the least the
// clause needs: nothing here names anybody.
type Participant struct {
	ID      ParticipantID `json:"id"`
	Born    int           `json:"naissance"` // year; 0 when not said
	Sex     Sex           `json:"sexe"`
	INSEE   string        `json:"commune"` // of residence; "" when not said
	QPV     string        `json:"qpv"`     // code of the priority district; "" when none
	Level   Level         `json:"niveau"`
	Entered Date          `json:"entree"` // first met under the clause
	Left    Date          `json:"sortie"` // "" while followed
	Exit    Exit          `json:"situation"`
	Later   Exit          `json:"situation_6_mois"`
	Asked   Date          `json:"rappel"` // when the call six months after was made
	Erased  Date          `json:"anonymise"`
	Version int64         `json:"-"`
}

// Code is the pseudonym, or « anonyme » once erased.
func (p Participant) Code() string {
	if p.Erased != "" {
		return anonymous
	}
	return p.ID.Code()
}

// Eligibility is one reason why a person belongs to the publics of the clause,
// and the proof that was seen: never a scan, never what a document says beyond
// this (DOMAIN §8, minimisation).
type Eligibility struct {
	ID          int64         `json:"id"`
	Participant ParticipantID `json:"-"`
	Category    string        `json:"categorie"` // code of Publics, or a public of the contract's own
	Proof       string        `json:"justificatif"`
	Dated       Date          `json:"date"` // of the document
	Seen        Date          `json:"vu_le"`
	By          string        `json:"vu_par"`
	Until       Date          `json:"valable_jusqu_au"` // what the document says itself; "" when it says nothing
	Reason      string        `json:"motif"`            // « sur avis motivé »: why
	Version     int64         `json:"-"`
}

// Employment is the kind of employment contract (DOMAIN §6.2, §9.1).
type Employment string

// The kinds a line of hours may come from.
const (
	CDI             Employment = "CDI"
	CDIInclusion    Employment = "CDI inclusion"
	CDD             Employment = "CDD"
	CDDI            Employment = "CDDI"
	Agency          Employment = "intérim"            // ETTI or ordinary agency
	Supplied        Employment = "mise à disposition" // AI
	Professional    Employment = "professionnalisation"
	Apprenticeship  Employment = "apprentissage"
	AidedJob        Employment = "contrat aidé"
	OtherEmployment Employment = "autre"
)

// Employments lists the kinds in the order forms offer them.
func Employments() []Employment {
	return []Employment{CDDI, Agency, Supplied, CDD, CDI, CDIInclusion, Professional, Apprenticeship, AidedJob, OtherEmployment}
}

// AssignmentID numbers an assignment.
type AssignmentID int64

// Assignment (affectation) is a participant at work on a placement, under one
// employment contract. Two of them for the same person and placement never
// share a day. Participant 0 stands for hours declared as a total, without
// saying whose: the clause's rules say whether they count.
type Assignment struct {
	ID          AssignmentID  `json:"id"`
	Participant ParticipantID `json:"-"`
	Placement   PlacementID   `json:"placement"`
	Lot         LotID         `json:"lot"`
	Employment  Employment    `json:"contrat"`
	Start       Date          `json:"debut"`
	End         Date          `json:"fin"`            // "" while it runs
	Weekly      Hours         `json:"heures_semaine"` // 0 when not said
	Tutor       bool          `json:"tuteur"`         // a tutor was named
	Version     int64         `json:"-"`
}

// HourLine is what one assignment worked in one month. Counted and Why are
// written by the ledger, never by hand.
type HourLine struct {
	ID         int64        `json:"id"`
	Assignment AssignmentID `json:"affectation"`
	Month      Month        `json:"mois"`
	Hours      Hours        `json:"heures"`
	Counted    Hours        `json:"comptees"`
	Why        []Uncounted  `json:"pourquoi,omitempty"`
	Granted    string       `json:"accord,omitempty"` // the facilitator counts it before eligibility was seen, and why
	Source     string       `json:"source"`           // « saisie », or the document it comes from
	By         string       `json:"par"`
}

// Uncounted says which rule kept how many hours of a line from counting, or
// flagged it: then Hours is 0.
type Uncounted struct {
	Rule  RuleCode `json:"regle"`
	Hours Hours    `json:"heures"`
	Text  string   `json:"texte"` // a French sentence
}

// WorkedMonth is all a person worked in a month, as the payslip says, when her
// hours are shared between contracts of one winner (mutualisation): the lines of
// the month never sum to more.
type WorkedMonth struct {
	Participant ParticipantID `json:"-"`
	Month       Month         `json:"mois"`
	Hours       Hours         `json:"heures"`
	Agreement   string        `json:"accord"` // which buyers agreed, and when
}
