package insertion

import (
	"fmt"
	"strings"
)

// Processing is one entry of the record of what is held (RGPD art. 30), made of
// the file's real settings and roles: what the facilitator gives her DPO.
type Processing struct {
	What    string `json:"traitement"`
	Holds   string `json:"donnees"`
	Whose   string `json:"personnes_concernees"`
	Why     string `json:"finalite"`
	Who     []Role `json:"qui_voit"`
	Where   string `json:"precision,omitempty"` // of who sees it
	Kept    string `json:"duree"`
	Source  string `json:"source_de_la_duree"`
	Table   string `json:"-"` // counted in it
	Held    int    `json:"tenus"`
	Present bool   `json:"en_service"` // names are only kept when asked for
}

// LawfulBasis is why the processing is lawful, as DOMAIN §8 reports it; the controller
// has the last word.
func LawfulBasis() string {
	return "mission d'intérêt public et exécution des clauses sociales des marchés (CNIL, référentiels social et médico-social, délibérations 2021-028 du 11 mars 2021 et 2023-095 du 14 septembre 2023) ; à confirmer par votre registre"
}

// Processings are the entries of the record, with the terms of the file; names
// tells whether the file keeps names.
func Processings(r Retention, names bool) []Processing {
	who := func(act Act) (out []Role) {
		for _, role := range Roles() {
			if role.May(act) {
				out = append(out, role)
			}
		}
		return out
	}
	months := func(n int, after string) string { return fmt.Sprintf("%d mois après %s", n, after) }
	funded := ""
	if len(r.Funded) > 0 {
		lots := make([]string, len(r.Funded))
		for i, l := range r.Funded {
			lots[i] = fmt.Sprint(int64(l))
		}
		funded = fmt.Sprintf(" ; %d mois pour les lots cofinancés FSE+ (%s)", r.FundedMonths, strings.Join(lots, ", "))
	}
	person := months(r.PersonMonths, "le dernier contact, les dernières heures ou la sortie") + funded +
		fmt.Sprintf(", puis %d jours de grâce ; ensuite statistiques sans nom ni numéro", r.GraceDays)
	const life = "aussi longtemps que la base"
	return []Processing{
		{What: "Personnes suivies", Holds: "pseudonyme, année de naissance, sexe, commune, quartier prioritaire, niveau, entrée, sortie et situation à six mois", Whose: "personnes en insertion",
			Why: "vérifier que les heures comptent, rendre compte des clauses", Who: who(ActPersons), Where: "par pseudonyme", Kept: person, Source: Usage, Table: "participant WHERE id > 0 AND merged = 0", Present: true},
		{What: "Noms", Holds: "nom et prénom, dans une table à part", Whose: "personnes en insertion", Why: "reconnaître la personne au téléphone, si le facilitateur le décide",
			Who: who(ActNames), Where: "jamais au journal, dans un relevé ou chez l'acheteur ; masqué aux autres rôles dans ce qui est tapé ailleurs", Kept: person, Source: Usage, Table: "person_name", Present: names},
		{What: "Éligibilité", Holds: "catégorie, genre du justificatif, dates, qui l'a vu ; jamais de copie ni de détail de santé", Whose: "personnes en insertion",
			Why: "prouver que la personne relève des publics de la clause (données sensibles : handicap, minima sociaux, justice)", Who: who(ActPersons), Where: "par pseudonyme", Kept: person, Source: Usage, Table: "eligibility WHERE participant > 0", Present: true},
		{What: "Heures", Holds: "heures par mois, placement et contrat de travail", Whose: "personnes en insertion", Why: "compter les heures dues par le marché",
			Who: who(ActPersons), Where: "l'acheteur et le lecteur n'ont que des totaux", Kept: "gardées pour les statistiques ; détachées de la personne à son terme", Source: "les heures comptées ne changent pas quand la personne est effacée", Table: "hour_line WHERE participant > 0", Present: true},
		{What: "Statistiques de personnes effacées", Holds: "cinq années de naissance, sexe, niveau, département, catégories, mois d'entrée, de sortie, de contrat et d'éligibilité", Whose: "personnes en insertion, sans nom ni numéro",
			Why: "bilans annuels", Who: who(ActRead), Where: "en totaux, cellules de moins de 5 personnes masquées", Kept: life, Source: "un numéro que personne ne connaît", Table: "participant WHERE id < 0", Present: true},
		{What: "Échanges", Holds: "appels, courriels et réunions, avec leur texte", Whose: "interlocuteurs des entreprises et structures ; personnes désignées par pseudonyme",
			Why: "savoir où en est chaque marché", Who: who(ActRead), Where: "ceux qui désignent une personne : " + rolesText(who(ActPersons)), Kept: months(r.NoteMonths, "l'échange") + ", le pseudonyme en sort ; le texte reste", Source: Usage, Table: "contact", Present: true},
		{What: "Refus d'import", Holds: "lignes refusées et leurs valeurs", Whose: "selon le fichier importé", Why: "corriger le fichier", Who: who(ActRead), Where: "sauf accès limité à certains acheteurs",
			Kept: months(r.RefusalMonths, "l'import"), Source: Usage, Table: "refusal", Present: true},
		{What: "Utilisateurs", Holds: "nom, rôle, acheteurs, clés publiques", Whose: "agents qui entrent par SSH", Why: "n'ouvrir qu'à qui doit entrer", Who: who(ActUsers),
			Kept: months(r.UserMonths, "la dernière connexion"), Source: Usage, Table: "user", Present: true},
		{What: "Journal de la porte", Holds: "connexions, refus et commandes, adresse, empreinte de clé", Whose: "agents, et quiconque frappe à la porte", Why: "sécurité", Who: who(ActJournal),
			Kept: months(r.DoorMonths, "l'événement"), Source: Usage, Table: "visit", Present: true},
		{What: "Brouillons", Holds: "ce qui était en cours de saisie quand une session s'est coupée", Whose: "selon la saisie", Why: "ne rien perdre", Who: nil, Where: "l'auteur seul",
			Kept: months(r.DraftMonths, "la coupure"), Source: Usage, Table: "draft", Present: true},
		{What: "Journal des changements", Holds: "qui a changé quoi, avant et après ; les personnes effacées en sont retirées", Whose: "agents ; personnes par pseudonyme", Why: "répondre de chaque chiffre, annuler",
			Who: who(ActJournal), Kept: life, Source: "rien ne s'y réécrit, sauf pour effacer une personne", Table: "change", Present: true},
		{What: "Registre des exports", Holds: "qui a sorti quoi, quand, empreinte du fichier", Whose: "agents ; personnes par pseudonyme", Why: "savoir ce qui circule",
			Who: who(ActJournal), Kept: life, Source: "rien ne s'y réécrit, sauf pour effacer une personne", Table: "export", Present: true},
	}
}

func rolesText(roles []Role) string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = string(r)
	}
	return strings.Join(out, ", ")
}

// Seers says in French who sees an entry.
func (p Processing) Seers() string {
	who := rolesText(p.Who)
	switch {
	case who == "":
		return p.Where
	case p.Where == "":
		return who
	}
	return who + " ; " + p.Where
}
