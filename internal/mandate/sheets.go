package mandate

import "slices"

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
	FirmSize   Kind = "taille"        // the size of a winner, which only the consolidated table of notices tells
)

// Sheets lists every kind of record with its fields.
func Sheets() []Sheet {
	return slices.Concat(followSheets(), councilSheets(), moneySheets(), premisesSheets(), callSheets(), eventSheets(), contractSheets())
}

// The makers of fields keep the tables short.

func text(name, label, hint string) Field { return of(Text, name, label, hint) }
func long(name, label, hint string) Field { return of(Long, name, label, hint) }
func tick(name, label string) Field       { return of(Tick, name, label, "oui ou non") }
func of(t Type, name, label, hint string) Field {
	return Field{Name: name, Label: label, Hint: hint, Type: t}
}
func past(name, label, hint string) Field {
	return Field{Name: name, Label: label, Hint: hint, Type: Day, Past: true}
}
func choice(name, label string, choices ...string) Field {
	return Field{Name: name, Label: label, Type: Choice, Choices: choices}
}
func must(f Field) Field { f.Required = true; return f }

func commitmentField() Field {
	var codes []string
	for _, c := range Commitments() {
		codes = append(codes, string(c.Code))
	}
	return must(choice("code", "Engagement", codes...))
}

func followSheets() []Sheet {
	return []Sheet{
		{Kind: Promise, Label: "engagement", Plural: "engagements", Title: "code", Dated: "echeance", Unique: []string{"code"}, Fields: []Field{
			commitmentField(), of(Measure, "cible", "Cible", "dans l'unité de l'engagement ; vide : celle proposée"),
			text("etape", "Prochaine étape", "ce qui doit se passer ensuite"), of(Day, "echeance", "Pour le", "31/03/2027"), text("suivi", "Suivi par", "un service, une fonction"),
		}},
		{Kind: Statement, Label: "chiffre saisi", Plural: "chiffres saisis", Title: "code", Dated: "le", Unique: []string{"code", "annee"}, Fields: []Field{
			commitmentField(), must(of(Year, "annee", "Année", "2026")), must(of(Measure, "valeur", "Valeur", "dans l'unité de l'engagement")),
			must(text("preuve", "Preuve", "délibération, rapport, tableau : ce qui le montre")), past("le", "Relevé le", "15/01/2026"),
		}},
	}
}

func councilSheets() []Sheet {
	return []Sheet{
		{Kind: Meeting, Label: "séance", Plural: "séances", Her: true, Of: Council, Title: "objet", Dated: "date", Unique: []string{"instance", "date", "objet"}, Fields: []Field{
			must(choice("instance", "Instance", "conseil de l'ESS", "comité du mois de l'ESS", "comité de pilotage de la clause", "autre")),
			must(of(Day, "date", "Date", "28/11/2026")), of(Clock, "heure", "Heure", "14:30"), of(Minutes, "duree", "Durée (minutes)", "120"), text("lieu", "Lieu", "salle, adresse"),
			must(text("objet", "Objet", "séance ordinaire")), choice("etat", "État", "prévue", "tenue", "annulée", "reportée"),
		}},
		{Kind: Point, Label: "point de séance", Plural: "points de séance", Of: Council, Parent: Meeting, Title: "texte", Dated: "echeance", Fields: []Field{
			must(choice("nature", "Nature", "ordre du jour", "proposition", "décision")), must(long("texte", "Texte", "ce qui est proposé ou décidé")),
			text("par", "Proposé par", "une organisation"), text("suivi", "Suivi par", "un service, une organisation"), of(Day, "echeance", "Pour le", "31/03/2027"),
			choice("etat", "État", "à suivre", "fait", "abandonné"),
		}},
		{Kind: Seat, Label: "siège", Plural: "sièges", Of: Council, Title: "organisation", Dated: "propose", Order: [][2]string{{"propose", "decide"}}, Fields: []Field{
			must(choice("college", "Collège", "entreprises de l'ESS", "IAE", "réseaux", "élus", "partenaires", "personnalités")),
			must(text("organisation", "Organisation", "celle que le siège représente")), text("fonction", "Fonction", "présidence, direction… (sans nom de personne)"),
			past("propose", "Proposé le", "06/04/2026"), choice("etat", "État", "proposé", "accepté", "refusé", "vacant", "fini"),
			past("decide", "Décidé le", "28/06/2026"), text("motif", "Motif", "pourquoi il est refusé ou vacant"),
		}},
	}
}

func moneySheets() []Sheet {
	return []Sheet{
		{Kind: Network, Label: "réseau", Plural: "réseaux", Of: Networks, Title: "nom", Unique: []string{"nom"}, Fields: []Field{
			must(text("nom", "Nom", "celui du réseau")), text("objet", "Objet", "associations intermédiaires, SCOP…"), of(Whole, "adherents", "Adhérents", "12"), text("membres", "Membres", "organisations, séparées par des virgules"),
		}},
		{Kind: Support, Label: "soutien", Plural: "soutiens", Of: Networks, Parent: Network, Title: "objet", Dated: "decide", Within: [][2]string{{"accorde", "demande"}}, Fields: []Field{
			must(of(Year, "annee", "Année", "2026")), must(text("objet", "Objet", "fonctionnement, un projet")), of(Amount, "demande", "Demandé", "20 000"), of(Amount, "accorde", "Accordé", "15 000"), past("decide", "Décidé le", "28/06/2026"),
		}},
		{Kind: Agreement, Label: "convention de revitalisation", Plural: "conventions de revitalisation", Her: true, Of: Revitalisation, Title: "entreprise", Dated: "signee", Unique: []string{"entreprise", "signee"},
			Within: [][2]string{{"ess", "montant"}, {"insertion", "montant"}}, Expect: [][2]string{{"insertion", "ess"}}, Fields: []Field{
				must(text("entreprise", "Entreprise", "celle qui est assujettie")), must(past("signee", "Signée le", "15/03/2026")), must(of(Amount, "montant", "Montant", "300 000")),
				of(Amount, "ess", "Dont ESS", "150 000"), of(Amount, "insertion", "Dont insertion par l'économie", "100 000"), text("note", "Note", "territoire, durée"),
			}},
	}
}

func premisesSheets() []Sheet {
	return []Sheet{
		{Kind: Stock, Label: "parc d'un bailleur", Plural: "parcs des bailleurs", Of: Premises, Title: "bailleur", Unique: []string{"bailleur", "annee"}, Fields: []Field{
			must(text("bailleur", "Bailleur", "office, société d'économie mixte")), must(of(Year, "annee", "Année", "2026")), must(of(Surface, "surface", "Surface d'activité (m²)", "12 500")), text("source", "Source", "l'état du parc, et de quand"),
		}},
		{Kind: Premise, Label: "local loué à l'ESS", Plural: "locaux loués à l'ESS", Of: Premises, Title: "occupant", Dated: "debut", Order: [][2]string{{"debut", "fin"}}, Fields: []Field{
			must(text("bailleur", "Bailleur", "le même nom que son parc")), must(text("occupant", "Occupant", "la structure de l'ESS")), of(Commune, "commune", "Commune", "Nanterre"), must(of(Surface, "surface", "Surface (m²)", "120")),
			must(of(Day, "debut", "Depuis le", "01/01/2026")), of(Day, "fin", "Jusqu'au", "vide tant qu'il court"),
		}},
	}
}

func callSheets() []Sheet {
	return []Sheet{
		{Kind: Call, Label: "appel à projets", Plural: "appels à projets", Of: CallForProject, Title: "nom", Dated: "cloture", Unique: []string{"nom", "annee"}, Fields: []Field{
			must(text("nom", "Nom", "appel à projets ESS")), must(of(Year, "annee", "Année", "2026")), of(Day, "cloture", "Clôture", "30/06/2026"), of(Amount, "budget", "Budget", "200 000"),
			tick("innovation", "L'innovation est exigée"), tick("reconduction", "Une action qui marche peut être reconduite"), tick("essaimage", "L'essaimage d'une action éprouvée est recevable"),
			tick("pluriannuel", "Le financement peut être pluriannuel"), tick("fonctionnement", "Le fonctionnement est finançable"), tick("petites", "Le dossier est à la portée d'une petite structure"),
		}},
		{Kind: Candidacy, Label: "candidature", Plural: "candidatures", Her: true, Of: CallForProject, Parent: Call, Title: "projet", Dated: "decide", Within: [][2]string{{"accorde", "demande"}}, Fields: []Field{
			must(text("porteur", "Porteur", "l'organisation")), must(text("projet", "Projet", "ce qui est proposé")), tick("eprouve", "Action déjà éprouvée"), of(Amount, "demande", "Demandé", "20 000"), of(Amount, "accorde", "Accordé", "15 000"),
			choice("decision", "Décision", "à instruire", "retenue", "refusée", "irrecevable"), text("motif", "Motif", "pourquoi"), past("decide", "Décidé le", "28/06/2026"),
		}},
	}
}

func eventSheets() []Sheet {
	return []Sheet{
		{Kind: Event, Label: "rencontre", Plural: "rencontres", Her: true, Of: Forum, Title: "nom", Dated: "date", Unique: []string{"nom", "date"}, Fields: []Field{
			must(choice("nature", "Nature", "forum", "mois de l'ESS", "autre")), must(text("nom", "Nom", "forum départemental de l'ESS")), must(of(Day, "date", "Date", "28/11/2026")),
			of(Clock, "heure", "Heure", "09:00"), of(Minutes, "duree", "Durée (minutes)", "480"), text("lieu", "Lieu", "salle, adresse"), of(Whole, "public", "Personnes venues", "350"),
		}},
		{Kind: Debate, Label: "débat", Plural: "débats", Of: Forum, Parent: Event, Title: "titre", Fields: []Field{
			must(choice("theme", "Thème", "commerce équitable", "IAE", "SCOP", "autre")), must(text("titre", "Titre", "ce dont on débat")), of(Clock, "heure", "Heure", "10:30"), text("intervenants", "Intervenants", "des organisations"),
		}},
		{Kind: Attendance, Label: "participation", Plural: "participations", Her: true, Of: Forum, Parent: Event, Title: "organisation", Unique: []string{"organisation"}, Fields: []Field{
			must(text("organisation", "Organisation", "celle qui participe")), choice("statut", "Statut", "association", "SCOP", "SCIC", "coopérative", "mutuelle", "fondation", "SIAE", "collectivité", "autre"),
			choice("role", "Rôle", "exposant", "intervenant", "visiteur", "organisateur"), of(Whole, "nombre", "Personnes", "2"),
		}},
		{Kind: Task, Label: "tâche", Plural: "tâches", Her: true, Of: Forum, Parent: Event, Alone: true, Title: "texte", Dated: "echeance", Fields: []Field{
			must(text("texte", "À faire", "ce qui est à faire")), text("qui", "Par qui", "un service, une organisation"), of(Day, "echeance", "Pour le", "15/10/2026"), choice("etat", "État", "à faire", "fait", "abandonné"),
		}},
		{Kind: Action, Label: "action de promotion", Plural: "actions de promotion", Her: true, Of: Promotion, Title: "objet", Dated: "date", Fields: []Field{
			must(of(Day, "date", "Date", "12/02/2026")), must(choice("aupres", "Auprès de", "collège", "lycée", "boutique de gestion", "créateurs d'entreprise", "grand public", "agents publics")), must(text("objet", "Objet", "le statut des SCOP")),
			text("lieu", "Lieu", "l'établissement"), of(Commune, "commune", "Commune", "Nanterre"), of(Whole, "public", "Personnes touchées", "60"), choice("theme", "Thème", "SCOP", "ESS", "IAE", "entreprendre autrement"),
		}},
	}
}

func contractSheets() []Sheet {
	return []Sheet{
		{Kind: Project, Label: "marché en préparation", Plural: "marchés en préparation", Of: Allotment, Title: "objet", Dated: "publication", Unique: []string{"objet", "acheteur"}, Fields: []Field{
			must(text("objet", "Objet", "entretien des espaces verts")), of(Buyer, "acheteur", "Acheteur", "celui qui prépare le marché"), of(CPV, "cpv", "CPV", "77310000"), must(of(Amount, "montant", "Montant estimé HT", "400 000")),
			of(Whole, "mois", "Durée (mois)", "24"), of(Commune, "commune", "Commune", "Nanterre"),
			choice("nature", "Nature", "travaux", "services", "fournitures", "services sociaux, de santé ou culturels"), of(Day, "publication", "Publication prévue", "01/03/2027"),
			tick("lien", "L'insertion a un lien avec l'objet"), tick("separable", "Des prestations distinctes peuvent être séparées"),
			choice("levier", "Levier retenu", "clause", "critère", "clause et critère", "réservé", "insertion", "aucun"), long("motif", "Motif", "pourquoi ce levier, ou aucun"), choice("etat", "État", "en préparation", "publié", "abandonné"),
		}},
		{Kind: Part, Label: "lot envisagé", Plural: "lots envisagés", Of: Allotment, Parent: Project, Title: "objet", Fields: []Field{
			must(text("objet", "Objet", "lot 1 : tonte")), of(Trade, "filiere", "Filière", "espaces-verts"), must(of(Amount, "montant", "Montant HT", "90 000")), of(Percent, "part", "Part de main-d'œuvre", "65"), tick("reserve", "Réservé"),
		}},
		{Kind: FirmSize, Label: "taille d'un titulaire", Plural: "tailles des titulaires", Her: true, Of: Allotment, Title: "nom", Unique: []string{"siren"}, Fields: []Field{
			must(of(SIREN, "siren", "SIREN", "neuf chiffres, ou un SIRET")), text("nom", "Nom", "celui du titulaire"), must(choice("taille", "Taille", "PME", "ETI", "GE")), text("source", "Source", "répertoire Sirene, et de quand"),
		}},
	}
}
