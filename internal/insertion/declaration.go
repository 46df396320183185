package insertion

// Rhythm is how often a contractor declares its hours.
type Rhythm string

// The rhythms found in contracts (CCAP 21_BAM_048: quarterly).
const (
	NoRhythm  Rhythm = ""
	Monthly   Rhythm = "mensuel"
	Quarterly Rhythm = "trimestriel"
	OwnDates  Rhythm = "dates propres"
)

// Calendar is when a clause asks for declarations.
type Calendar struct {
	Rhythm Rhythm `json:"rythme,omitempty"`
	DueDay int    `json:"jour,omitempty"`  // of the month after the period; 0 = 15 (CCAP 21_BAM_048)
	Dates  []Date `json:"dates,omitempty"` // OwnDates: last days of the periods, in order
}

// Receipt is a declaration that came: by a statement imported, or noted by hand.
type Receipt struct {
	ID       int64  `json:"id"`
	Lot      LotID  `json:"lot"`
	From     Month  `json:"de"`
	To       Month  `json:"a"`
	Received Date   `json:"recu_le"`
	Document string `json:"document"` // name of the file or of the letter
	Hash     string `json:"empreinte,omitempty"`
	By       string `json:"par"`
	Again    bool   `json:"-"` // note it though the period is received already
}

// Declaration is one period of a clause and where it stands.
type Declaration struct {
	Lot      LotID  `json:"lot"`
	From     Month  `json:"de"`
	To       Month  `json:"a"`
	DueOn    Date   `json:"attendue_le"`
	Received Date   `json:"recue_le"`        // "" while missing
	Late     int    `json:"jours_de_retard"` // calendar days past DueOn, today or at reception
	Document string `json:"document"`
}

// DeclarationRow is a declaration as the list of all clauses shows it.
type DeclarationRow struct {
	Declaration
	Who    Party
	Object string
	End    Date
}
