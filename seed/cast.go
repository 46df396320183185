package seed

// buyer is an invented public buyer and the commune it sits in.
type buyer struct{ name, insee, postal, city string }

func buyers() []buyer {
	return []buyer{
		{"Ville de Nanterre (fictif)", "92050", "92000", "Nanterre"},
		{"Ville de Colombes (fictif)", "92025", "92700", "Colombes"},
		{"Ville de Bagneux (fictif)", "92007", "92220", "Bagneux"},
		{"Ville de Gennevilliers (fictif)", "92036", "92230", "Gennevilliers"},
		{"Ville d'Issy-les-Moulineaux (fictif)", "92040", "92130", "Issy-les-Moulineaux"},
		{"Ville d'Antony (fictif)", "92002", "92160", "Antony"},
		{"Ville de Clamart (fictif)", "92023", "92140", "Clamart"},
		{"Ville de Suresnes (fictif)", "92073", "92150", "Suresnes"},
		{"Département des Hauts-de-Seine (fictif)", "92050", "92000", "Nanterre"},
		{"Office HLM des Trois Boucles (fictif)", "92004", "92600", "Asnières-sur-Seine"},
		{"Territoire Boucle Verte (fictif)", "92078", "92390", "Villeneuve-la-Garenne"},
		{"Syndicat du Val de Bièvre (fictif)", "92071", "92330", "Sceaux"},
	}
}

// firm is an invented contractor and the trades it answers for.
type firm struct {
	name   string
	trades string
}

func firms() []firm {
	return []firm{
		{"Maçonnerie des Trois Rives", "gros-oeuvre renovation"},
		{"Bâtir Mont-Valérien", "gros-oeuvre demolition renovation"},
		{"Béton du Val", "gros-oeuvre vrd"},
		{"Francilienne de Gros Œuvre", "gros-oeuvre"},
		{"Voirie et Pavage de la Boucle", "vrd proprete-urbaine"},
		{"Réseaux Ouest Travaux", "vrd"},
		{"Terrassements de Bièvre", "vrd demolition"},
		{"Curage Déconstruction Ouest", "demolition"},
		{"Toitures des Coteaux", "couverture"},
		{"Charpente et Zinc du Plateau", "couverture"},
		{"Étanchéité Sud-Seine", "couverture"},
		{"Menuiseries de la Garenne", "menuiserie"},
		{"Alu-Bois Façades", "menuiserie"},
		{"Plâtres et Cloisons Réunis", "platrerie"},
		{"Isolation Confort 92", "platrerie"},
		{"Électricité des Quais", "electricite"},
		{"Volt et Lumière", "electricite"},
		{"Courants Forts Associés", "electricite"},
		{"Plomberie de l'Île", "plomberie"},
		{"Génie Climatique du Parc", "plomberie"},
		{"Colorys Peinture", "peinture"},
		{"Atelier du Ravalement", "peinture"},
		{"Sols et Murs du Plessis", "peinture"},
		{"Net'Ouest Propreté", "nettoyage"},
		{"Clarté Services", "nettoyage"},
		{"Brillance Entretien", "nettoyage proprete-urbaine"},
		{"Jardins de la Vallée", "espaces-verts"},
		{"Paysages Sud-Seine", "espaces-verts"},
		{"Arbres et Parcs", "espaces-verts"},
		{"Collecte Francilienne", "dechets"},
		{"Tri et Valorisation de la Boucle", "dechets"},
		{"Vigie Sûreté", "securite"},
		{"Sentinelle du Parc", "securite"},
		{"Cuisines du Territoire", "restauration"},
		{"Repas et Saveurs", "restauration"},
		{"Déménagements de l'Arche", "demenagement transport"},
		{"Lin Blanc Location", "blanchisserie"},
		{"Numéris Conseil", "numerique administratif"},
		{"Imprimerie du Rond-Point", "impression"},
		{"Accueil et Relation", "administratif"},
		{"Rénovation Habitat Ouest", "renovation peinture"},
	}
}

// outfit is an invented insertion structure.
type outfit struct {
	name, kind string
	insee      string
	postal     string
	city       string
	trades     string // codes, space separated
	km         int    // radius; 0 means the whole département
	workers    int
	monthly    int // free hours declared each month, 0 undeclared
	networks   string
}

func outfits() []outfit {
	return []outfit{
		{"Chantiers du Chemin de l'Île", "ACI", "92050", "92000", "Nanterre", "espaces-verts proprete-urbaine", 12, 24, 620, "Chantier École"},
		{"Les Jardins de la Bièvre", "ACI", "92002", "92160", "Antony", "espaces-verts alimentation", 15, 18, 410, "Cocagne"},
		{"Berges Vivantes", "ACI", "92012", "92100", "Boulogne-Billancourt", "espaces-verts proprete-urbaine", 10, 30, 700, "Chantier École"},
		{"Atelier des Tisserands", "ACI", "92025", "92700", "Colombes", "blanchisserie fabrication", 0, 22, 380, "Tissons la solidarité"},
		{"La Recyclerie du Pont", "ACI", "92036", "92230", "Gennevilliers", "dechets demenagement", 0, 20, 350, ""},
		{"Second Souffle Mobilier", "ACI", "92007", "92220", "Bagneux", "fabrication dechets", 20, 14, 240, ""},
		{"Cuisines en Herbe", "ACI", "92078", "92390", "Villeneuve-la-Garenne", "restauration", 15, 12, 200, ""},
		{"Passeport Bâtiment", "ACI", "92046", "92240", "Malakoff", "peinture renovation platrerie", 12, 16, 330, "Chantier École"},
		{"Nanterre Services Quartiers", "RQ", "92050", "92000", "Nanterre", "nettoyage espaces-verts peinture", 8, 38, 520, "CNLRQ"},
		{"Régie des Blagis", "RQ", "92007", "92220", "Bagneux", "nettoyage espaces-verts proprete-urbaine", 8, 26, 300, "CNLRQ"},
		{"Régie de la Caravelle", "RQ", "92078", "92390", "Villeneuve-la-Garenne", "nettoyage proprete-urbaine peinture", 8, 20, 260, "CNLRQ"},
		{"Éclat Propreté Insertion", "EI", "92026", "92400", "Courbevoie", "nettoyage", 0, 45, 900, "FEI"},
		{"Propulse Services", "EI", "92049", "92120", "Montrouge", "nettoyage proprete-urbaine", 15, 32, 610, "FEI"},
		{"Vert Demain", "EI", "92023", "92140", "Clamart", "espaces-verts", 20, 28, 560, "FEI"},
		{"Couleurs du Chantier", "EI", "92004", "92600", "Asnières-sur-Seine", "peinture", 20, 24, 480, "FEI"},
		{"Second Œuvre Solidaire", "EI", "92036", "92230", "Gennevilliers", "peinture platrerie menuiserie renovation", 25, 35, 740, "FEI"},
		{"Maçons du Rempart", "EI", "92063", "92500", "Rueil-Malmaison", "gros-oeuvre renovation vrd", 25, 21, 430, "FEI"},
		{"Électr'Avenir", "EI", "92025", "92700", "Colombes", "electricite", 25, 15, 280, ""},
		{"Sani-Chaud Insertion", "EI", "92032", "92260", "Fontenay-aux-Roses", "plomberie", 20, 13, 220, ""},
		{"Curage Réemploi Ouest", "EI", "92024", "92110", "Clichy", "demolition dechets", 0, 26, 510, "FEI"},
		{"Toits Partagés", "EI", "92072", "92310", "Sèvres", "couverture menuiserie", 25, 12, 210, ""},
		{"Tri d'Union", "EI", "92036", "92230", "Gennevilliers", "dechets", 0, 40, 820, "FEI"},
		{"Électro Seconde Vie", "EI", "92050", "92000", "Nanterre", "dechets mecanique", 0, 33, 450, "Envie"},
		{"La Table des Coteaux", "EI", "92073", "92150", "Suresnes", "restauration", 20, 19, 320, ""},
		{"Festins d'Ici", "EI", "92040", "92130", "Issy-les-Moulineaux", "restauration", 20, 17, 290, ""},
		{"Veille Solidaire", "EI", "92044", "92300", "Levallois-Perret", "securite", 0, 27, 640, ""},
		{"Bras Ouverts Déménagement", "EI", "92020", "92320", "Châtillon", "demenagement transport", 30, 16, 300, ""},
		{"Clic et Archive", "EI", "92062", "92800", "Puteaux", "numerique administratif impression", 0, 18, 350, ""},
		{"Linge Clair", "EI", "92009", "92270", "Bois-Colombes", "blanchisserie", 25, 20, 310, ""},
		{"Coup de Main 92", "AI", "92012", "92100", "Boulogne-Billancourt", "nettoyage services-personne administratif espaces-verts", 10, 60, 950, "Coorace"},
		{"Trait de Liaison", "AI", "92019", "92290", "Châtenay-Malabry", "nettoyage espaces-verts peinture demenagement", 12, 55, 800, "Coorace"},
		{"Solidarité Emploi Boucle", "AI", "92025", "92700", "Colombes", "nettoyage demenagement restauration peinture", 10, 70, 1100, "Coorace"},
		{"Emplois du Plateau", "AI", "92023", "92140", "Clamart", "nettoyage restauration espaces-verts", 10, 48, 640, ""},
		{"Mont-Valérien Services", "AI", "92073", "92150", "Suresnes", "nettoyage administratif services-personne", 10, 42, 560, ""},
		{"Intérim Passerelles", "ETTI", "92050", "92000", "Nanterre", "gros-oeuvre vrd demolition couverture menuiserie platrerie electricite plomberie peinture renovation", 0, 120, 2600, "FEI"},
		{"Relais Intérim Insertion", "ETTI", "92036", "92230", "Gennevilliers", "gros-oeuvre vrd nettoyage demenagement dechets espaces-verts", 0, 90, 1900, "FEI"},
		{"Tremplin Intérim Sud", "ETTI", "92007", "92220", "Bagneux", "peinture platrerie electricite nettoyage restauration administratif", 0, 75, 1500, ""},
		{"GEIQ Bâtiment des Boucles", "GEIQ", "92004", "92600", "Asnières-sur-Seine", "gros-oeuvre vrd menuiserie platrerie electricite plomberie peinture couverture", 0, 50, 1300, "FFGEIQ"},
		{"GEIQ Propreté Ouest", "GEIQ", "92062", "92800", "Puteaux", "nettoyage proprete-urbaine", 0, 30, 700, "FFGEIQ"},
		{"Atelier Adapté du Moulin", "EA", "92040", "92130", "Issy-les-Moulineaux", "conditionnement impression administratif", 0, 45, 500, "UNEA"},
		{"Espaces Adaptés Paysage", "EA", "92060", "92350", "Le Plessis-Robinson", "espaces-verts", 25, 34, 520, "UNEA"},
		{"Capacités Net", "EA", "92035", "92250", "La Garenne-Colombes", "nettoyage", 20, 28, 430, "UNEA"},
		{"ESAT des Marronniers", "ESAT", "92071", "92330", "Sceaux", "espaces-verts conditionnement blanchisserie", 15, 90, 0, "Hosmoz"},
		{"ESAT La Clairière", "ESAT", "92064", "92210", "Saint-Cloud", "restauration conditionnement", 15, 75, 0, "Unapei"},
		{"Adaptea Intérim", "EATT", "92026", "92400", "Courbevoie", "administratif nettoyage conditionnement", 0, 40, 600, ""},
	}
}
