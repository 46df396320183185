package mandate

// The kinds of records.
const (
	Promise    Kind = "engagement"    // the file's own target, next step and date of a commitment
	Statement  Kind = "chiffre"       // a figure entered for a year, with its evidence
	Meeting    Kind = "seance"        // of the council, or any other
	Point      Kind = "point"         // of a meeting: agenda, proposition, decision
	Seat       Kind = "siege"         // of the council, and who is proposed to it
	Network    Kind = "reseau"        // a network of the ESS
	Support    Kind = "soutien"       // asked by and granted to a network, a year
	Stock      Kind = "parc"          // all the premises of a landlord, a year
	Premise    Kind = "local"         // one premises let to the ESS
	Agreement  Kind = "convention"    // of revitalisation
	Call       Kind = "appel"         // for projects, with its check-list
	Candidacy  Kind = "candidature"   // to a call
	Event      Kind = "rencontre"     // the forum, or an event of the month of the ESS
	Debate     Kind = "debat"         // of an event
	Attendance Kind = "participation" // of an organisation to an event
	Task       Kind = "tache"         // to prepare an event or anything else
	Action     Kind = "action"        // of promotion
	Project    Kind = "projet"        // a contract in preparation
	Part       Kind = "lot-projet"    // a lot of a contract in preparation
)

// Sheets lists every kind of record with its fields.
func Sheets() []Sheet {
	text := func(name, label, hint string) Field { return Field{Name: name, Label: label, Hint: hint, Type: Text} }
	long := func(name, label, hint string) Field { return Field{Name: name, Label: label, Hint: hint, Type: Long} }
	of := func(t Type, name, label, hint string) Field {
		return Field{Name: name, Label: label, Hint: hint, Type: t}
	}
	choice := func(name, label string, choices ...string) Field {
		return Field{Name: name, Label: label, Type: Choice, Choices: choices}
	}
	must := func(f Field) Field { f.Required = true; return f }
	var codes []string
	for _, c := range Commitments() {
		codes = append(codes, string(c.Code))
	}
	return []Sheet{
		{Kind: Promise, Label: "engagement", Plural: "engagements", Title: "code", Dated: "echeance", Fields: []Field{
			must(choice("code", "Engagement", codes...)), of(Whole, "cible", "Cible", "dans l'unité de l'engagement ; vide : celle proposée"),
			text("etape", "Prochaine étape", "ce qui doit se passer ensuite"), of(Day, "echeance", "Pour le", "31/03/2027"), text("suivi", "Suivi par", "un service, une fonction"),
		}},
		{Kind: Statement, Label: "chiffre", Plural: "chiffres saisis", Title: "code", Dated: "le", Fields: []Field{
			must(choice("code", "Engagement", codes...)), must(of(Year, "annee", "Année", "2026")), must(of(Whole, "valeur", "Valeur", "dans l'unité de l'engagement")),
			must(text("preuve", "Preuve", "délibération, rapport, tableau : ce qui le montre")), of(Day, "le", "Relevé le", "15/01/2027"),
		}},
		{Kind: Meeting, Label: "séance", Plural: "séances", Of: Council, Title: "objet", Dated: "date", Fields: []Field{
			must(choice("instance", "Instance", "conseil de l'ESS", "comité du mois de l'ESS", "comité de pilotage de la clause", "autre")),
			must(of(Day, "date", "Date", "28/11/2026")), of(Clock, "heure", "Heure", "14:30"), of(Whole, "duree", "Durée (minutes)", "120"), text("lieu", "Lieu", "salle, adresse"),
			must(text("objet", "Objet", "séance ordinaire")), choice("etat", "État", "prévue", "tenue", "annulée", "reportée"),
		}},
		{Kind: Point, Label: "point de séance", Plural: "points", Of: Council, Parent: Meeting, Title: "texte", Dated: "echeance", Fields: []Field{
			must(choice("nature", "Nature", "ordre du jour", "proposition", "décision")), must(long("texte", "Texte", "ce qui est proposé ou décidé")),
			text("par", "Proposé par", "une organisation"), text("suivi", "Suivi par", "un service, une organisation"), of(Day, "echeance", "Pour le", "31/03/2027"),
			choice("etat", "État", "à suivre", "fait", "abandonné"),
		}},
		{Kind: Seat, Label: "siège", Plural: "sièges", Of: Council, Title: "organisation", Dated: "propose", Fields: []Field{
			must(choice("college", "Collège", "entreprises de l'ESS", "IAE", "réseaux", "élus", "partenaires", "personnalités")),
			must(text("organisation", "Organisation", "celle que le siège représente")), text("fonction", "Fonction", "présidence, direction… (sans nom)"),
			of(Day, "propose", "Proposé le", "06/04/2026"), choice("etat", "État", "proposé", "accepté", "refusé", "vacant", "fini"), of(Day, "decide", "Décidé le", "28/06/2026"), text("motif", "Motif", "pourquoi il est refusé ou vacant"),
		}},
		{Kind: Network, Label: "réseau", Plural: "réseaux", Of: Networks, Title: "nom", Fields: []Field{
			must(text("nom", "Nom", "celui du réseau")), text("objet", "Objet", "associations intermédiaires, SCOP…"), of(Whole, "adherents", "Adhérents", "12"), text("membres", "Membres", "organisations, séparées par des virgules"),
		}},
		{Kind: Support, Label: "soutien", Plural: "soutiens", Of: Networks, Parent: Network, Title: "objet", Dated: "decide", Fields: []Field{
			must(of(Year, "annee", "Année", "2026")), must(text("objet", "Objet", "fonctionnement, un projet")), of(Amount, "demande", "Demandé", "20 000"), of(Amount, "accorde", "Accordé", "15 000"), of(Day, "decide", "Décidé le", "28/06/2026"),
		}},
		{Kind: Stock, Label: "parc d'un bailleur", Plural: "parcs", Of: Premises, Title: "bailleur", Fields: []Field{
			must(text("bailleur", "Bailleur", "office, société d'économie mixte")), must(of(Year, "annee", "Année", "2026")), must(of(Surface, "surface", "Surface d'activité (m²)", "12 500")), text("source", "Source", "l'état du parc, et de quand"),
		}},
		{Kind: Premise, Label: "local", Plural: "locaux", Of: Premises, Title: "occupant", Dated: "debut", Fields: []Field{
			must(text("bailleur", "Bailleur", "le même nom que son parc")), of(Commune, "commune", "Commune", "Nanterre"), must(of(Surface, "surface", "Surface (m²)", "120")),
			text("occupant", "Occupant", "la structure de l'ESS"), of(Day, "debut", "Depuis le", "01/01/2026"), of(Day, "fin", "Jusqu'au", "vide tant qu'il court"),
		}},
		{Kind: Agreement, Label: "convention", Plural: "conventions", Of: Revitalisation, Title: "entreprise", Dated: "signee", Fields: []Field{
			must(text("entreprise", "Entreprise", "celle qui est assujettie")), must(of(Day, "signee", "Signée le", "15/03/2026")), must(of(Amount, "montant", "Montant", "300 000")),
			of(Amount, "ess", "Dont ESS", "150 000"), of(Amount, "insertion", "Dont insertion par l'économie", "100 000"), text("note", "Note", "territoire, durée"),
		}},
		{Kind: Call, Label: "appel à projets", Plural: "appels", Of: CallForProject, Title: "nom", Dated: "cloture", Fields: []Field{
			must(text("nom", "Nom", "appel à projets ESS")), must(of(Year, "annee", "Année", "2026")), of(Day, "cloture", "Clôture", "30/06/2026"), of(Amount, "budget", "Budget", "200 000"),
			of(Tick, "innovation", "L'innovation est exigée", ""), of(Tick, "reconduction", "Une action qui marche peut être reconduite", ""), of(Tick, "essaimage", "L'essaimage d'une action éprouvée est recevable", ""),
			of(Tick, "pluriannuel", "Le financement peut être pluriannuel", ""), of(Tick, "fonctionnement", "Le fonctionnement est finançable", ""), of(Tick, "petites", "Le dossier est à la portée d'une petite structure", ""),
		}},
		{Kind: Candidacy, Label: "candidature", Plural: "candidatures", Of: CallForProject, Parent: Call, Title: "projet", Dated: "decide", Fields: []Field{
			must(text("porteur", "Porteur", "l'organisation")), must(text("projet", "Projet", "")), of(Tick, "eprouve", "Action déjà éprouvée", ""), of(Amount, "demande", "Demandé", "20 000"), of(Amount, "accorde", "Accordé", "15 000"),
			choice("decision", "Décision", "à instruire", "retenue", "refusée", "irrecevable"), text("motif", "Motif", "pourquoi"), of(Day, "decide", "Décidé le", "28/06/2026"),
		}},
		{Kind: Event, Label: "rencontre", Plural: "rencontres", Of: Forum, Title: "nom", Dated: "date", Fields: []Field{
			must(choice("nature", "Nature", "forum", "mois de l'ESS", "autre")), must(text("nom", "Nom", "forum départemental de l'ESS")), must(of(Day, "date", "Date", "28/11/2026")), of(Clock, "heure", "Heure", "09:00"), of(Whole, "duree", "Durée (minutes)", "480"), text("lieu", "Lieu", ""),
			of(Whole, "public", "Personnes venues", "350"),
		}},
		{Kind: Debate, Label: "débat", Plural: "débats", Of: Forum, Parent: Event, Title: "titre", Fields: []Field{
			must(choice("theme", "Thème", "commerce équitable", "IAE", "SCOP", "autre")), must(text("titre", "Titre", "")), of(Clock, "heure", "Heure", "10:30"), text("intervenants", "Intervenants", "organisations"),
		}},
		{Kind: Attendance, Label: "participation", Plural: "participants", Of: Forum, Parent: Event, Title: "organisation", Fields: []Field{
			must(text("organisation", "Organisation", "")), choice("statut", "Statut", "association", "SCOP", "SCIC", "coopérative", "mutuelle", "SIAE", "collectivité", "autre"), choice("role", "Rôle", "exposant", "intervenant", "visiteur", "organisateur"), of(Whole, "nombre", "Personnes", "2"),
		}},
		{Kind: Task, Label: "tâche", Plural: "tâches", Of: Forum, Parent: Event, Title: "texte", Dated: "echeance", Fields: []Field{
			must(text("texte", "À faire", "")), text("qui", "Par qui", "un service, une organisation"), of(Day, "echeance", "Pour le", "15/10/2026"), choice("etat", "État", "à faire", "fait", "abandonné"),
		}},
		{Kind: Action, Label: "action de promotion", Plural: "actions", Of: Promotion, Title: "objet", Dated: "date", Fields: []Field{
			must(of(Day, "date", "Date", "12/02/2026")), must(choice("ou", "Auprès de", "collège", "lycée", "boutique de gestion", "créateurs d'entreprise", "grand public", "agents publics")), must(text("objet", "Objet", "le statut des SCOP")),
			text("lieu", "Lieu", "établissement"), of(Commune, "commune", "Commune", "Nanterre"), of(Whole, "public", "Personnes touchées", "60"), choice("theme", "Thème", "SCOP", "ESS", "IAE", "entreprendre autrement"),
		}},
		{Kind: Project, Label: "marché en préparation", Plural: "marchés en préparation", Of: Allotment, Title: "objet", Dated: "publication", Fields: []Field{
			must(text("objet", "Objet", "entretien des espaces verts")), of(Buyer, "acheteur", "Acheteur", ""), text("cpv", "CPV", "77310000"), must(of(Amount, "montant", "Montant estimé HT", "400 000")), of(Whole, "mois", "Durée (mois)", "24"), of(Commune, "commune", "Commune", "Nanterre"),
			choice("nature", "Nature", "travaux", "services", "fournitures", "services sociaux, de santé ou culturels"), of(Day, "publication", "Publication prévue", "01/03/2027"),
			of(Tick, "lien", "L'insertion a un lien avec l'objet", ""), choice("levier", "Levier retenu", "", "clause", "critère", "clause et critère", "réservé", "insertion", "aucun"), long("motif", "Motif", "pourquoi ce levier, ou aucun"), choice("etat", "État", "en préparation", "publié", "abandonné"),
		}},
		{Kind: Part, Label: "lot envisagé", Plural: "lots envisagés", Of: Allotment, Parent: Project, Title: "objet", Fields: []Field{
			must(text("objet", "Objet", "lot 1 : tonte")), of(Trade, "metier", "Métier", "espaces-verts"), must(of(Amount, "montant", "Montant HT", "90 000")), of(Tick, "reserve", "Réservé", ""),
		}},
	}
}

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
