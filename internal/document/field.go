package document

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
	"passerelle/internal/report"
)

// Field is a word that stands for a fact in a wording.
type Field struct {
	Name string `json:"nom"`
	Help string `json:"aide"`

	group group
	text  func(f facts) string
	table func(f facts, arguments string) []report.Block
}

// facts are the facts of a document, with what is worked out of them.
type facts struct{ insertion.DocumentFacts }

// Fields are the fields a wording of the kind may hold.
func (s Sheet) Fields() []Field { return s.those(fields()) }

// Blocks are those that stand alone on a line: tables, lists, frames.
func (s Sheet) Blocks() []Field { return s.those(blocks()) }

func (s Sheet) those(all []Field) []Field {
	return slices.DeleteFunc(all, func(f Field) bool { return !slices.Contains(s.groups, f.group) })
}

func fields() []Field {
	return slices.Concat(commonFields(), lotFields(), clauseFields(), hourFields(), partnerFields(), personFields())
}

func commonFields() []Field {
	return []Field{
		{Name: "date", Help: "le jour du document", text: func(f facts) string { return report.Day(f.On) }},
		{Name: "echeance", Help: "jusqu'à quand répondre : 15 jours, ou --avant", text: func(f facts) string { return report.Day(f.Deadline) }},
		{Name: "points", Help: "des points, à remplir à la main", text: func(facts) string { return points }},
		{Name: "service.nom", Help: "votre service (en-tête)", text: func(f facts) string { return f.Own.Name }},
		{Name: "service.facilitateur", Help: "qui vous êtes (en-tête)", text: func(f facts) string { return f.Own.Facilitator }},
		{Name: "service.service", Help: "la direction, le bureau (en-tête)", text: func(f facts) string { return f.Own.Service }},
		{Name: "service.adresse", Help: "son adresse", text: func(f facts) string { return f.Own.Address }},
		{Name: "service.contact", Help: "son téléphone, son courriel", text: func(f facts) string { return f.Own.Contact }},
		{Name: "lieu", Help: "« Fait à… » (en-tête)", text: func(f facts) string { return f.Own.Place }},
		{Name: "signature", Help: "votre nom et votre service, l'un sous l'autre", text: func(f facts) string {
			return strings.TrimSpace(f.Own.Facilitator + "\n" + f.ownName())
		}},
		{Name: "facilitateur", Help: "qui vous êtes et comment vous joindre : la clause, sinon l'en-tête", text: func(f facts) string {
			if c := f.Lot.Clause; c != nil && c.Contact != "" && !f.Kind.Nominal() {
				return c.Contact
			}
			return said(f.Own.Facilitator, f.Own.Contact, f.Own.Name)
		}},
	}
}

// ownName is who writes, when no letterhead says better.
func (f facts) ownName() string {
	return cmp.Or(f.Own.Name, "Facilitateur de la clause sociale")
}

// said joins what is known.
func said(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" }), ", ")
}

func lotFields() []Field {
	return grouped(ofLot, []Field{
		{Name: "acheteur.nom", Help: "l'acheteur", text: func(f facts) string { return f.Buyer.Name }},
		{Name: "acheteur.service", Help: "sa direction (en-tête)", text: func(f facts) string { return f.Buyer.Service }},
		{Name: "acheteur.adresse", Help: "son adresse (en-tête)", text: func(f facts) string { return f.Buyer.Address }},
		{Name: "marche.reference", Help: "le numéro du marché, et du lot", text: func(f facts) string { return f.reference() }},
		{Name: "marche.objet", Help: "son objet", text: func(f facts) string { return f.Lot.Object }},
		{Name: "marche.montant", Help: "son montant hors taxes", text: func(f facts) string {
			if f.Lot.Amount == 0 || f.Lot.Doubtful {
				return ""
			}
			return f.Lot.Amount.String() + " HT"
		}},
		{Name: "marche.notification", Help: "le jour de sa notification", text: func(f facts) string { return day(f.Lot.Notice.Notified) }},
		{Name: "marche.duree", Help: "sa durée", text: func(f facts) string {
			if f.Lot.MonthsNow == 0 {
				return ""
			}
			return strconv.Itoa(f.Lot.MonthsNow) + " mois"
		}},
		{Name: "marche.lieu", Help: "le lieu d'exécution", text: func(f facts) string { return place.National().Label(f.Lot.Place) }},
		{Name: "titulaire.nom", Help: "l'entreprise titulaire, ou le mandataire", text: func(f facts) string {
			return f.Lot.Lead.Name // its SIRET has a field of its own
		}},
		{Name: "titulaire.siret", Help: "son SIRET", text: func(f facts) string { return insertion.SpacedSIRET(f.Lot.Lead.ID) }},
		{Name: "titulaire.autres", Help: "les autres membres du groupement", text: func(f facts) string {
			var names []string
			for _, c := range f.Lot.Contractors[min(1, len(f.Lot.Contractors)):] {
				names = append(names, c.Party.Label())
			}
			return strings.Join(names, ", ")
		}},
	})
}

// reference is what a contract and its lot are called.
func (f facts) reference() string {
	if f.Lot.LotNumber == "" {
		return f.Lot.Reference
	}
	return f.Lot.Reference + ", lot " + f.Lot.LotNumber
}

func day(d insertion.Date) string {
	if d == "" {
		return ""
	}
	return report.Day(d)
}

func clauseFields() []Field {
	of := func(text func(c insertion.Clause, f facts) string) func(facts) string {
		return func(f facts) string {
			if f.Lot.Clause == nil {
				return ""
			}
			return text(*f.Lot.Clause, f)
		}
	}
	return grouped(ofWork, []Field{
		{Name: "clause.heures", Help: "les heures au marché", text: of(func(_ insertion.Clause, f facts) string { return f.Dues.Contractual.String() })},
		{Name: "clause.jours", Help: "les mêmes, en jours de 7 h", text: of(func(_ insertion.Clause, f facts) string { return days(f.Dues.Contractual) })},
		{Name: "clause.etp", Help: "les mêmes, en équivalents temps plein", text: of(func(c insertion.Clause, f facts) string { return fte(f.Dues.Contractual, c) })},
		{Name: "clause.base", Help: "la manière dont les heures deviennent dues", text: of(func(c insertion.Clause, _ facts) string { return c.Basis.Label() })},
		{Name: "clause.debut", Help: "quand elles commencent à compter", text: of(func(c insertion.Clause, f facts) string { return day(cmp.Or(c.Start, f.Lot.Notice.Notified)) })},
		{Name: "clause.fin", Help: "le terme, avenants compris", text: of(func(_ insertion.Clause, f facts) string { return day(f.Dues.End) })},
		{Name: "clause.court", Help: "« oui » tant que le terme n'est pas passé", text: of(func(_ insertion.Clause, f facts) string {
			return yes(f.Dues.End == "" || f.Dues.End >= f.On)
		})},
		{Name: "clause.perimetre", Help: "le périmètre de l'action", text: of(func(c insertion.Clause, _ facts) string { return c.Perimeter })},
		{Name: "clause.modalites", Help: "les modalités admises", text: of(func(c insertion.Clause, _ facts) string { return strings.Join(modalities(c), ", ") })},
		{Name: "clause.rythme", Help: "le rythme des déclarations", text: of(func(c insertion.Clause, _ facts) string { return c.Calendar.Rhythm.Label() })},
		{Name: "clause.echeance", Help: "« , avant le 15 du mois suivant »", text: of(func(c insertion.Clause, _ facts) string {
			if c.Calendar.Rhythm == insertion.NoRhythm {
				return nothing
			}
			return fmt.Sprintf(", avant le %d du mois suivant", cmp.Or(c.Calendar.DueDay, insertion.DefaultDueDay))
		})},
		{Name: "clause.penalite", Help: "l'article du marché sur les pénalités", text: of(func(c insertion.Clause, _ facts) string { return c.Penalty.Text })},
		{Name: "penalite.total", Help: "ce que donne le calcul du marché ce jour", text: of(func(_ insertion.Clause, f facts) string { return f.Estimate.Total.String() })},
		{Name: "penalite.decideur", Help: "qui décide : l'acheteur", text: of(func(_ insertion.Clause, f facts) string { return f.Estimate.Decider })},
	})
}

// nothing is a field that has nothing to add and leaves no points either: a
// zero-width space, which no page shows.
const nothing = "\u200b"

func yes(b bool) string {
	if b {
		return "oui"
	}
	return ""
}

func days(h insertion.Hours) string {
	d := insertion.Hours(int64(h) * 100 / int64(insertion.DayHours))
	if d == 100 {
		return "1 jour"
	}
	return d.Number() + " jours"
}

func fte(h insertion.Hours, c insertion.Clause) string {
	return insertion.Hours(int64(h)*100/int64(cmp.Or(c.FTEHours, insertion.DefaultFTEHours))).Number() + " ETP"
}

func modalities(c insertion.Clause) []string {
	var out []string
	for _, m := range insertion.AllModalities() {
		if c.Modalities == 0 || c.Modalities&m != 0 {
			out = append(out, m.Label())
		}
	}
	return out
}

func hourFields() []Field {
	return grouped(ofWork, []Field{
		{Name: "heures.dues", Help: "les heures dues à ce jour", text: func(f facts) string { return f.Dues.ToDate.String() }},
		{Name: "heures.faites", Help: "les heures comptées", text: func(f facts) string { return f.Lot.Hours.Done.String() }},
		{Name: "heures.prevues", Help: "les heures prévues par les placements", text: func(f facts) string { return f.Lot.Hours.Planned.String() }},
		{Name: "heures.manquantes", Help: "ce qu'il en manque", text: func(f facts) string { return f.missing().String() }},
		{Name: "heures.taux", Help: "la part faite, en %", text: func(f facts) string { return f.rate() }},
		{Name: "heures.tenue", Help: "« oui » quand rien ne manque", text: func(f facts) string { return yes(f.Dues.ToDate > 0 && f.missing() == 0) }},
		{Name: "declarations.manquantes", Help: "« 2 déclarations », rien quand toutes sont là", text: func(f facts) string {
			switch n := len(f.late()); n {
			case 0:
				return ""
			case 1:
				return "1 déclaration"
			default:
				return strconv.Itoa(n) + " déclarations"
			}
		}},
		{Name: "etapes", Help: "« relance du 3 mars 2026, réunion du… »", text: func(f facts) string {
			var out []string
			for _, s := range f.Steps {
				out = append(out, string(s.Kind)+" du "+report.Day(s.Dated))
			}
			return strings.Join(out, ", ")
		}},
		{Name: "structures.nombre", Help: "combien de structures sont proposées", text: func(f facts) string {
			if len(f.Introductions) == 0 {
				return ""
			}
			return strconv.Itoa(len(f.Introductions))
		}},
		{Name: "participants.phrase", Help: "combien de personnes ont travaillé, jamais lesquelles", text: func(f facts) string { return f.peoplePhrase() }},
		{Name: "participants.detail", Help: "« oui » quand elles sont assez pour être réparties", text: func(f facts) string { return yes(f.People.Total >= fewest) }},
	})
}

func (f facts) missing() insertion.Hours { return max(0, f.Dues.ToDate-f.Lot.Hours.Done) }

func (f facts) rate() string {
	if f.Dues.ToDate == 0 {
		return ""
	}
	return insertion.BasisPoints(int64(f.Lot.Hours.Done) * 100 / int64(f.Dues.ToDate) * 100).String()
}

// late are the declarations that did not come.
func (f facts) late() []insertion.Declaration {
	var out []insertion.Declaration
	for _, d := range f.Declarations {
		if d.Received == "" && d.Late > 0 {
			out = append(out, d)
		}
	}
	return out
}

func (f facts) peoplePhrase() string {
	p := f.People
	switch {
	case p.Total == 0:
		return "Aucune personne n'a été déclarée à ce jour."
	case p.Total < fewest:
		return "Moins de 5 personnes ont travaillé sur ce marché."
	case p.Women >= fewest && p.Total-p.Women >= fewest:
		return fmt.Sprintf("%d personnes ont travaillé sur ce marché, dont %d femmes.", p.Total, p.Women)
	}
	return fmt.Sprintf("%d personnes ont travaillé sur ce marché.", p.Total)
}

func partnerFields() []Field {
	placed := func(text func(p insertion.PlacedHours) string) func(facts) string {
		return func(f facts) string {
			p, ok := f.placement()
			if !ok {
				return ""
			}
			return text(p)
		}
	}
	return grouped(ofPartner, []Field{
		{Name: "structure.nom", Help: "la structure", text: func(f facts) string { return f.Structure.DisplayName() }},
		{Name: "structure.type", Help: "son type, en toutes lettres", text: func(f facts) string { return f.Structure.Kind.Label() }},
		{Name: "structure.siret", Help: "son SIRET", text: func(f facts) string { return insertion.SpacedSIRET(f.Structure.SIRET) }},
		{Name: "structure.adresse", Help: "son adresse", text: func(f facts) string { return address(f.Structure) }},
		{Name: "structure.contact", Help: "son téléphone, son courriel", text: func(f facts) string { return said(f.Structure.Phone, f.Structure.Mail) }},
		{Name: "placement.modalite", Help: "la modalité de son placement", text: placed(func(p insertion.PlacedHours) string { return p.Modality.Label() })},
		{Name: "placement.heures", Help: "les heures prévues chez elle", text: func(f facts) string {
			var sum insertion.Hours
			for _, p := range f.Work {
				if p.Structure == f.Structure.ID {
					sum += p.Planned
				}
			}
			if sum == 0 {
				return ""
			}
			return sum.String()
		}},
		{Name: "placement.debut", Help: "le début du travail", text: placed(func(p insertion.PlacedHours) string { return day(p.Start) })},
		{Name: "placement.signature", Help: "le jour de la signature", text: placed(func(p insertion.PlacedHours) string { return day(p.Signed) })},
	})
}

// placement is the first of the structure of the agreement.
func (f facts) placement() (insertion.PlacedHours, bool) {
	for _, p := range f.Work {
		if p.Structure == f.Structure.ID {
			return p, true
		}
	}
	return insertion.PlacedHours{}, false
}

func address(s insertion.Structure) string {
	return said(s.Address, strings.TrimSpace(s.PostalCode+" "+s.City))
}

func personFields() []Field {
	out := grouped(ofPerson, []Field{
		{Name: "personne.code", Help: "son pseudonyme", text: func(f facts) string { return f.Person.Code() }},
		{Name: "personne.nom", Help: "son nom, seulement si le fichier tient les noms et que votre rôle les lit", text: func(f facts) string { return f.Person.Name }},
		{Name: "personne.naissance", Help: "son année de naissance", text: func(f facts) string {
			if f.Person.Born == 0 {
				return ""
			}
			return strconv.Itoa(f.Person.Born)
		}},
		{Name: "personne.commune", Help: "sa commune", text: func(f facts) string { return commune(f.Person.INSEE) }},
		{Name: "personne.entree", Help: "le jour de son entrée", text: func(f facts) string { return day(f.Person.Entered) }},
		{Name: "personne.categories", Help: "ses catégories", text: func(f facts) string {
			var out []string
			for _, e := range f.Person.Eligibilities {
				out = append(out, e.Category)
			}
			return strings.Join(out, ", ")
		}},
		{Name: "personne.affectations", Help: "combien d'affectations elle a", text: func(f facts) string {
			if len(f.Person.Assignments) == 0 {
				return ""
			}
			return strconv.Itoa(len(f.Person.Assignments))
		}},
	})
	return append(out, grouped(ofPresence, []Field{
		{Name: "presence.employeur", Help: "qui l'emploie", text: func(f facts) string { return f.site().Employer }},
		{Name: "presence.contrat", Help: "son contrat de travail", text: func(f facts) string { return string(f.Assignment.Employment) }},
		{Name: "presence.debut", Help: "son début", text: func(f facts) string { return day(f.Assignment.Start) }},
		{Name: "presence.fin", Help: "sa fin", text: func(f facts) string { return day(f.Assignment.End) }},
		{Name: "presence.periode", Help: "la période attestée", text: func(f facts) string { return f.period() }},
		{Name: "presence.heures", Help: "les heures de la période", text: func(f facts) string {
			worked, _ := f.presence()
			return worked.String()
		}},
		{Name: "presence.comptees", Help: "celles qui comptent pour la clause", text: func(f facts) string {
			_, counted := f.presence()
			return counted.String()
		}},
	})...)
}

func commune(insee string) string {
	if insee == "" {
		return ""
	}
	return place.National().Label(insertion.Place{INSEE: insee, Code: insee})
}

func (f facts) site() insertion.Site { return f.Person.Sites[f.Assignment.Placement] }

func (f facts) period() string {
	if f.From == "" || f.To == "" {
		return ""
	}
	return report.Period(f.From, f.To)
}

// presence sums the hours of the period, and those that count.
func (f facts) presence() (worked, counted insertion.Hours) {
	for _, l := range f.lines() {
		worked += l.Hours
		counted += l.Counted
	}
	return worked, counted
}

// lines are the hours of the period, month by month.
func (f facts) lines() []insertion.HourLine {
	var out []insertion.HourLine
	for _, l := range f.Person.Lines {
		if l.Assignment == f.Assignment.ID && l.Month >= f.From && l.Month <= f.To {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b insertion.HourLine) int { return cmp.Compare(a.Month, b.Month) })
	return out
}

func grouped(g group, list []Field) []Field {
	for i := range list {
		list[i].group = g
	}
	return list
}
