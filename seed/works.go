package seed

// piece is one lot of an operation: its trade, its CPV, the labour share its
// clause would take, and the range of its amount in thousands of euros.
type piece struct {
	label, cpv, trade string
	share             int // percent of labour, DOMAIN §2.3
	low, high         int
}

// operation is a kind of contract a département passes, in lots.
type operation struct {
	title  string // %s is the commune
	count  int    // how many of them in the demonstration
	months int
	works  bool
	lots   []piece
}

func operations() []operation {
	school := []piece{
		{"Gros œuvre", "45223220", "gros-oeuvre", 50, 900, 2600},
		{"Charpente et couverture", "45261000", "couverture", 40, 180, 520},
		{"Menuiseries extérieures", "45421000", "menuiserie", 35, 160, 480},
		{"Plâtrerie, isolation, cloisons", "45410000", "platrerie", 50, 120, 380},
		{"Électricité", "45310000", "electricite", 45, 180, 520},
		{"Plomberie, chauffage, ventilation", "45330000", "plomberie", 45, 220, 640},
		{"Peinture et sols souples", "45442100", "peinture", 70, 90, 260},
		{"Espaces extérieurs", "45112700", "espaces-verts", 45, 110, 300},
	}
	flats := []piece{
		{"Ravalement et isolation par l'extérieur", "45443000", "peinture", 50, 400, 1200},
		{"Étanchéité des toitures", "45261420", "couverture", 40, 150, 420},
		{"Électricité des logements et parties communes", "45311000", "electricite", 45, 160, 450},
		{"Plomberie et sanitaires", "45332000", "plomberie", 40, 180, 500},
		{"Peinture des parties communes", "45442110", "peinture", 70, 80, 240},
	}
	one := func(label, cpv, trade string, share, low, high int) []piece {
		return []piece{{label, cpv, trade, share, low, high}}
	}
	return []operation{
		{"Construction d'un groupe scolaire à %s", 4, 22, true, school},
		{"Réhabilitation de logements sociaux à %s", 5, 20, true, flats},
		{"Entretien des espaces verts de %s", 8, 24, false, []piece{
			{"Secteur nord", "77310000", "espaces-verts", 65, 120, 420},
			{"Secteur sud, dont terrains de sport", "77320000", "espaces-verts", 65, 100, 380},
		}},
		{"Nettoyage des bâtiments communaux de %s", 8, 36, false, []piece{
			{"Écoles et crèches", "90911200", "nettoyage", 85, 250, 900},
			{"Bâtiments administratifs et vitrerie", "90919200", "nettoyage", 85, 120, 420},
		}},
		{"Réfection de la voirie à %s", 6, 14, true, one("", "45233141", "vrd", 30, 300, 1400)},
		{"Démolition et curage d'un ensemble de bureaux à %s", 4, 8, true, one("", "45111100", "demolition", 50, 150, 700)},
		{"Gardiennage et surveillance de sites à %s", 4, 36, false, one("", "79713000", "securite", 85, 180, 640)},
		{"Collecte et tri des encombrants de %s", 4, 36, false, one("", "90511000", "dechets", 50, 200, 900)},
		{"Restauration des agents et repas de réception à %s", 4, 24, false, one("", "55520000", "restauration", 45, 90, 380)},
		{"Déménagement et manutention des services de %s", 3, 24, false, one("", "98392000", "demenagement", 65, 60, 260)},
		{"Location et entretien du linge à %s", 2, 36, false, one("", "98310000", "blanchisserie", 50, 60, 240)},
		{"Numérisation des archives de %s", 2, 18, false, one("", "79995100", "numerique", 80, 70, 280)},
		{"Travaux d'entretien tous corps d'état du patrimoine de %s", 6, 48, true, []piece{
			{"Maçonnerie et petite démolition", "45262500", "gros-oeuvre", 50, 200, 800},
			{"Peinture et revêtements", "45442100", "peinture", 70, 150, 600},
			{"Serrurerie et menuiserie", "45421140", "menuiserie", 35, 120, 500},
		}},
	}
}
