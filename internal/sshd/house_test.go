package sshd

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"
)

// house is a server on the loopback with a register of keys.
type house struct {
	t      *testing.T
	server *Server
	addr   string
	time   *handClock // nil: the time of the machine

	mu       sync.Mutex
	keys     map[string]string // fingerprint to name
	rights   string            // of everybody
	shut     bool              // the register cannot be read
	events   []Event
	terminal Terminal // of the last program made
	version  atomic.Int64
}

// handClock is a time that a test moves by hand.
type handClock struct {
	mu    sync.Mutex
	at    time.Time
	beats chan time.Time
}

func (c *handClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// passes moves the time without a round.
func (c *handClock) passes(d time.Duration) {
	c.mu.Lock()
	c.at = c.at.Add(d)
	c.mu.Unlock()
}

func (h *house) Enter(_ context.Context, fingerprint string) (Guest, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	name, ok := h.keys[fingerprint]
	switch {
	case h.shut:
		return Guest{}, errors.New("the register cannot be read")
	case !ok:
		return Guest{}, ErrUnknownKey
	}
	return Guest{User: 1, Name: name, Rights: h.rights}, nil
}

func (h *house) closes(register bool) {
	h.mu.Lock()
	h.shut = register
	h.mu.Unlock()
}

func (h *house) log(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, e)
}

func (h *house) logged(kind EventKind) []Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(h.events), func(e Event) bool { return e.Kind != kind })
}

// known is a new key, registered.
func (h *house) known(name string) gossh.Signer {
	h.t.Helper()
	key := newKey(h.t)
	h.register(key, name)
	return key
}

func (h *house) register(key gossh.Signer, name string) {
	h.mu.Lock()
	h.keys[gossh.FingerprintSHA256(key.PublicKey())] = name
	h.mu.Unlock()
	h.version.Add(1)
}

func (h *house) remove(key gossh.Signer) {
	h.mu.Lock()
	delete(h.keys, gossh.FingerprintSHA256(key.PublicKey()))
	h.mu.Unlock()
	h.version.Add(1)
}

// open is a server in the time of the machine.
func open(t *testing.T, limits Limits) *house {
	t.Helper()
	return opened(t, limits, clock{time.Now, time.NewTicker(roundEvery).C}, nil)
}

// openByHand is a server whose time and rounds are the test's.
func openByHand(t *testing.T, limits Limits) *house {
	t.Helper()
	c := &handClock{at: time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC), beats: make(chan time.Time)}
	return opened(t, limits, clock{c.now, c.beats}, c)
}

func opened(t *testing.T, limits Limits, c clock, hand *handClock) *house {
	t.Helper()
	h := &house{t: t, keys: map[string]string{}, time: hand}
	s, err := start(Options{
		HostKey: filepath.Join(t.TempDir(), "host"), Limits: limits, Door: h, Log: h.log, Changed: h.version.Load,
		Screens: h.screens, Command: h.command,
	}, c)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.server, h.addr = s, l.Addr().String()
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	t.Cleanup(func() {
		h.stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return h
}

// stop shuts the server down, moving its time along when it is the test's.
func (h *house) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		_ = h.server.Shutdown(ctx)
	}()
	if h.time == nil {
		<-stopped
		return
	}
	for {
		select {
		case <-stopped:
			return
		case h.time.beats <- h.time.now():
			h.time.passes(time.Second)
		}
	}
}

// round lets some time pass once nothing is being written, then the server looks
// at everybody once.
func (h *house) round(after time.Duration) {
	h.t.Helper()
	h.until(func() bool {
		return !slices.ContainsFunc(h.server.all(), func(one *live) bool { return one.writing.Load() != 0 })
	})
	h.roundAnyway(after)
}

// roundAnyway is round in the middle of writes that wait.
func (h *house) roundAnyway(after time.Duration) {
	h.t.Helper()
	h.time.passes(after)
	for range 2 { // the second is taken once the first is over
		select {
		case h.time.beats <- h.time.now():
		case <-time.After(patience):
			h.t.Fatal("the server no longer makes its rounds")
		}
	}
}

func (h *house) screens(_ context.Context, v Visitor, t Terminal) (Screens, error) {
	if v.Name == "Absente" {
		panic("broken before the first screen")
	}
	h.mu.Lock()
	h.terminal = t
	h.mu.Unlock()
	return Screens{Model: &echo{w: t.Width, h: t.Height}, Leave: func(r string) tea.Msg { return leaveMsg(r) }}, nil
}

func (h *house) command(ctx context.Context, v Visitor, args []string, in io.Reader, out, errs io.Writer) int {
	switch strings.Join(args, " ") {
	case "qui":
		fmt.Fprintln(out, v.Name)
	case "compter":
		n, err := io.Copy(io.Discard, in)
		fmt.Fprintln(out, n)
		if err != nil {
			fmt.Fprintln(errs, err)
			return 1
		}
	case "attendre":
		fmt.Fprintln(out, "j'attends")
		<-ctx.Done()
		return 1
	case "crier":
		for {
			if _, err := io.WriteString(out, strings.Repeat("x", 32<<10)); err != nil {
				return 1
			}
		}
	case "casser":
		panic("broken on purpose")
	default:
		fmt.Fprintf(out, "%q", args)
	}
	return 0
}

func newKey(t *testing.T) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return signer(t, private)
}

func signer(t *testing.T, private any) gossh.Signer {
	t.Helper()
	s, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
