package store

import (
	"fmt"

	"passerelle/internal/insertion"
)

// titled refuses a pseudonym in what names a contract, a firm or a structure: every
// role reads those as they are, and searches the lists by their words. The error is
// an *insertion.FieldError.
func (r *record) titled(fields ...said) error {
	var given int64
	if err := r.QueryRowContext(r, "SELECT ifnull("+numbersGiven+", 0)").Scan(&given); err != nil {
		return err
	}
	codes := newCoded()
	for _, f := range fields {
		if code := codes.first(f.text, given); code != "" {
			return &insertion.FieldError{Field: f.field, Reason: fmt.Sprintf("tous les rôles lisent ce texte, et « %s » y désigne une personne : retirez-le", code)}
		}
	}
	return nil
}
