package document

import (
	"fmt"
	"strconv"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

func partnerBlocks() []Field {
	return []Field{{Name: "tableau placement", Help: "les placements de la structure sur ce marché", table: func(f facts, _ string) []report.Block {
		g := report.Grid{Head: []string{"modalité", "début", "signé le", "heures prévues"}, Right: []int{3}}
		for _, p := range f.Work {
			if p.Structure == f.Structure.ID {
				g.Rows = append(g.Rows, []string{p.Modality.Label(), p.Start.French(), p.Signed.French(), p.Planned.String()})
			}
		}
		return rows(g)
	}}}
}

func personBlocks() []Field {
	return []Field{
		{Name: "tableau personne", Help: "ce que le fichier tient de la personne", table: func(f facts, _ string) []report.Block {
			born := ""
			if f.Person.Born > 0 {
				born = strconv.Itoa(f.Person.Born)
			}
			level := ""
			if f.Person.Level != insertion.LevelUnknown {
				level = strconv.Itoa(int(f.Person.Level))
			}
			return card("Pseudonyme", f.Person.Code(), "Nom", f.Person.Name, "Année de naissance", born, "Commune", commune(f.Person.INSEE),
				"Quartier prioritaire", f.Person.QPV, "Niveau de formation", level, "Suivie depuis le", day(f.Person.Entered))
		}},
		{Name: "tableau eligibilites", Help: "catégories, justificatifs vus et leur fin", table: func(f facts, _ string) []report.Block {
			g := report.Grid{Head: []string{"catégorie", "justificatif", "daté du", "vu le", "par", "bon jusqu'au"}}
			for _, e := range f.Person.Eligibilities {
				g.Rows = append(g.Rows, []string{publicLabel(e.Category), e.ProofLabel(), e.Dated.French(), e.Seen.French(), e.By, e.FreshUntil().French()})
			}
			return rows(g)
		}},
		{Name: "tableau affectations", Help: "où elle travaille", table: func(f facts, _ string) []report.Block {
			g := report.Grid{Head: []string{"employeur", "contrat", "du", "au", "lot"}, Right: []int{4}}
			for _, a := range f.Person.Assignments {
				g.Rows = append(g.Rows, []string{f.Person.Sites[a.Placement].Employer, string(a.Employment), a.Start.French(), a.End.French(), fmt.Sprint(a.Lot)})
			}
			return rows(g)
		}},
	}
}

func presenceBlocks() []Field {
	return []Field{
		{Name: "tableau presence", Help: "la personne, son contrat, la période", table: func(f facts, _ string) []report.Block {
			site := f.site()
			return card("Personne", f.Person.Code(), "Nom", f.Person.Name, "Employeur", site.Employer, "Modalité", site.Modality.Label(),
				"Contrat", string(f.Assignment.Employment), "Du", day(f.Assignment.Start), "Au", day(f.Assignment.End), "Période attestée", f.period())
		}},
		{Name: "tableau heures-personne", Help: "ses heures, mois par mois", table: func(f facts, _ string) []report.Block {
			g := report.Grid{Head: []string{"mois", "heures"}, Right: []int{1}, Total: true}
			for _, l := range f.lines() {
				g.Rows = append(g.Rows, []string{report.MonthName(l.Month), l.Hours.String()})
			}
			worked, _ := f.presence()
			if len(g.Rows) > 0 {
				g.Rows = append(g.Rows, []string{"Total", worked.String()})
			}
			return rows(g)
		}},
	}
}
