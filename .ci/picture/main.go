// Command picture draws the screens of the README from the program itself: it
// runs the demonstration in a pseudo-terminal, types keys, and writes what a
// terminal would show as SVG.
//
//	cd .ci && go run ./picture
//
// The demonstration is relative to the day it is made, and so are the pictures.
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

const (
	width, height = 112, 32
	calm          = 400 * time.Millisecond // no output for so long: the screen has settled
	patience      = 20 * time.Second
)

// shot is a picture: the keys that lead to it from the first screen.
type shot struct{ file, keys string }

func shots() []shot {
	return []shot{
		{"aujourdhui.svg", ""},
		{"marches.svg", "gm"},
		{"candidats.svg", "gms\rm"},
		{"heures.svg", "gh"},
		{"bilans.svg", "gb\t\t"},
		{"mandat.svg", "ge"},
	}
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	dir, err := os.MkdirTemp("", "picture")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "passerelle")
	build := exec.Command("go", "build", "-o", program, "./cmd/passerelle")
	build.Dir, build.Stderr = "..", os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build: %w", err)
	}
	for _, s := range shots() {
		screen, err := open(program, filepath.Join(dir, "demo.db"))
		if err != nil {
			return err
		}
		for _, k := range s.keys {
			if err := screen.settle(); err != nil {
				return err
			}
			if err := screen.press(k); err != nil {
				return err
			}
		}
		if err := screen.settle(); err != nil {
			return fmt.Errorf("%s: %w", s.file, err)
		}
		if err := os.WriteFile(filepath.Join("picture", s.file), []byte(screen.svg()), 0o644); err != nil {
			return err
		}
		screen.close()
	}
	return nil
}

// terminal is the program on a pseudo-terminal and the screen it drew.
type terminal struct {
	tty *os.File
	cmd *exec.Cmd
	mu  sync.Mutex
	emu *vt.Emulator
	at  time.Time // of the last output
	n   int       // bytes read
}

func open(program, base string) (*terminal, error) {
	cmd := exec.Command(program, "demo", "--base", base, "--personne", "facilitatrice")
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=", "NO_COLOR=")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: height, Cols: width})
	if err != nil {
		return nil, err
	}
	t := &terminal{tty: tty, cmd: cmd, emu: vt.NewEmulator(width, height), at: time.Now()}
	go io.Copy(tty, t.emu) // answers to the program's queries
	go func() {
		buf := make([]byte, 1<<16)
		for {
			n, err := tty.Read(buf)
			if n > 0 {
				t.mu.Lock()
				t.emu.Write(buf[:n])
				t.at, t.n = time.Now(), t.n+n
				t.mu.Unlock()
			}
			if err != nil {
				return
			}
		}
	}()
	return t, nil
}

// press types a key; the screen is not calm until it has had time to answer.
func (t *terminal) press(k rune) error {
	t.mu.Lock()
	t.at = time.Now()
	t.mu.Unlock()
	_, err := fmt.Fprintf(t.tty, "%c", k)
	return err
}

// settle waits until the program has drawn and stays calm.
func (t *terminal) settle() error {
	for start := time.Now(); time.Since(start) < patience; time.Sleep(20 * time.Millisecond) {
		t.mu.Lock()
		calmed := time.Since(t.at) > calm && strings.Contains(t.emu.String(), "Passerelle ›")
		t.mu.Unlock()
		if calmed {
			return nil
		}
	}
	return fmt.Errorf("the screen never settled")
}

func (t *terminal) close() {
	t.tty.Write([]byte{3})
	t.cmd.Process.Signal(os.Interrupt)
	t.cmd.Wait()
	t.tty.Close()
}
