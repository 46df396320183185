package store

import "context"

// Version is a number that moves whenever anyone, in this process or another,
// commits a change. It costs one tiny query on a connection of its own.
func (s *Store) Version(ctx context.Context) (int64, error) {
	s.pin.Lock()
	defer s.pin.Unlock()
	if s.pinned == nil {
		conn, err := s.r.Conn(context.WithoutCancel(ctx))
		if err != nil {
			return 0, named(err)
		}
		s.pinned = conn
	}
	var v int64
	err := s.pinned.QueryRowContext(ctx, "PRAGMA data_version").Scan(&v)
	return v, named(err)
}
