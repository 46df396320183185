package seed

import "passerelle/internal/insertion"

// cooperative is an invented firm of the social economy. One that wins contracts
// in the notices bears the number of that firm.
type cooperative struct {
	name, kind, status  string
	firm                string // of firms(), "" for one that wins none
	insee, postal, city string
	trades              string
	turnover            int // thousands of euros a year
}

func cooperatives() []cooperative {
	return []cooperative{
		{"Maçonnerie des Trois Rives", "SCOP", "SCOP", "Maçonnerie des Trois Rives", "92036", "92230", "Gennevilliers", "gros-oeuvre renovation", 4200},
		{"Arbres et Parcs", "SCIC", "SCIC", "Arbres et Parcs", "92023", "92140", "Clamart", "espaces-verts", 980},
		{"Imprimerie du Rond-Point", "SCOP", "SCOP", "Imprimerie du Rond-Point", "92024", "92110", "Clichy", "impression", 1500},
		{"Colorys Peinture", "SCOP", "SCOP", "Colorys Peinture", "92007", "92220", "Bagneux", "peinture", 1250},
		{"Repas et Saveurs", "ESS", "association", "Repas et Saveurs", "92025", "92700", "Colombes", "restauration", 860},
		{"Mutuelle des Deux Vallées", "ESS", "mutuelle", "", "92050", "92000", "Nanterre", "", 0},
		{"Coopérative du Plateau", "SCIC", "SCIC", "", "92046", "92240", "Malakoff", "alimentation", 540},
		{"Nacelle, nettoyage coopératif", "SCOP", "SCOP", "", "92049", "92120", "Montrouge", "nettoyage", 720},
	}
}

// siret is that of the firm it is in the notices, or its own.
func (c cooperative) siret(i int) string {
	for n, f := range firms() {
		if f.name == c.firm {
			return siret(firmBlock + n)
		}
	}
	return siret(cooperativeBlock + i)
}

// legalForm draws the form of an insertion structure from its type: known for most,
// unsaid for some, as in any directory.
func legalForm(kind string, i int) insertion.Status {
	switch kind {
	case "ACI", "EA", "ESAT":
		return insertion.Association
	case "EI":
		return []insertion.Status{insertion.Association, insertion.StatusSCOP, "", insertion.Company}[i%4]
	case "ETTI", "EATT":
		return insertion.Company
	}
	return ""
}
