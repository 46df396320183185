package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"passerelle": main})
}

// The stories run the real binary, each in a folder and a file of its own.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"status": status, "newer": newer, "keys": keys, "appears": appears},
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_DATA_HOME", filepath.Join(e.WorkDir, "donnees"))
			e.Setenv("LOCALAPPDATA", filepath.Join(e.WorkDir, "donnees"))
			e.Setenv("PASSERELLE_BASE", filepath.Join(e.WorkDir, "base.db"))
			e.Setenv("PASSERELLE_PERSONNE", "Nadia")
			e.Setenv("TMPDIR", e.WorkDir)
			e.Setenv("L_AN_DERNIER", strconv.Itoa(time.Now().Year()-1))
			return nil
		},
	})
}

// status runs a command and checks its exit status: « status 2 passerelle x ».
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// newer makes a base one of a later version: its user_version, which stands at
// byte 60 of a SQLite file, becomes very large.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	_, err = f.WriteAt([]byte{0, 0, 0x27, 0x0f}, 60)
	ts.Check(errors.Join(err, f.Close()))
}
