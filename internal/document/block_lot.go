package document

import (
	"cmp"
	"slices"
	"strconv"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

func lotBlocks() []Field {
	return []Field{
		{Name: "tableau marche", Help: "le marché et ses parties", table: func(f facts, _ string) []report.Block { return f.contract() }},
		{Name: "tableau heures", Help: "dues au terme, attendues à la fin du dernier mois achevé, comptées, restantes ; en heures, jours et ETP", table: func(f facts, _ string) []report.Block { return f.hours() }},
		{Name: "tableau mois", Help: "prévues et comptées jusqu'à ce jour, mois par mois", table: func(f facts, _ string) []report.Block { return f.months() }},
		{Name: "barres mois", Help: "les heures comptées de chaque mois, en barres", table: func(f facts, _ string) []report.Block { return f.monthBars() }},
		{Name: "tableau modalites", Help: "les heures par modalité", table: func(f facts, _ string) []report.Block {
			return f.share("modalité", func(p insertion.PlacedHours) string { return p.Modality.Label() })
		}},
		{Name: "tableau employeurs", Help: "les heures par employeur", table: func(f facts, _ string) []report.Block {
			return f.share("employeur", func(p insertion.PlacedHours) string {
				if p.Kind == "" {
					return p.Employer
				}
				return p.Employer + " (" + string(p.Kind) + ")"
			})
		}},
		{Name: "tableau structures", Help: "les structures proposées, par ordre alphabétique", table: func(f facts, _ string) []report.Block {
			g := report.Grid{Head: []string{"structure", "type", "commune", "proposée le"}}
			for _, p := range f.Introductions {
				g.Rows = append(g.Rows, []string{p.DisplayName(), p.Kind.Label(), p.City, p.Proposed.French()})
			}
			return rows(g)
		}},
		{Name: "tableau contacts", Help: "comment joindre ces structures", table: func(f facts, _ string) []report.Block {
			g := report.Grid{Head: []string{"structure", "téléphone, courriel", "adresse"}}
			for _, p := range f.Introductions {
				g.Rows = append(g.Rows, []string{p.DisplayName(), said(p.Phone, p.Mail), address(p.Structure)})
			}
			return rows(g)
		}},
		{Name: "tableau declarations", Help: "les déclarations attendues et reçues", table: func(f facts, _ string) []report.Block { return declarations(f.Declarations) }},
		{Name: "tableau retards", Help: "celles qui manquent", table: func(f facts, _ string) []report.Block { return declarations(f.late()) }},
		{Name: "tableau etapes", Help: "relances, réunions, mise en demeure, décision", table: func(f facts, _ string) []report.Block {
			g := report.Grid{Head: []string{"date", "étape", "montant décidé"}, Right: []int{2}}
			for _, s := range f.Steps {
				money := ""
				if s.Kind == insertion.StepDecision {
					money = s.Amount.String()
				}
				g.Rows = append(g.Rows, []string{s.Dated.French(), string(s.Kind), money})
			}
			return rows(g)
		}},
		{Name: "liste penalite", Help: "le calcul des pénalités, pas à pas", table: func(f facts, _ string) []report.Block { return items(false, f.Estimate.Trace) }},
		{Name: "liste calcul", Help: "le calcul des heures au marché, pas à pas", table: func(f facts, _ string) []report.Block {
			return items(false, f.Dues.Trace.Contractual)
		}},
		{Name: "liste publics", Help: "les publics admis par la clause", table: func(f facts, _ string) []report.Block { return items(false, f.publics()) }},
		{Name: "liste modalites", Help: "les modalités admises", table: func(f facts, _ string) []report.Block {
			if f.Lot.Clause == nil {
				return items(false, modalities(insertion.Clause{}))
			}
			return items(false, modalities(*f.Lot.Clause))
		}},
		{Name: "tableau publics", Help: "combien de personnes par catégorie, jamais moins de 5", table: func(f facts, _ string) []report.Block {
			return people("catégorie", crowd(f.People.Categories, publicLabel, "autres catégories"))
		}},
		{Name: "tableau suites", Help: "combien de personnes par situation de sortie, jamais moins de 5", table: func(f facts, _ string) []report.Block {
			exits := slices.Clone(f.People.Exits)
			for len(exits) < f.People.Total {
				exits = append(exits, "")
			}
			return people("situation à la sortie", crowd(exits, func(e insertion.Exit) string { return cmp.Or(string(e), "encore suivies") }, "autres situations"))
		}},
	}
}

func (f facts) contract() []report.Block {
	c := facts{f.DocumentFacts}
	value := func(name string) string {
		for _, one := range append(lotFields(), clauseFields()...) {
			if one.Name == name {
				return one.text(c)
			}
		}
		return ""
	}
	firm := value("titulaire.nom")
	if others := value("titulaire.autres"); others != "" {
		firm += ", mandataire, avec " + others
	}
	return card("Acheteur", value("acheteur.nom"), "Marché", value("marche.reference"), "Objet", value("marche.objet"), "Titulaire", firm,
		"Montant", value("marche.montant"), "Notifié le", value("marche.notification"), "Durée", value("marche.duree"), "Lieu", value("marche.lieu"))
}

func declarations(list []insertion.Declaration) []report.Block {
	g := report.Grid{Head: []string{"période", "attendue le", "reçue le", "retard"}, Right: []int{3}}
	for _, d := range slices.Backward(list) {
		late := ""
		if d.Late > 0 {
			late = strconv.Itoa(d.Late) + " jours"
		}
		g.Rows = append(g.Rows, []string{report.Period(d.From, d.To), d.DueOn.French(), d.Received.French(), late})
	}
	return rows(g)
}

func (f facts) publics() []string {
	var out []string
	for _, p := range insertion.Publics() {
		if c := f.Lot.Clause; c == nil || len(c.Publics) == 0 || slices.Contains(c.Publics, p.Code) {
			out = append(out, p.Label)
		}
	}
	if f.Lot.Clause != nil {
		out = append(out, f.Lot.Clause.OtherPublics...)
	}
	return out
}

func publicLabel(code string) string {
	for _, p := range insertion.Publics() {
		if p.Code == code {
			return p.Label
		}
	}
	return cmp.Or(code, "éligibilité non vue")
}

func people(what string, groups []heads) []report.Block {
	g := report.Grid{Head: []string{what, "personnes"}, Right: []int{1}}
	for _, one := range groups {
		g.Rows = append(g.Rows, []string{one.name, strconv.Itoa(one.n)})
	}
	return rows(g)
}
