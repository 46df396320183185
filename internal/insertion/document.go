package insertion

import (
	"slices"
	"strings"
)

// DocumentKind is a kind of document that leaves the desk, by the name commands use.
type DocumentKind string

// The kinds, in the order of the facilitator's work (DOMAIN §5.1).
const (
	DocAnnex       DocumentKind = "annexe"         // clause and engagement, for a tender file
	DocLaunch      DocumentKind = "lancement"      // sheet of the launch meeting
	DocJob         DocumentKind = "poste"          // description of the job to fill
	DocList        DocumentKind = "structures"     // those proposed, in a neutral order
	DocAgreement   DocumentKind = "convention"     // firm, structure, facilitator
	DocEligibility DocumentKind = "eligibilite"    // of one participant
	DocPresence    DocumentKind = "presence"       // of one participant on one placement
	DocReminder    DocumentKind = "relance"        // to the firm
	DocMeeting     DocumentKind = "reunion"        // invites the firm
	DocHearing     DocumentKind = "contradictoire" // the firm is heard before a penalty
	DocNotice      DocumentKind = "mise-en-demeure"
	DocDecision    DocumentKind = "decision" // what the buyer needs to decide
	DocDone        DocumentKind = "attestation"
	DocClosing     DocumentKind = "bilan-lot"
)

// DocumentKinds lists them in that order.
func DocumentKinds() []DocumentKind {
	return []DocumentKind{
		DocAnnex, DocLaunch, DocJob, DocList, DocAgreement, DocEligibility, DocPresence,
		DocReminder, DocMeeting, DocHearing, DocNotice, DocDecision, DocDone, DocClosing,
	}
}

// Label is its name in French, « Relance ».
func (k DocumentKind) Label() string {
	return map[DocumentKind]string{
		DocAnnex:       "Annexe : clause et engagement",
		DocLaunch:      "Fiche de réunion de lancement",
		DocJob:         "Fiche de poste",
		DocList:        "Liste des structures proposées",
		DocAgreement:   "Convention tripartite",
		DocEligibility: "Fiche d'éligibilité",
		DocPresence:    "Attestation de présence",
		DocReminder:    "Relance",
		DocMeeting:     "Invitation à une réunion",
		DocHearing:     "Courrier contradictoire avant pénalité",
		DocNotice:      "Projet de mise en demeure",
		DocDecision:    "Éléments pour la décision",
		DocDone:        "Attestation de réalisation",
		DocClosing:     "Bilan de fin de marché",
	}[k]
}

// Known tells whether k is one of DocumentKinds.
func (k DocumentKind) Known() bool { return slices.Contains(DocumentKinds(), k) }

// Nominal tells that the document is about one person: it stays in the
// facilitator's own file, or goes to the person and to whoever employs her.
func (k DocumentKind) Nominal() bool { return k == DocEligibility || k == DocPresence }

// Export is what taking the document out is, for rights and for the register.
func (k DocumentKind) Export() ExportKind {
	if k.Nominal() {
		return ExportNominal
	}
	return ExportDocument
}

// LetterOf is the document that carries out a step towards a penalty.
func LetterOf(step StepKind) DocumentKind {
	switch step {
	case StepReminder:
		return DocReminder
	case StepMeeting:
		return DocMeeting
	case StepNotice:
		return DocNotice
	}
	return DocDecision
}

// DocumentSubject is what a document is about. Which fields a kind reads follows
// from it: the lot, or the lot and a structure, or a person, or a person and a
// placement between two months.
type DocumentSubject struct {
	Lot       LotID
	Structure StructureID   // the agreement: 0 takes the only one accepted or placed
	Person    ParticipantID // eligibility sheet, attendance
	Placement PlacementID   // attendance: 0 takes her latest
	From, To  Month         // attendance: empty takes the whole assignment
	Deadline  Date          // for an answer; empty takes AnswerDays after today
}

// AnswerDays is how long a letter gives to answer: a proposal, not a rule.
const AnswerDays = 15

// DocumentFacts is all a document may say, read at one moment. Nothing here names a
// participant but Person, filled for the kinds that are Nominal only. Free texts
// of exchanges, steps and notes are not facts.
type DocumentFacts struct {
	Kind     DocumentKind
	On       Date
	Deadline Date
	Own      Letterhead // of the service
	Buyer    Letterhead // of the lot's buyer; its Name at least, when there is a lot

	Lot           Lot
	Dues          Dues // zero without a clause
	Estimate      PenaltyEstimate
	Steps         []Step        // without their texts
	Declarations  []Declaration // the latest first
	Months        []PlacementMonth
	Work          []PlacedHours // placement by placement
	Introductions []ProposedStructure
	People        PeopleCount
	Undetailed    Hours // counted of totals declared without persons: nobody saw whose they are
	Granted       Hours // counted on the facilitator's word, before a proof was seen

	Structure Structure // the agreement's

	Person     ParticipantFile
	Assignment Assignment // the attendance's
	From, To   Month
}

// PlacedHours is what one placement planned and did.
type PlacedHours struct {
	Placement     PlacementID
	Employer      string
	Structure     StructureID // 0 for a direct hire
	Kind          Kind
	Modality      Modality
	Signed, Start Date
	Planned, Done Hours
}

// ProposedStructure is a structure proposed for a lot and where that stands.
type ProposedStructure struct {
	Structure
	State    IntroductionState
	Proposed Date
}

// PeopleCount counts the persons whose hours were declared on a lot, without saying
// who. Its lists hold one entry a person.
type PeopleCount struct {
	Total      int
	Women      int
	Categories []string // the category that lets each work under the clause, "" when none does
	Exits      []Exit   // of those who left
}

// Letterhead is what stands at the top of the documents of a buyer, or of the
// facilitator's own service (Organisation 0).
type Letterhead struct {
	Organisation OrganisationID `json:"acheteur"`
	Name         string         `json:"nom"`
	Service      string         `json:"service"`
	Address      string         `json:"adresse"` // several lines
	Facilitator  string         `json:"facilitateur"`
	Contact      string         `json:"contact"` // telephone, mail
	Place        string         `json:"lieu"`    // « Fait à … »
	Foot         string         `json:"pied"`
	Image        []byte         `json:"-"` // PNG or JPEG
	Version      int64          `json:"-"`
}

// longestHead is how long a line of a letterhead may be: more is a mistake of the
// clipboard.
const longestHead = 400

// Validate checks a letterhead a person typed; the error is a *FieldError. The image
// is checked by who can read it.
func (l Letterhead) Validate() error {
	for _, f := range []struct{ name, text string }{
		{"nom", l.Name}, {"service", l.Service}, {"adresse", l.Address}, {"facilitateur", l.Facilitator}, {"contact", l.Contact}, {"lieu", l.Place}, {"pied", l.Foot},
	} {
		if len([]rune(f.text)) > longestHead {
			return &FieldError{f.name, "trop long pour un en-tête (400 caractères au plus)"}
		}
	}
	if strings.TrimSpace(l.Name) == "" {
		return &FieldError{"nom", "le nom du service ou de l'acheteur manque"}
	}
	return nil
}

// Wording is the file's own text of a kind of document, in place of the program's.
type Wording struct {
	Kind    DocumentKind `json:"genre"`
	Text    string       `json:"texte"`
	Version int64        `json:"-"`
}
