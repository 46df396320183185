package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"

	"passerelle/internal/insertion"
)

// What makes a file ours, and the schema this program writes: the number of the
// last file of migrations, which sets both itself.
const (
	applicationID = 1346458450
	schema        = 8
)

//go:embed migrations/*.sql
var migrations embed.FS

// upToDate recognises the file and migrates it when it is older. A file already
// up to date costs two pragmas and a look at an empty table.
func (s *Store) upToDate(ctx context.Context) error {
	for deadline := time.Now().Add(patience); ; {
		version, err := schemaOf(ctx, s.all)
		switch {
		case err != nil && errors.Is(named(err), insertion.ErrBusy) && time.Now().Before(deadline):
			if err := pause(ctx, time.Millisecond); err != nil {
				return err
			}
			continue
		case err != nil:
			return named(err)
		case version == schema:
			return s.settle(ctx)
		case version > schema:
			return insertion.ErrNewer
		}
		// Another process may be migrating the same file: look again.
		if err := s.migrate(ctx, version); err != nil {
			now, e := schemaOf(ctx, s.all)
			if e == nil && now == schema {
				continue
			}
			climbing := e == nil && now != version // somebody else, a step ahead
			if !climbing && !errors.Is(named(err), insertion.ErrBusy) || time.Now().After(deadline) {
				return named(err)
			}
			if err := pause(ctx, time.Millisecond); err != nil {
				return err
			}
		}
	}
}

// schemaOf is the version of the file's schema, 0 for an empty file.
func schemaOf(ctx context.Context, db *sql.DB) (int, error) {
	var id, version, tables int
	err := db.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		EXISTS (SELECT 1 FROM sqlite_schema WHERE name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%')`).
		Scan(&id, &version, &tables)
	if err != nil {
		return 0, err
	}
	if id != applicationID && (id != 0 || tables != 0) {
		return 0, insertion.ErrNotOurs
	}
	return version, nil
}

func (s *Store) migrate(ctx context.Context, from int) error {
	if from > 0 {
		if err := keepCopy(ctx, s.w, fmt.Sprintf("%s.v%d", s.path, from)); err != nil {
			return err
		}
	}
	return climb(ctx, s.w)
}

// climb applies the migrations a file has not had.
func climb(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// keepCopy writes a copy of the database beside it, once for each version left.
// Two processes may do it at once: each writes its own, the last name wins.
func keepCopy(ctx context.Context, db *sql.DB, to string) (err error) {
	if _, err := os.Stat(to); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*.partiel") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := f.Close(); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", f.Name()); err != nil {
		return err
	}
	return os.Rename(f.Name(), to)
}
