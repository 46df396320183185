package insertion

import "slices"

// Status is the legal form of a structure, as the law on the social and solidarity
// economy counts it (loi 2014-856, art. 1 and 11); "" when nobody said.
type Status string

// The legal forms. ESUS is a commercial company whose approval, or whose by-laws,
// make it of the ESS; Company and PublicBody are not of it.
const (
	StatusSCOP  Status = "SCOP"
	StatusSCIC  Status = "SCIC"
	Cooperative Status = "coopérative"
	Association Status = "association"
	Mutual      Status = "mutuelle"
	Foundation  Status = "fondation"
	ESUS        Status = "ESUS"
	Company     Status = "société commerciale"
	PublicBody  Status = "établissement public"
)

// Statuses lists the legal forms in the order forms offer them.
func Statuses() []Status {
	return []Status{Association, StatusSCOP, StatusSCIC, Cooperative, Mutual, Foundation, ESUS, Company, PublicBody}
}

// Known tells whether s is one of Statuses.
func (s Status) Known() bool { return slices.Contains(Statuses(), s) }

// ESS tells whether the form is of the social and solidarity economy.
func (s Status) ESS() bool { return s.Known() && s != Company && s != PublicBody }

// LegalForm is the status somebody declared, else the one its type implies: an
// association intermédiaire is an association by law (c. trav. L5132-7), as are the
// labelled régies and GEIQ; the other types say nothing of it.
func (s Structure) LegalForm() Status {
	switch {
	case s.Status != "":
		return s.Status
	case s.Kind == SCOP:
		return StatusSCOP
	case s.Kind == SCIC:
		return StatusSCIC
	case s.Kind == OESS:
		return ESUS
	case s.Kind == AI, s.Kind == RQ, s.Kind == GEIQ:
		return Association
	}
	return ""
}

// Insertion tells whether the type is one of insertion or of adapted work, rather
// than of another firm of the social economy.
func (k Kind) Insertion() bool { return k.Known() && k != SCOP && k != SCIC && k != OESS }
