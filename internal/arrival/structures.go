package arrival

import (
	"context"
	"io"
	"os"
	"slices"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
)

// structures takes in a directory of structures. What another file of the same
// command said of them (sectors, activities, services) is joined to them.
func (t *taker[L]) structures(ctx context.Context, name string, r io.Reader, size int64) error {
	reader, err := intake.Structures(ctx, name, r, intake.StructureOptions{Locate: t.locate, Join: t.join})
	if err != nil {
		return t.unread(name, err)
	}
	hash := func() (string, error) { return reader.Hash(), nil }
	a := arriving[insertion.Structure]{
		file: name, format: reader.Format(), bytes: reader.Bytes, total: max(size, reader.Size()), hash: hash,
		each: func(yield func(read[insertion.Structure], error) bool) {
			for record, err := range reader.Each() {
				if !yield(read[insertion.Structure]{taken: record.Structure, refusal: record.Refusal, passed: record.Reference}, err) {
					return
				}
			}
		},
	}
	return pump(ctx, t, a, func(ctx context.Context, l L, batch []insertion.Structure) ([]insertion.Outcome, error) {
		return l.AddStructures(ctx, batch)
	})
}

// locate finds the commune of an address by its INSEE code, else by its postal
// code and name.
func (t *taker[L]) locate(insee, postal, city string) (intake.Located, bool) {
	declared := insertion.Place{Code: insee, Kind: "commune", Name: city}
	if insee == "" {
		declared.Code, declared.Kind = postal, "code postal"
	}
	p := t.o.Gazetteer.Resolve(declared, "")
	if !p.Known() && insee != "" {
		p = t.o.Gazetteer.Resolve(insertion.Place{Code: postal, Kind: "code postal", Name: city}, "")
	}
	if !p.Known() {
		return intake.Located{}, false
	}
	if city == "" {
		if c, ok := t.o.Gazetteer.Commune(p.INSEE); ok {
			city = c.Name
		}
	}
	return intake.Located{INSEE: p.INSEE, Department: p.Department, City: city, Lat: p.Lat, Lon: p.Lon}, true
}

// referencesFirst puts the files that describe the structures of others before
// them, whatever the order they were named in.
func referencesFirst(paths []string) []string {
	if len(paths) < 2 {
		return paths
	}
	rank := make(map[string]int, len(paths))
	for _, path := range paths {
		if !reference(path) {
			rank[path] = 1
		}
	}
	sorted := slices.Clone(paths)
	slices.SortStableFunc(sorted, func(a, b string) int { return rank[a] - rank[b] })
	return sorted
}

// reference looks at the beginning of a file; one that cannot be read keeps its
// place, and its error is told then.
func reference(path string) bool {
	if path == "-" {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	in, err := intake.Open(path, f)
	if err != nil || in.Spreadsheet {
		return false
	}
	defer in.Close()
	m, err := in.Next()
	return err == nil && intake.Describes(m.Head)
}
