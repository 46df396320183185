package bilan

import (
	"fmt"

	"passerelle/internal/insertion"
)

// Settled is the query with its defaults, seen from today; the error is an
// *insertion.FieldError.
func (q Query) Settled(today insertion.Date) (Query, error) {
	if q.Divisor == 0 {
		q.Divisor = DefaultDivisor
	}
	if q.Least == 0 {
		q.Least = DefaultLeast
	}
	if q.Names == nil {
		q.Names = codes{}
	}
	switch year := today.Time().Year(); {
	case q.Year < 2000 || q.Year > year:
		return q, &insertion.FieldError{Field: "annee", Reason: fmt.Sprintf("une année de 2000 à %d", year)}
	case q.Divisor < insertion.WholeHours(100) || q.Divisor > insertion.WholeHours(10_000):
		return q, &insertion.FieldError{Field: "diviseur", Reason: "le nombre d'heures d'un ETP va de 100 à 10 000"}
	case q.Least < FewestLeast || q.Least > 1000:
		return q, &insertion.FieldError{Field: "seuil", Reason: fmt.Sprintf("de %d à 1 000 personnes : au-dessous, ce qui est masqué se devine", FewestLeast)}
	}
	if q.On == "" {
		q.On = min(today, insertion.Date(fmt.Sprintf("%04d-12-31", q.Year)))
	}
	return q, nil
}
