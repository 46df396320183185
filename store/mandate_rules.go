package store

import (
	"context"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

const rulesName = "conseil"

// AdviceRules reads the parameters of the adviser, or their defaults.
func (s *Store) AdviceRules(ctx context.Context) (mandate.Rules, error) {
	rules := mandate.DefaultRules()
	err := settingOver(ctx, s.r, rulesName, &rules)
	return rules, err
}

// SetAdviceRules changes them from what was read; the error is an
// *insertion.FieldError when one is out of range, insertion.ErrStale when somebody
// changed them since.
func (s *Store) SetAdviceRules(ctx context.Context, by string, was, is mandate.Rules) error {
	if err := s.may(insertion.ActSettings); err != nil {
		return err
	}
	if err := is.Validate(); err != nil {
		return err
	}
	return s.change(ctx, by, "paramètres du conseil", 0, func(r *record) error {
		return replaceSettings(r, rulesName, mandate.DefaultRules(), was, is)
	})
}
