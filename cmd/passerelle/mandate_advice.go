package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/internal/place"
	"passerelle/internal/trade"
	"passerelle/store"
)

// advice is what the adviser says of a contract in preparation.
type advice struct {
	project mandate.Record
	split   mandate.Split
	levers  mandate.LeverChoice
	around  string // where candidates were looked for
}

// adviceOf advises on one contract in preparation, from its record.
func adviceOf(ctx context.Context, s *store.Store, id mandate.RecordID, today insertion.Date) (advice, error) {
	var a advice
	var err error
	if a.project, err = s.MandateRecord(ctx, id); err != nil {
		return a, err
	}
	if a.project.Kind != mandate.Project {
		return a, misusef("la fiche %d n'est pas un marché en préparation (« passerelle mandat lister projet » les montre)", id)
	}
	parts, err := s.MandateRecords(ctx, mandate.Part, id)
	if err != nil {
		return a, err
	}
	t, err := s.Thresholds(ctx)
	if err != nil {
		return a, err
	}
	rules, err := s.AdviceRules(ctx)
	if err != nil {
		return a, err
	}
	need := mandate.NeedOf(a.project, parts, rules)
	candidates, around, err := candidatesFor(ctx, s, a.project, t.Departments, rules.Km, today)
	if err != nil {
		return a, err
	}
	facts, err := s.MandateFacts(ctx)
	if err != nil {
		return a, err
	}
	a.around = around
	a.split = mandate.Allot(need, candidates, rules)
	a.levers = mandate.ChooseLevers(need, a.split, mandate.PastOf(facts, today.Time().Year()-rules.Years+1, a.project.Text("cpv")), t.SocialDuty, rules)
	return a, nil
}

// candidatesFor are the firms and structures of the directory near the work, or of
// the territory when nobody said where it is, with the hours left once what is
// planned is taken away.
func candidatesFor(ctx context.Context, s *store.Store, project mandate.Record, departments []string, km int, today insertion.Date) ([]mandate.Candidate, string, error) {
	all, err := s.AllStructures(ctx)
	if err != nil {
		return nil, "", err
	}
	records, err := s.Records(ctx, today)
	if err != nil {
		return nil, "", err
	}
	g, err := gazetteer(ctx, s)
	if err != nil {
		return nil, "", err
	}
	near, around := nearness(g, project.Text("commune"), departments, km)
	start := max(project.Date("publication").Month(), today.Month())
	months := insertion.Months(start, start.Add(max(1, min(12, int(project.Whole("mois"))))-1))
	var out []mandate.Candidate
	for _, st := range all {
		if !st.Active || !near(st) {
			continue
		}
		c := mandate.Candidate{Name: st.DisplayName(), Kind: st.Kind, Status: st.LegalForm(), Turnover: st.Turnover}
		for _, w := range trade.OfStructure(st) {
			if !w.Usual {
				c.Trades = append(c.Trades, w.Trade)
			}
		}
		c.Monthly, c.Declared = freeHours(st, records[st.ID], months)
		out = append(out, c)
	}
	return out, around, nil
}

// nearness tells which structures are local.
func nearness(g *place.Gazetteer, commune string, departments []string, km int) (func(insertion.Structure) bool, string) {
	if found := g.Named(commune, ""); commune != "" && len(found) > 0 {
		c := found[0]
		return func(st insertion.Structure) bool {
			return (st.Lat != 0 || st.Lon != 0) && place.Km(c.Lat, c.Lon, st.Lat, st.Lon) <= float64(km)
		}, fmt.Sprintf("à %d km au plus de %s (distance sans source)", km, c.Name)
	}
	if len(departments) == 0 {
		return func(insertion.Structure) bool { return true }, "dans tout l'annuaire : ni commune, ni territoire dans les réglages"
	}
	return func(st insertion.Structure) bool {
		for _, d := range departments {
			if st.Department == d {
				return true
			}
		}
		return false
	}, "dans le territoire des réglages : la commune du marché n'est pas dite"
}

// freeHours is what a structure has left in a month of the contract, on average
// over the months it declared; false when it declared none of them.
func freeHours(st insertion.Structure, r insertion.Record, months []insertion.Month) (insertion.Hours, bool) {
	declared, taken := map[insertion.Month]insertion.Hours{}, map[insertion.Month]insertion.Hours{}
	for _, m := range st.Capacity {
		declared[m.Month] += m.Hours
	}
	for _, m := range r.Ahead {
		taken[m.Month] += m.Hours
	}
	var sum insertion.Hours
	n := 0
	for _, m := range months {
		if h, ok := declared[m]; ok {
			sum += max(0, h-taken[m])
			n++
		}
	}
	if n == 0 {
		return 0, false
	}
	return sum / insertion.Hours(n), true
}

func (p *program) mandateAllotCmd() *cobra.Command {
	return &cobra.Command{
		Use: "allotir N", Aliases: []string{"allot"}, Short: "Découper un marché en préparation pour que les structures locales puissent répondre", Args: takes(1, 1, "N"),
		Long: "N : une fiche « projet ». Les lots viennent de ses fiches « lot-projet » s'il en a, sinon de son CPV et de son objet ; chacun est\n" +
			"divisé jusqu'à ce que des candidats locaux puissent le prendre seuls, d'après leurs heures libres et leur chiffre d'affaires.",
		Example: "passerelle mandat allotir 99",
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.advise(cmd.Context(), args[0], func(a advice) error {
				return p.answer(splitOf(a), func() { p.tellSplit(a) })
			})
		},
	}
}

func (p *program) mandateLeversCmd() *cobra.Command {
	return &cobra.Command{
		Use: "leviers N", Aliases: []string{"levers"}, Short: "Lequel des cinq leviers convient à un marché en préparation, et pourquoi", Args: takes(1, 1, "N"),
		Long:    "N : une fiche « projet ». Les articles d'aujourd'hui sont donnés avec ceux de 2011 ; l'acheteur choisit.",
		Example: "passerelle mandat leviers 99",
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.advise(cmd.Context(), args[0], func(a advice) error {
				return p.answer(leversOf(a), func() { p.tellLevers(a) })
			})
		},
	}
}

func (p *program) advise(ctx context.Context, name string, tell func(advice) error) error {
	return p.with(ctx, func(s *store.Store) error {
		r, err := recordNumbered(ctx, s, name)
		if err != nil {
			return err
		}
		a, err := adviceOf(ctx, s, r.ID, p.today())
		if err != nil {
			return err
		}
		return tell(a)
	})
}

func (p *program) tellSplit(a advice) {
	p.say("%s, %s : %s proposés. Candidats cherchés %s.", a.project.Title(), a.project.Show("montant"), insertion.Counted(len(a.split.Lots), "lot", "lots"), a.around)
	t := table{head: []string{"lot", "filière", "montant", "heures de travail", "capables seuls", "réservable"}, right: []int{2, 3, 4}}
	for _, l := range a.split.Lots {
		t.add(l.Object, strings.ToLower(trade.Label(l.Trade)), l.Amount.Round(), l.Hours.Round(), fmt.Sprint(len(l.Takers)), map[bool]string{true: "oui", false: "non"}[l.Reserve.Possible])
	}
	p.print(&t, "")
	for _, l := range a.split.Lots {
		p.say("%s", l.Object)
		if l.Nobody != "" {
			p.say("  personne seul : %s", l.Nobody)
		}
		for _, taker := range l.Takers[:min(len(l.Takers), 6)] {
			p.say("  %s (%s) : jusqu'à %s, %s", taker.Name, taker.Kind, taker.Limit.Round(), taker.Why)
		}
		if n := len(l.Takers) - 6; n > 0 {
			p.say("  et %s", insertion.Counted(n, "autre", "autres"))
		}
		lever := "le levier le plus fort qui convienne : " + string(l.Reserve.Lever)
		if l.Reserve.Lever == mandate.LeverNone {
			lever = "aucun levier ne convient"
		}
		p.say("  %s (%s)", lever, l.Reserve.Why)
	}
	before := table{head: []string{"", "avant", "après"}, right: []int{1, 2}}
	for _, r := range a.split.Table {
		before.add(r.What, r.Before, r.After)
	}
	p.print(&before, "")
	for _, q := range a.split.Questions {
		p.say("  %s", q)
	}
	p.say("\n%s\n", a.split.Draft)
	for _, line := range a.split.Assumed {
		p.say("  %s", line)
	}
}

func (p *program) tellLevers(a advice) {
	c := a.levers
	p.say("%s, %s. L2112-2-1 : %s.", a.project.Title(), a.project.Show("montant"), c.Duty.Why)
	for _, l := range c.Levers {
		mark := "ne convient pas"
		switch {
		case l.Advised:
			mark = "à retenir d'abord"
		case l.Fits:
			mark = "possible"
		}
		p.say("%s : %s", l.Lever, mark)
		for _, w := range l.Why {
			p.say("    %s", w)
		}
		for _, cond := range l.Conditions {
			p.say("    [%s] %s", answerWord(cond.Met), cond.Text)
		}
		for _, u := range l.Usage(c.Past) {
			p.say("    %s, depuis %d", u, c.Past.Since)
		}
		for _, art := range l.Articles {
			p.say("    %s : %s ; en 2011 : %s", art.Subject, art.Now, art.Then)
		}
	}
	for _, n := range c.Notes {
		p.say("%s", n)
	}
}

func answerWord(a mandate.Answer) string {
	switch a {
	case mandate.Yes:
		return "oui"
	case mandate.No:
		return "non"
	}
	return "à dire"
}

func (p *program) mandateArticlesCmd() *cobra.Command {
	return &cobra.Command{
		Use: "articles", Short: "Les articles de 2011 et ceux d'aujourd'hui, côte à côte", Args: takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			type row struct {
				Lever   mandate.Lever `json:"levier,omitempty"`
				Subject string        `json:"sujet"`
				Then    string        `json:"en_2011"`
				Now     string        `json:"aujourdhui"`
				Note    string        `json:"note,omitempty"`
				Sourced bool          `json:"source"`
			}
			out := []row{}
			t := table{head: []string{"sujet", "en 2011", "aujourd'hui", "ce qui change"}}
			for _, a := range mandate.Articles() {
				out = append(out, row(a))
				note := a.Note
				if !a.Sourced {
					note = strings.TrimPrefix(note+" (sans source)", " ")
				}
				t.add(a.Subject, a.Then, a.Now, note)
			}
			return p.answer(out, func() { p.print(&t, "") })
		},
	}
}
