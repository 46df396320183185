package main

import (
	"context"
	"errors"
	"fmt"
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

// namesNear are the organisations whose names hold every word of a name, and those
// that share the beginning of one.
func namesNear(all []insertion.Organisation, name string) (holding, near []insertion.Organisation) {
	wanted := foldedWords(name)
	for _, o := range all {
		label := o.Party.Label()
		have, every, some := intake.Fold(label), true, false
		for _, w := range wanted {
			every = every && strings.Contains(have, w)
			some = some || begins(foldedWords(label), w)
		}
		if every {
			holding = append(holding, o)
		}
		if some {
			near = append(near, o)
		}
	}
	return holding, near
}

func foldedWords(s string) []string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = intake.Fold(w)
	}
	return words
}

// begins tells that one of some words begins as w does, by four letters.
func begins(words []string, w string) bool {
	if len(w) < 4 {
		return false
	}
	for _, have := range words {
		if strings.HasPrefix(have, w[:4]) {
			return true
		}
	}
	return false
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
