package store

import (
	"context"
	"fmt"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// todoMandate looks for what the mandate asks by a day that has come: decisions to
// follow, tasks, next steps, meetings nobody said were held.
func (s *Store) todoMandate(ctx context.Context, today insertion.Date, _ insertion.Thresholds) ([]insertion.Todo, error) {
	var out []insertion.Todo
	for _, kind := range []mandate.Kind{mandate.Meeting, mandate.Point, mandate.Task, mandate.Promise} {
		due, err := query(ctx, s.r, scanMandate, selectMandate+` WHERE kind = ? AND dated <> '' AND dated <= ?
			AND ifnull(json_extract(doc, '$.etat'), '') NOT IN ('tenue', 'annulée', 'reportée', 'fait', 'abandonné') ORDER BY dated, id LIMIT ?`, kind, today, todosEach)
		if err != nil {
			return nil, err
		}
		for _, r := range due {
			var parent mandate.Record
			if r.Parent != 0 {
				if parent, err = only(query(ctx, s.r, scanMandate, selectMandate+" WHERE id = ?", r.Parent)); err != nil {
					return nil, err
				}
			}
			who, what, waits := mandate.Waiting(r, parent, today)
			if !waits {
				continue
			}
			if who == "" {
				who = "le mandat"
			}
			out = append(out, insertion.Todo{
				Kind: insertion.TodoMandate, Record: int64(r.ID), Who: who, What: what, Since: r.Dated, Urgency: urgentMandate,
				ID: fmt.Sprintf("%s:%d", insertion.TodoMandate, r.ID),
			})
		}
	}
	return out, nil
}
