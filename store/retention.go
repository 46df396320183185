package store

import (
	"context"

	"passerelle/internal/insertion"
)

const retentionName = "conservation"

// Retention reads how long things are kept, or the defaults.
func (s *Store) Retention(ctx context.Context) (insertion.Retention, error) {
	r := insertion.DefaultRetention()
	err := settingOver(ctx, s.r, retentionName, &r)
	return r, err
}

// SetRetention changes how long things are kept from what was read; the error is an
// *insertion.FieldError when a term is out of range or a lot unknown,
// insertion.ErrStale when somebody changed them since.
func (s *Store) SetRetention(ctx context.Context, by string, was, is insertion.Retention) error {
	if err := s.may(insertion.ActSettings); err != nil {
		return err
	}
	if err := is.Validate(); err != nil {
		return err
	}
	return s.change(ctx, by, "délais de conservation", 0, func(c *record) error {
		for _, lot := range is.Funded {
			var there bool
			if err := c.QueryRowContext(c, "SELECT EXISTS (SELECT 1 FROM lot WHERE id = ?)", lot).Scan(&there); err != nil {
				return err
			}
			if !there {
				return &insertion.FieldError{Field: "lots_fse", Reason: "aucun lot " + insertion.Thousands(int64(lot)) + " dans ce fichier"}
			}
		}
		return replaceSettings(c, retentionName, insertion.DefaultRetention(), was, is)
	})
}

// Expired is what has passed its term, and who soon will: what an erasure at term
// would do, and what holds some back. It is of the whole file, for who may erase.
func (s *Store) Expired(ctx context.Context) (insertion.RetentionReport, error) {
	today := insertion.DateOf(s.now())
	out := insertion.RetentionReport{On: today}
	if err := s.may(insertion.ActErase); err != nil {
		return out, err
	}
	r, err := s.Retention(ctx)
	if err != nil {
		return out, err
	}
	if out.Persons, err = expiries(ctx, s.r, r, today, 0); err != nil {
		return out, err
	}
	for _, kind := range insertion.TraceKinds() {
		t, err := traceOf(ctx, s.r, kind, r, today)
		if err != nil {
			return out, err
		}
		if t.Count > 0 {
			out.Traces = append(out.Traces, t)
		}
	}
	err = s.r.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM unwritten)").Scan(&out.Rewrite)
	return out, named(err)
}

// Processings is the record of what is held on persons, counted, with the file's
// own terms and roles.
func (s *Store) Processings(ctx context.Context) ([]insertion.Processing, error) {
	if err := s.mayWhole(insertion.ActJournal); err != nil {
		return nil, err
	}
	r, err := s.Retention(ctx)
	if err != nil {
		return nil, err
	}
	var names bool
	if err := s.all.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM setting WHERE name = ? AND value = 'oui')", namesSetting).Scan(&names); err != nil {
		return nil, named(err)
	}
	list := insertion.Processings(r, names)
	for i, p := range list {
		// How many, never who: even a role that may not read the rows is told.
		if err := s.all.QueryRowContext(ctx, "SELECT count(*) FROM "+p.Table).Scan(&list[i].Held); err != nil {
			return nil, named(err)
		}
	}
	return list, nil
}
