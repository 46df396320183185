package main

import (
	"context"

	"passerelle/internal/insertion"
)

// shelf takes structures in memory, where a store would write them: measuring
// the ranking leaves no trace.
type shelf struct {
	structures []insertion.Structure
	sum        insertion.Import
}

// BeginImport opens the taking in of a file.
func (s *shelf) BeginImport(_ context.Context, _, file, format string) (*shelf, error) {
	s.sum = insertion.Import{File: file, Format: format}
	return s, nil
}

// Add leaves award notices aside.
func (s *shelf) Add(_ context.Context, notices []insertion.Notice) ([]insertion.Outcome, error) {
	return make([]insertion.Outcome, len(notices)), nil
}

// AddStructures keeps structures, numbered in order.
func (s *shelf) AddStructures(_ context.Context, structures []insertion.Structure) ([]insertion.Outcome, error) {
	for _, st := range structures {
		st.ID = insertion.StructureID(len(s.structures) + 1)
		s.structures = append(s.structures, st)
	}
	s.sum.Read += len(structures)
	return make([]insertion.Outcome, len(structures)), nil
}

// Refuse counts.
func (s *shelf) Refuse(_ context.Context, refusals []insertion.Refusal) error {
	s.sum.Read += len(refusals)
	s.sum.Refused += len(refusals)
	return nil
}

// Warn counts.
func (s *shelf) Warn(n int) { s.sum.Warnings += n }

// Pass counts records that describe others.
func (s *shelf) Pass(n int) { s.sum.Read += n }

// Sum is what the file brought so far.
func (s *shelf) Sum() insertion.Import { return s.sum }

// Finish ends a file.
func (s *shelf) Finish(_ context.Context, hash, problem string) (insertion.Import, error) {
	s.sum.Hash, s.sum.Problem, s.sum.Complete = hash, problem, problem == ""
	return s.sum, nil
}

// SetExactPlaces leaves coordinates aside.
func (s *shelf) SetExactPlaces(context.Context, string, []insertion.ExactPlace) error { return nil }

// ExactPlaces knows none.
func (s *shelf) ExactPlaces(context.Context) ([]insertion.ExactPlace, error) { return nil, nil }
