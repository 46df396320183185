// Package insertion owns the nouns of the social clause (contract, lot, clause,
// structure, introduction, placement) and its rules: what is due, in what unit,
// with what rounding, and who may do which hours.
//
// It does no I/O, knows neither SQL nor the terminal, and imports nothing but
// the standard library. Every other package may import it.
package insertion
