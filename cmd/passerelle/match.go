package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/match"
	"passerelle/store"
)

// matchCmd is « apparier »: the structures able to do the hours of a lot.
func (p *program) matchCmd() *cobra.Command {
	weights := match.DefaultWeights()
	var limit int
	var propose string
	cmd := &cobra.Command{
		Use: "apparier LOT", Aliases: []string{"match"}, Short: "Les structures capables de faire les heures d'un lot, et pourquoi",
		Long: "Classe les structures capables de faire les heures d'un lot, avec les raisons, et dit pourquoi les autres sont écartées.\n" +
			"La liste est proposée, jamais imposée : l'entreprise choisit. --proposer garde la date, le rang et votre nom.",
		Example: "passerelle apparier 12\npasserelle apparier 21920050600018:2026-014 --limite 5 --json\n" +
			"passerelle apparier 12 --poids distance=60 --poids equite=0\npasserelle apparier 12 --proposer 3",
		Args: takes(1, 1, "LOT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				return p.match(cmd.Context(), s, args[0], weights, limit, propose)
			})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	limitFlag(flags, &limit, 20, false, "au plus `N` candidats")
	flags.Var(&reading{read: func(s string) error { return setWeight(&weights, s) }}, "poids",
		"`PARTIE=POIDS`, répétable : filiere, distance, capacite, historique, equite")
	flags.StringVar(&propose, "proposer", "", "proposer les `N` premiers, ou les SIRET donnés")
	return cmd
}

// setWeight reads « distance=60 ».
func setWeight(w *match.Weights, s string) error {
	for _, one := range words(s) {
		name, value, ok := strings.Cut(one, "=")
		v, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
		if !ok || err != nil || v < 0 || v > 1e6 || v != v {
			return fmt.Errorf("« %s » : écrivez par exemple distance=60", one)
		}
		part, known := map[string]*float64{
			"filiere": &w.Trade, "trade": &w.Trade, "distance": &w.Distance, "capacite": &w.Capacity, "capacity": &w.Capacity,
			"historique": &w.Record, "record": &w.Record, "equite": &w.Fairness, "fairness": &w.Fairness,
		}[name]
		if !known {
			return fmt.Errorf("« %s » n'est ni filiere, ni distance, ni capacite, ni historique, ni equite", name)
		}
		*part = v
	}
	return nil
}

// candidateJSON and leftOutJSON are the answer's lists.
type candidateJSON struct {
	SIRET   string         `json:"siret"`
	Kind    insertion.Kind `json:"type"`
	Name    string         `json:"nom"`
	Score   float64        `json:"score"`
	Km      *float64       `json:"distance_km"`
	Reasons []string       `json:"raisons"`
}

type leftOutJSON struct {
	SIRET  string         `json:"siret"`
	Kind   insertion.Kind `json:"type"`
	Name   string         `json:"nom"`
	Reason string         `json:"raison"`
}

type matchJSON struct {
	Lot        lotJSON         `json:"lot"`
	Candidates []candidateJSON `json:"candidats"`
	LeftOut    []leftOutJSON   `json:"ecartees"`
}

func (p *program) match(ctx context.Context, s *store.Store, name string, w match.Weights, limit int, propose string) error {
	lot, err := p.lotNamed(ctx, s, name)
	if err != nil {
		return err
	}
	intros, err := s.Introductions(ctx, lot.ID)
	if err != nil {
		return err
	}
	need := match.NeedOf(lot)
	need.Declined = map[insertion.StructureID]bool{}
	for _, i := range intros {
		if i.State == insertion.Declined {
			need.Declined[i.Structure] = true
		}
	}
	d, err := directoryOf(ctx, s, p.today())
	if err != nil {
		return err
	}
	if d.Len() == 0 {
		return fmt.Errorf("l'annuaire est vide : « passerelle importer ANNUAIRE.csv » apporte les structures")
	}
	result := d.Rank(need, w, limit)
	proposed, err := p.propose(ctx, s, lot, d, need, w, result, propose)
	if err != nil {
		return err
	}
	return p.answer(matchOf(lot, result), func() { p.tellMatch(lot, result, proposed) })
}

func matchOf(lot insertion.Lot, r match.Result) matchJSON {
	out := matchJSON{Lot: lotOf(lot.LotRow), Candidates: []candidateJSON{}, LeftOut: []leftOutJSON{}}
	for _, c := range r.Candidates {
		one := candidateJSON{c.Structure.SIRET, c.Structure.Kind, c.Structure.DisplayName(), tenth(c.Score), nil, list(c.Reasons)}
		if c.Km >= 0 {
			km := tenth(c.Km)
			one.Km = &km
		}
		out.Candidates = append(out.Candidates, one)
	}
	for _, e := range r.Excluded {
		out.LeftOut = append(out.LeftOut, leftOutJSON{e.Structure.SIRET, e.Structure.Kind, e.Structure.DisplayName(), e.Reason})
	}
	return out
}

func tenth(f float64) float64 { return float64(int64(f*10+0.5)) / 10 }

// propose keeps what is proposed: the first ones, or those named.
func (p *program) propose(ctx context.Context, s *store.Store, lot insertion.Lot, d *match.Directory, need match.Need, w match.Weights, shown match.Result, asked string) (int, error) {
	if asked == "" {
		return 0, nil
	}
	var chosen []match.Candidate
	n, err := strconv.Atoi(asked)
	switch {
	case err == nil && n > 0 && n < 1000:
		chosen = d.Rank(need, w, n).Candidates
	case err == nil && len(asked) < 14:
		return 0, misusef("--proposer : un nombre de 1 à 999, ou des SIRET")
	default:
		all := d.Rank(need, w, max(1, shown.Able)).Candidates
		for _, siret := range words(asked) {
			c, err := candidateNamed(all, siret)
			if err != nil {
				return 0, err
			}
			chosen = append(chosen, c)
		}
	}
	intros := make([]insertion.Introduction, len(chosen))
	for i, c := range chosen {
		intros[i] = insertion.Introduction{
			Lot: lot.ID, Structure: c.Structure.ID, Name: c.Structure.DisplayName(), Kind: c.Structure.Kind, SIRET: c.Structure.SIRET,
			State: insertion.Proposed, Rank: c.Rank, Score: c.Score, Rule: match.Rule,
		}
	}
	if len(intros) == 0 {
		return 0, fmt.Errorf("aucune structure ne convient à ce lot : rien n'a été proposé")
	}
	return len(intros), s.Propose(ctx, p.who(), intros)
}

// candidateNamed finds « SIRET » or « SIRET:TYPE » among the candidates.
func candidateNamed(all []match.Candidate, name string) (match.Candidate, error) {
	siret, kind, _ := strings.Cut(name, ":")
	var found []match.Candidate
	for _, c := range all {
		if c.Structure.SIRET == siret && (kind == "" || strings.EqualFold(string(c.Structure.Kind), kind)) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 0:
		return match.Candidate{}, misusef("--proposer : la structure %s n'est pas parmi les candidats de ce lot", name)
	case 1:
		return found[0], nil
	}
	return match.Candidate{}, misusef("--proposer : %s a plusieurs types, écrivez %s:%s ou %s:%s", siret,
		siret, found[0].Structure.Kind, siret, found[1].Structure.Kind)
}

func (p *program) tellMatch(lot insertion.Lot, r match.Result, proposed int) {
	p.say("Lot %d — %s", lot.ID, lot.Object)
	if r.Place != "" {
		p.say("Lieu : %s", r.Place)
	}
	p.say("%s, %s.\n", insertion.Counted(r.Considered, "structure examinée", "structures examinées"), insertion.Counted(r.Able, "capable", "capables"))
	for _, c := range r.Candidates {
		km := "distance inconnue"
		if c.Km >= 0 {
			km = strings.Replace(strconv.FormatFloat(c.Km, 'f', 1, 64), ".", ",", 1) + " km"
		}
		p.say("%3d. %s (%s) — %s sur 100, %s, SIRET %s", c.Rank, c.Structure.DisplayName(), c.Structure.Kind,
			strings.Replace(strconv.FormatFloat(c.Score, 'f', 1, 64), ".", ",", 1), km, insertion.SpacedSIRET(c.Structure.SIRET))
		for _, reason := range c.Reasons {
			p.say("       %s", reason)
		}
	}
	if len(r.Groups) > 0 {
		p.say("\nÉcartées :")
		for _, g := range r.Groups {
			p.say("  %5d  %s", g.Count, g.Reason)
		}
	}
	if proposed > 0 {
		p.say("\n%s, à la date d'aujourd'hui, par %s.", many(proposed, "proposée"), p.who())
	}
}
