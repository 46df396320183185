package document

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

// blocks are the tables, lists and frames; one that has nothing to show leaves
// nothing.
func blocks() []Field {
	return slices.Concat([]Field{
		{Name: "signatures", Help: "des cadres à signer : {{signatures : Le titulaire ; La structure}}", table: func(_ facts, arguments string) []report.Block {
			var who []string
			for _, w := range strings.Split(arguments, ";") {
				if w = strings.TrimSpace(w); w != "" {
					who = append(who, w)
				}
			}
			if len(who) == 0 {
				who = []string{"Signature"}
			}
			return []report.Block{report.Signatures{Who: who}}
		}},
		{Name: "page", Help: "commence une page", table: func(facts, string) []report.Block { return []report.Block{report.PageBreak{}} }},
	}, grouped(ofWork, lotBlocks()), grouped(ofPartner, partnerBlocks()), grouped(ofPerson, personBlocks()), grouped(ofPresence, presenceBlocks()))
}

// rows is a table, unless it is empty.
func rows(g report.Grid) []report.Block {
	if len(g.Rows) == 0 {
		return []report.Block{}
	}
	return []report.Block{g}
}

// items is a list, unless it is empty.
func items(numbered bool, texts []string) []report.Block {
	b := report.Bullets{Numbered: numbered}
	for _, t := range texts {
		b.Items = append(b.Items, []report.Run{{Text: t}})
	}
	if len(b.Items) == 0 {
		return []report.Block{}
	}
	return []report.Block{b}
}

// card is a table of two columns without heading: what, and its value.
func card(pairs ...string) []report.Block {
	g := report.Grid{Wide: []float64{1, 2.4}}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			g.Rows = append(g.Rows, []string{pairs[i], pairs[i+1]})
		}
	}
	return rows(g)
}

func lotBlocks() []Field {
	return []Field{
		{Name: "tableau marche", Help: "le marché et ses parties", table: func(f facts, _ string) []report.Block { return f.contract() }},
		{Name: "tableau heures", Help: "dues, comptées, restantes ; en heures, jours et ETP", table: func(f facts, _ string) []report.Block { return f.hours() }},
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

func (f facts) hours() []report.Block {
	if f.Lot.Clause == nil {
		return []report.Block{}
	}
	g := report.Grid{Head: []string{"", "heures", "jours de 7 h", "ETP"}, Right: []int{1, 2, 3}}
	add := func(label string, h insertion.Hours) {
		g.Rows = append(g.Rows, []string{label, h.String(), strings.TrimSuffix(strings.TrimSuffix(days(h), " jours"), " jour"), strings.TrimSuffix(fte(h, *f.Lot.Clause), " ETP")})
	}
	if f.Dues.Contractual != f.Dues.ToDate {
		add("Au marché, à la signature", f.Dues.Contractual)
	}
	add("Dues à ce jour", f.Dues.ToDate)
	add("Comptées", f.Lot.Hours.Done)
	add("Restantes", f.missing())
	return rows(g)
}

func (f facts) months() []report.Block {
	g := report.Grid{Head: []string{"mois", "prévues", "comptées"}, Right: []int{1, 2}, Total: true}
	var planned, done insertion.Hours
	for _, m := range f.Months {
		if m.Done == 0 && m.Month > f.On.Month() {
			continue // not yet
		}
		planned, done = planned+m.Planned, done+m.Done
		g.Rows = append(g.Rows, []string{report.MonthName(m.Month), m.Planned.String(), m.Done.String()})
	}
	if len(g.Rows) > 0 {
		g.Rows = append(g.Rows, []string{"Total à ce jour", planned.String(), done.String()})
	}
	return rows(g)
}

func (f facts) monthBars() []report.Block {
	b := report.Bars{Title: "Heures comptées"}
	for _, m := range f.Months {
		if m.Done == 0 && m.Month > f.On.Month() {
			continue
		}
		b.Names, b.Value, b.Shown = append(b.Names, report.MonthName(m.Month)), append(b.Value, int64(m.Done)), append(b.Shown, m.Done.String())
	}
	if len(b.Names) == 0 {
		return []report.Block{}
	}
	return []report.Block{b}
}

// share sums the placements by what they have in common, the largest first.
func (f facts) share(what string, name func(insertion.PlacedHours) string) []report.Block {
	type sum struct {
		name          string
		planned, done insertion.Hours
	}
	var sums []sum
	var planned, done insertion.Hours
	for _, p := range f.Work {
		n := name(p)
		i := slices.IndexFunc(sums, func(s sum) bool { return s.name == n })
		if i < 0 {
			i, sums = len(sums), append(sums, sum{name: n})
		}
		sums[i].planned, sums[i].done = sums[i].planned+p.Planned, sums[i].done+p.Done
		planned, done = planned+p.Planned, done+p.Done
	}
	slices.SortStableFunc(sums, func(a, b sum) int { return cmp.Compare(b.done, a.done) })
	g := report.Grid{Head: []string{what, "prévues", "comptées", "part"}, Right: []int{1, 2, 3}, Total: true}
	for _, s := range sums {
		g.Rows = append(g.Rows, []string{s.name, s.planned.String(), s.done.String(), partOf(s.done, done)})
	}
	if len(g.Rows) > 0 {
		g.Rows = append(g.Rows, []string{"Total", planned.String(), done.String(), partOf(done, done)})
	}
	return rows(g)
}

func partOf(h, whole insertion.Hours) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf("%d %%", (int64(h)*100+int64(whole)/2)/int64(whole))
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
