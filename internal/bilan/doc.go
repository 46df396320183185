// Package bilan turns a year of facts into the tables the facilitator publishes:
// hours, ETP, contracts, persons, outcomes (DOMAIN §6.2). It owns the indicators,
// what hides a cell that would point at somebody, and the fingerprint that tells
// two bilans are the same. It knows no database, no file format and no screen.
//
// Reading order: report.go (what a bilan is made of), then the facts it is
// counted from, then what hides small cells.
package bilan
