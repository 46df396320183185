package document

import (
	"strings"

	"passerelle/internal/insertion"
)

func partnerFields() []Field {
	placed := func(text func(p insertion.PlacedHours) string) func(facts) string {
		return func(f facts) string {
			p, ok := f.placement()
			if !ok {
				return ""
			}
			return text(p)
		}
	}
	return grouped(ofPartner, []Field{
		{Name: "structure.nom", Help: "la structure", text: func(f facts) string { return f.Structure.DisplayName() }},
		{Name: "structure.type", Help: "son type, en toutes lettres", text: func(f facts) string { return f.Structure.Kind.Label() }},
		{Name: "structure.siret", Help: "son SIRET", text: func(f facts) string { return insertion.SpacedSIRET(f.Structure.SIRET) }},
		{Name: "structure.adresse", Help: "son adresse", text: func(f facts) string { return address(f.Structure) }},
		{Name: "structure.contact", Help: "son téléphone, son courriel", text: func(f facts) string { return said(f.Structure.Phone, f.Structure.Mail) }},
		{Name: "placement.modalite", Help: "la modalité de son placement", text: placed(func(p insertion.PlacedHours) string { return p.Modality.Label() })},
		{Name: "placement.heures", Help: "les heures prévues chez elle", text: func(f facts) string {
			var sum insertion.Hours
			for _, p := range f.Work {
				if p.Structure == f.Structure.ID {
					sum += p.Planned
				}
			}
			if sum == 0 {
				return ""
			}
			return sum.String()
		}},
		{Name: "placement.debut", Help: "le début du travail", text: placed(func(p insertion.PlacedHours) string { return day(p.Start) })},
		{Name: "placement.signature", Help: "le jour de la signature", text: placed(func(p insertion.PlacedHours) string { return day(p.Signed) })},
	})
}

// placement is the first of the structure of the agreement.
func (f facts) placement() (insertion.PlacedHours, bool) {
	for _, p := range f.Work {
		if p.Structure == f.Structure.ID {
			return p, true
		}
	}
	return insertion.PlacedHours{}, false
}

func address(s insertion.Structure) string {
	return said(s.Address, strings.TrimSpace(s.PostalCode+" "+s.City))
}
