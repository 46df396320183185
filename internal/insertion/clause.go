package insertion

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// Basis is the way hours become due.
type Basis string

// The three forms found in contracts (DOMAIN §2.1, §2.2).
const (
	ByLabourShare Basis = "part-main-oeuvre" // amount × labour share × rate ÷ hourly cost
	ByInvoiced    Basis = "par-tranche"      // 1 h per full step invoiced above a threshold
	ByFixedVolume Basis = "volume-fixe"
)

// Label is the French name of the basis.
func (b Basis) Label() string {
	switch b {
	case ByLabourShare:
		return "part de main-d'œuvre × taux ÷ coût horaire"
	case ByInvoiced:
		return "1 h par tranche facturée au-delà d'un seuil"
	case ByFixedVolume:
		return "volume fixe d'heures"
	}
	return string(b)
}

// Defaults a clause starts from; each is a parameter of the contract, none is
// law. Sources: rate and cost, Seine-et-Marne MEF example (5 %, 30 €/h); ETP
// divider, AVE national consolidation (1 600 h).
const (
	DefaultRate       = BasisPoints(500)
	DefaultHourlyCost = Cents(30_00)
	DefaultFTEHours   = Hours(1600_00)
	DayHours          = Hours(7_00) // legal day
)

// Penalty is the rule of a contract for hours not done and documents late.
// Every field is a free parameter: the contract's own text always wins.
type Penalty struct {
	PerHour     Cents       `json:"par_heure"`
	PerDay      Cents       `json:"par_jour"`
	WorkingDays bool        `json:"jours_ouvres"`
	AfterNotice bool        `json:"apres_mise_en_demeure"`
	Cap         BasisPoints `json:"plafond"`   // share of the amount, 0 = none
	Allowance   Hours       `json:"franchise"` // hours not penalised
	AllMeans    bool        `json:"exoneration_si_moyens_prouves"`
	Text        string      `json:"texte"` // the article as written
}

// Clause is the insertion clause of one lot.
type Clause struct {
	Lot         LotID       `json:"lot"`
	Basis       Basis       `json:"base"`
	Amount      Cents       `json:"montant"`    // ByLabourShare: the lot's amount, excluding tax
	LabourShare BasisPoints `json:"part"`       // 0 to 100 %
	Rate        BasisPoints `json:"taux"`       // insertion rate, 0 to 100 %
	HourlyCost  Cents       `json:"cout"`       // loaded hourly cost
	Step        Cents       `json:"tranche"`    // ByInvoiced: one hour per step
	Threshold   Cents       `json:"seuil"`      // ByInvoiced: below it nothing is due
	Invoiced    Cents       `json:"facture"`    // ByInvoiced: invoiced, or expected to be
	Fixed       Hours       `json:"volume"`     // ByFixedVolume
	RoundTo     Hours       `json:"arrondi"`    // floor to a multiple of it; 0 means 1 h
	FTEHours    Hours       `json:"heures_etp"` // 0 means DefaultFTEHours
	Modalities  Modality    `json:"modalites"`  // accepted; 0 means all
	Publics     []string    `json:"publics"`    // codes of Publics accepted; empty = all
	Start       Date        `json:"debut"`
	End         Date        `json:"fin"`
	Contact     string      `json:"facilitateur"` // the facilitator's details, as the CCAG asks
	Penalty     Penalty     `json:"penalite"`
	Note        string      `json:"note"`

	Perimeter    string   `json:"perimetre,omitempty"`      // of the action, as the CCAG asks
	OtherPublics []string `json:"autres_publics,omitempty"` // the contract's own, in its words, beside Publics
	Rules        Rules    `json:"comptage,omitzero"`
	Calendar     Calendar `json:"declarations,omitzero"`
	ByAmount     bool     `json:"avancement_facture,omitempty"` // elapsed share by invoiced amount, not by calendar

	// What ByAmount reads, filled by the store from the deeds: invoiced so far,
	// and expected at the end.
	Consumed Cents `json:"-"`
	Expected Cents `json:"-"`
}

// Due is the result of the calculation, with what a person needs to check it.
type Due struct {
	Raw     Hours    // exact to the hundredth, before rounding
	Hours   Hours    // after rounding
	Trace   []string // one line a step, in French
	Days    Hours    // in hundredths of a day
	FTE     Hours    // in hundredths
	PerHour Cents    // euros of contract for one hour due; 0 when nothing is due
}

// Compute applies the clause's formula (DOMAIN §2.1 and §2.2). It floors the hours: the
// sourced example gives 833 h for 833.33, and a step counts only when full.
// It returns an error that names the first missing or impossible field.
func (c Clause) Compute() (Due, error) {
	if err := c.Validate(); err != nil {
		return Due{}, err
	}
	var d Due
	base := c.Amount
	switch c.Basis {
	case ByLabourShare:
		// In hundredths of an hour: cents × bp × bp × 100 ÷ 10⁸ ÷ (cents an hour).
		labour := mulDiv(int64(c.Amount), int64(c.LabourShare), 10_000)
		share := mulDiv(labour, int64(c.Rate), 10_000)
		d.Raw = Hours(mulDiv(int64(c.Amount), int64(c.LabourShare)*int64(c.Rate), int64(c.HourlyCost)*1_000_000))
		d.Trace = append(d.Trace,
			fmt.Sprintf("%s × %s de main-d'œuvre = %s", c.Amount, c.LabourShare, Cents(labour)),
			fmt.Sprintf("%s × %s d'insertion = %s", Cents(labour), c.Rate, Cents(share)),
			fmt.Sprintf("%s ÷ %s de l'heure = %s", Cents(share), c.HourlyCost, d.Raw))
	case ByInvoiced:
		base = c.Invoiced
		over := max(0, c.Invoiced-c.Threshold)
		d.Raw = WholeHours(int64(over / c.Step))
		d.Trace = append(d.Trace,
			fmt.Sprintf("%s facturés − seuil de %s = %s", c.Invoiced, c.Threshold, over),
			fmt.Sprintf("%s ÷ %s par heure, tranches entières = %s", over, c.Step, d.Raw))
	case ByFixedVolume:
		d.Raw = c.Fixed
		d.Trace = append(d.Trace, fmt.Sprintf("volume fixé par le marché = %s", c.Fixed))
	}
	step := c.RoundTo
	if step <= 0 {
		step = WholeHours(1)
	}
	d.Hours = d.Raw / step * step
	if d.Hours != d.Raw {
		d.Trace = append(d.Trace, fmt.Sprintf("arrondi par défaut au multiple de %s = %s", step, d.Hours))
	}
	d.Days, d.FTE = c.Days(d.Hours), c.FTE(d.Hours)
	if d.Hours > 0 {
		d.PerHour = Cents(Proportion(int64(base), int64(d.Hours), 100))
	}
	return d, nil
}

// Days is hours ÷ 7, in hundredths of a day, rounded half up.
func (Clause) Days(h Hours) Hours { return Hours(Proportion(int64(h), int64(DayHours), 100)) }

// FTE is hours ÷ the FTE divider of the clause, in hundredths, rounded half up.
func (c Clause) FTE(h Hours) Hours {
	divider := c.FTEHours
	if divider <= 0 {
		divider = DefaultFTEHours
	}
	return Hours(Proportion(int64(h), int64(divider), 100))
}

// FieldError is a problem with one field of a form, said in French.
type FieldError struct{ Field, Reason string }

func (e *FieldError) Error() string { return e.Field + " : " + e.Reason }

// Validate checks ranges and dates; the error is a *FieldError.
func (c Clause) Validate() error {
	bad := func(field, reason string) error { return &FieldError{field, reason} }
	share := func(b BasisPoints) bool { return b > 0 && b <= 10_000 }
	switch c.Basis {
	case ByLabourShare:
		switch {
		case c.Amount <= 0:
			return bad("montant", "le montant hors taxes du lot manque")
		case !share(c.LabourShare):
			return bad("part", "la part de main-d'œuvre va de 0 à 100 %")
		case !share(c.Rate):
			return bad("taux", "le taux d'insertion va de 0 à 100 %")
		case c.HourlyCost <= 0:
			return bad("cout", "le coût horaire doit dépasser 0 €")
		}
	case ByInvoiced:
		switch {
		case c.Step <= 0:
			return bad("tranche", "la tranche facturée pour une heure doit dépasser 0 €")
		case c.Threshold < 0 || c.Invoiced < 0:
			return bad("facture", "un montant facturé ne peut être négatif")
		}
	case ByFixedVolume:
		if c.Fixed <= 0 {
			return bad("volume", "le volume d'heures manque")
		}
	default:
		return bad("base", "choisissez la manière dont les heures deviennent dues")
	}
	if c.Start != "" && c.End != "" && c.End < c.Start {
		return bad("fin", "la fin précède le début")
	}
	if c.Penalty.PerHour < 0 || c.Penalty.PerDay < 0 || c.Penalty.Cap < 0 || c.Penalty.Cap > 10_000 || c.Penalty.Allowance < 0 {
		return bad("penalite", "une pénalité ne peut être négative, ni son plafond dépasser 100 %")
	}
	if c.Rules.PersonMonths < 0 || c.Rules.PersonMonths > 120 {
		return bad("fenetre_personne", "de 1 à 120 mois")
	}
	if c.Rules.CDIMonths < 0 || c.Rules.CDIMonths > 120 {
		return bad("fenetre_cdi", "de 1 à 120 mois")
	}
	if c.Rules.AIHours < 0 {
		return bad("plafond_ai", "des heures ne peuvent être négatives")
	}
	if err := c.Calendar.Validate(); err != nil {
		return err
	}
	for _, p := range c.Publics {
		if !slices.ContainsFunc(Publics(), func(q Public) bool { return q.Code == p }) {
			return bad("publics", "public inconnu : "+p)
		}
	}
	return nil
}

// mulDiv is a×b÷c floored, through 128 bits so that no real amount overflows.
// All arguments are non-negative and c is positive.
func mulDiv(a, b, c int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	if hi >= uint64(c) {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi, lo, uint64(c))
	return int64(min(q, math.MaxInt64))
}

// Public is a category of eligible people.
type Public struct{ Code, Label string }

// Publics is the list of a real contract (CCAP 21_BAM_048, art. 1.4), the
// default of every clause; a contract may accept fewer.
func Publics() []Public {
	return []Public{
		{"DELD", "demandeurs d'emploi de longue durée (plus de 12 mois)"},
		{"SENIOR", "demandeurs d'emploi de plus de 50 ans"},
		{"RSA", "allocataires du RSA ou ayants droit"},
		{"MINIMA", "allocataires de l'AAH, de l'ASS ou de l'AV"},
		{"INVALIDITE", "pensionnés d'invalidité"},
		{"RQTH", "travailleurs handicapés (L5212-13)"},
		{"JEUNE", "jeunes de moins de 26 ans sans qualification, PACEA, SMA, SMV, EPIDE, E2C"},
		{"IAE", "personnes prises en charge par l'insertion par l'activité économique"},
		{"GEIQ", "salariés d'un GEIQ ou d'une association de même objet"},
		{"JUSTICE", "personnes placées sous main de justice"},
		{"REFUGIE", "réfugiés et bénéficiaires de la protection subsidiaire"},
		{"QPV", "habitants d'un quartier prioritaire éloignés de l'emploi"},
		{"AVIS", "autres personnes, sur avis motivé du facilitateur"},
	}
}
