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
