package document

import (
	"embed"
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

//go:embed wordings/*.md
var wordings embed.FS

// group is what a field needs to know.
type group int

const (
	always    group = iota
	ofLot           // the lot, its contract and its parties
	ofWork          // clause, hours, structures: not in nominal documents
	ofPartner       // the structure of an agreement
	ofPerson        // nominal documents only
	ofPresence
)

// Sheet is what is known of a kind of document before any fact.
type Sheet struct {
	Kind  insertion.DocumentKind
	Label string // « Attestation de réalisation »
	For   string // who reads it
	About string // what the command expects: LOT, PERSONNE
	What  string // one sentence

	groups  []group
	toFirm  bool // a letter to the contractor
	byBuyer bool // under the buyer's letterhead
	mark    string
	clause  bool // says nothing without a clause
}

// Sheets lists every kind in the order of the work.
func Sheets() []Sheet {
	lot := []group{always, ofLot, ofWork}
	const draft = "Projet préparé pour l'acheteur, qui seul peut le signer et l'envoyer"
	const closed = "Document nominatif : ne pas transmettre à l'acheteur"
	return []Sheet{
		{Kind: insertion.DocAnnex, Label: insertion.DocAnnex.Label(), For: "acheteur, candidats", About: "LOT", groups: lot, byBuyer: true, clause: true,
			What: "La clause et l'engagement à signer, pour un dossier de consultation."},
		{Kind: insertion.DocLaunch, Label: insertion.DocLaunch.Label(), For: "entreprise, acheteur", About: "LOT", groups: lot,
			What: "Ce qui est dû, qui est là, ce qu'il faut décider."},
		{Kind: insertion.DocJob, Label: insertion.DocJob.Label(), For: "entreprise, structures, prescripteurs", About: "LOT", groups: lot,
			What: "Le poste à pourvoir, à remplir par l'entreprise."},
		{Kind: insertion.DocList, Label: insertion.DocList.Label(), For: "entreprise", About: "LOT", groups: lot,
			What: "Les structures proposées, par ordre alphabétique ; ce n'est jamais une recommandation."},
		{Kind: insertion.DocAgreement, Label: insertion.DocAgreement.Label(), For: "entreprise, structure", About: "LOT [STRUCTURE]", groups: append(lot, ofPartner), clause: true,
			What: "Ce que le titulaire, la structure et le facilitateur s'engagent à faire."},
		{Kind: insertion.DocEligibility, Label: insertion.DocEligibility.Label(), For: "votre dossier", About: "PERSONNE", groups: []group{always, ofPerson}, mark: closed,
			What: "Les catégories et les justificatifs vus d'une personne ; jamais pour l'acheteur."},
		{Kind: insertion.DocPresence, Label: insertion.DocPresence.Label(), For: "structure, personne", About: "PERSONNE [PLACEMENT]", groups: []group{always, ofLot, ofPerson, ofPresence}, mark: closed,
			What: "Les heures d'une personne sur un placement, mois par mois ; jamais pour l'acheteur."},
		{Kind: insertion.DocReminder, Label: insertion.DocReminder.Label(), For: "entreprise", About: "LOT", groups: lot, toFirm: true, clause: true,
			What: "Rappelle ce qui manque et propose de faire le point."},
		{Kind: insertion.DocMeeting, Label: insertion.DocMeeting.Label(), For: "entreprise", About: "LOT", groups: lot, toFirm: true, clause: true,
			What: "Invite l'entreprise à examiner les moyens de tenir l'engagement."},
		{Kind: insertion.DocHearing, Label: insertion.DocHearing.Label(), For: "entreprise, signé par l'acheteur", About: "LOT", groups: lot, toFirm: true, byBuyer: true, mark: draft, clause: true,
			What: "L'entreprise est entendue avant que l'acheteur décide (CCAG 2021)."},
		{Kind: insertion.DocNotice, Label: insertion.DocNotice.Label(), For: "entreprise, signé par l'acheteur", About: "LOT", groups: lot, toFirm: true, byBuyer: true, mark: draft, clause: true,
			What: "Le projet que l'acheteur peut signer et envoyer."},
		{Kind: insertion.DocDecision, Label: insertion.DocDecision.Label(), For: "acheteur", About: "LOT", groups: lot, clause: true,
			What: "Ce que donne le calcul du marché ; la décision appartient à l'acheteur."},
		{Kind: insertion.DocDone, Label: insertion.DocDone.Label(), For: "entreprise, acheteur", About: "LOT", groups: lot, clause: true,
			What: "Les heures comptées, par modalité et par mois."},
		{Kind: insertion.DocClosing, Label: insertion.DocClosing.Label(), For: "acheteur", About: "LOT", groups: lot, clause: true,
			What: "Heures, personnes en nombre, suivi, appréciation ; sans aucun nom."},
	}
}

// SheetOf finds a kind by the name commands use, or by its label.
func SheetOf(name string) (Sheet, error) {
	var names []string
	for _, s := range Sheets() {
		if string(s.Kind) == strings.ToLower(name) || strings.EqualFold(s.Label, name) {
			return s, nil
		}
		names = append(names, string(s.Kind))
	}
	return Sheet{}, fmt.Errorf("« %s » n'est pas un genre de document%s ; les genres : %s", name, didYouMean(name, names), strings.Join(names, ", "))
}

// Wording is the program's own text of a kind.
func Wording(kind insertion.DocumentKind) string {
	text, err := wordings.ReadFile("wordings/" + string(kind) + ".md")
	if err != nil {
		return "" // a test reads them all
	}
	return string(text)
}

// Refusal says why a document cannot be made of these facts now, "" when it can.
func (s Sheet) Refusal(f insertion.DocumentFacts) string {
	late := false
	for _, d := range f.Declarations {
		late = late || d.Received == "" && d.Late > 0
	}
	switch {
	case s.clause && f.Lot.Clause == nil:
		return "aucune clause n'est écrite pour ce lot"
	case (s.toFirm || s.Kind == insertion.DocDone) && f.Lot.Lead == (insertion.Party{}):
		return "le titulaire de ce lot n'est pas connu"
	case s.Kind == insertion.DocList && len(f.Introductions) == 0:
		return "aucune structure n'est encore proposée"
	case s.Kind == insertion.DocDone && f.Lot.Hours.Done == 0:
		return "aucune heure n'est encore comptée"
	case s.Kind == insertion.DocPresence && facts{f}.absent():
		return "aucune heure de cette personne n'est saisie dans la période"
	case (s.Kind == insertion.DocNotice || s.Kind == insertion.DocHearing) && f.Estimate.Missing == 0 && !late:
		return "rien ne manque : ni heures, ni déclarations"
	case (s.Kind == insertion.DocNotice || s.Kind == insertion.DocHearing) && facts{f}.behind() == 0 && !late:
		return "rien ne manque à ce jour : le rythme est tenu et les déclarations sont là"
	}
	return ""
}
