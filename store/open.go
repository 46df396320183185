package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"modernc.org/sqlite"

	"passerelle/internal/insertion"
)

// Store is one open file, seen by one person: As gives the view of another. It is
// safe for concurrent use.
type Store struct {
	*handle
	r      querier          // query only, and only what the access may see: a pool, or one moment (still)
	access insertion.Access // on whose behalf it is read and written
	anyway bool             // see Anyway
}

// handle is the file under every view of it.
type handle struct {
	path     string
	w        *sql.DB      // one connection, immediate transactions
	all      *sql.DB      // query only
	readOnly bool         // the file may not be written
	waiting  atomic.Int32 // writers of this process waiting for their turn
	now      func() time.Time

	pin    sync.Mutex
	pinned *sql.Conn          // PRAGMA data_version compares within one connection
	veiled map[string]*sql.DB // by what they hide
}

// Settings every connection gets from its address. The driver validates its
// shorthand keys; what it has no key for goes through _pragma.
const (
	settings = "_foreign_keys=on&_dqs=0&_error_rc=1&_defensive=1"
	writing  = settings + "&_journal_mode=WAL&_synchronous=FULL&_txlock=immediate&_busy_timeout=5" +
		"&_pragma=cache_size(-16384)&_pragma=wal_autocheckpoint(8000)&_pragma=journal_size_limit(67108864)&_pragma=temp_store(2)&_pragma=secure_delete(1)" // what is deleted is overwritten: measured, at no cost
	readable = settings + "&_busy_timeout=5000&mode=ro&_pragma=cache_size(-6144)"
	reading  = readable + "&_query_only=1"
)

// Open opens the file, creating it (mode 0600) and its directories (0700) when
// it does not exist, and brings an older one up to date after keeping a copy of
// it beside. A file that may only be read opens for reading. Errors wrap
// insertion.ErrNotOurs, ErrNewer, ErrReadOnly, ErrDiskFull, ErrCorrupt or
// ErrBusy.
func Open(ctx context.Context, path string) (*Store, error) { return OpenAt(ctx, path, time.Now) }

// OpenAt is Open with a clock of the caller's: the demonstration and the tests
// live on a day of their own.
func OpenAt(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	// Half the cost of a commit on Linux, no less safe; elsewhere it does not exist.
	if _, err := sqlite.Fdatasync(true); err != nil && !errors.Is(err, sqlite.ErrFdatasyncUnavailable) {
		return nil, err
	}
	s := &Store{handle: &handle{path: path, now: now}}
	if s.readOnly, err = prepareFile(path); err != nil {
		return nil, err
	}
	// Neither opens a connection yet: the reader looks first, so that a file of
	// somebody else's is not even turned to write-ahead logging.
	if s.all, err = pool(path, reading, 4); err != nil {
		return nil, err
	}
	s.r = s.all
	if s.readOnly {
		s.w = s.all
	} else if s.w, err = pool(path, writing, 1); err != nil {
		return nil, err
	}
	if err := s.upToDate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	// Only a connection that may write folds the log back into the file when it
	// closes last.
	if tx, err := s.begin(ctx); err != nil && !s.readOnly {
		return nil, errors.Join(err, s.Close())
	} else if err == nil {
		if err := tx.Rollback(); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

func connector(path, settings string) (driver.Connector, error) {
	return sqlite.NewConnector(address(path, settings))
}

func pool(path, settings string, size int) (*sql.DB, error) {
	c, err := connector(path, settings)
	if err != nil {
		return nil, err
	}
	return pooled(c, size), nil
}

func pooled(c driver.Connector, size int) *sql.DB {
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db
}

// address is how SQLite is told of a file and its settings.
func address(path, settings string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: settings}
	return u.String()
}

// prepareFile creates the file when it is missing, private, and tells whether
// it may only be read. What is plainly not a database is refused here, before
// SQLite writes anything beside it.
func prepareFile(path string) (readOnly bool, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return false, system(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil && errors.Is(system(err), insertion.ErrReadOnly) {
		readOnly = true
		f, err = os.Open(path)
	}
	if err != nil {
		if info, e := os.Stat(path); e == nil && info.IsDir() {
			return false, insertion.ErrNotOurs
		}
		return false, system(err)
	}
	var head [16]byte
	n, _ := f.Read(head[:]) // a short read is an empty or a foreign file
	if err := f.Close(); err != nil {
		return false, err
	}
	if n > 0 && string(head[:]) != "SQLite format 3\x00" {
		return false, insertion.ErrNotOurs
	}
	return readOnly, nil
}

// system turns an error of the file system into one every room knows.
func system(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return errors.Join(insertion.ErrDiskFull, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return errors.Join(insertion.ErrReadOnly, err)
	}
	return err
}

// Close closes the file; the write-ahead log is folded into it.
func (s *Store) Close() error {
	s.pin.Lock()
	defer s.pin.Unlock()
	var err error
	if s.pinned != nil {
		err = s.pinned.Close()
		s.pinned = nil
	}
	for _, db := range s.veiled {
		err = errors.Join(err, db.Close())
	}
	err = errors.Join(err, s.all.Close())
	if s.w != s.all {
		err = errors.Join(err, s.w.Close())
	}
	return err
}

// Path is where the file is.
func (s *Store) Path() string { return s.path }
