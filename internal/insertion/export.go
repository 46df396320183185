package insertion

import "time"

// ExportKind is a kind of thing that leaves the file: a document, a table, a copy.
type ExportKind string

// The kinds of exports.
const (
	ExportDocument  ExportKind = "document"             // of a lot or a contract, without persons
	ExportNominal   ExportKind = "document de personne" // eligibility sheet, attendance: by pseudonym, or by name where names are kept
	ExportBilan     ExportKind = "bilan"                // aggregates, small cells hidden
	ExportMandate   ExportKind = "mandat"
	ExportStatement ExportKind = "relevé" // pseudonyms and hours
	ExportPerson    ExportKind = "droit d'accès"
	ExportRefusals  ExportKind = "refus d'import"
	ExportBackup    ExportKind = "sauvegarde"
)

// ExportKinds lists the kinds in the order the help prints them.
func ExportKinds() []ExportKind {
	return []ExportKind{ExportBilan, ExportMandate, ExportDocument, ExportNominal, ExportStatement, ExportRefusals, ExportPerson, ExportBackup}
}

// Needs are the acts a role must have to take a kind out: this is the whole table
// of who may export what, with Whole.
func (k ExportKind) Needs() []Act {
	switch k {
	case ExportBilan, ExportMandate:
		return []Act{ActRead} // no more than what any reader sees
	case ExportDocument, ExportRefusals:
		return []Act{ActExport}
	case ExportNominal, ExportStatement:
		return []Act{ActExport, ActPersons}
	case ExportPerson: // the controller answers a person, with her name when it is kept
		return []Act{ActExport, ActPersons, ActNames}
	}
	return []Act{ActBackup}
}

// Whole tells that the kind is of the whole file: somebody narrowed to some buyers
// would take out what is not theirs, or believe complete what is not.
func (k ExportKind) Whole() bool {
	return k == ExportPerson || k == ExportRefusals || k == ExportBackup
}

// Holds says in French what a kind shows of persons.
func (k ExportKind) Holds() string {
	switch k {
	case ExportBilan:
		return "chiffres, cellules de moins de 5 personnes masquées"
	case ExportMandate, ExportDocument:
		return "aucune personne"
	case ExportNominal, ExportStatement:
		return "pseudonymes"
	case ExportRefusals:
		return "lignes refusées, telles que le fichier les portait"
	case ExportPerson:
		return "tout ce qui est tenu sur une personne"
	}
	return "la base entière"
}

// MayExport refuses a kind the access may not take out; the error is a *Forbidden.
func (a Access) MayExport(k ExportKind) error {
	for _, act := range k.Needs() {
		if !a.May(act) {
			return &Forbidden{Role: a.Role, Act: act, Elsewhere: a.Role.May(act)}
		}
	}
	if k.Whole() && len(a.Buyers) > 0 {
		return &Forbidden{Role: a.Role, Act: ActExport, Elsewhere: true}
	}
	return nil
}

// Exports says in one word whether a role may take a kind out: « oui », « oui* »
// when somebody narrowed to some buyers may not, « . » when nobody of it may.
func (r Role) Exports(k ExportKind) string {
	switch {
	case (Access{Role: r}).MayExport(k) != nil:
		return "."
	case k.Whole():
		return "oui*"
	}
	return "oui"
}

// Export is one thing that left the file. The register only grows.
type Export struct {
	ID      int64          `json:"id"`
	At      time.Time      `json:"quand"`
	By      string         `json:"qui"`
	Kind    ExportKind     `json:"genre"`
	What    string         `json:"quoi"` // « attestation du lot 12 », in French, persons by pseudonym
	Format  string         `json:"format"`
	Persons int            `json:"personnes"`           // how many persons it tells of one by one
	Hash    string         `json:"empreinte"`           // SHA-256 of its bytes, hexadecimal
	Lot     LotID          `json:"lot,omitempty"`       // 0 when it is of no single lot
	Buyer   OrganisationID `json:"acheteur,omitempty"`  // of a bilan; 0 = of several
	Void    bool           `json:"non_ecrit,omitempty"` // it was about to leave and could not be written: nothing left
}
