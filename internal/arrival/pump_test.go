package arrival

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// ledgerOf is a base that counts, fails on demand and may stop the caller.
type ledgerOf struct {
	sum    insertion.Import
	begun  int
	fail   error
	during func(read int)
}

func (l *ledgerOf) BeginImport(_ context.Context, by, file, format string) (*ledgerOf, error) {
	l.begun++
	l.sum = insertion.Import{File: file, Format: format, By: by}
	return l, nil
}

func (l *ledgerOf) Add(_ context.Context, notices []insertion.Notice) ([]insertion.Outcome, error) {
	if l.fail != nil {
		return nil, l.fail
	}
	l.sum.Read += len(notices)
	l.sum.New += len(notices)
	if l.during != nil {
		l.during(l.sum.Read)
	}
	return make([]insertion.Outcome, len(notices)), nil
}

func (l *ledgerOf) AddStructures(context.Context, []insertion.Structure) ([]insertion.Outcome, error) {
	return nil, nil
}

func (l *ledgerOf) Refuse(_ context.Context, refusals []insertion.Refusal) error {
	l.sum.Read += len(refusals)
	l.sum.Refused += len(refusals)
	return nil
}

func (l *ledgerOf) Pass(n int)            { l.sum.Read += n; l.sum.Unchanged += n }
func (l *ledgerOf) Warn(n int)            { l.sum.Warnings += n }
func (l *ledgerOf) Sum() insertion.Import { return l.sum }

func (l *ledgerOf) Finish(_ context.Context, hash, problem string) (insertion.Import, error) {
	l.sum.Hash, l.sum.Problem, l.sum.Complete = hash, problem, problem == ""
	return l.sum, nil
}

func (l *ledgerOf) SetExactPlaces(context.Context, string, []insertion.ExactPlace) error { return nil }

func (l *ledgerOf) ExactPlaces(context.Context) ([]insertion.ExactPlace, error) { return nil, nil }

// numbered yields n records, every tenth refused, then ends with err if any.
func numbered(n int, err error) iter.Seq2[read[insertion.Notice], error] {
	return func(yield func(read[insertion.Notice], error) bool) {
		for i := range n {
			r := read[insertion.Notice]{taken: insertion.Notice{Object: "lot"}}
			if i%10 == 9 {
				r.refusal = &insertion.Refusal{Record: i + 1, Reason: "illisible"}
			}
			if !yield(r, nil) {
				return
			}
		}
		if err != nil {
			yield(read[insertion.Notice]{}, err)
		}
	}
}

func pumped(ctx context.Context, l *ledgerOf, each iter.Seq2[read[insertion.Notice], error], o Options) (insertion.Import, error) {
	var report insertion.Import
	o.Done = func(im insertion.Import) error { report = im; return nil }
	a := arriving[insertion.Notice]{
		file: "essai.json", format: "avis", each: each, total: 100,
		bytes: func() int64 { return 50 }, hash: func() (string, error) { return "abc", nil },
	}
	err := pump(ctx, newTaker(l, o), a, func(ctx context.Context, l *ledgerOf, n []insertion.Notice) ([]insertion.Outcome, error) {
		return l.Add(ctx, n)
	})
	return report, err
}

func TestEveryRecordIsCountedOnce(t *testing.T) {
	var progress []Progress
	refused := 0
	im, err := pumped(t.Context(), &ledgerOf{}, numbered(12_345, nil), Options{
		Progress: func(p Progress) { progress = append(progress, p) },
		Refused:  func(string, insertion.Refusal) error { refused++; return nil },
	})
	if err != nil || im.Read != 12_345 || im.New+im.Refused != im.Read || im.Refused != 1234 || len(im.Refusals) != 1234 || refused != 1234 {
		t.Fatalf("%+v refused %d, %v", im, refused, err)
	}
	if !im.Complete || im.Hash != "abc" || len(progress) == 0 || progress[len(progress)-1].Counts.Read != 12_345 {
		t.Fatalf("%+v, last progress %+v", im, progress)
	}
}

func TestAnInterruptionKeepsWhatWasRead(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	l := &ledgerOf{during: func(read int) { cancel() }}
	im, err := pumped(ctx, l, numbered(1_000_000, nil), Options{})
	if !errors.Is(err, context.Canceled) || im.Complete || im.Read == 0 || im.Read > 20_000 || im.Read != im.New+im.Refused {
		t.Fatalf("%+v, %v", im, err)
	}
	if !strings.Contains(im.Problem, "interrompu") {
		t.Errorf("the report does not say it was interrupted: %q", im.Problem)
	}
}

func TestABrokenTextKeepsItsWholeRecords(t *testing.T) {
	im, err := pumped(t.Context(), &ledgerOf{}, numbered(777, errors.New("essai.json, ligne 3 : coupé")), Options{})
	if err != nil || im.Read != 777 || im.Complete || im.Problem != "essai.json, ligne 3 : coupé" {
		t.Fatalf("%+v, %v", im, err)
	}
}

func TestATextUnreadableFromTheStartLeavesNoTrace(t *testing.T) {
	l := &ledgerOf{}
	im, err := pumped(t.Context(), l, numbered(0, errors.New("essai.json : vide")), Options{})
	if err != nil || l.begun != 0 || im.Problem != "essai.json : vide" {
		t.Fatalf("begun %d, %+v, %v", l.begun, im, err)
	}
}

func TestAFailingBaseStopsTheReading(t *testing.T) {
	l := &ledgerOf{fail: insertion.ErrDiskFull}
	seen := 0
	_, err := pumped(t.Context(), l, func(yield func(read[insertion.Notice], error) bool) {
		for r, err := range numbered(1_000_000, nil) {
			seen++
			if !yield(r, err) {
				return
			}
		}
	}, Options{})
	if !errors.Is(err, insertion.ErrDiskFull) || seen > 100_000 {
		t.Fatalf("read %d, %v", seen, err)
	}
}
