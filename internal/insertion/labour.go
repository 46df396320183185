package insertion

// LabourShare is the usual part of labour in the price of a trade. It only
// prefills a form: what the contract says always wins.
type LabourShare struct {
	Trade   Trade
	What    string // the work meant, when narrower than the trade
	Share   BasisPoints
	Sourced bool   // false: professional usage, no source found
	Source  string // when Sourced
}

// LabourShares is the default table (DOMAIN §2.3): three lines are sourced
// (Seine-et-Marne, mefsud77.fr), the others are usage and are said to be so.
// Where usage gives a range, the middle is kept.
func LabourShares() []LabourShare {
	const seineEtMarne = "mefsud77.fr"
	usage := func(t Trade, percent int64, what string) LabourShare {
		return LabourShare{Trade: t, What: what, Share: BasisPoints(percent * 100)}
	}
	return []LabourShare{
		{Trade: "gros-oeuvre", What: "maçonnerie", Share: 5000, Sourced: true, Source: seineEtMarne},
		{Trade: "peinture", What: "peinture intérieure", Share: 7000, Sourced: true, Source: seineEtMarne},
		{Trade: "couverture", What: "charpente métallique", Share: 2000, Sourced: true, Source: seineEtMarne},
		usage("couverture", 40, "charpente bois, couverture, étanchéité"),
		usage("vrd", 30, "terrassement compris"),
		usage("demolition", 50, "curage compris"),
		usage("menuiserie", 35, ""),
		usage("platrerie", 50, "isolation, cloisons ; sols 45 %"),
		usage("electricite", 45, ""),
		usage("plomberie", 42, "chauffage et ventilation compris"),
		usage("renovation", 45, ""),
		usage("nettoyage", 85, ""),
		usage("proprete-urbaine", 60, ""),
		usage("espaces-verts", 65, "entretien ; création 45 %"),
		usage("espaces-naturels", 65, ""),
		usage("dechets", 50, "collecte"),
		usage("demenagement", 65, "manutention comprise"),
		usage("restauration", 43, "collective ; traiteur 45 %"),
		usage("blanchisserie", 50, ""),
		usage("securite", 87, "gardiennage"),
		usage("administratif", 90, "accueil, secrétariat"),
		usage("impression", 30, "logistique comprise"),
		usage("numerique", 80, "prestations intellectuelles"),
	}
}

// UsualShare is the first line of LabourShares for a trade that has one in
// general use: for framing and roofing, the general line, not metal frames.
func UsualShare(t Trade) (LabourShare, bool) {
	var found LabourShare
	ok := false
	for _, s := range LabourShares() {
		if s.Trade == t && (!ok || !s.Sourced) {
			found, ok = s, true
		}
	}
	return found, ok
}

// Words says the share and how far to trust it.
func (s LabourShare) Words() string {
	text := s.Share.String()
	if s.What != "" {
		text += " (" + s.What + ")"
	}
	if s.Sourced {
		return text + ", sourcé : " + s.Source
	}
	return text + ", usage, non sourcé"
}
