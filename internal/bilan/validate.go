package bilan

import (
	"errors"
	"fmt"

	"passerelle/internal/insertion"
)

// What may make an ETP. No text bounds it: these are what no real year leaves.
const (
	leastDivisor = insertion.Hours(100_00)
	mostDivisor  = insertion.Hours(10_000_00)
)

var errDivisor = errors.New("le nombre d'heures d'un ETP va de 100 à 10 000 ; 1 600 d'ordinaire")

// ParseDivisor reads the hours that make an ETP as a person types them; the error is a
// French sentence.
func ParseDivisor(text string) (insertion.Hours, error) {
	h, err := insertion.ParseHours(text)
	if err != nil || h < leastDivisor || h > mostDivisor {
		return 0, errDivisor
	}
	return h, nil
}

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
	case q.Divisor < leastDivisor || q.Divisor > mostDivisor:
		return q, &insertion.FieldError{Field: "diviseur", Reason: errDivisor.Error()}
	case q.Least < FewestLeast || q.Least > 1000:
		return q, &insertion.FieldError{Field: "seuil", Reason: fmt.Sprintf("de %d à 1 000 personnes : au-dessous, ce qui est masqué se devine", FewestLeast)}
	}
	if q.On == "" {
		q.On = min(today, insertion.Date(fmt.Sprintf("%04d-12-31", q.Year)))
	}
	return q, nil
}
