package mandate

// Commitments lists the proposals of the letter, in its order. Where the letter
// gives no figure, a target is one somebody sets: its source says so.
func Commitments() []Commitment {
	const letter, none = "la lettre", "sans source : à fixer par la délégation"
	return []Commitment{
		{
			Code: Post, Title: "Le poste de facilitateur", Unit: Hours, Flow: true, Target: 43_000_00, Source: "repère national par facilitateur (2021), calculé",
			Letter:  "Créer un poste de « facilitateur » (…) faire le lien entre les entreprises adjudicatrices et les structures d'insertion",
			Measure: "heures d'insertion retenues dans l'année",
		},
		{
			Code: Council, Title: "Le conseil de l'ESS", Unit: Number, Target: 3, Source: letter, Kinds: []Kind{Meeting, Point, Seat},
			Letter:  "Augmenter le nombre de membres représentant les entreprises de l'ESS (…) 3 membres en plus",
			Measure: "sièges de l'ESS, de l'IAE et de réseaux acceptés depuis la lettre",
		},
		{
			Code: Allotment, Title: "L'allotissement", Unit: Share, Flow: true, Source: none, Kinds: []Kind{Project, Part},
			Letter:  "Allotir les appels d'offres pour laisser la possibilité aux entreprises de l'ESS comme aux PME et TPE de pouvoir répondre",
			Measure: "part des marchés attribués dans l'année qui le sont en lots",
		},
		{
			Code: Levers, Title: "Les clauses qui favorisent l'ESS", Unit: Share, Flow: true, Source: none, Kinds: []Kind{Project},
			Letter:  "Activer dans les appels d'offres les clauses qui privilégient les SCOP",
			Measure: "part des lots de l'année réservés (L2113-12 à 16), parmi ceux qui en disent quelque chose",
		},
		{
			Code: Cooperatives, Title: "Les SCOP et l'ESS", Unit: Share, Flow: true, Source: none,
			Letter:  "Promouvoir le statut des SCOP (…) valoriser la gestion des entreprises par les salariés",
			Measure: "part des lots attribués dans l'année à l'ESS connue du fichier, au moins",
		},
		{
			Code: Networks, Title: "Les réseaux", Unit: Money, Flow: true, Source: none, Kinds: []Kind{Network, Support},
			Letter:  "Aider et soutenir les réseaux de l'ESS (…) Employeurs solidaires 92 et le Comité des associations intermédiaires (CAI 92)",
			Measure: "soutien accordé aux réseaux dans l'année",
		},
		{
			Code: CallForProject, Title: "L'appel à projets", Unit: Share, Flow: true, Source: none, Kinds: []Kind{Call, Candidacy},
			Letter:  "Éviter que l'appel sur l'innovation empêche d'aider « ce qui marche »",
			Measure: "part des aides de l'année accordée à des actions éprouvées",
		},
		{
			Code: Premises, Title: "Les locaux", Unit: Share, Target: 100, Source: letter, Kinds: []Kind{Stock, Premise},
			Letter:  "Que 1 % des locaux d'activités de l'OPDHLM et de la SEM 92 soit dédié à l'ESS",
			Measure: "part de la surface d'activité des bailleurs louée à l'ESS",
		},
		{
			Code: Promotion, Title: "La promotion de l'ESS", Unit: Number, Flow: true, Source: none, Kinds: []Kind{Action},
			Letter:  "Des actions dans les collèges et lycées, dans les boutiques de gestion et les autres structures d'aide à la création d'entreprise",
			Measure: "personnes touchées dans l'année",
		},
		{
			Code: FreeSoftware, Title: "Le logiciel libre", Unit: Number, Target: 1, Source: "la lettre ne chiffre pas : un au moins",
			Letter:  "Travailler sur l'ESS c'est aussi soutenir le logiciel libre",
			Measure: "logiciels libres en usage à la délégation",
		},
		{
			Code: Revitalisation, Title: "Les fonds de revitalisation", Unit: Share, Flow: true, Target: 3333, Source: "la lettre : un tiers au minimum", Kinds: []Kind{Agreement},
			Letter:  "Que les fonds de revitalisation soient destinés à l'ESS, un tiers au minimum étant consacré à des projets d'insertion par l'économie",
			Measure: "part des conventions signées dans l'année consacrée à l'insertion par l'économie",
		},
		{
			Code: Forum, Title: "Le forum de l'ESS", Unit: Number, Target: 3, Source: letter, Kinds: []Kind{Event, Debate, Attendance, Task},
			Letter:  "Qu'il y ait au moins trois débats d'organisés : sur le commerce équitable, sur l'IAE, sur les SCOP",
			Measure: "débats demandés par la lettre au programme du forum de l'année",
		},
		{
			Code: ESSMonth, Title: "Le mois de l'ESS", Unit: Number, Flow: true, Target: 1, Source: letter, Kinds: []Kind{Meeting, Event},
			Letter:  "Une réunion du comité départemental d'organisation du mois de l'ESS (novembre de chaque année)",
			Measure: "réunions du comité tenues dans l'année avant novembre",
		},
	}
}

// lettersDebates are the three debates the letter asks the forum for.
func lettersDebates() []string { return []string{"commerce équitable", "IAE", "SCOP"} }
