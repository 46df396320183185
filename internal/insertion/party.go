package insertion

import "strings"

// PartyKind is how an organisation is identified in an award notice, in the
// words of the DECP schema.
type PartyKind string

// The identifier kinds of the DECP schema v2.0.3.
const (
	SIRET      PartyKind = "SIRET"
	VAT        PartyKind = "TVA"
	TAHITI     PartyKind = "TAHITI"
	RIDET      PartyKind = "RIDET"
	FRWF       PartyKind = "FRWF"
	IREP       PartyKind = "IREP"
	OutsideEU  PartyKind = "HORS-UE"
	Unverified PartyKind = "" // kept raw: neither a valid SIRET nor a declared kind
)

// Party is an organisation as a notice names it. Name may be empty: the 2022
// format carries none.
type Party struct {
	Kind PartyKind
	ID   string // 14 digits for a SIRET; raw otherwise
	Name string
	Size string `json:"-"` // PME, ETI or GE as INSEE says, "" unknown: of the organisation, no part of what a notice says
}

// Label is what a screen shows: the name, or « SIRET 421 406 505 00022 (nom inconnu) ».
func (p Party) Label() string {
	if p.Name != "" {
		return p.Name
	}
	if p.ID == "" {
		return "(inconnu)"
	}
	kind := string(p.Kind)
	if kind == "" {
		kind = "identifiant"
	}
	return kind + " " + SpacedSIRET(p.ID) + " (nom inconnu)"
}

// SpacedSIRET groups 14 digits as 3 3 3 5; any other text comes back as it is.
func SpacedSIRET(id string) string {
	if len(id) != 14 {
		return id
	}
	return id[:3] + " " + id[3:6] + " " + id[6:9] + " " + id[9:]
}

// ValidSIRET checks 14 digits and the Luhn key; the establishments of La Poste
// (SIREN 356000000) are valid when the sum of their digits is a multiple of 5.
func ValidSIRET(id string) bool {
	if len(id) != 14 || strings.Trim(id, "0123456789") != "" {
		return false
	}
	sum, plain := 0, 0
	for i := range 14 {
		d := int(id[i] - '0')
		plain += d
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 || (strings.HasPrefix(id, "356000000") && plain%5 == 0)
}

// SIREN is the nine first digits of a SIRET, "" for anything else.
func SIREN(siret string) string {
	if len(siret) != 14 {
		return ""
	}
	return siret[:9]
}
