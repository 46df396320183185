package arrival

import (
	"context"
	"errors"
	"io"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/place"
)

// places takes in exact coordinates of communes: tens of thousands of short
// lines, held whole. Coordinates already known are left alone, so that the same
// file twice changes nothing.
func (t *taker[L]) places(ctx context.Context, name string, r io.Reader) (err error) {
	in, err := intake.Open(name, r)
	if err != nil {
		return t.unread(name, err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	m, err := in.Next()
	if err != nil {
		return t.unread(name, err)
	}
	exact, refusals, problem := place.ReadExact(m.Reader)
	if problem != nil && len(exact) == 0 {
		return t.unread(name, problem)
	}
	im := insertion.Import{
		File: name, Format: string(intake.FormatPlaces), By: t.o.By, Read: len(exact) + len(refusals),
		Refused: len(refusals), Refusals: refusals[:min(len(refusals), keptRefusals)],
	}
	if problem != nil {
		im.Problem = problem.Error()
	} else if im.Hash, err = in.Hash(); err != nil {
		im.Problem = err.Error()
	}
	im.Complete = im.Problem == ""
	if err := t.keepPlaces(ctx, exact, &im); err != nil {
		return err
	}
	for _, r := range refusals {
		if t.o.Refused == nil {
			break
		}
		if err := t.o.Refused(name, r); err != nil {
			return err
		}
	}
	return t.report(im)
}

// keepPlaces writes what is new or different, and counts.
func (t *taker[L]) keepPlaces(ctx context.Context, exact []place.Exact, im *insertion.Import) error {
	old, err := t.base.ExactPlaces(ctx)
	if err != nil {
		return err
	}
	known := make(map[string]insertion.ExactPlace, len(old))
	for _, e := range old {
		known[e.INSEE] = e
	}
	var fresh []insertion.ExactPlace
	for _, e := range exact {
		said := insertion.ExactPlace{INSEE: e.INSEE, Lat: e.Lat, Lon: e.Lon}
		was, ok := known[e.INSEE]
		switch {
		case !ok:
			im.New++
		case was != said:
			im.Updated++
		default:
			im.Unchanged++
			continue
		}
		known[e.INSEE] = said
		fresh = append(fresh, said)
	}
	if len(fresh) == 0 {
		return nil
	}
	return t.base.SetExactPlaces(ctx, t.o.By, fresh)
}
