package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// lotNamed finds the lot a person names by its number or by
// « SIRET_ACHETEUR:ID ». Several lots of that name: they are listed.
func (p *program) lotNamed(ctx context.Context, s *store.Store, name string) (insertion.Lot, error) {
	rows, err := s.FindLots(ctx, strings.TrimSpace(name))
	if err != nil && !errors.Is(err, insertion.ErrNotFound) {
		return insertion.Lot{}, err
	}
	switch len(rows) {
	case 0:
		return insertion.Lot{}, fmt.Errorf("aucun lot ne s'appelle « %s » : donnez son numéro (« passerelle marches » les montre) ou SIRET_ACHETEUR:ID", name)
	case 1:
		return s.Lot(ctx, rows[0].ID)
	}
	var b strings.Builder
	for _, r := range rows {
		b.WriteString("\n  " + strconv.FormatInt(int64(r.ID), 10) + "  " + r.Object)
		if r.LotNumber != "" {
			b.WriteString(" (lot " + r.LotNumber + ")")
		}
		b.WriteString(" — " + cmp.Or(r.Lead.Label(), "titulaire inconnu") + ", " + r.Amount.Round())
	}
	return insertion.Lot{}, misusef("« %s » désigne %d lots, donnez le numéro de celui que vous voulez :%s", name, len(rows), b.String())
}
