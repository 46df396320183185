// Package place knows where French communes are and understands the places that
// award notices and directories declare.
//
// It owns the embedded table of the 34,969 communes and 45 arrondissements
// (communes.bin, written by generate), the départements, régions and
// intercommunalités, and Resolve. It never opens a file by itself, keeps
// nothing and knows nothing of lots or structures. intake, match, tui, seed and cmd may
// import it; it imports insertion.
//
// Coordinates come from GeoNames for a quarter of the communes, which hold four fifths of the
// people; the others are estimated (generate/estimate.go) and marked
// Approximate. Against the official centres of the 34,969 communes (accuracy_test.go):
//
//	               communes   people
//	within  1 km     13.3 %   42.0 %
//	within  5 km     46.8 %   87.1 %
//	within 15 km     90.5 %   98.1 %
//	located           8,268   median error 1.0 km, nine in ten under  2.2 km
//	estimated        26,701   median error 6.8 km, nine in ten under 16.6 km
//
// The 36 communes of the Hauts-de-Seine are exact. ReadExact and With put official
// coordinates over the rest. The table is 530 KB in the program and 3.2 MB in
// memory; it decodes in 20 ms, once, when National is first called.
package place
