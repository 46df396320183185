package mandate

// Article puts a text of 2011 beside what says the same today.
type Article struct {
	Lever   Lever // "" when it is of none
	Subject string
	Then    string // code des marchés publics 2006, as in force when the letter was written
	Now     string // code de la commande publique
	Note    string // what changed
	Sourced bool   // false: no source was found for today's text or for the change
}

// Articles lists the texts of the letter's time with today's.
func Articles() []Article {
	return []Article{
		{"", "les besoins tiennent compte du développement durable", "art. 5", "L2111-1", "", true},
		{"", "allotir", "art. 10", "L2113-10 ; L2113-11 pour ne pas le faire", "les motifs de ne pas allotir sont écrits ; un troisième, pour les entités adjudicatrices, depuis octobre 2023", true},
		{LeverClause, "conditions d'exécution sociales", "art. 14", "L2112-2 ; L2112-2-1 au-dessus des seuils européens", "obligation pour les consultations lancées à partir du 21 août 2026 (décret 2022-767)", true},
		{LeverCriterion, "critère d'insertion professionnelle des publics en difficulté", "art. 53-I 1°", "L2152-7, R2152-7", "le critère unique du prix est aboli au 21 août 2026", true},
		{LeverBoth, "clause et critère ensemble", "art. 14 et 53-I", "L2112-2 et R2152-7", "un plancher d'heures, et ce qui le dépasse est noté", true},
		{LeverReserved, "marchés réservés au travail protégé", "art. 15 (EA et ESAT seulement)", "L2113-12, R2113-7", "50 % au moins de travailleurs handicapés ; l'avis cite l'article", true},
		{LeverReserved, "marchés réservés à l'insertion", "impossible : l'art. 15 excluait les SIAE", "L2113-13 ; L2113-14 avec le travail protégé", "SIAE depuis 2016, les deux ensemble depuis la loi ASAP de 2020", true},
		{LeverReserved, "marchés réservés en établissement pénitentiaire", "—", "L2113-13-1", "ordonnance du 19 octobre 2022", true},
		{LeverReserved, "marchés réservés à l'ESS", "—", "L2113-15 et L2113-16", "services sociaux, de santé ou culturels de la liste ; trois ans au plus ; pas de titulaire du même marché réservé dans les trois ans", true},
		{LeverService, "services de qualification et d'insertion professionnelles", "art. 30", "R2123-1 3°", "procédure adaptée quel que soit le montant (avis du 31 mars 2019)", true},
		{"", "préférence aux SCOP à égalité de prix ou d'offre", "art. 53-IV 1°", "—", "non reprise par l'ordonnance de 2015 ; restent la réservation à l'ESS, l'allotissement et les objectifs du SPASER", false},
		{"", "un quart des lots proposé par préférence aux artisans, SCOP et entreprises adaptées", "art. 53-IV 2°", "—", "même remarque", false},
		{"", "petits lots en procédure adaptée", "art. 27-III", "R2123-1 2°", "moins de 80 000 € en fournitures et services, 1 000 000 € en travaux, 20 % au plus du total", false},
	}
}
