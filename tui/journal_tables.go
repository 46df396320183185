package tui

import (
	"encoding/json"
	"fmt"
	"unicode"

	"passerelle/internal/mandate"
)

// journalTable is a table of the file as the journal tells it.
type journalTable struct {
	name     string // what one of its rows is
	numbered bool   // people know its rows by number
	fields   []journalField
	quiet    string // columns that say nothing to people: keys, what is worked out, who wrote
}

// journalTables gives words to every table the journal follows.
func journalTables() map[string]journalTable {
	month := journalField{"month", "mois", asDate}
	return map[string]journalTable{
		"organisation": {"organisme", false, []journalField{{"name", "nom", asText}, {"kind", "identifiant", asText}, {"ident", "numéro", asText}}, "id typed"},
		"lot":          {"lot", true, lotSayings(), "id hash contract buyer lead holders place insee dep lat lon basis date published amount_now doubtful cold typed import"},
		"clause":       {"clause du lot", true, clauseSayings(), "lot doc start finish"},
		"structure":    {"structure", false, structureSayings(), "id siret kind sorted search dep doc typed"},
		"introduction": {"proposition", false, []journalField{{"state", "état", asText}, {"reason", "raison", asText}, {"rank", "rang", asCount}, {"score", "score", asScore}}, "structure rule proposed changed id lot by"},
		"placement": {"placement", false, []journalField{{"employer", "employeur", asText}, {"modality", "modalité", asModality}, {"signed", "signé le", asDate}, {"start", "à partir du", asDate}, {"note", "note", asText}},
			"introduction structure member id lot"},
		"placement_month": {"mois de placement", false, []journalField{month, {"planned", "prévues", asHours}}, "placement id lot"},
		"participant":     {"personne", false, personSayings(), "id"},
		"eligibility": {"justificatif", false, []journalField{{"participant", "personne", asPeople}, {"category", "catégorie", asText}, {"proof", "pièce", asText}, {"dated", "daté du", asDate}, {"seen", "vu le", asDate},
			{"until", "valable jusqu'au", asDate}, {"reason", "motif", asText}}, "id by"},
		"assignment": {"affectation", false, []journalField{{"participant", "personne", asPeople}, {"employment", "contrat de travail", asText}, {"start", "du", asDate}, {"finish", "au", asDate}, {"weekly", "heures par semaine", asHours},
			{"tutor", "tuteur nommé", asFlag}}, "placement id lot"},
		"hour_line": {"heures", false, []journalField{month, {"participant", "personne", asPeople}, {"hours", "heures", asHours}, {"granted", "dérogation", asText}, {"source", "d'après", asText}}, "assignment placement id lot by"},
		"deed": {"acte", false, []journalField{{"kind", "genre", asText}, {"label", "intitulé", asText}, {"dated", "daté du", asDate}, {"amount", "montant", asMoney}, {"start", "début", asDate}, {"finish", "fin", asDate},
			{"hours", "heures", asHours}, {"affirmed", "affermi le", asDate}}, "member id lot by"},
		"group_member": {"membre du groupement", false, []journalField{{"share", "part", asShare}}, "organisation id lot"},
		"transfer":     {"cession d'heures", false, []journalField{{"hours", "heures", asHours}, {"price", "prix de l'heure", asMoney}, {"dated", "daté du", asDate}}, "giver taker id lot by"},
		"receipt":      {"déclaration reçue", false, []journalField{{"first", "de", asDate}, {"last", "à", asDate}, {"received", "reçue le", asDate}, {"document", "pièce", asText}}, "hash id lot by"},
		"penalty_step": {"étape de pénalité", false, []journalField{{"kind", "étape", asText}, {"dated", "le", asDate}, {"text", "texte", asText}, {"amount", "montant", asMoney}}, "id lot by"},
		"exemption":    {"exemption de clause", false, []journalField{{"motive", "motif", asText}, {"text", "texte", asText}, {"evidence", "preuve", asText}, {"dated", "daté du", asDate}}, "lot by"},
		"postponed":    {"report", false, []journalField{{"until", "jusqu'au", asDate}, {"reason", "raison", asText}}, "todo id by"},
		"worked_month": {"mois travaillé", false, []journalField{month, {"participant", "personne", asPeople}, {"hours", "toutes ses heures", asHours}, {"agreement", "d'après", asText}}, "id"},
		"contact":      {"échange", false, []journalField{{"kind", "genre", asText}, {"held", "le", asDate}, {"text", "texte", asText}}, "organisation structure id lot by"},

		"mandate_record": {"fiche du mandat", true, nil, "id kind parent dated doc by"}, // its sheet has the words
		"user":           {"utilisateur", false, []journalField{{"name", "nom", asText}, {"role", "rôle", asText}, {"buyers", "acheteurs", asText}}, "id"},
		"user_key":       {"clé", false, []journalField{{"label", "nom", asText}, {"fingerprint", "empreinte", asText}}, "id user line added"},
		"letterhead":     {"en-tête des documents", false, letterheadSayings(), "id organisation doc"},
		"wording":        {"texte du document", false, []journalField{{"text", "texte", asText}}, "id kind"},
		"setting":        {"réglages", false, settingSayings(), "id name value"},
	}
}

func lotSayings() []journalField {
	return []journalField{{"reference", "référence", asText}, {"lot_number", "lot", asText}, {"object", "objet", asText}, {"objet", "objet saisi", asText}, {"cpv", "CPV", asText}, {"lieu", "lieu", asText},
		{"notified", "notifié le", asDate}, {"amount", "montant", asMoney}, {"montant", "montant saisi", asMoney}, {"months", "durée en mois", asCount}, {"duree", "durée saisie, en mois", asCount}, {"social", "considérations", asText}}
}

func personSayings() []journalField {
	return []journalField{{"born", "née en", asText}, {"sex", "sexe", asText}, {"insee", "commune", asText}, {"qpv", "quartier prioritaire", asText}, {"level", "niveau de formation", asText}, {"entered", "suivie depuis le", asDate},
		{"left_on", "sortie le", asDate}, {"outcome", "suite à la sortie", asText}, {"later", "suite à six mois", asText}, {"asked", "rappelée le", asDate}, {"erased", "effacée le", asDate}, {"merged", "réunie à", asPeople}}
}

func letterheadSayings() []journalField {
	return []journalField{{"nom", "nom", asText}, {"service", "service", asText}, {"adresse", "adresse", asText}, {"facilitateur", "signataire", asText}, {"contact", "téléphone et courriel", asText},
		{"lieu", "fait à", asText}, {"pied", "pied de page", asText}, {"picture", "logo", asPicture}}
}

func structureSayings() []journalField {
	return []journalField{{"SIRET", "SIRET", asText}, {"Kind", "type", asText}, {"Name", "nom", asText}, {"Brand", "enseigne", asText}, {"Address", "adresse", asText}, {"PostalCode", "code postal", asText}, {"City", "commune", asText},
		{"NAF", "NAF", asText}, {"Phone", "téléphone", asText}, {"Mail", "courriel", asText}, {"Web", "site", asText}, {"Description", "présentation", asText}, {"Workers", "personnes en insertion", asCount},
		{"Status", "statut", asText}, {"Turnover", "chiffre d'affaires", asMoney}, {"ROME", "métiers (ROME)", asText}, {"Activities", "filières", asText}, {"Networks", "réseaux", asText}, {"Capacity", "capacité", asText}, {"active", "active", asFlag}}
}

func clauseSayings() []journalField {
	return []journalField{
		{"base", "calcul", asText}, {"due", "heures dues", asHours}, {"montant", "montant", asMoney}, {"part", "part de main-d'œuvre", asShare},
		{"taux", "taux", asShare}, {"cout", "coût horaire", asMoney}, {"tranche", "tranche", asMoney}, {"seuil", "seuil", asMoney},
		{"facture", "facturé", asMoney}, {"volume", "volume", asHours}, {"arrondi", "arrondi", asHours}, {"heures_etp", "heures d'un ETP", asHours}, {"modalites", "modalités", asModality},
		{"publics", "publics", asText}, {"autres_publics", "autres publics", asText}, {"debut", "début", asDate}, {"fin", "fin", asDate}, {"facilitateur", "facilitateur", asText},
		{"penalite.par_heure", "pénalité par heure", asMoney}, {"penalite.par_jour", "pénalité par jour", asMoney},
		{"penalite.jours_ouvres", "jours ouvrés", asFlag}, {"penalite.apres_mise_en_demeure", "après mise en demeure", asFlag},
		{"penalite.plafond", "plafond", asShare}, {"penalite.franchise", "franchise", asHours},
		{"penalite.exoneration_si_moyens_prouves", "exonération si moyens prouvés", asFlag}, {"penalite.texte", "article", asText},
		{"note", "note", asText}, {"perimetre", "périmètre", asText}, {"avancement_facture", "rythme au montant facturé", asFlag},
		{"comptage.fenetre_personne", "fenêtre d'une personne, en mois", asCount}, {"comptage.toute_clause", "première embauche sous toute clause", asFlag}, {"comptage.fenetre_cdi", "fenêtre d'un CDI, en mois", asCount},
		{"comptage.utilisateur_public", "utilisateur public", asFlag}, {"comptage.plafond_ai", "plafond en AI", asHours}, {"comptage.tout_public", "sans éligibilité", asFlag},
		{"comptage.detail_exige", "détail par personne exigé", asFlag}, {"comptage.tuteur_exige", "tuteur exigé", asFlag},
		{"declarations.rythme", "déclarations", asText}, {"declarations.jour", "attendues le", asCount}, {"declarations.dates", "périodes finies le", asText},
	}
}

// adviceSetting is the setting that holds the parameters of the adviser.
const adviceSetting = "conseil"

func settingTitle(name string) string {
	title, ok := map[string]string{"seuils": "réglages", "conservation": "durées de conservation", adviceSetting: "paramètres du conseil"}[name]
	if !ok {
		return "réglage " + name
	}
	return title
}

func settingSayings() []journalField {
	return []journalField{
		{"Departments", "départements", asText}, {"AnswerDays", "sans réponse (jours)", asCount}, {"Orange", "en retard sous", asShare}, {"Red", "en danger sous", asShare}, {"HistoryDays", "à clauser (jours)", asCount},
		{"ProofDays", "preuve à renouveler (jours)", asCount}, {"WindowDays", "fenêtre qui finit (jours)", asCount}, {"Ceiling", "plafond atteint à", asShare}, {"EligibilityDays", "éligibilité avant (jours)", asCount},
		{"StartMonths", "rien depuis (mois)", asCount}, {"SilenceDays", "silence (jours)", asCount}, {"OutcomeMonths", "suite d'emploi (mois)", asCount}, {"PaceMonths", "allure sur (mois)", asCount}, {"SocialDuty", "L2112-2-1 depuis le", asDate},
		{"personne", "personne (mois)", asCount}, {"fse", "personne, lot FSE+ (mois)", asCount}, {"lots_fse", "lots FSE+", asText}, {"echange", "pseudonyme d'un échange (mois)", asCount}, {"refus", "refus d'import (mois)", asCount},
		{"porte", "journal de la porte (mois)", asCount}, {"brouillon", "brouillon (mois)", asCount}, {"compte", "compte inutilisé (mois)", asCount}, {"alerte", "alerte (jours)", asCount}, {"grace", "grâce (jours)", asCount},
		{"value", "valeur", asText},
	}
}

// sheetSayings are the values of a record of the mandate, under the labels of its
// sheet.
func sheetSayings(flat map[string]any) []saidValue {
	var out []saidValue
	for _, f := range sheetOf(mandate.Kind(fmt.Sprint(flat["kind"]))).Fields {
		kept, _ := flat[f.Name].(string)
		out = append(out, saidValue{lowered(f.Label), mandate.Show(f, kept)})
	}
	return out
}

// ruleSayings are the parameters of the adviser, as its screen names them.
func ruleSayings(flat map[string]any) []saidValue {
	rules := mandate.DefaultRules()
	if doc, err := json.Marshal(flat); err != nil || json.Unmarshal(doc, &rules) != nil {
		return nil
	}
	var out []saidValue
	for _, p := range mandate.Parameters() {
		out = append(out, saidValue{lowered(p.Label), p.Show(rules)})
	}
	return out
}

// lowered begins a label inside a sentence; « CPV » stays.
func lowered(label string) string {
	r := []rune(label)
	if len(r) > 1 && unicode.IsLower(r[1]) {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}
