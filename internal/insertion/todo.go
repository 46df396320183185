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
)

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
}

// DefaultThresholds are the values before anyone changes them.
func DefaultThresholds() Thresholds {
	return Thresholds{AnswerDays: 7, Orange: 9000, Red: 6000, HistoryDays: 1461}
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
	}
	return nil
}
