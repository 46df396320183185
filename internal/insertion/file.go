package insertion

// SubjectKind is what a file (dossier) or a search result is about.
type SubjectKind string

// The subjects.
const (
	OnLot          SubjectKind = "lot"
	OnOrganisation SubjectKind = "entreprise"
	OnStructure    SubjectKind = "structure"
	OnParticipant  SubjectKind = "personne"
	OnNote         SubjectKind = "note"   // an exchange; ID is the contact's
	OnMandate      SubjectKind = "mandat" // a record of the mandate
)

// Subject designates one of them by its number.
type Subject struct {
	Kind SubjectKind `json:"genre"`
	ID   int64       `json:"id"`
}

// Hit is a result of the search of everything.
type Hit struct {
	Subject
	Title  string `json:"titre"`
	Detail string `json:"detail"`
	Lot    LotID  `json:"lot,omitempty"`      // OnNote: the lot it is about
	Buys   bool   `json:"acheteur,omitempty"` // OnOrganisation: it buys, as a town does, and is no firm
}

// Label is what the subject is called: a town that buys is « acheteur ».
func (h Hit) Label() string {
	if h.Buys {
		return "acheteur"
	}
	return string(h.Kind)
}

// Postponed is a line of Aujourd'hui put off until a day.
type Postponed struct {
	Todo   string `json:"action"` // Todo.ID
	Until  Date   `json:"jusqu_au"`
	Reason string `json:"raison"`
	By     string `json:"par"`
}
