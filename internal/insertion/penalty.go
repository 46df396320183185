package insertion

// StepKind is a step on the way to a penalty.
type StepKind string

// The steps in order; only the buyer decides.
const (
	StepReminder StepKind = "relance"
	StepMeeting  StepKind = "réunion"
	StepNotice   StepKind = "mise en demeure"
	StepDecision StepKind = "décision de l'acheteur"
)

// StepKinds lists them in order.
func StepKinds() []StepKind { return []StepKind{StepReminder, StepMeeting, StepNotice, StepDecision} }

// Step is one of them, dated. Amount is only for a decision: what the buyer
// applies, 0 when it waives.
type Step struct {
	ID      int64    `json:"id"`
	Lot     LotID    `json:"lot"`
	Kind    StepKind `json:"etape"`
	Dated   Date     `json:"date"`
	Text    string   `json:"texte"`
	Amount  Cents    `json:"montant"`
	By      string   `json:"par"`
	Version int64    `json:"-"`
}

// PenaltyInput is what a simulation reads.
type PenaltyInput struct {
	Rule         Penalty
	Amount       Cents // of the lot, for the cap
	Due          Hours
	Done         Hours
	Over         bool          // the clause has ended: missing hours are penalised
	Declarations []Declaration // those late or missing are penalised by day
	Notice       Date          // of the formal notice; "" when none was sent
	On           Date          // the day simulated
	MeansProved  bool          // the contractor proved it used all means
}

// PenaltyEstimate is what the contract's own rule gives on a day. The program
// never decides it: Decider says who does.
type PenaltyEstimate struct {
	Missing Hours
	Days    int // of lateness, all declarations
	ByHours Cents
	ByDays  Cents
	Cap     Cents // 0 = none
	Total   Cents // after cap and exoneration
	Trace   []string
	Decider string // « la décision appartient à l'acheteur »
}
