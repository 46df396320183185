package arrival

import (
	"context"
	"io"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
)

// notices takes in award notices.
func (t *taker[L]) notices(ctx context.Context, name string, r io.Reader, size int64) error {
	reader, err := intake.Notices(ctx, name, r, intake.Options{Departments: t.o.Departments, Resolve: t.o.Gazetteer.Resolve})
	if err != nil {
		return t.unread(name, err)
	}
	hash := func() (string, error) { return reader.Hash(), nil }
	a := arriving[insertion.Notice]{
		file: name, format: reader.Format(), bytes: reader.Bytes, total: max(size, reader.Size()), hash: hash,
		each: func(yield func(read[insertion.Notice], error) bool) {
			for record, err := range reader.Each() {
				if !yield(read[insertion.Notice]{taken: record.Notice, refusal: record.Refusal, warnings: len(record.Warnings)}, err) {
					return
				}
			}
		},
	}
	return pump(ctx, t, a, func(ctx context.Context, l L, batch []insertion.Notice) ([]insertion.Outcome, error) {
		return l.Add(ctx, batch)
	})
}
