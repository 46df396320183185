package document

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

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

func days(h insertion.Hours) string {
	d := insertion.Clause{}.Days(h)
	if d == 100 {
		return "1 jour"
	}
	return d.Number() + " jours"
}

func fte(h insertion.Hours, c insertion.Clause) string {
	return c.FTE(h).Number() + " ETP"
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
