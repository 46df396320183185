package insertion

import (
	"fmt"
	"slices"
	"strings"
)

// Proof is a document that shows a category.
type Proof struct {
	Code    string
	Label   string
	Months  int  // how old it may be on the first day of work; 0 = no limit
	AtStart bool // must be valid on that day, by the date it bears itself
	Source  string
}

const (
	itou    = "les-emplois, administrative_criteria.json" // official, machine-readable
	ccapBAM = "CCAP 21_BAM_048 art. 1.4"
	usage   = "usage, non sourcé"
)

// Proofs lists the documents that show a category, the usual one first. Those of
// a public of the contract's own are any document.
func Proofs(category string) []Proof {
	switch category {
	case "DELD":
		return []Proof{{Code: "ft", Label: "attestation France Travail", Months: 3, Source: itou}}
	case "SENIOR":
		return []Proof{{Code: "identite", Label: "pièce d'identité et attestation France Travail", Source: itou}}
	case "RSA":
		return []Proof{{Code: "rsa", Label: "attestation RSA (CAF ou MSA)", Months: 3, Source: itou}}
	case "MINIMA":
		return []Proof{
			{Code: "aah", Label: "attestation AAH", Months: 3, Source: itou},
			{Code: "ass", Label: "attestation ASS", Months: 3, Source: itou},
			{Code: "av", Label: "attestation d'allocation veuvage", Months: 3, Source: usage},
		}
	case "INVALIDITE":
		return []Proof{{Code: "pension", Label: "notification de pension d'invalidité", AtStart: true, Source: usage}}
	case "RQTH":
		return []Proof{{Code: "rqth", Label: "attestation de reconnaissance de travailleur handicapé", AtStart: true, Source: itou}}
	case "JEUNE":
		return []Proof{
			{Code: "identite", Label: "pièce d'identité et attestation de niveau", Source: itou},
			{Code: "ml", Label: "attestation mission locale (PACEA, contrat d'engagement)", Months: 3, Source: usage},
			{Code: "dispositif", Label: "attestation EPIDE, E2C, SMA ou SMV", Months: 12, Source: usage},
		}
	case "IAE":
		return []Proof{
			{Code: "pass", Label: "PASS IAE en cours", AtStart: true, Source: itou},
			{Code: "contrat", Label: "contrat de travail dans la structure", Source: usage},
		}
	case "GEIQ":
		return []Proof{{Code: "contrat", Label: "contrat de travail avec le GEIQ", Source: usage}}
	case "JUSTICE":
		return []Proof{{Code: "jap", Label: "billet de sortie ou attestation du juge", Months: 6, Source: itou}}
	case "REFUGIE":
		return []Proof{{Code: "titre", Label: "titre de séjour valide", AtStart: true, Source: itou}}
	case "QPV":
		return []Proof{{Code: "domicile", Label: "justificatif de domicile", Months: 6, Source: itou}}
	case "AVIS":
		return []Proof{{Code: "avis", Label: "avis motivé du facilitateur", Source: ccapBAM}}
	}
	return []Proof{{Code: "document", Label: "document prévu par le marché", Source: usage}}
}

// proof is what the table says of a document; one the table does not know has no
// limit of its own.
func (e Eligibility) proof() Proof {
	for _, p := range Proofs(e.Category) {
		if p.Code == e.Proof {
			return p
		}
	}
	return Proof{Code: e.Proof, Label: e.Proof}
}

// ProofLabel is the French name of the document seen.
func (e Eligibility) ProofLabel() string { return e.proof().Label }

// FreshUntil is the last day on which work may start on this proof: what the
// document says itself, or its date plus the months the table allows; "" = no limit.
func (e Eligibility) FreshUntil() Date {
	last := e.Until
	if p := e.proof(); p.Months > 0 && e.Dated != "" {
		if limit := e.Dated.AddMonths(p.Months); last == "" || limit < last {
			last = limit
		}
	}
	return last
}

// Accepts tells whether a category is among the publics of the clause; an empty
// list accepts all those of Publics.
func (c Clause) Accepts(category string) bool {
	if slices.Contains(c.OtherPublics, category) {
		return true
	}
	if len(c.Publics) == 0 {
		return slices.ContainsFunc(Publics(), func(p Public) bool { return p.Code == category })
	}
	return slices.Contains(c.Publics, category)
}

// Eligible finds the eligibility that lets a person work under the clause from a
// day: an accepted category whose proof was fresh then, the one seen first. The
// text says why there is none.
func (c Clause) Eligible(list []Eligibility, start Date) (Eligibility, bool, string) {
	var best Eligibility
	found, why := false, "aucune éligibilité enregistrée"
	for _, e := range list {
		switch limit := e.FreshUntil(); {
		case !c.Accepts(e.Category):
			if why == "aucune éligibilité enregistrée" {
				why = fmt.Sprintf("catégorie %s non admise par ce marché", e.Category)
			}
		case e.Seen == "":
			why = fmt.Sprintf("justificatif %s pas encore vu", e.Category)
		case limit != "" && start != "" && limit < start:
			why = fmt.Sprintf("justificatif %s périmé le %s, avant l'embauche du %s", e.Category, limit.French(), start.French())
		case !found || e.Seen < best.Seen || (e.Seen == best.Seen && e.ID < best.ID):
			best, found = e, true
		}
	}
	if found {
		return best, true, ""
	}
	return Eligibility{}, false, why
}

// Validate checks what a person typed; the error is a *FieldError.
func (e Eligibility) Validate(today Date) error {
	switch {
	case e.Category == "":
		return &FieldError{"categorie", "choisissez une catégorie"}
	case e.Proof == "":
		return &FieldError{"justificatif", "choisissez le justificatif vu"}
	case e.Seen != "" && e.Seen > today:
		return &FieldError{"vu_le", "un justificatif ne peut avoir été vu dans l'avenir"}
	case e.Dated != "" && e.Seen != "" && e.Dated > e.Seen:
		return &FieldError{"date", "le justificatif est daté d'après le jour où il a été vu"}
	case e.Category == "AVIS" && strings.TrimSpace(e.Reason) == "":
		return &FieldError{"motif", "un avis motivé demande son motif"}
	case e.proof().Months > 0 && e.Dated == "":
		return &FieldError{"date", "ce justificatif se périme : donnez sa date"}
	}
	return nil
}

// Validate checks what a person typed; the error is a *FieldError.
func (p Participant) Validate(today Date) error {
	year := today.Time().Year()
	switch {
	case p.Born != 0 && (p.Born < year-90 || p.Born > year-14):
		return &FieldError{"naissance", fmt.Sprintf("une année de %d à %d", year-90, year-14)}
	case p.Sex != "" && p.Sex != Woman && p.Sex != Man:
		return &FieldError{"sexe", "F ou H, ou rien"}
	case p.QPV != "" && !districtCode(p.QPV):
		return &FieldError{"qpv", "un code de quartier commence par QP ou QN, comme QP092001 ou QN09205M ; vide s'il n'y en a pas"}
	case p.Level != LevelUnknown && (p.Level < LevelNone || p.Level > LevelMax):
		return &FieldError{"niveau", "de 2 (sans diplôme) à 8"}
	case p.Entered == "":
		return &FieldError{"entree", "la date d'entrée manque"}
	case p.Left != "" && p.Left < p.Entered:
		return &FieldError{"sortie", "la sortie précède l'entrée"}
	case p.Exit != "" && !slices.Contains(Exits(), p.Exit):
		return &FieldError{"situation", "situation inconnue"}
	case p.Exit != "" && p.Left == "":
		return &FieldError{"sortie", "donnez la date de sortie"}
	case p.Later != "" && !slices.Contains(Exits(), p.Later):
		return &FieldError{"situation_6_mois", "situation inconnue"}
	}
	return nil
}

// districtCode tells whether a text looks like the code of a priority district, QP092001
// (2014) or QN09205M (2024); the forms are not sourced, and taken broadly.
func districtCode(code string) bool {
	if len(code) < 7 || len(code) > 9 || !strings.HasPrefix(code, "QP") && !strings.HasPrefix(code, "QN") {
		return false
	}
	return strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

// Validate checks an assignment against the others of the same person; the error
// is a *FieldError.
func (a Assignment) Validate(others []Assignment) error {
	switch {
	case a.Placement == 0:
		return &FieldError{"placement", "choisissez le placement"}
	case !slices.Contains(Employments(), a.Employment):
		return &FieldError{"contrat", "choisissez un type de contrat"}
	case a.Start == "" && a.Participant != 0:
		return &FieldError{"debut", "la date d'embauche manque"}
	case a.End != "" && a.End < a.Start:
		return &FieldError{"fin", "la fin précède le début"}
	case a.Weekly < 0 || a.Weekly > WholeHours(48):
		return &FieldError{"heures_semaine", "de 0 à 48 h par semaine"}
	}
	for _, o := range others {
		if o.ID == a.ID || o.Participant != a.Participant || o.Placement != a.Placement {
			continue
		}
		if (a.End == "" || o.Start <= a.End) && (o.End == "" || a.Start <= o.End) {
			return &FieldError{"debut", fmt.Sprintf("cette personne est déjà sur ce placement (%s)", span{o.Start, o.End}.words())}
		}
	}
	return nil
}

// MaxMonth is more than the hours of the longest month.
const MaxMonth = Hours(744_00)

// ValidateLine checks hours typed for a month; the error is a *FieldError.
func ValidateLine(m Month, h Hours, today Date) error {
	switch {
	case m == "":
		return &FieldError{"mois", "le mois manque"}
	case m > today.Month():
		return &FieldError{"mois", "ce mois n'a pas commencé"}
	case h < 0:
		return &FieldError{"heures", "des heures ne peuvent être négatives"}
	case h > MaxMonth:
		return &FieldError{"heures", fmt.Sprintf("un mois ne tient pas %s", h)}
	}
	return nil
}
