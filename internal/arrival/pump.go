package arrival

import (
	"context"
	"errors"
	"iter"
	"time"

	"golang.org/x/sync/errgroup"

	"passerelle/internal/insertion"
)

// batchSize is how many records travel together from the reading to the
// writing; with pending batches between them, both work at once.
const (
	batchSize = 4000
	pending   = 1
	beat      = 100 * time.Millisecond
)

// read is one record of a text: taken, or refused.
type read[T any] struct {
	taken    T
	refusal  *insertion.Refusal
	warnings int
	passed   bool // read, and changes nothing by itself
}

type batch[T any] struct {
	taken    []T
	refused  []insertion.Refusal
	warnings int
	passed   int
}

func (b batch[T]) size() int { return len(b.taken) + len(b.refused) + b.passed }

// arriving is one text on its way to the base.
type arriving[T any] struct {
	file, format string
	each         iter.Seq2[read[T], error]
	bytes        func() int64
	total        int64
	hash         func() (string, error)
}

// pump reads and writes at the same time. Records are read one after the other
// and written in batches; an interruption falls between two records, and what
// was read before it is written. The base learns of the file with its first
// record, so that a text that cannot be read at all leaves no trace.
func pump[T any, L Ledger](ctx context.Context, t *taker[L], a arriving[T], add func(context.Context, L, []T) ([]insertion.Outcome, error)) error {
	batches := make(chan batch[T], pending)
	var stopped error // why the text was not read to its end
	group, working := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(batches)
		stopped = fill(working, a.each, batches)
		return nil
	})
	w := writer[T, L]{t: t, a: a, add: add}
	group.Go(func() error {
		for b := range batches {
			// Not the caller's context: a batch begun is written whole.
			if err := w.write(context.WithoutCancel(ctx), b); err != nil {
				return err
			}
		}
		return nil
	})
	err := group.Wait()
	return w.close(context.WithoutCancel(ctx), ctx.Err(), stopped, err)
}

// fill reads records into batches until the end, an error or an interruption.
func fill[T any](ctx context.Context, each iter.Seq2[read[T], error], batches chan<- batch[T]) error {
	var b batch[T]
	send := func() bool {
		if b.size() == 0 {
			return true
		}
		select {
		case batches <- b:
			b = batch[T]{taken: make([]T, 0, batchSize)}
			return true
		case <-ctx.Done():
			// The writer may still want what is read: it empties the channel
			// unless it failed, and then nobody wants it.
			select {
			case batches <- b:
			default:
			}
			return false
		}
	}
	for r, err := range each {
		if err != nil {
			send()
			return err
		}
		switch {
		case r.refusal != nil:
			b.refused = append(b.refused, *r.refusal)
		case r.passed:
			b.passed++
		default:
			b.taken = append(b.taken, r.taken)
		}
		b.warnings += r.warnings
		if b.size() >= batchSize && !send() {
			return ctx.Err()
		}
		if ctx.Err() != nil {
			send()
			return ctx.Err()
		}
	}
	if !send() {
		return ctx.Err()
	}
	return nil
}

// writer puts batches in the base and keeps the report.
type writer[T any, L Ledger] struct {
	t        *taker[L]
	a        arriving[T]
	add      func(context.Context, L, []T) ([]insertion.Outcome, error)
	ledger   L
	begun    bool
	refusals []insertion.Refusal
	told     time.Time
}

func (w *writer[T, L]) begin(ctx context.Context) (err error) {
	if !w.begun {
		w.ledger, err = w.t.base.BeginImport(ctx, w.t.o.By, w.a.file, w.a.format)
		w.begun = err == nil
	}
	return err
}

func (w *writer[T, L]) write(ctx context.Context, b batch[T]) error {
	if err := w.begin(ctx); err != nil {
		return err
	}
	if len(b.taken) > 0 {
		if _, err := w.add(ctx, w.ledger, b.taken); err != nil {
			return err
		}
	}
	if len(b.refused) > 0 {
		if err := w.ledger.Refuse(ctx, b.refused); err != nil {
			return err
		}
		keep := min(len(b.refused), keptRefusals-len(w.refusals))
		w.refusals = append(w.refusals, b.refused[:max(0, keep)]...)
	}
	for _, r := range b.refused {
		if w.t.o.Refused == nil {
			break
		}
		if err := w.t.o.Refused(w.a.file, r); err != nil {
			return err
		}
	}
	w.ledger.Warn(b.warnings)
	w.ledger.Pass(b.passed)
	w.tell(time.Now())
	return nil
}

func (w *writer[T, L]) tell(now time.Time) {
	if w.t.o.Progress != nil && now.Sub(w.told) >= beat {
		w.told = now
		w.t.o.Progress(Progress{w.a.file, w.a.bytes(), w.a.total, w.ledger.Sum()})
	}
}

// close writes the last line of the import and gives its report. The error is
// for what stops the files that follow: the base, or the interruption.
func (w *writer[T, L]) close(ctx context.Context, interrupted, stopped, failed error) error {
	problem, hash := "", ""
	switch {
	case failed != nil:
		problem = "l'écriture dans la base a échoué"
	case interrupted != nil:
		problem = "import interrompu : ce qui était lu est gardé"
	case stopped != nil:
		problem = stopped.Error()
	default:
		var err error
		if hash, err = w.a.hash(); err != nil {
			problem = err.Error()
		}
	}
	if !w.begun && problem != "" {
		return errors.Join(failed, interrupted, w.t.unread(w.a.file, errors.New(problem)))
	}
	if err := w.begin(ctx); err != nil {
		return errors.Join(failed, err)
	}
	im, err := w.ledger.Finish(ctx, hash, problem)
	if failed != nil {
		return failed // the base already failed: its first error says why
	}
	if err != nil {
		return err
	}
	im.Refusals = w.refusals
	if w.t.o.Progress != nil {
		w.t.o.Progress(Progress{w.a.file, max(w.a.bytes(), w.a.total), w.a.total, im})
	}
	return errors.Join(interrupted, w.t.report(im))
}
