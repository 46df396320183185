package document

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
	"passerelle/internal/report"
)

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

// absent tells whether nothing was worked in the period.
func (f facts) absent() bool {
	worked, _ := f.presence()
	return worked == 0
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
