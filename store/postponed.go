package store

import (
	"context"
	"errors"
	"strings"

	"passerelle/internal/insertion"
)

// Postpone puts a line of Aujourd'hui off until a day, with a reason; a line
// already put off is put off again.
func (s *Store) Postpone(ctx context.Context, by string, p insertion.Postponed) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	switch {
	case p.Todo == "":
		return &insertion.FieldError{Field: "action", Reason: "quelle action ?"}
	case p.Until <= insertion.DateOf(s.now()):
		return &insertion.FieldError{Field: "jusqu_au", Reason: "une date à venir"}
	case strings.TrimSpace(p.Reason) == "":
		return &insertion.FieldError{Field: "raison", Reason: "dites pourquoi"}
	}
	return s.change(ctx, by, "reporté au "+p.Until.French()+" : "+p.Reason, 0, func(r *record) error {
		var id int64
		err := named(r.QueryRowContext(r, "SELECT id FROM postponed WHERE todo = ?", p.Todo).Scan(&id))
		if errors.Is(err, insertion.ErrNotFound) {
			id, err = r.exec("INSERT INTO postponed (todo, until, reason, by) VALUES (?, ?, ?, ?)", p.Todo, p.Until, p.Reason, by)
			r.created("postponed", id)
			return err
		}
		if err != nil {
			return err
		}
		if err := r.touch("postponed", id); err != nil {
			return err
		}
		_, err = r.exec("UPDATE postponed SET until = ?, reason = ?, by = ? WHERE id = ?", p.Until, p.Reason, by, id)
		return err
	})
}

const selectPostponed = "SELECT todo, until, reason, by FROM postponed"

func scanPostponed(scan func(...any) error) (p insertion.Postponed, err error) {
	err = scan(&p.Todo, &p.Until, &p.Reason, &p.By)
	return p, err
}

// Postponements are the lines put off to a day still to come.
func (s *Store) Postponements(ctx context.Context) ([]insertion.Postponed, error) {
	return query(ctx, s.r, scanPostponed, selectPostponed+" WHERE until > ? ORDER BY until, id", insertion.DateOf(s.now()))
}

// Resume brings a line back before its day.
func (s *Store) Resume(ctx context.Context, by, todo string) error {
	if err := s.may(insertion.ActWrite); err != nil {
		return err
	}
	return s.change(ctx, by, "report levé", 0, func(r *record) error {
		var id int64
		if err := r.QueryRowContext(r, "SELECT id FROM postponed WHERE todo = ?", todo).Scan(&id); err != nil {
			return err
		}
		if err := r.touch("postponed", id); err != nil {
			return err
		}
		return r.remove("postponed", id)
	})
}
