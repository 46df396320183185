//go:build unix

package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// terminal is the program on a pseudo-terminal, seen through an emulator.
type terminal struct {
	t      *testing.T
	file   *os.File
	wrote  chan struct{} // one beat for each piece of output shown
	mu     sync.Mutex    // the emulator's own locks do not cover reading its screen
	screen *vt.Emulator
}

func (term *terminal) text() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.screen.String()
}

func openTerminal(t *testing.T, cmd *exec.Cmd, w, h int) *terminal {
	t.Helper()
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)})
	if err != nil {
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	term := &terminal{t: t, file: file, screen: vt.NewEmulator(w, h), wrote: make(chan struct{}, 1)}
	t.Cleanup(func() {
		file.Close()
		if answers, ok := term.screen.InputPipe().(io.Closer); ok {
			answers.Close()
		}
	})
	go func() { // what the emulator answers to questions about colours and modes
		buf := make([]byte, 1024)
		for {
			n, err := term.screen.Read(buf)
			if err != nil {
				return
			}
			if _, err := file.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	go func() {
		defer close(term.wrote)
		buf := make([]byte, 32<<10)
		for {
			n, err := file.Read(buf)
			term.mu.Lock()
			term.screen.Write(buf[:n])
			term.mu.Unlock()
			if err != nil {
				return
			}
			select {
			case term.wrote <- struct{}{}:
			default:
			}
		}
	}()
	return term
}

// shows waits for a text to be on the screen.
func (term *terminal) shows(text string) {
	term.t.Helper()
	late := time.After(20 * time.Second)
	for !strings.Contains(term.text(), text) {
		select {
		case _, open := <-term.wrote:
			if !open && !strings.Contains(term.text(), text) {
				term.t.Fatalf("the program left without showing %q:\n%s", text, term.text())
			}
		case <-late:
			term.t.Fatalf("%q never came:\n%s", text, term.text())
		}
	}
}

func (term *terminal) types(keys string) {
	term.t.Helper()
	if _, err := term.file.WriteString(keys); err != nil {
		term.t.Fatal(err)
	}
}

func TestTheScreensOpenMoveAndQuit(t *testing.T) {
	for _, env := range []string{"TERM=xterm-256color", "TERM=dumb", "NO_COLOR=1"} {
		t.Run(env, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, "passerelle", "--base", filepath.Join(t.TempDir(), "base.db"))
			cmd.Env = append(os.Environ(), "TERM=xterm-256color", "PASSERELLE_PERSONNE=Nadia", env)
			term := openTerminal(t, cmd, 80, 24)
			term.shows("Aujourd'hui")
			term.shows("Nadia")
			term.types("gm")
			term.shows("Marchés")
			term.types("?")
			term.shows("Se déplacer")
			term.types("q") // Échap would read as Alt with the next key
			term.shows("tous les lots")
			term.types("\x03")
			if err := cmd.Wait(); err != nil {
				t.Fatalf("the program left badly: %v\n%s", err, term.text())
			}
		})
	}
}
