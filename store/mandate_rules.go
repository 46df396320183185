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

// SetAdviceRules changes them; the error is an *insertion.FieldError when one is out
// of range.
func (s *Store) SetAdviceRules(ctx context.Context, by string, rules mandate.Rules) error {
	if err := s.may(insertion.ActSettings); err != nil {
		return err
	}
	if err := rules.Validate(); err != nil {
		return err
	}
	return s.change(ctx, by, "paramètres du conseil", 0, func(r *record) error { return r.settings(rulesName, rules) })
}
