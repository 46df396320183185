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
// of who may export what.
func (k ExportKind) Needs() []Act {
	switch k {
	case ExportBilan, ExportMandate:
		return []Act{ActRead} // no more than what any reader sees
	case ExportDocument, ExportRefusals:
		return []Act{ActExport}
	case ExportBackup:
		return []Act{ActBackup}
	}
	return []Act{ActExport, ActPersons}
}

// Export is one thing that left the file. The register only grows.
type Export struct {
	ID      int64      `json:"id"`
	At      time.Time  `json:"quand"`
	By      string     `json:"qui"`
	Kind    ExportKind `json:"genre"`
	What    string     `json:"quoi"` // « attestation du lot 12 », in French
	Format  string     `json:"format"`
	Persons int        `json:"personnes"` // how many persons it tells of one by one
	Hash    string     `json:"empreinte"` // SHA-256 of its bytes, hexadecimal
}
