package store

import (
	"context"
	"database/sql"
	"errors"

	"passerelle/internal/insertion"
)

// EraseExpired erases what a report announced: the persons whose term and grace
// are over, one by one, then the other traces, and writes the file anew. Somebody
// heard of since the report is spared. Interrupted, it keeps what is done, and the
// next one goes on from there. progress, which may be nil, is told how many are
// done.
func (s *Store) EraseExpired(ctx context.Context, by string, announced insertion.RetentionReport, progress func(done, total int)) (out insertion.RetentionDone, err error) {
	if err := s.may(insertion.ActErase); err != nil {
		return out, err
	}
	r, err := s.Retention(ctx)
	if err != nil {
		return out, err
	}
	due := announced.Due()
	total := len(due) + len(announced.Traces)
	tell := func(done int) {
		if progress != nil {
			progress(done, total)
		}
	}
	tell(0)
	defer func() {
		// What is erased must leave the free space too, whoever stopped waiting.
		if out.Persons+len(out.Traces) > 0 || announced.Rewrite {
			out.Residue = s.rewritten(context.WithoutCancel(ctx))
		}
	}()
	for i, id := range due {
		if err := s.eraseDue(ctx, by, r, id, &out); err != nil {
			return out, err
		}
		tell(i + 1)
	}
	for i, t := range announced.Traces {
		e := eraser{ctx: ctx, today: insertion.DateOf(s.now())}
		var gone insertion.Trace
		if err := s.write(ctx, func(tx *sql.Tx) (err error) {
			e.tx = tx
			gone, err = s.eraseTrace(e, by, r, t.Kind)
			return err
		}); err != nil {
			return out, err
		}
		if gone.Count > 0 {
			out.Traces = append(out.Traces, gone)
		}
		tell(len(due) + i + 1)
	}
	return out, nil
}

// eraseDue erases one person if her term is still over.
func (s *Store) eraseDue(ctx context.Context, by string, r insertion.Retention, id insertion.ParticipantID, out *insertion.RetentionDone) error {
	today := insertion.DateOf(s.now())
	report, err := s.eraseOne(ctx, by, id, "une personne effacée au terme de sa conservation", false, func(tx *sql.Tx) (bool, error) {
		now, err := expiries(ctx, tx, r, today, id)
		return len(now) == 1 && now[0].State == insertion.ExpiryDue, err
	})
	if errors.Is(err, errSpared) {
		out.Passed++
		return nil
	}
	if err != nil {
		return err
	}
	out.Persons++
	out.Proofs += report.Proofs
	out.Lines += report.Lines
	out.Changes += report.Changes
	out.Notes += report.Notes
	out.Doubts = append(out.Doubts, report.Doubts...)
	return nil
}

// todoExpired tells, in one line, that something has passed its term or soon
// will: nothing is erased without an act.
func (s *Store) todoExpired(ctx context.Context, today insertion.Date, _ insertion.Thresholds) ([]insertion.Todo, error) {
	if !s.access.May(insertion.ActErase) {
		return nil, nil
	}
	r, err := s.Retention(ctx)
	if err != nil {
		return nil, err
	}
	persons, err := expiries(ctx, s.r, r, today, 0)
	if err != nil {
		return nil, err
	}
	report := insertion.RetentionReport{On: today, Persons: persons}
	for _, kind := range insertion.TraceKinds() {
		t, err := traceOf(ctx, s.r, kind, r, today)
		if err != nil {
			return nil, err
		}
		if t.Count > 0 {
			report.Traces = append(report.Traces, t)
		}
	}
	what, since := report.Words()
	if what == "" {
		return nil, nil
	}
	return []insertion.Todo{{Kind: insertion.TodoRetention, What: what, Who: "vie privée", Since: since, Urgency: urgentRetention, ID: string(insertion.TodoRetention)}}, nil
}
