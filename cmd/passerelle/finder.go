package main

import (
	"context"
	"sync"

	"passerelle/internal/insertion"
	"passerelle/internal/match"
	"passerelle/internal/place"
	"passerelle/store"
)

// finder keeps the directory in memory for as long as the file does not change,
// so that a screen ranks within a frame.
type finder struct {
	store *store.Store
	today func() insertion.Date

	mu        sync.Mutex
	version   int64
	directory *match.Directory
}

// Directory is the directory of the file as it stands.
func (f *finder) Directory(ctx context.Context) (*match.Directory, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	version, err := f.store.Version(ctx)
	if err != nil {
		return nil, err
	}
	if f.directory != nil && version == f.version {
		return f.directory, nil
	}
	d, err := directoryOf(ctx, f.store, f.today())
	if err != nil {
		return nil, err
	}
	f.directory, f.version = d, version
	return d, nil
}

// gazetteer is the national one, with the exact coordinates imported over it.
func gazetteer(ctx context.Context, s *store.Store) (*place.Gazetteer, error) {
	exact, err := s.ExactPlaces(ctx)
	if err != nil {
		return nil, err
	}
	over := make([]place.Exact, len(exact))
	for i, e := range exact {
		over[i] = place.Exact{INSEE: e.INSEE, Lat: e.Lat, Lon: e.Lon}
	}
	return place.National().With(over), nil
}

func directoryOf(ctx context.Context, s *store.Store, today insertion.Date) (*match.Directory, error) {
	g, err := gazetteer(ctx, s)
	if err != nil {
		return nil, err
	}
	structures, err := s.AllStructures(ctx)
	if err != nil {
		return nil, err
	}
	records, err := s.Records(ctx, today)
	if err != nil {
		return nil, err
	}
	return match.NewDirectory(structures, records, g), nil
}

func (p *program) today() insertion.Date { return insertion.DateOf(p.now()) }
