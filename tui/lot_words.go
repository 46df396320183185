package tui

import (
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// amountWords says the amount, what it was at first, and whether to trust it.
func amountWords(l insertion.Lot) string {
	text := l.Amount.String()
	if l.Amount == 0 {
		text = "inconnu"
	}
	if l.Amount != l.Notice.Amount {
		text += " (initialement " + l.Notice.Amount.String() + ")"
	}
	if l.Doubtful {
		text += ", montant à vérifier : laissé hors des totaux"
	}
	return text
}

func durationWords(l insertion.Lot) string {
	if l.MonthsNow == 0 {
		return "inconnue"
	}
	text := strconv.Itoa(l.MonthsNow) + " mois"
	if l.MonthsNow != l.Notice.Months && l.Notice.Months != 0 {
		text += " (initialement " + strconv.Itoa(l.Notice.Months) + ")"
	}
	return text
}

func dateWords(n insertion.Notice) string {
	text := n.Notified.French()
	if n.Published != "" {
		text += ", publié le " + n.Published.French()
	}
	if n.Notified != "" && n.Published != "" && n.Notified > n.Published {
		text += " (notification après la publication : à vérifier)"
	}
	return text
}

// lotPlaceWords says the place and how sure it is, so that nobody reads a
// département's centre as an address.
func lotPlaceWords(name string, p insertion.Place) string {
	switch p.Basis {
	case insertion.PlaceExact:
		return name
	case insertion.PlacePostal:
		return name + ", d'après le code postal " + p.Code
	case insertion.PlaceBuyer:
		return strings.TrimSpace(name + ", situé à la commune de l'acheteur faute de mieux")
	case insertion.PlaceDepartment:
		return name + ", distances comptées depuis le centre du département"
	case insertion.PlaceRegion:
		return name + ", distances comptées depuis le centre de la région"
	}
	if name == "" {
		return "inconnu : aucune distance ne peut être calculée"
	}
	return name + ", lieu non reconnu : aucune distance ne peut être calculée"
}

func socialWords(s insertion.Social) string {
	if words := s.Words(); len(words) > 0 {
		return strings.Join(words, ", ")
	}
	return "l'avis n'en dit rien"
}

func modificationWords(m insertion.Modification) string {
	parts := []string{"le " + m.Date.French()}
	if m.Amount != nil {
		parts = append(parts, "montant "+m.Amount.String())
	}
	if m.Months != nil {
		parts = append(parts, "durée "+strconv.Itoa(*m.Months)+" mois")
	}
	for _, c := range m.Contractors {
		parts = append(parts, "titulaire "+c.Label())
	}
	if m.Object != "" {
		parts = append(parts, m.Object)
	}
	return strings.Join(parts, " ; ")
}

// fieldName is the label of a field that can be typed over an import.
func fieldName(field string) string {
	names := map[string]string{
		"objet": "objet", "cpv": "CPV", "montant": "montant", "duree": "durée", "lieu": "lieu", "social": "social",
	}
	if n, ok := names[field]; ok {
		return n
	}
	return field
}

// penaltyWords says the rule of the contract in one sentence.
func penaltyWords(p insertion.Penalty) string {
	var parts []string
	if p.PerHour > 0 {
		parts = append(parts, p.PerHour.String()+" par heure non faite")
	}
	if p.PerDay > 0 {
		day := " par jour calendaire de retard"
		if p.WorkingDays {
			day = " par jour ouvré de retard"
		}
		parts = append(parts, p.PerDay.String()+day)
	}
	if len(parts) == 0 {
		return strings.TrimSpace("aucune saisie " + p.Text)
	}
	if p.AfterNotice {
		parts = append(parts, "après mise en demeure")
	}
	if p.Allowance > 0 {
		parts = append(parts, "franchise de "+p.Allowance.String())
	}
	if p.Cap > 0 {
		parts = append(parts, "plafond "+p.Cap.String()+" du montant")
	}
	if p.AllMeans {
		parts = append(parts, "sauf si tous les moyens sont prouvés")
	}
	if p.Text != "" {
		parts = append(parts, p.Text)
	}
	return strings.Join(parts, ", ")
}

// modalityWords lists what a clause accepts.
func modalityWords(m insertion.Modality) string {
	if m == 0 {
		return "toutes"
	}
	var words []string
	for _, one := range m.Split() {
		words = append(words, one.Label())
	}
	return strings.Join(words, ", ")
}

// publicWords lists the publics accepted, or says that all are.
func publicWords(codes []string) string {
	if len(codes) == 0 || len(codes) == len(insertion.Publics()) {
		return "tous les publics éligibles"
	}
	return strings.Join(codes, ", ")
}
