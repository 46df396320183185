package insertion

// TodoKind is why something waits on Aujourd'hui.
type TodoKind string

// The reasons, in order of urgency.
const (
	TodoBehind   TodoKind = "en retard"         // a lot behind its pace
	TodoNoHours  TodoKind = "heures manquantes" // a past month of a placement without hours
	TodoNoAnswer TodoKind = "sans réponse"      // proposal unanswered
	TodoMatch    TodoKind = "à pourvoir"        // clause without a structure
	TodoWrite    TodoKind = "à clauser"         // flagged notice without a clause sheet
	TodoWinners  TodoKind = "nom inconnu"       // followed lot whose contractor has no name

	TodoRed         TodoKind = "en danger"      // pace below Thresholds.Red
	TodoOver        TodoKind = "échue"          // a clause ended short of its hours: steps of penalty, or closing
	TodoDeclaration TodoKind = "déclaration"    // a declaration is missing past its date
	TodoProof       TodoKind = "preuve"         // a proof expires soon
	TodoWindow      TodoKind = "fenêtre"        // a person's window ends soon
	TodoCeiling     TodoKind = "plafond"        // a ceiling is nearly reached
	TodoEligibility TodoKind = "éligibilité"    // nobody's eligibility seen, and the work starts soon
	TodoStarted     TodoKind = "rien depuis"    // no hours months after the start
	TodoSilence     TodoKind = "silence"        // nobody spoke about the lot for long
	TodoOutcome     TodoKind = "suite d'emploi" // call back six months after an exit
	TodoUndetailed  TodoKind = "sans détail"    // totals without persons
	TodoRetention   TodoKind = "conservation"   // something has passed its term
	TodoMandate     TodoKind = "mandat"         // something of the mandate whose day has come
)

// TodoKinds lists the kinds, most urgent first.
func TodoKinds() []TodoKind {
	return []TodoKind{
		TodoRed, TodoStarted, TodoOver, TodoDeclaration, TodoBehind, TodoNoHours, TodoEligibility, TodoMatch, TodoCeiling, TodoWindow,
		TodoProof, TodoNoAnswer, TodoMandate, TodoOutcome, TodoSilence, TodoWrite, TodoRetention, TodoWinners, TodoUndetailed,
	}
}

// Todo is one thing to do next, made from the facts.
type Todo struct {
	Kind    TodoKind
	Lot     LotID
	Who     string // the firm or structure to reach
	What    string // a French sentence
	Since   Date
	Silent  int    // days since the last contact on the lot, -1 when none
	Last    string // last contact, « appel du 12/03/2026 » or ""
	Intro   IntroductionID
	Place   PlacementID
	Month   Month
	Person  ParticipantID
	Record  int64  // of the mandate
	Urgency int    // larger first
	ID      string // stable: same fact, same id
}

// Figures are the totals of Aujourd'hui.
type Figures struct {
	Year       int
	Lots       int // followed
	Hours      HoursSum
	YearDone   Hours
	Structures int // active
	Flagged    int // flagged lots without a clause sheet, in the territory
	Notices    int // in the file
}

// Thresholds are the settings Aujourd'hui reads. None has a legal source: they
// are proposals of the program, shown as such and editable.
type Thresholds struct {
	AnswerDays  int         // a proposal without an answer, default 7
	Orange      BasisPoints // pace below it is late, default 90 %
	Red         BasisPoints // pace below it is at risk, default 60 %
	HistoryDays int         // flagged notices older than this leave the queue, default 1461, four years
	Departments []string    // the territory; empty = everywhere

	ProofDays       int         // a proof that expires within, default 30
	WindowDays      int         // a person's window that ends within, default 60
	Ceiling         BasisPoints // of a legal ceiling reached, default 80 %
	EligibilityDays int         // without eligibility seen before the start, default 30
	StartMonths     int         // without hours after the start, default 3
	SilenceDays     int         // without an exchange, default 90
	OutcomeMonths   int         // call-back after an exit, default 6
	PaceMonths      int         // last months a forecast looks at, default 6
	SocialDuty      Date        // L2112-2-1 applies from; default SocialDuty
}

// DefaultThresholds are the values before anyone changes them.
func DefaultThresholds() Thresholds {
	return Thresholds{
		AnswerDays: 7, Orange: 9000, Red: 6000, HistoryDays: 1461,
		ProofDays: 30, WindowDays: 60, Ceiling: 8000, EligibilityDays: 30, StartMonths: 3,
		SilenceDays: 90, OutcomeMonths: 6, PaceMonths: 6, SocialDuty: SocialDuty,
	}
}

// Validate checks the ranges; the error is a *FieldError.
func (t Thresholds) Validate() error {
	switch {
	case t.AnswerDays < 1 || t.AnswerDays > 365:
		return &FieldError{"reponse", "de 1 à 365 jours"}
	case t.Orange < 1 || t.Orange > 10_000:
		return &FieldError{"orange", "de 0 à 100 %"}
	case t.Red < 0 || t.Red > t.Orange:
		return &FieldError{"rouge", "de 0 % au seuil orange"}
	case t.HistoryDays < 1 || t.HistoryDays > 20_000:
		return &FieldError{"anciennete", "de 1 à 20 000 jours"}
	case t.ProofDays < 0 || t.ProofDays > 365:
		return &FieldError{"preuve", "de 0 à 365 jours"}
	case t.WindowDays < 0 || t.WindowDays > 730:
		return &FieldError{"fenetre", "de 0 à 730 jours"}
	case t.Ceiling < 1 || t.Ceiling > 10_000:
		return &FieldError{"plafond", "de 0 à 100 %"}
	case t.EligibilityDays < 0 || t.EligibilityDays > 365:
		return &FieldError{"eligibilite", "de 0 à 365 jours"}
	case t.StartMonths < 1 || t.StartMonths > 24:
		return &FieldError{"demarrage", "de 1 à 24 mois"}
	case t.SilenceDays < 1 || t.SilenceDays > 730:
		return &FieldError{"silence", "de 1 à 730 jours"}
	case t.OutcomeMonths < 1 || t.OutcomeMonths > 24:
		return &FieldError{"suite", "de 1 à 24 mois"}
	case t.PaceMonths < 1 || t.PaceMonths > 24:
		return &FieldError{"allure", "de 1 à 24 mois"}
	case t.SocialDuty.Time().IsZero():
		return &FieldError{"obligation", "une date, comme 21/08/2026"}
	}
	return nil
}
