package intake

import (
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// organisationMail keeps an e-mail address only when it is the organisation's:
// what stands before the @ holds the word of a service (contact, accueil…) or a
// word of the structure's own name, brand, town or domain. Any other one may be
// a person's (« marie.durand@ », « mdurand@ »), and is not taken in.
func organisationMail(mail string, st insertion.Structure) string {
	mail = strings.ToLower(strings.TrimSpace(mail))
	local, domain, ok := strings.Cut(mail, "@")
	if !ok || local == "" || !strings.Contains(domain, ".") || strings.ContainsAny(mail, " ,;<>\"") {
		return ""
	}
	squeezed := Fold(local)
	if slices.ContainsFunc(services(), func(w string) bool { return strings.Contains(squeezed, w) }) {
		return mail
	}
	own := st.Name + " " + st.Brand + " " + st.City
	if !webmail(domain) {
		own += " " + domain[:strings.LastIndexByte(domain, '.')]
	}
	for _, w := range strings.FieldsFunc(own, func(r rune) bool { return strings.ContainsRune(" '’-.,()/", r) }) {
		if w = Fold(w); len(w) >= 4 && strings.Contains(squeezed, w) {
			return mail
		}
	}
	return ""
}

// services are the words by which organisations name their mailboxes.
func services() []string {
	return []string{
		"contact", "accueil", "direction", "info", "secretariat", "compta", "commercial", "esat", "association", "asso", "admin",
		"siege", "bureau", "agence", "insertion", "emploi", "recrutement", "travail", "atelier", "regie", "geiq", "etti", "chantier", "service",
		"interim", "cap", "entreprise", "rh", "devis", "coordination",
	}
}

// webmail tells the domains anyone can have an address on.
func webmail(domain string) bool {
	name, _, _ := strings.Cut(domain, ".")
	return slices.Contains([]string{"gmail", "googlemail", "orange", "wanadoo", "free", "hotmail", "yahoo", "laposte", "sfr", "outlook", "live", "aol", "neuf", "bbox", "icloud", "msn", "club-internet", "numericable"}, name)
}
