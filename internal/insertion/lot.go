package insertion

// LotID numbers a lot in the file; it is the number people type in commands.
type LotID int64

// ContractID numbers a contract: the lots one buyer awarded together.
type ContractID int64

// OrganisationID numbers a buyer or a contractor.
type OrganisationID int64

// Organisation is a buyer or a firm with what the file knows of it.
type Organisation struct {
	ID    OrganisationID
	Party Party
	Typed bool // its name was typed here and no import replaces it
}

// Stage is where a lot stands in the facilitator's work.
type Stage string

// From « nothing to do » to « met ».
const (
	StageNone     Stage = ""           // no social clause known
	StageToWrite  Stage = "à clauser"  // flagged « Clause sociale », no clause sheet yet
	StageToMatch  Stage = "à pourvoir" // clause written, no structure introduced
	StageProposed Stage = "proposé"    // structures proposed or contacted
	StagePlaced   Stage = "en cours"   // at least one placement
	StageBehind   Stage = "en retard"  // placements, but behind the pace
	StageMet      Stage = "tenue"      // hours done reach hours due
	StageOver     Stage = "échue"      // ended short of the hours due
)

// HoursSum stands side by side wherever a clause is shown.
type HoursSum struct {
	Due     Hours `json:"dues"`
	Planned Hours `json:"prevues"`
	Done    Hours `json:"faites"`
}

// LotRow is a lot as lists show it.
type LotRow struct {
	ID        LotID
	Contract  ContractID
	Reference string
	LotNumber string
	Object    string
	Buyer     Party
	Lead      Party // presumed lead contractor; zero when none is known
	Others    int   // contractors beyond the lead
	CPV       string
	Place     Place
	Date      Date // the date lists are sorted on
	Amount    Cents
	Doubtful  bool
	Social    Social
	HasClause bool
	Stage     Stage
	Awaited   Awaited     // hours that should be done by now; none without a clause
	Pace      BasisPoints // hours done over those awaited; 0 without a clause
	Starts    Date        // of the clause
	Ends      Date        // of the clause, amendments included
	Hours     HoursSum
}

// Lot is a lot with everything its page shows, save its lists.
type Lot struct {
	LotRow
	Notice      Notice // as imported, with typed values laid over
	Typed       []TypedField
	Contractors []Organisation // current ones, lead first
	BuyerID     OrganisationID
	Clause      *Clause // nil until written
	// ClauseVersion grows with every change of the clause sheet; 0 without one.
	ClauseVersion int64
	MonthsNow     int // duration after modifications; Notice.Months is the initial one
	Import        ImportID
	Version       int64 // grows with every change; a save of an older one is refused
}

// TypedField is a value a person typed over an imported one. An import never
// replaces it; Imported is what the last file said, shown when different.
type TypedField struct {
	Field    string
	Typed    string
	Imported string
}

// LotSort is an order a list of lots can take.
type LotSort string

// Each has its own index.
const (
	ByDate   LotSort = "date"    // newest first
	ByAmount LotSort = "montant" // largest first
)

// LotFilter narrows a list of lots; zero fields do not narrow.
type LotFilter struct {
	Text       string // words of object, buyer, contractor, reference, SIRET, CPV
	Department string
	Social     Social // any of these flags
	ToWrite    bool   // « Clause sociale » declared and no clause sheet
	Followed   bool   // with a clause sheet
	Stage      Stage  // one stage among the followed lots
	Contract   ContractID
	Buyer      OrganisationID
	Contractor OrganisationID
	Sort       LotSort // zero is ByDate
}

// Cursor is a place between two rows of a sorted list: the sort key and id of a
// row. The zero Cursor is the beginning (or the end, going backwards).
type Cursor struct {
	Key string
	ID  int64
}

// Page asks for Limit rows after (or, Backwards, before) a cursor. Rows always
// come in list order.
type Page struct {
	From      Cursor
	Backwards bool
	Limit     int
}

// Count is a number of rows; beyond the limit asked it is only a floor.
type Count struct {
	N     int
	Exact bool
}

// ContractRow is a contract as lists show it.
type ContractRow struct {
	ID        ContractID
	Reference string
	Object    string
	Buyer     Party
	Lots      int
	Date      Date
	Amount    Cents // sum of the lots whose amount is not doubtful
	Hours     HoursSum
}

// Typing is what a person types over the imported fields of a lot; nil fields
// are left as they are.
type Typing struct {
	Object *string
	CPV    *string
	Amount *Cents
	Months *int
	Place  *Place
	Social *Social
}
