package store

import "context"

// Version is a number that moves whenever anyone, in this process or another,
// commits a change. It costs one tiny query on a connection of its own.
func (s *Store) Version(ctx context.Context) (int64, error) {
	s.pin.Lock()
	defer s.pin.Unlock()
	if s.pinned == nil {
		conn, err := s.all.Conn(context.WithoutCancel(ctx))
		if err != nil {
			return 0, named(err)
		}
		s.pinned = conn
	}
	var v int64
	err := s.pinned.QueryRowContext(ctx, "PRAGMA data_version").Scan(&v)
	return v, named(err)
}

// Content is a number that moves when what people see changed: unlike Version it
// does not move when somebody merely came in. It is read when Version moved.
func (s *Store) Content(ctx context.Context) (int64, error) {
	var change, imports, read int64
	err := s.all.QueryRowContext(ctx, `SELECT (SELECT ifnull(max(id), 0) FROM change), (SELECT ifnull(max(id), 0) FROM import),
		(SELECT ifnull(sum(n), 0) FROM lot_count) + (SELECT ifnull(max(id), 0) FROM structure)`).Scan(&change, &imports, &read)
	return change<<40 ^ imports<<24 ^ read, named(err)
}
