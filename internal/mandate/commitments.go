package mandate

// Commitments lists the proposals of the letter. A target marked « proposée » has
// no source: the file may hold another.
func Commitments() []Commitment {
	const letter, none = "la lettre", "sans source : à fixer"
	return []Commitment{
		{Post, "Un poste de facilitateur", "Créer un poste de « facilitateur » (…) faire le lien entre les entreprises adjudicatrices et les structures d'insertion", "heures d'insertion réalisées dans l'année", Hours, 43_000_00, "repère national par facilitateur, calculé", nil},
		{Council, "Le conseil de l'ESS", "Augmenter le nombre de membres représentant les entreprises de l'ESS (…) 3 membres en plus", "sièges de l'ESS et de l'IAE acceptés depuis les propositions", Number, 3, letter, []Kind{Meeting, Point, Seat}},
		{Allotment, "L'allotissement", "Allotir les appels d'offres pour laisser la possibilité aux entreprises de l'ESS comme aux PME et TPE de pouvoir répondre", "part des marchés de l'année passés en lots", Share, 0, none, []Kind{Project, Part}},
		{Levers, "Les clauses favorables aux SCOP", "Activer dans les appels d'offres les clauses qui privilégient les SCOP", "part des marchés de l'année avec une considération sociale", Share, 3000, "PNAD 2022-2025 : 30 %", []Kind{Project}},
		{Cooperatives, "Les SCOP et l'ESS", "Promouvoir le statut des scops, promouvoir l'ESS", "part des marchés de l'année gagnés par l'ESS", Share, 0, none, nil},
		{Networks, "Les réseaux", "Aider et soutenir les réseaux de l'ESS (…) Employeurs solidaires 92 et CAI 92", "soutien accordé dans l'année", Money, 0, none, []Kind{Network, Support}},
		{CallForProject, "L'appel à projets", "Éviter que l'appel sur l'innovation empêche d'aider « ce qui marche »", "part des aides accordées à des actions éprouvées", Share, 0, none, []Kind{Call, Candidacy}},
		{Premises, "Les locaux", "Proposer que 1 % des locaux d'activités de l'OPDHLM et de la SEM 92 soit dédié à l'ESS", "part de la surface d'activité louée à l'ESS", Share, 100, letter, []Kind{Stock, Premise}},
		{Promotion, "La promotion de l'ESS", "Des actions dans les collèges et lycées, dans les boutiques de gestion", "personnes touchées dans l'année", Number, 0, none, []Kind{Action}},
		{FreeSoftware, "Le logiciel libre", "Travailler sur l'ESS c'est aussi soutenir le logiciel libre", "logiciels libres en usage à la délégation", Number, 1, none, nil},
		{Revitalisation, "Les fonds de revitalisation", "Un tiers au minimum étant consacré à des projets d'insertion par l'économie", "part des conventions de l'année consacrée à l'insertion", Share, 3333, letter, []Kind{Agreement}},
		{Forum, "Le forum de l'ESS", "Nous proposons qu'il y ait au moins trois débats : commerce équitable, IAE, SCOP", "débats demandés par la lettre au programme du dernier forum", Number, 3, letter, []Kind{Event, Debate, Attendance, Task}},
		{ESSMonth, "Le mois de l'ESS", "Une réunion du comité départemental d'organisation du mois de l'ESS", "réunions du comité tenues avant novembre", Number, 1, letter, []Kind{Meeting, Event}},
	}
}
