//go:build unix

package store

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// service is the user a server runs as, in these tests: nobody.
const service = 65534

// handed gives a file to the service, where who tests may, and a mode no program
// of ours gives by itself; it tells whose the file must be after.
func handed(t *testing.T, path string) (uid, gid int) {
	t.Helper()
	uid, gid = os.Getuid(), os.Getgid()
	if uid == 0 {
		uid, gid = service, service
		if err := os.Chown(path, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	return uid, gid
}

func belongs(t *testing.T, path string, uid, gid int) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	owner := info.Sys().(*syscall.Stat_t)
	if int(owner.Uid) != uid || int(owner.Gid) != gid || info.Mode().Perm() != 0o640 {
		t.Errorf("%s belongs to %d:%d %o, not to %d:%d 640", path, owner.Uid, owner.Gid, info.Mode().Perm(), uid, gid)
	}
}

func TestARestoredBaseBelongsToWhoServedThePreviousOne(t *testing.T) {
	base := filepath.Join(t.TempDir(), "base.db")
	if err := fresh(t, base).Close(); err != nil {
		t.Fatal(err)
	}
	uid, gid := handed(t, base)
	kept, err := restored(t, backedUp(t, 2), base)
	if err != nil {
		t.Fatal(err)
	}
	belongs(t, base, uid, gid)
	belongs(t, kept, uid, gid)
}

func TestABackupWrittenAgainIsStillReadByWhoReadIt(t *testing.T) {
	s, to := opened(t), filepath.Join(t.TempDir(), "copie.db")
	if _, err := s.Backup(t.Context(), to, BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	uid, gid := handed(t, to)
	if _, err := s.Backup(t.Context(), to, BackupOptions{Overwrite: true}); err != nil {
		t.Fatal(err)
	}
	belongs(t, to, uid, gid)
}
