package sshd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/vt"
	gossh "golang.org/x/crypto/ssh"
)

// echo is the least of programs: it shows its size and the last key.
type echo struct {
	w, h     int
	last     string
	pasted   int
	frame    int
	stubborn bool // does not leave when asked to
	blind    bool // cannot draw
}

type (
	leaveMsg string
	floodMsg struct{}
)

func (e *echo) Init() tea.Cmd { return nil }

func (e *echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		e.w, e.h = msg.Width, msg.Height
	case leaveMsg:
		if !e.stubborn {
			return e, tea.Quit
		}
	case tea.PasteMsg:
		e.pasted = len(msg.Content)
	case floodMsg:
		e.frame++
		return e, tea.Tick(time.Millisecond, func(time.Time) tea.Msg { return floodMsg{} })
	case tea.KeyPressMsg:
		return e, e.key(msg.String())
	}
	return e, nil
}

func (e *echo) key(k string) tea.Cmd {
	switch e.last = k; k {
	case "q":
		return tea.Quit
	case "!":
		panic("broken on purpose")
	case "?":
		return func() tea.Msg { panic("broken at work") }
	case "B":
		e.blind = true
	case "F":
		return func() tea.Msg { return floodMsg{} }
	case "S":
		e.stubborn = true
	case "ctrl+z":
		return tea.Suspend
	}
	return nil
}

func (e *echo) View() tea.View {
	if e.blind {
		panic("broken while drawing")
	}
	text := fmt.Sprintf("taille %dx%d touche <%s> colle %d \x1b[31mrouge\x1b[m", e.w, e.h, e.last, e.pasted)
	if e.frame > 0 {
		line := strings.Repeat(string(rune('a'+e.frame%26)), max(1, e.w))
		text += strings.Repeat("\n"+line, max(1, e.h-1))
	}
	return tea.NewView(text)
}

// dial connects as a client does; sentence is what the server said meanwhile.
func (h *house) dial(user string, keys ...gossh.Signer) (c *gossh.Client, sentence string, err error) {
	c, err = gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: user, HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second,
		BannerCallback: func(text string) error { sentence += text; return nil },
		Auth: []gossh.AuthMethod{
			gossh.PublicKeys(keys...),
			gossh.KeyboardInteractive(func(_, instruction string, questions []string, _ []bool) ([]string, error) {
				sentence += instruction
				return make([]string, len(questions)), nil
			}),
		},
	})
	return c, sentence, err
}

func (h *house) enter(key gossh.Signer) *gossh.Client {
	h.t.Helper()
	c, _, err := h.dial("quiconque", key)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = c.Close() })
	return c
}

// terminal is an open session with what it showed so far.
type terminal struct {
	t     *testing.T
	sess  *gossh.Session
	in    io.WriteCloser
	shown *shown
	ended chan error
}

type shown struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	term *vt.Emulator // what a person sees; nil for a command
	more chan struct{}
}

func (s *shown) Write(p []byte) (int, error) {
	s.mu.Lock()
	s.buf.Write(p)
	if s.term != nil {
		_, _ = s.term.Write(p)
	}
	s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (s *shown) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.term != nil {
		return s.term.String()
	}
	return s.buf.String()
}

// bytes is what came, escapes included.
func (s *shown) bytes() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

func (h *house) screen(c *gossh.Client, width, height int) *terminal {
	h.t.Helper()
	return h.screenOf(c, "xterm-256color", width, height, nil)
}

// screenOf opens the screens with what a terminal says of itself. It answers none
// of the questions a program may ask it.
func (h *house) screenOf(c *gossh.Client, term string, width, height int, env map[string]string) *terminal {
	h.t.Helper()
	d := h.session(c, vt.NewEmulator(min(width, 400), min(height, 200)))
	for k, v := range env {
		_ = d.sess.Setenv(k, v)
	}
	if err := d.sess.RequestPty(term, height, width, gossh.TerminalModes{}); err != nil {
		h.t.Fatal(err)
	}
	if err := d.sess.Shell(); err != nil {
		h.t.Fatal(err)
	}
	d.wait()
	return d
}

// running is a command under way, whose input stays open.
func (h *house) running(c *gossh.Client, command string) *terminal {
	h.t.Helper()
	d := h.session(c, nil)
	if err := d.sess.Start(command); err != nil {
		h.t.Fatal(err)
	}
	d.wait()
	return d
}

func (h *house) session(c *gossh.Client, term *vt.Emulator) *terminal {
	h.t.Helper()
	sess, err := c.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	out := &shown{more: make(chan struct{}, 1), term: term}
	if term != nil {
		go func() { _, _ = io.Copy(io.Discard, term) }() // its answers are lost
	}
	sess.Stdout, sess.Stderr = out, out
	in, err := sess.StdinPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	return &terminal{t: h.t, sess: sess, in: in, shown: out, ended: make(chan error, 1)}
}

func (d *terminal) wait() {
	go func() { d.ended <- d.sess.Wait() }()
}

// patience bounds what must happen in a test; it is never waited for in full
// when things go well.
const patience = 20 * time.Second

func (d *terminal) sees(text string) {
	d.t.Helper()
	late := time.After(patience)
	for !strings.Contains(d.shown.String(), text) {
		select {
		case <-d.shown.more:
		case <-late:
			d.t.Fatalf("the screen never showed %q but %q", text, d.shown.String())
		}
	}
}

func (d *terminal) press(keys string) {
	d.t.Helper()
	if _, err := io.WriteString(d.in, keys); err != nil {
		d.t.Error(err)
	}
}

// answers proves that a session still works.
func (d *terminal) answers() {
	d.t.Helper()
	d.press("x")
	d.sees("<x>")
	d.press("y")
	d.sees("<y>")
}

func (d *terminal) ends() error {
	d.t.Helper()
	select {
	case err := <-d.ended:
		return err
	case <-time.After(patience):
		d.t.Fatal("the session never ended")
		return nil
	}
}

// output runs a command to its end.
func (h *house) output(c *gossh.Client, command string) string {
	h.t.Helper()
	sess, err := c.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	defer sess.Close()
	out, err := sess.CombinedOutput(command)
	var status *gossh.ExitError
	if err != nil && !errors.As(err, &status) {
		return string(out) + err.Error()
	}
	return string(out)
}

// until waits for something the server does in its own time.
func (h *house) until(ok func() bool) {
	h.t.Helper()
	for late := time.Now().Add(patience); !ok(); runtime.Gosched() {
		if time.Now().After(late) {
			h.t.Fatal("it never happened")
		}
	}
}

// cut waits for the server to end a connection.
func cut(t *testing.T, c *gossh.Client) {
	t.Helper()
	gone := make(chan struct{})
	go func() {
		_ = c.Wait()
		close(gone)
	}()
	select {
	case <-gone:
	case <-time.After(patience):
		t.Fatal("the connection was not cut")
	}
}
