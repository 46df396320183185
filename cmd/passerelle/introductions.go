package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

type introJSON struct {
	ID       insertion.IntroductionID    `json:"proposition"`
	Lot      insertion.LotID             `json:"lot"`
	SIRET    string                      `json:"siret"`
	Kind     insertion.Kind              `json:"type"`
	Name     string                      `json:"nom"`
	State    insertion.IntroductionState `json:"etat"`
	Reason   string                      `json:"motif"`
	Rank     int                         `json:"rang"`
	Score    float64                     `json:"score"`
	Rule     string                      `json:"regle"`
	By       string                      `json:"par"`
	Proposed insertion.Date              `json:"proposee_le"`
	Changed  insertion.Date              `json:"changee_le"`
}

func introsOf(intros []insertion.Introduction) []introJSON {
	out := []introJSON{}
	for _, i := range intros {
		out = append(out, introJSON{i.ID, i.Lot, i.SIRET, i.Kind, i.Name, i.State, i.Reason, i.Rank, tenth(i.Score), i.Rule, i.By,
			insertion.DateOf(i.Proposed.Local()), insertion.DateOf(i.Changed.Local())})
	}
	return out
}

// introductionsCmd lists the proposals of a lot, moves one, or shows the share
// of each structure.
func (p *program) introductionsCmd() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:     "propositions [LOT | PROPOSITION contacter|accepter|decliner]",
		Aliases: []string{"introductions"}, Short: "Les structures proposées pour un lot, et leur réponse",
		Long: "Sans argument : la part de chaque structure dans toutes les propositions.\n" +
			"Avec un lot : ses propositions. Avec le numéro d'une proposition et un verbe : la fait avancer.",
		Example: "passerelle propositions 12\npasserelle propositions 4 contacter\npasserelle propositions 4 decliner --motif \"carnet plein\"",
		Args:    takes(0, 2, "LOT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				switch len(args) {
				case 0:
					return p.shares(cmd.Context(), s)
				case 1:
					return p.listIntros(cmd.Context(), s, args[0])
				}
				return p.moveIntro(cmd.Context(), s, args[0], args[1], reason)
			})
		},
	}
	cmd.Flags().StringVar(&reason, "motif", "", "les `MOTS` qui disent pourquoi elle décline (obligatoire avec decliner)")
	return cmd
}

func (p *program) listIntros(ctx context.Context, s *store.Store, name string) error {
	lot, err := p.lotNamed(ctx, s, name)
	if err != nil {
		return err
	}
	intros, err := s.Introductions(ctx, lot.ID)
	if err != nil {
		return err
	}
	return p.answer(introsOf(intros), func() { p.tellIntros(intros) })
}

func (p *program) tellIntros(intros []insertion.Introduction) {
	t := table{head: []string{"prop.", "structure", "type", "état", "depuis", "motif", "par"}, right: []int{0}}
	for _, i := range intros {
		t.add(strconv.FormatInt(int64(i.ID), 10), i.Name, string(i.Kind), string(i.State),
			insertion.DateOf(i.Changed.Local()).French(), i.Reason, i.By)
	}
	p.print(&t, "Aucune structure proposée pour ce lot (« passerelle apparier LOT --proposer 3 »).")
}

func (p *program) moveIntro(ctx context.Context, s *store.Store, number, verb, reason string) error {
	to, ok := map[string]insertion.IntroductionState{
		"contacter": insertion.Contacted, "contact": insertion.Contacted, "accepter": insertion.Accepted, "accept": insertion.Accepted,
		"decliner": insertion.Declined, "décliner": insertion.Declined, "decline": insertion.Declined,
	}[verb]
	if !ok {
		return misusef("« %s » n'est ni contacter, ni accepter, ni decliner", verb)
	}
	if to == insertion.Declined && reason == "" {
		return misusef("--motif : dites pourquoi la structure décline")
	}
	intro, err := p.introNamed(ctx, s, number)
	if err != nil {
		return err
	}
	if err := s.MoveIntroduction(ctx, p.who(), intro.ID, intro.State, to, reason); err != nil {
		return err
	}
	intro.State, intro.Reason, intro.Changed = to, reason, p.now()
	return p.answer(introsOf([]insertion.Introduction{intro})[0], func() {
		p.say("%s (%s), lot %d : %s.", intro.Name, intro.Kind, intro.Lot, to)
	})
}

func (p *program) introNamed(ctx context.Context, s *store.Store, number string) (insertion.Introduction, error) {
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return insertion.Introduction{}, misusef("« %s » n'est pas un numéro de proposition (« passerelle propositions LOT » les liste)", number)
	}
	intro, err := s.Introduction(ctx, insertion.IntroductionID(n))
	if errors.Is(err, insertion.ErrNotFound) {
		return intro, fmt.Errorf("aucune proposition %d (« passerelle propositions LOT » les liste)", n)
	}
	return intro, err
}

type shareJSON struct {
	Name      string         `json:"nom"`
	Kind      insertion.Kind `json:"type"`
	Proposals int            `json:"propositions"`
	Placed    int            `json:"placements"`
	Percent   float64        `json:"part_pourcent"`
}

func (p *program) shares(ctx context.Context, s *store.Store) error {
	shares, err := s.ProposalShares(ctx)
	if err != nil {
		return err
	}
	out := []shareJSON{}
	t := table{head: []string{"structure", "type", "proposée", "placée", "part"}, right: []int{2, 3, 4}}
	for _, sh := range shares {
		out = append(out, shareJSON{sh.Name, sh.Kind, sh.Proposals, sh.Placed, percent(sh.Part)})
		t.add(sh.Name, string(sh.Kind), strconv.Itoa(sh.Proposals), strconv.Itoa(sh.Placed), sh.Part.String())
	}
	return p.answer(out, func() { p.print(&t, "Aucune proposition encore.") })
}
