// Package report turns plain values into what leaves the desk: statements to be
// filled, letters, bilans. It knows no database and no screen, reads nothing but its
// arguments, and imports only insertion and bilan. cmd calls it.
package report
