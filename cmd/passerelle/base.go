package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"passerelle/store"
)

// version is what the build knows of itself.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "(compilée depuis les sources)"
	}
	return info.Main.Version
}

// folder is where the platform keeps application data.
func (p *program) folder() (string, error) {
	home := cmp.Or(p.env.value("HOME"), p.env.value("USERPROFILE"))
	switch runtime.GOOS {
	case "windows":
		if d := p.env.value("LOCALAPPDATA"); d != "" {
			return filepath.Join(d, "Passerelle"), nil
		}
	case "darwin":
		if home != "" {
			return filepath.Join(home, "Library", "Application Support", "Passerelle"), nil
		}
	default:
		if d := p.env.value("XDG_DATA_HOME"); filepath.IsAbs(d) {
			return filepath.Join(d, "passerelle"), nil
		}
		if home != "" {
			return filepath.Join(home, ".local", "share", "passerelle"), nil
		}
	}
	return "", errors.New("votre dossier de données est introuvable : nommez la base avec --base FICHIER")
}

// path is the file the commands work on.
func (p *program) path() (string, error) {
	if named := cmp.Or(p.base, p.env.value("PASSERELLE_BASE")); named != "" {
		return named, nil
	}
	dir, err := p.folder()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "passerelle.db"), nil
}

// lacks tells that the file is not there yet: opening it makes it.
func (p *program) lacks() bool {
	if p.shared != nil {
		return false
	}
	path, err := p.path()
	if err == nil {
		_, err = os.Stat(path)
	}
	return errors.Is(err, fs.ErrNotExist)
}

// who is the name written in the journal.
func (p *program) who() string {
	named := cmp.Or(p.person, p.env.value("PASSERELLE_PERSONNE"), p.env.value("USER"), p.env.value("USERNAME"))
	if named == "" {
		if u, err := user.Current(); err == nil {
			named = u.Username
		}
	}
	named = named[strings.LastIndexByte(named, '\\')+1:] // Windows: DOMAIN\name
	return cmp.Or(strings.TrimSpace(clean(named)), "anonyme")
}

// openOwn opens the person's own file.
func (p *program) openOwn(ctx context.Context) (*store.Store, error) {
	path, err := p.path()
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, path)
}

// with opens the file, does the work, and closes it.
func (p *program) with(ctx context.Context, work func(*store.Store) error) (err error) {
	if p.shared != nil {
		return work(p.shared) // the server's to close
	}
	s, err := p.openOwn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return work(s)
}
