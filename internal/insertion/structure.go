package insertion

import (
	"net/mail"
	"slices"
	"strings"
)

// StructureID numbers a structure in the file.
type StructureID int64

// Kind is the type of a structure, by its usual acronym.
type Kind string

// The types of insertion structures, and of ESS firms that matter to the clause.
const (
	ACI  Kind = "ACI"  // atelier et chantier d'insertion, c. trav. L5132-15
	AI   Kind = "AI"   // association intermédiaire, L5132-7
	EI   Kind = "EI"   // entreprise d'insertion, L5132-5
	ETTI Kind = "ETTI" // entreprise de travail temporaire d'insertion, L5132-6
	EITI Kind = "EITI" // entreprise d'insertion par le travail indépendant
	GEIQ Kind = "GEIQ" // groupement d'employeurs, L1253-1
	EA   Kind = "EA"   // entreprise adaptée, L5213-13
	EATT Kind = "EATT" // entreprise adaptée de travail temporaire
	ESAT Kind = "ESAT" // CASF L344-2
	SEP  Kind = "SEP"  // structure en établissement pénitentiaire
	RQ   Kind = "RQ"   // régie de quartier
	SCOP Kind = "SCOP"
	SCIC Kind = "SCIC"
	OESS Kind = "ESS" // any other firm of the social economy
)

// Kinds lists every type in the order screens offer them.
func Kinds() []Kind {
	return []Kind{EI, ACI, AI, ETTI, EITI, GEIQ, EA, EATT, ESAT, SEP, RQ, SCOP, SCIC, OESS}
}

// Label is the full French name of the type.
func (k Kind) Label() string {
	switch k {
	case ACI:
		return "atelier et chantier d'insertion"
	case AI:
		return "association intermédiaire"
	case EI:
		return "entreprise d'insertion"
	case ETTI:
		return "entreprise de travail temporaire d'insertion"
	case EITI:
		return "entreprise d'insertion par le travail indépendant"
	case GEIQ:
		return "groupement d'employeurs pour l'insertion et la qualification"
	case EA:
		return "entreprise adaptée"
	case EATT:
		return "entreprise adaptée de travail temporaire"
	case ESAT:
		return "établissement et service d'aide par le travail"
	case SEP:
		return "structure en établissement pénitentiaire"
	case RQ:
		return "régie de quartier ou de territoire"
	case SCOP:
		return "société coopérative et participative"
	case SCIC:
		return "société coopérative d'intérêt collectif"
	case OESS:
		return "entreprise de l'économie sociale et solidaire"
	}
	return string(k)
}

// Known tells whether k is one of Kinds.
func (k Kind) Known() bool { return slices.Contains(Kinds(), k) }

// Modality is a way of doing insertion hours; values combine as a set.
type Modality uint8

// The modalities of DOMAIN §4 (CCAP 21_BAM_048 art. 1.4, CCAG 2021 16.1).
const (
	DirectHire     Modality = 1 << iota // embauche directe
	Secondment                          // mise à disposition (AI, ETTI, GEIQ, EATT)
	Subcontracting                      // sous-traitance ou cotraitance (EI, ACI, EA, ESAT, régie)
	Reserved                            // marché réservé (L2113-12, -13, -14)
)

// AllModalities lists them in the order screens offer them.
func AllModalities() []Modality {
	return []Modality{DirectHire, Secondment, Subcontracting, Reserved}
}

// Label is the French name of one modality.
func (m Modality) Label() string {
	switch m {
	case DirectHire:
		return "embauche directe"
	case Secondment:
		return "mise à disposition"
	case Subcontracting:
		return "sous-traitance ou cotraitance"
	case Reserved:
		return "marché réservé"
	}
	return ""
}

// Code is the short name used by commands and files.
func (m Modality) Code() string {
	switch m {
	case DirectHire:
		return "embauche"
	case Secondment:
		return "mise-a-disposition"
	case Subcontracting:
		return "sous-traitance"
	case Reserved:
		return "reserve"
	}
	return ""
}

// ParseModality reads a Code.
func ParseModality(code string) (Modality, bool) {
	for _, m := range AllModalities() {
		if m.Code() == code {
			return m, true
		}
	}
	return 0, false
}

// Split lists the single modalities of a set.
func (m Modality) Split() []Modality {
	var out []Modality
	for _, one := range AllModalities() {
		if m&one != 0 {
			out = append(out, one)
		}
	}
	return out
}

// Offers is the set of modalities a type of structure can provide: seconding
// for AI, ETTI, GEIQ, EATT; service for EI, ACI, EA, ESAT, SEP and régies
// (le-marche inclusive potential table; CCAG 2021 16.1.1.1). ESS firms that are
// not insertion structures offer none for the clause.
func (k Kind) Offers() Modality {
	switch k {
	case AI, ETTI, GEIQ, EATT:
		return Secondment
	case EI, ACI, EA, ESAT, RQ, SEP, EITI:
		return Subcontracting | Reserved
	}
	return 0
}

// AreaKind is how a structure declares where it works.
type AreaKind string

// An area is the whole country, a radius around the address, or a list of
// codes.
const (
	Country     AreaKind = "pays"
	Radius      AreaKind = "rayon"
	Regions     AreaKind = "régions"
	Departments AreaKind = "départements"
	Communes    AreaKind = "communes"
)

// Area is where an activity can be performed. The zero Area is undeclared.
type Area struct {
	Kind  AreaKind `json:"genre"`
	Km    int      `json:"km,omitempty"`    // for Radius, 1 to 1000
	Codes []string `json:"codes,omitempty"` // INSEE, département or région codes
}

// Trade is the code of a filière; the list and its ties to CPV, NAF and ROME
// are in package trade.
type Trade string

// Activity is what a structure does: a trade, by a modality, in an area. A zero
// Modality means all those its type offers.
type Activity struct {
	Trade    Trade    `json:"filiere"`
	Modality Modality `json:"modalite,omitempty"`
	Area     Area     `json:"zone"`
}

// MonthHours is a number of hours in a month: a capacity, a plan, work done.
type MonthHours struct {
	Month Month `json:"mois"`
	Hours Hours `json:"heures"`
}

// Structure is an insertion structure or kin. Its key is (SIRET, Kind): one
// SIRET may carry both an ACI and an EI. It holds no person's name.
type Structure struct {
	ID          StructureID
	SIRET       string // 14 digits; "" only for a draft
	Kind        Kind
	Name        string
	Brand       string // enseigne
	NAF         string // "8130Z"
	Address     string
	PostalCode  string
	City        string
	INSEE       string
	Department  string
	Lat, Lon    float64
	Precise     bool // coordinates of the address, not of the commune
	Phone       string
	Mail        string
	Web         string
	Description string
	Workers     int      // people in insertion, or authorised places; 0 unknown
	Status      Status   // legal form, as declared; see LegalForm
	Turnover    Cents    // of a year, excluding tax; 0 unknown
	ROME        []string // codes of the jobs offered
	Activities  []Activity
	Networks    []string
	Capacity    []MonthHours // free hours declared, by month; empty = undeclared
	Active      bool
	Source      string
}

// DisplayName is the brand when there is one, else the name.
func (s Structure) DisplayName() string {
	if s.Brand != "" {
		return s.Brand
	}
	return s.Name
}

// Validate checks a structure a person typed; the error is a *FieldError.
func (s Structure) Validate() error {
	switch {
	case s.Name == "":
		return &FieldError{"nom", "le nom manque"}
	case !s.Kind.Known():
		return &FieldError{"type", "choisissez un type de structure"}
	case s.Status != "" && !s.Status.Known():
		return &FieldError{"statut", "choisissez un statut"}
	case s.Turnover < 0:
		return &FieldError{"chiffre-affaires", "un chiffre d'affaires ne peut être négatif"}
	case s.SIRET == "":
		return &FieldError{"siret", "le SIRET manque : une structure se reconnaît à lui d'un annuaire à l'autre ; il est sur ses factures et dans l'Annuaire des entreprises"}
	case !ValidSIRET(s.SIRET):
		return &FieldError{"siret", "ce SIRET n'est pas valide : 14 chiffres, dont la clé est vérifiée"}
	case s.Mail != "" && !ValidMail(s.Mail):
		return &FieldError{"courriel", "ce n'est pas une adresse : accueil@structure.fr"}
	}
	for _, a := range s.Activities {
		if a.Area.Kind == Radius && (a.Area.Km < 1 || a.Area.Km > 1000) {
			return &FieldError{"rayon", "de 1 à 1 000 km"}
		}
	}
	for _, c := range s.Capacity {
		if c.Hours < 0 {
			return &FieldError{"capacite", "des heures ne peuvent être négatives"}
		}
	}
	return nil
}

// ValidMail tells whether a text has the form of an e-mail address: one name, one
// domain with a point in it. It does not tell whether anybody reads it.
func ValidMail(text string) bool {
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text {
		return false
	}
	_, domain, _ := strings.Cut(text, "@")
	name, top, found := strings.Cut(domain, ".")
	return found && name != "" && top != "" && !strings.HasSuffix(domain, ".")
}

// ExactPlace is the exact position of a commune, imported over the embedded one.
type ExactPlace struct {
	INSEE    string
	Lat, Lon float64
}
