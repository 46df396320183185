// Package arrival takes files in: it opens each one, recognises what it holds,
// reads its records and writes them to the base in short batches, and reports
// what became of every one of them. It owns the way from the bytes of a file to
// the base; the formats are those of intake, and the base is whatever has the few
// methods declared here.
//
// It never shows anything and knows no SQL. cmd and seed import it.
package arrival

import (
	"context"
	"io"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

// Ledger is a file being taken in, in the base.
type Ledger interface {
	Add(ctx context.Context, notices []insertion.Notice) ([]insertion.Outcome, error)
	AddStructures(ctx context.Context, structures []insertion.Structure) ([]insertion.Outcome, error)
	Refuse(ctx context.Context, refusals []insertion.Refusal) error
	Warn(n int)
	Pass(n int)
	Sum() insertion.Import
	Finish(ctx context.Context, hash, problem string) (insertion.Import, error)
}

// Base is where files go.
type Base[L Ledger] interface {
	BeginImport(ctx context.Context, by, file, format string) (L, error)
	SetExactPlaces(ctx context.Context, by string, places []insertion.ExactPlace) error
	ExactPlaces(ctx context.Context) ([]insertion.ExactPlace, error)
}

// Options is who takes files in, what is kept, and who is told.
type Options struct {
	By          string
	Departments []string         // only these territories; empty for all
	Gazetteer   *place.Gazetteer // the national one when nil
	Stdin       io.Reader        // read for the name "-"

	// Progress is told how far the file is, about ten times a second, from
	// another goroutine than the caller's.
	Progress func(Progress)
	// Refused is told every record refused, even beyond those a report keeps.
	Refused func(file string, r insertion.Refusal) error
	// Done is told the report of each file, in order; its error stops the rest.
	Done func(insertion.Import) error
}

// Progress is how far a file is, in bytes as it is stored; Total is 0 when
// unknown.
type Progress struct {
	File        string
	Done, Total int64
	Counts      insertion.Import // Read, New, Updated, Unchanged and Refused so far
}

// Text is a file in memory or on its way: its name, and its bytes.
type Text struct {
	Name   string
	Reader io.Reader
}

// keptRefusals is how many refusals a report lists; all are counted.
const keptRefusals = 20_000
