package main

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"passerelle/internal/insertion"
)

// dayBoard is what many sessions of a server open on: worked out once for each
// state of the file and each role, then handed to all of them. Two hundred people
// who log in at nine cost one queue, not two hundred.
type dayBoard struct {
	mu      sync.Mutex
	version int64
	pages   map[string]*dayPage
}

// dayPage is one answer; ready is closed once it is there.
type dayPage struct {
	ready chan struct{}
	value any
	err   error
}

// once gives the answer under a key at a version, working it out the first time.
// Whoever comes meanwhile waits for it, or leaves.
func (b *dayBoard) once(ctx context.Context, version int64, key string, work func(context.Context) (any, error)) (any, error) {
	b.mu.Lock()
	if b.pages == nil || b.version != version {
		b.version, b.pages = version, map[string]*dayPage{}
	}
	p, known := b.pages[key]
	if !known {
		p = &dayPage{ready: make(chan struct{})}
		b.pages[key] = p
	}
	b.mu.Unlock()
	if !known {
		// The others count on it: it goes on even if this session leaves.
		p.value, p.err = work(context.WithoutCancel(ctx))
		close(p.ready)
		if p.err != nil {
			b.mu.Lock()
			if b.pages[key] == p {
				delete(b.pages, key)
			}
			b.mu.Unlock()
		}
	}
	select {
	case <-p.ready:
		return p.value, p.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Todos is the queue of the day, shared. Nobody writes in what it returns.
func (d sharedDesk) Todos(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	key := fmt.Sprint("todos ", d.Access().Role, d.Access().Buyers, today)
	v, err := d.house.day.once(ctx, d.house.version.Load(), key, func(ctx context.Context) (any, error) { return d.desk.Todos(ctx, today, t) })
	list, _ := v.([]insertion.Todo)
	return list, err
}

// Figures are the totals of the day, shared.
func (d sharedDesk) Figures(ctx context.Context, today insertion.Date, t insertion.Thresholds) (insertion.Figures, error) {
	key := fmt.Sprint("figures ", d.Access().Buyers, today)
	v, err := d.house.day.once(ctx, d.house.version.Load(), key, func(ctx context.Context) (any, error) { return d.desk.Figures(ctx, today, t) })
	f, _ := v.(insertion.Figures)
	return f, err
}

// Lots shares the beginning of a list that nobody searches: where everybody
// arrives, and what everybody reads again at each change.
func (d sharedDesk) Lots(ctx context.Context, f insertion.LotFilter, p insertion.Page) ([]insertion.LotRow, error) {
	if f.Text != "" || p.Backwards || p.From != (insertion.Cursor{}) {
		return d.desk.Lots(ctx, f, p)
	}
	key := fmt.Sprint("lots ", d.Access().Buyers, f, p.Limit)
	v, err := d.house.day.once(ctx, d.house.version.Load(), key, func(ctx context.Context) (any, error) { return d.desk.Lots(ctx, f, p) })
	rows, _ := v.([]insertion.LotRow)
	return slices.Clip(rows), err // what a session appends is its own
}

// CountLots shares the count of such a list: tens of milliseconds for a country.
func (d sharedDesk) CountLots(ctx context.Context, f insertion.LotFilter, limit int) (insertion.Count, error) {
	if f.Text != "" {
		return d.desk.CountLots(ctx, f, limit)
	}
	key := fmt.Sprint("count ", d.Access().Buyers, f, limit)
	v, err := d.house.day.once(ctx, d.house.version.Load(), key, func(ctx context.Context) (any, error) { return d.desk.CountLots(ctx, f, limit) })
	n, _ := v.(insertion.Count)
	return n, err
}
