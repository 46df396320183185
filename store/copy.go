package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"passerelle/internal/insertion"
)

// Copy is what a copy of a file holds, counted in the copy itself.
type Copy struct {
	Lots  int
	Lines int // of hours
}

// alone is how a copy nobody else knows is read: nothing is written beside it.
const alone = reading + "&immutable=1"

// lookOver reads a whole copy and asks it all that Check asks. The error is
// insertion.ErrNotOurs, ErrNewer, or ErrCorrupt with the first thing found wrong.
func lookOver(ctx context.Context, path string) (c Copy, err error) {
	db, err := pool(path, alone, 1)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := ours(ctx, db); err != nil {
		return c, err
	}
	found, err := check(ctx, db)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%w (%s)", insertion.ErrCorrupt, found[0])
	}
	if err != nil {
		return c, err
	}
	err = db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM lot), (SELECT count(*) FROM hour_line)").Scan(&c.Lots, &c.Lines)
	return c, named(err)
}

// ours is the schema of a copy, which an empty file has not.
func ours(ctx context.Context, db *sql.DB) (version int, err error) {
	version, err = schemaOf(ctx, db)
	switch {
	case err != nil:
		return 0, named(err)
	case version == 0:
		return 0, insertion.ErrNotOurs
	case version > schema:
		return 0, insertion.ErrNewer
	}
	return version, nil
}

// partialIn makes an empty file, readable by its owner alone, to be filled then
// renamed.
func partialIn(dir, name string) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(dir, name+".*.partiel") // 0600
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// discard removes a file and what SQLite keeps beside it, if they are there.
func discard(path string) error {
	var all error
	for _, name := range []string{path, path + "-wal", path + "-shm", path + "-journal"} {
		if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

// digest is the SHA-256 and the length of a file.
func digest(ctx context.Context, path string) (sum string, n int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	n, err = io.Copy(h, whileWanted{ctx, f})
	return hex.EncodeToString(h.Sum(nil)), n, err
}

// whileWanted stops reading when the context ends.
type whileWanted struct {
	ctx context.Context
	io.Reader
}

func (r whileWanted) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// syncDir puts the names of a directory on the disk. Windows does it by itself,
// and refuses to be asked.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(filepath.Clean(dir))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
