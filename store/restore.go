package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"passerelle/internal/insertion"
)

var (
	// ErrInUse means another program has the file open.
	ErrInUse = errors.New("un autre programme utilise la base")
	// ErrUnfolded means a file is not whole without the log beside it.
	ErrUnfolded = errors.New("une partie de ce fichier est dans le journal « -wal » à côté de lui")
)

// Restoration is a copy found sound, waiting beside the base whose place it may
// take. Close forgets it.
type Restoration struct {
	Copy
	base    string
	partial string
}

// Unpack takes a copy out of a file, which is left as it is, to restore it as a
// base: open deciphers it. A copy of an older version is brought up to date. The
// base is not touched. The error is insertion.ErrNotOurs, ErrNewer, ErrCorrupt,
// ErrDiskFull or ErrUnfolded, or that of open.
func Unpack(ctx context.Context, from, base string, open func(io.Reader) (io.Reader, error)) (_ *Restoration, err error) {
	base, err = filepath.Abs(base)
	if err != nil {
		return nil, err
	}
	if log, err := os.Stat(from + "-wal"); err == nil && log.Size() > 0 {
		return nil, ErrUnfolded
	}
	r := &Restoration{base: base}
	if r.partial, err = partialIn(filepath.Dir(base), filepath.Base(base)); err != nil {
		return nil, system(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.Close())
		}
	}()
	if err := decipher(ctx, from, r.partial, open); err != nil {
		return nil, system(err)
	}
	if err := rise(ctx, r.partial); err != nil {
		return nil, named(err)
	}
	r.Copy, err = lookOver(ctx, r.partial)
	return r, err
}

// Close removes the copy, unless it became the base.
func (r *Restoration) Close() error { return discard(r.partial) }

// decipher writes what open reads in a file, put on the disk.
func decipher(ctx context.Context, from, to string, open func(io.Reader) (io.Reader, error)) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	plain, err := open(in)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, whileWanted{ctx, plain})
	return errors.Join(err, out.Sync(), out.Close())
}

// rise brings a copy of an older version up to date, once its pages are sound.
func rise(ctx context.Context, path string) (err error) {
	db, err := pool(path, alone, 1)
	if err != nil {
		return err
	}
	version, err := ours(ctx, db)
	if err == nil && version < schema {
		err = whole(ctx, db)
	}
	if err := errors.Join(err, db.Close()); err != nil || version == schema {
		return err
	}
	if db, err = pool(path, writing, 1); err != nil {
		return err
	}
	return errors.Join(climb(ctx, db), db.Close())
}

// whole asks what any version of the file can answer.
func whole(ctx context.Context, db querier) error {
	found, err := query(ctx, db, scanText, "PRAGMA integrity_check(1)")
	if err == nil && found[0] != "ok" {
		err = fmt.Errorf("%w (%s)", insertion.ErrCorrupt, found[0])
	}
	return err
}

// Replace puts the copy in the place of the base and tells under what name the
// previous base, all its changes folded in, is kept; "" when there was none. A
// base too damaged to be folded is kept as it is, with its log. The copy takes its
// owner, its group and its mode, so that who served it serves it still. Nothing is
// touched when another program has it open: the error is ErrInUse.
//
// The base never lacks: its name passes from one file to the other at once. A
// program that opens it between the look for others and that moment, two system
// calls, would go on with the previous one.
func (r *Restoration) Replace(ctx context.Context, now time.Time) (kept string, err error) {
	if kept, err = freeName(r.base + ".avant-restauration." + now.Format(Stamp)); err != nil {
		return "", system(err)
	}
	info, err := os.Stat(r.base)
	there := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", system(err)
	}
	if there {
		if err := fold(ctx, r.base, info.Size()); err != nil && !errors.Is(err, insertion.ErrCorrupt) && !errors.Is(err, insertion.ErrNotOurs) {
			return "", err
		}
		if err := inherit(r.partial, info); err != nil {
			return "", system(err)
		}
		if err := alias(r.base, kept); err != nil {
			return "", system(err)
		}
	}
	if err := r.settle(kept); err != nil {
		return "", errors.Join(system(err), unalias(r.base, kept, there))
	}
	if !there {
		kept = ""
	}
	return kept, syncDir(filepath.Dir(r.base))
}

// settle gives the copy the name of the base. A log left there would be taken for
// its own: it goes with the previous base.
func (r *Restoration) settle(kept string) error {
	for _, end := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Rename(r.base+end, kept+end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.Rename(r.partial, r.base)
}

// Stamp is how a moment is written in the name of a file: it sorts as it passes.
const Stamp = "2006-01-02-150405"

// fold brings every change of the log into the file, which needs it to be open
// nowhere else: SQLite leaves write-ahead logging only when it is alone. It would
// throw away the log of a file that lost its first page.
func fold(ctx context.Context, path string, size int64) (err error) {
	if size < 512 {
		return insertion.ErrCorrupt
	}
	db, err := pool(path, "mode=rw&_error_rc=1&_busy_timeout=2000", 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, q := range []string{"PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE", "ROLLBACK"} {
		if _, err := db.ExecContext(ctx, q); errors.Is(named(err), insertion.ErrBusy) {
			return ErrInUse
		} else if err != nil {
			return named(err)
		}
	}
	return nil
}

// freeName is a name nothing has: with a number after it, when it is taken.
func freeName(name string) (string, error) {
	for free, n := name, 2; ; n++ {
		if _, err := os.Lstat(free); errors.Is(err, fs.ErrNotExist) {
			return free, nil
		} else if err != nil {
			return "", err
		}
		free = fmt.Sprintf("%s.%d", name, n)
	}
}

// alias gives a file a second name; where that cannot be, it takes it as its only
// one.
func alias(path, to string) error {
	if err := os.Link(path, to); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(path, to)
}

// unalias undoes alias.
func unalias(path, to string, aliased bool) error {
	if !aliased {
		return nil
	}
	if _, err := os.Stat(path); err == nil {
		return os.Remove(to)
	}
	return os.Rename(to, path)
}
