// Package mandate holds what the 2011 letter asks for beyond clauses: commitments
// with a target, a figure, a trend and a next step, and the records they are
// counted from (meetings, seats, networks, premises, agreements, calls, actions).
// It owns their fields, their rules and their arithmetic, and the advice on
// allotment and levers; it knows no database, no screen and no file format.
//
// Reading order: commitment.go (what is promised), sheet.go and sheets.go (what
// is kept, field by field), record.go (one of them), then the figures.
package mandate
