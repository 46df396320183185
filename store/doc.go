// Package store owns the SQLite file: opening and migrating it, its
// transactions, its journal of changes, and one file per noun.
//
// A public method is one transaction. Reads go to a read-only pool and writes
// to a single connection, so that an import never makes anyone wait for a list.
// It knows neither files to import nor the terminal, and decides no business
// rule: those are in package insertion. Only cmd, seed and tests import it.
package store
