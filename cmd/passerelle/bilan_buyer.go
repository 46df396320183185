package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/store"
)

// buyerCalled finds the buyer a person means: by its SIRET or its whole name, else
// the only followed one whose name holds these words. The error gives near names.
func buyerCalled(ctx context.Context, s *store.Store, name string) (insertion.Organisation, error) {
	none := insertion.Organisation{}
	if strings.TrimSpace(name) == "" {
		return none, misusef("--acheteur : écrivez son nom ou son SIRET, ou ôtez l'option pour les prendre tous")
	}
	o, err := s.FindBuyer(ctx, name)
	switch {
	case err == nil:
		return o, nil
	case errors.Is(err, insertion.ErrDuplicate):
		return none, misusef("plusieurs acheteurs s'appellent « %s » : donnez le SIRET", name)
	case !errors.Is(err, insertion.ErrNotFound):
		return none, err
	}
	followed, err := s.FollowedBuyers(ctx)
	if err != nil {
		return none, err
	}
	holding, near := namesNear(followed, name)
	switch {
	case len(holding) == 1:
		return holding[0], nil
	case len(holding) > 1:
		return none, misusef("« %s » désigne plusieurs acheteurs : %s", name, labels(holding))
	case len(near) > 0:
		return none, misusef("aucun acheteur d'un lot ne s'appelle « %s » ; peut-être : %s", name, labels(near))
	case len(followed) > 0:
		return none, misusef("aucun acheteur d'un lot ne s'appelle « %s » ; ceux dont une clause est suivie : %s", name, labels(followed))
	}
	return none, fmt.Errorf("aucun acheteur d'un lot ne s'appelle « %s », et aucune clause n'est encore suivie", name)
}

// namesNear are the organisations whose names hold every word of a name, and the
// five that are spelt most like it.
func namesNear(all []insertion.Organisation, name string) (holding, near []insertion.Organisation) {
	likeness := map[insertion.OrganisationID]float64{}
	for _, o := range all {
		have, every := intake.Fold(o.Party.Label()), true
		for _, w := range strings.Fields(name) {
			every = every && strings.Contains(have, intake.Fold(w))
		}
		if every {
			holding = append(holding, o)
		}
		if likeness[o.ID] = alike(have, intake.Fold(name)); likeness[o.ID] > 0.3 {
			near = append(near, o)
		}
	}
	slices.SortStableFunc(near, func(a, b insertion.Organisation) int { return cmp.Compare(likeness[b.ID], likeness[a.ID]) })
	return holding, near[:min(len(near), 5)]
}

// alike is the share of the pairs of letters two texts have in common, from 0 to 1
// (Dice): a letter forgotten or swapped changes few of them.
func alike(a, b string) float64 {
	pairs := map[string]int{}
	for i := range len(a) - 1 {
		pairs[a[i:i+2]]++
	}
	common := 0
	for i := range len(b) - 1 {
		if pair := b[i : i+2]; pairs[pair] > 0 {
			pairs[pair]--
			common++
		}
	}
	return 2 * float64(common) / float64(max(1, len(a)+len(b)-2))
}

func labels(some []insertion.Organisation) string {
	var out []string
	for _, o := range some {
		if len(out) == 8 {
			return strings.Join(out, ", ") + "…"
		}
		out = append(out, "« "+o.Party.Label()+" »")
	}
	return strings.Join(out, ", ")
}
