package sshd

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestAPanicInOneSessionLeavesTheOthers(t *testing.T) {
	h := open(t, Limits{})
	c := h.enter(h.known("Camille"))
	other := h.screen(c, 80, 24)
	other.sees("touche")
	for key, where := range map[string]string{"!": "on a key", "?": "at work", "B": "while drawing"} {
		d := h.screen(c, 80, 24)
		d.sees("touche")
		d.press(key)
		d.sees(broken)
		if err := d.ends(); err == nil {
			t.Errorf("a session broken %s ended well", where)
		}
	}
	if out := h.output(c, "casser"); !strings.Contains(out, broken) || strings.Contains(out, "goroutine") {
		t.Errorf("a broken command said %q", out)
	}
	if out := h.output(h.enter(h.known("Absente")), "qui"); !strings.Contains(out, "Absente") {
		t.Errorf("commands said %q", out)
	}
	d := h.screen(h.enter(h.known("Absente")), 80, 24) // broken before the first screen
	if err := d.ends(); err == nil {
		t.Error("a session that never began ended well")
	}
	other.answers()
}

func TestNeitherFilesNorPortsNorAgentsAreServed(t *testing.T) {
	h := open(t, Limits{})
	c := h.enter(h.known("Camille"))
	if _, err := c.Dial("tcp", h.addr); err == nil {
		t.Error("a port was forwarded")
	}
	if l, err := c.Listen("tcp", "127.0.0.1:0"); err == nil {
		_ = l.Close()
		t.Error("a port was listened to")
	}
	for _, kind := range []string{"direct-streamlocal@openssh.com", "x11", "auth-agent@openssh.com", "tun@openssh.com"} {
		if _, _, err := c.OpenChannel(kind, nil); err == nil {
			t.Errorf("a channel %s was opened", kind)
		}
	}
	sess, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for _, request := range []string{"auth-agent-req@openssh.com", "x11-req", "unheard-of"} {
		if ok, err := sess.SendRequest(request, true, nil); ok || err != nil {
			t.Errorf("%s: %v, %v", request, ok, err)
		}
	}
	errs, err := sess.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := sess.RequestSubsystem("sftp"); err != nil {
		t.Fatal(err)
	}
	if said, _ := io.ReadAll(errs); !strings.Contains(string(said), "Ce service n'existe pas") {
		t.Errorf("sftp said %q", said)
	}
}

func TestScreensWithoutATerminalAreRefusedWithTheRemedy(t *testing.T) {
	h := open(t, Limits{})
	d := h.session(h.enter(h.known("Camille")), nil)
	if err := d.sess.Shell(); err != nil {
		t.Fatal(err)
	}
	d.wait()
	d.sees("Les écrans demandent un terminal (ssh -t)")
	if err := d.ends(); err == nil {
		t.Error("it ended well")
	}
}

// A terminal that answers no query is every one of these tests.
func TestATerminalGetsTheColoursItCanShow(t *testing.T) {
	for name, c := range map[string]struct {
		term string
		env  map[string]string
		red  bool
	}{
		"usual":              {"xterm-256color", nil, true},
		"unknown":            {"minitel-1b", nil, true}, // most can
		"dumb":               {"dumb", nil, false},
		"nameless":           {"", nil, false},
		"no colour wished":   {"xterm-256color", map[string]string{"NO_COLOR": "1"}, false},
		"any word will do":   {"xterm-256color", map[string]string{"NO_COLOR": "oui"}, false},
		"escapes in a name":  {"xterm\x1b]0;x\x07-256color", nil, true},
		"sixteen on a linux": {"linux", nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, Limits{})
			d := h.screenOf(h.enter(h.known("Camille")), c.term, 80, 24, c.env)
			d.sees("rouge")
			d.answers()
			if got := strings.Contains(d.shown.bytes(), "\x1b[31m"); got != c.red {
				t.Errorf("red: %v", got)
			}
		})
	}
}

func TestOnlyTheTerminalSpeaksOfItself(t *testing.T) {
	h := open(t, Limits{})
	env := map[string]string{"LANG": "fr_FR.UTF-8", "LD_PRELOAD": "/tmp/x.so", "PASSERELLE_BASE": "/etc/passwd", "COLORTERM": "true\x1bcolor"}
	d := h.screenOf(h.enter(h.known("Camille")), "xterm-256color", 80, 24, env)
	d.sees("touche")
	h.mu.Lock()
	defer h.mu.Unlock()
	got := slices.Sorted(slices.Values(h.terminal.Environment))
	want := []string{"COLORTERM=truecolor", "LANG=fr_FR.UTF-8", "TERM=xterm-256color"}
	if !slices.Equal(got, want) {
		t.Errorf("of %v the program knows %q", slices.Sorted(maps.Keys(env)), got)
	}
}

func TestStoppingTellsEverySession(t *testing.T) {
	h := open(t, Limits{})
	d := h.screen(h.enter(h.known("Camille")), 80, 24)
	command := h.running(h.enter(h.known("Dominique")), "attendre")
	d.sees("touche")
	command.sees("j'attends")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	stopped := make(chan error, 1)
	go func() { stopped <- h.server.Shutdown(ctx) }()
	d.sees(stopping)
	command.sees(stopping)
	if err := <-stopped; err != nil {
		t.Errorf("clients that stay connected hold the server: %v", err)
	}
	if n := len(h.server.Live()); n > 0 {
		t.Errorf("%d sessions are left", n)
	}
}
