//go:build unix

package store

import (
	"io/fs"
	"os"
	"syscall"
)

// inherit gives a file the owner, the group and the mode of the one it is about
// to replace. Only root gives a file away: where the owner or the group cannot be
// kept, nobody but the owner keeps any right.
func inherit(path string, replaced fs.FileInfo) error {
	mode := replaced.Mode().Perm()
	if owner, ok := replaced.Sys().(*syscall.Stat_t); !ok || os.Chown(path, int(owner.Uid), int(owner.Gid)) != nil {
		mode &= 0o700
	}
	return os.Chmod(path, mode)
}
