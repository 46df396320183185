package document

import (
	"fmt"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

func hourFields() []Field {
	return grouped(ofWork, []Field{
		{Name: "heures.dues", Help: "les heures dues au terme", text: func(f facts) string { return f.Dues.ToDate.String() }},
		{Name: "heures.faites", Help: "les heures comptées", text: func(f facts) string { return f.Lot.Hours.Done.String() }},
		{Name: "heures.prevues", Help: "les heures prévues par les placements", text: func(f facts) string { return f.Lot.Hours.Planned.String() }},
		{Name: "heures.manquantes", Help: "ce qu'il en manque pour le terme", text: func(f facts) string { return f.missing().String() }},
		{Name: "heures.attendues", Help: "celles que le rythme de la clause demande à la fin du dernier mois achevé, avant son terme", text: func(f facts) string {
			if due, ok := f.expected(); ok {
				return due.Hours.String()
			}
			return ""
		}},
		{Name: "heures.retard", Help: "ce qui en manque, rien quand le rythme est tenu", text: func(f facts) string {
			if f.behind() == 0 {
				return ""
			}
			return f.behind().String()
		}},
		{Name: "heures.reste", Help: "« 12 h restent à réaliser d'ici le… », rien quand tout est fait", text: func(f facts) string { return f.left() }},
		{Name: "heures.situation", Help: "une phrase : dues au terme, attendues à la fin du dernier mois achevé, comptées, manquantes", text: func(f facts) string { return f.situation() }},
		{Name: "heures.verification", Help: "à qui sont les heures comptées, et ce qui en a été vérifié", text: func(f facts) string { return f.vouched() }},
		{Name: "heures.taux", Help: "la part faite de celles dues au terme, en %", text: func(f facts) string { return f.rate() }},
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

func (f facts) rate() string {
	if f.Dues.ToDate == 0 {
		return ""
	}
	return insertion.Percent(int64(f.Lot.Hours.Done), int64(f.Dues.ToDate))
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
	p, worked := f.People, "ont travaillé sur ce marché"
	if f.Undetailed > 0 { // others may have worked too
		worked = "ont été déclarées une à une sur ce marché"
	}
	switch {
	case p.Total == 0 && f.Lot.Hours.Done > 0:
		return "Le nombre de personnes n'est pas connu : aucune n'a été déclarée une à une."
	case p.Total == 0:
		return "Aucune personne n'a été déclarée à ce jour."
	case p.Total < fewest:
		return "Moins de 5 personnes " + worked + "."
	case p.Women >= fewest && p.Total-p.Women >= fewest:
		return fmt.Sprintf("%d personnes %s, dont %d femmes.", p.Total, worked, p.Women)
	}
	return fmt.Sprintf("%d personnes %s.", p.Total, worked)
}
