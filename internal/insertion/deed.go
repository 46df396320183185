package insertion

import "slices"

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

// Validate checks a deed a person typed; the error is a *FieldError. What makes
// hours due is dated in the past, so that time alone never moves a debt.
func (d Deed) Validate(today Date) error {
	bad := func(field, reason string) error { return &FieldError{field, reason} }
	switch {
	case !slices.Contains(DeedKinds(), d.Kind):
		return bad("acte", "choisissez l'acte")
	case d.Dated == "":
		return bad("date", "la date manque")
	case d.Kind != Order && d.Kind != Tranche && d.Kind != Renewal && d.Dated > today:
		return bad("date", "cet acte ne peut être daté de l'avenir")
	case d.Affirmed > today:
		return bad("affermie", "une affirmation ne peut être datée de l'avenir")
	case d.Start != "" && d.End != "" && d.End < d.Start:
		return bad("fin", "la fin précède le début")
	case d.Kind == Order && (d.Amount <= 0 || d.Start == "" || d.End == ""):
		return bad("montant", "un bon de commande a un montant, un début et une fin")
	case d.Kind == Invoice && d.Amount == 0:
		return bad("montant", "le montant manque")
	case (d.Kind == Tranche || d.Kind == Renewal) && d.Amount <= 0 && d.Hours <= 0:
		return bad("montant", "donnez le montant, ou les heures que le marché y attache")
	case d.Kind == Amendment && d.Amount == 0 && d.Hours == 0 && d.End == "":
		return bad("montant", "dites ce que l'avenant change : le montant, les heures ou la fin")
	}
	return nil
}
