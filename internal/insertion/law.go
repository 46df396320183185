package insertion

// ThresholdKind is a column of the European thresholds.
type ThresholdKind string

// The columns of DOMAIN §1.3.
const (
	StateSupplies   ThresholdKind = "fournitures et services, État"
	LocalSupplies   ThresholdKind = "fournitures et services, collectivités"
	UtilitySupplies ThresholdKind = "fournitures et services, entités adjudicatrices"
	Works           ThresholdKind = "travaux et concessions"
)

// SocialDuty is the first day on which contracts above the European thresholds
// must take social matters or employment into account (L2112-2-1; décret
// 2022-767 art. 2). It is the default of a setting: sources differ by a day.
const SocialDuty = Date("2026-08-21")

// Motive is a lawful reason not to (L2112-2-1).
type Motive string

// The four exemptions.
const (
	MotiveAvailable   Motive = "solution immédiatement disponible"
	MotiveUnlinked    Motive = "sans lien suffisant avec l'objet"
	MotiveCompetition Motive = "concurrence restreinte ou exécution difficile"
	MotiveShortWorks  Motive = "travaux de moins de six mois"
)

// Motives lists them in the order of the law.
func Motives() []Motive {
	return []Motive{MotiveAvailable, MotiveUnlinked, MotiveCompetition, MotiveShortWorks}
}

// Exemption records why a contract above the threshold has no social clause.
type Exemption struct {
	Lot      LotID  `json:"lot"`
	Motive   Motive `json:"motif"`
	Text     string `json:"explication"`
	Evidence string `json:"preuve"` // the document that shows it
	Dated    Date   `json:"date"`
	By       string `json:"par"`
	Version  int64  `json:"-"`
}

// Completeness is one of the four items a contract must state when it activates
// the CCAG clause (CCAG 2021, FCS 16.1, Travaux 20.1).
type Completeness struct {
	Item string // French
	OK   bool
	Hint string // what is missing, and where to write it
}

// Watch is a contract the law asks about.
type Watch struct {
	Lot       LotRow
	Threshold Cents
	Kind      ThresholdKind
	Duty      bool       // launched on or after the duty's date
	Exemption *Exemption // nil when none is recorded
}
