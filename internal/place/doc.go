// Package place knows where French communes are and understands the places that
// award notices and directories declare.
//
// It owns the embedded table of the 34,969 communes and 45 arrondissements
// (communes.bin, written by generate), the départements, régions and
// intercommunalités, and Resolve. It never opens a file by itself, keeps
// nothing and knows nothing of lots or structures. intake, match, tui, seed and cmd may
// import it; it imports insertion.
//
// Coordinates come from GeoNames for a quarter of the communes, which hold four
// fifths of the population; the others are estimated (generate/estimate.go) and marked
// Approximate. See accuracy_test.go for the comparison with the official centres.
package place
