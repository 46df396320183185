package insertion

// DeedID numbers a deed.
type DeedID int64

// DeedKind is what moves the hours due during a contract.
type DeedKind string

// The deeds (actes) of a contract (DOMAIN §2.2).
const (
	Invoice   DeedKind = "facture"         // makes hours due, ByInvoiced
	Order     DeedKind = "bon de commande" // forecast, consumed linearly from Start to End
	Tranche   DeedKind = "tranche"         // due once affirmed
	Renewal   DeedKind = "reconduction"    // due once affirmed
	Amendment DeedKind = "avenant"         // changes the amount, the hours or the end
)

// DeedKinds lists the kinds in the order forms offer them.
func DeedKinds() []DeedKind { return []DeedKind{Invoice, Order, Tranche, Renewal, Amendment} }

// Deed is one of them. Amount is signed for an amendment; an invoice may be a
// credit note. Dates in the future are only for orders and for tranches not
// affirmed yet.
type Deed struct {
	ID       DeedID         `json:"id"`
	Lot      LotID          `json:"lot"`
	Kind     DeedKind       `json:"acte"`
	Label    string         `json:"libelle"`
	Dated    Date           `json:"date"`
	Amount   Cents          `json:"montant"`   // excluding tax
	Start    Date           `json:"debut"`     // Order: consumption; Tranche, Renewal: period
	End      Date           `json:"fin"`       // Amendment: the new end of the clause, "" unchanged
	Hours    Hours          `json:"heures"`    // Tranche, Renewal, Amendment: hours as the contract states them; 0 = by the formula
	Affirmed Date           `json:"affermie"`  // Tranche, Renewal: "" while optional
	Member   OrganisationID `json:"titulaire"` // who invoiced, in a group; 0 the lead
	By       string         `json:"par"`
	Version  int64          `json:"-"`
}

// Dues are the three figures side by side, each with its calculation in French.
type Dues struct {
	Contractual Hours // the clause as signed
	ToDate      Hours // invoiced, affirmed and amended so far: what lists call due
	Forecast    Hours // at the end, from orders and all that may be affirmed
	Amount      Cents // base of ToDate: invoiced, or the amount in force
	Expected    Cents // base of Forecast
	End         Date  // of the clause after amendments and renewals
	Trace       DuesTrace
}

// DuesTrace holds the steps of each figure.
type DuesTrace struct{ Contractual, ToDate, Forecast []string }
