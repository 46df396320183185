package store

import (
	"context"
	"encoding/json"
	"errors"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

const rulesName = "conseil"

// AdviceRules reads the parameters of the adviser, or their defaults.
func (s *Store) AdviceRules(ctx context.Context) (mandate.Rules, error) {
	rules := mandate.DefaultRules()
	var doc string
	err := named(s.r.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = ?", rulesName).Scan(&doc))
	if errors.Is(err, insertion.ErrNotFound) {
		return rules, nil
	}
	if err != nil {
		return rules, err
	}
	return rules, json.Unmarshal([]byte(doc), &rules)
}

// SetAdviceRules changes them; the error is an *insertion.FieldError when one is out
// of range.
func (s *Store) SetAdviceRules(ctx context.Context, by string, rules mandate.Rules) error {
	if err := rules.Validate(); err != nil {
		return err
	}
	doc, err := json.Marshal(rules)
	if err != nil {
		return err
	}
	return s.change(ctx, by, "paramètres du conseil", 0, func(r *record) error { return r.setting(rulesName, string(doc)) })
}
