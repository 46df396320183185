package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	gossh "golang.org/x/crypto/ssh"
)

// served is the real command « servir » on a file with a facilitator, Camille, and
// a delegate, Dominique.
type served struct {
	t    *testing.T
	base string
	addr string
	keys map[string]gossh.Signer
	stop func()
}

// lines is standard output as a test reads it.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// preparedDemo is the file of the demonstration, made once.
var preparedDemo = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "passerelle")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	base := filepath.Join(dir, "base.db")
	var errs bytes.Buffer
	if status := run(context.Background(), []string{"demo", "--preparer", "--base", base}, os.Environ(), strings.NewReader(""), io.Discard, &errs); status != done {
		return nil, fmt.Errorf("demo: %d, %s", status, errs.String())
	}
	return os.ReadFile(base)
})

// serving is a server on a file of its own, open.
func serving(t *testing.T) *served {
	t.Helper()
	s := prepared(t)
	s.start()
	t.Cleanup(func() { s.stop() })
	return s
}

func prepared(t *testing.T) *served {
	t.Helper()
	s := &served{t: t, base: filepath.Join(t.TempDir(), "base.db"), keys: map[string]gossh.Signer{}}
	file, err := preparedDemo()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.base, file, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, role := range map[string]string{"Camille": "facilitateur", "Dominique": "délégation"} {
		var key string
		key, s.keys[name] = newKey(t)
		s.here("utilisateur", "ajouter", name, "--role", role, "--cle", key)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

// newKey is a key as authorized_keys writes it, and the private one.
func newKey(t *testing.T) (string, gossh.Signer) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(gossh.MarshalAuthorizedKey(signer.PublicKey()))), signer
}

// start runs « servir »; stop asks it to end, as the system would, and waits.
func (s *served) start() {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(s.t.Context()))
	var out, errs lines
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"servir", "--adresse", s.addr, "--base", s.base, "--poignees-par-minute", "100000", "--copies", "non"}, nil, strings.NewReader(""), &out, &errs)
	}()
	s.stop = sync.OnceFunc(func() {
		cancel()
		if status := <-ended; status != done {
			s.t.Errorf("the server ended with %d: %s", status, errs.String())
		}
	})
	s.until(func() bool { return strings.Contains(out.String(), "écoute sur") })
}

// here runs a command on the server's own machine.
func (s *served) here(args ...string) string {
	s.t.Helper()
	var out, errs bytes.Buffer
	if status := run(s.t.Context(), append(args, "--base", s.base, "--personne", "Camille"), os.Environ(), strings.NewReader(""), &out, &errs); status != done {
		s.t.Fatalf("%v: %d, %s", args, status, errs.String())
	}
	return out.String()
}

func (s *served) until(ok func() bool) {
	s.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	late := time.After(20 * time.Second)
	for !ok() {
		select {
		case <-tick.C:
		case <-late:
			s.t.Fatal("it never happened")
		}
	}
}

func (s *served) connect(key gossh.Signer) (*gossh.Client, error) {
	return gossh.Dial("tcp", s.addr, &gossh.ClientConfig{User: "root", Auth: []gossh.AuthMethod{gossh.PublicKeys(key)}, HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second})
}

func (s *served) dial(who string) *gossh.Client {
	s.t.Helper()
	c, err := s.connect(s.keys[who])
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// there runs a command over SSH.
func (s *served) there(who, command string) (out string, failed bool) {
	s.t.Helper()
	sess, err := s.dial(who).NewSession()
	if err != nil {
		s.t.Fatal(err)
	}
	defer sess.Close()
	sess.Stdin = strings.NewReader("")
	both, err := sess.CombinedOutput(command)
	return string(both), err != nil
}

// visitor is somebody at a terminal of 120 by 40, over SSH.
type visitor struct {
	*served
	client *gossh.Client
	sess   *gossh.Session
	screen *screen
	keys   io.Writer
}

// screen is what she sees.
type screen struct {
	mu   sync.Mutex
	term *vt.Emulator
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.term.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.term.String()
}

func (s *served) screens(who string) *visitor {
	s.t.Helper()
	c := s.dial(who)
	sess, err := c.NewSession()
	if err != nil {
		s.t.Fatal(err)
	}
	shown := &screen{term: vt.NewEmulator(120, 40)}
	go func() { _, _ = io.Copy(io.Discard, shown.term) }() // what the emulator answers
	sess.Stdout, sess.Stderr = shown, shown
	keys, err := sess.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := sess.RequestPty("xterm-256color", 40, 120, nil); err != nil {
		s.t.Fatal(err)
	}
	if err := sess.Shell(); err != nil {
		s.t.Fatal(err)
	}
	t := &visitor{s, c, sess, shown, keys}
	t.sees(who + ", ")
	return t
}

func (t *visitor) presses(keys string) {
	t.t.Helper()
	if _, err := io.WriteString(t.keys, keys); err != nil {
		t.t.Fatal(err)
	}
}

func (t *visitor) sees(text string) {
	t.t.Helper()
	defer func() {
		if t.t.Failed() {
			t.t.Logf("no %q in\n%s", text, t.screen.String())
		}
	}()
	t.until(func() bool { return strings.Contains(t.screen.String(), text) })
}
