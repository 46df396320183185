package sshd

import (
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

func TestAnIdleSessionIsClosedWithASentence(t *testing.T) {
	h := openByHand(t, Limits{})
	key := h.known("Camille")
	idle, busy := h.screen(h.enter(key), 80, 24), h.screen(h.enter(key), 80, 24)
	idle.sees("touche")
	busy.sees("touche")
	h.round(20 * time.Minute)
	busy.answers()
	h.round(11 * time.Minute)
	idle.sees("Session fermée après 30 min sans une touche.")
	_ = idle.ends()
	busy.press("z")
	busy.sees("<z>")
}

func TestASessionIsClosedAfterItsTotalTime(t *testing.T) {
	h := openByHand(t, Limits{Idle: 100 * time.Hour})
	d := h.screen(h.enter(h.known("Camille")), 80, 24)
	d.sees("touche")
	h.round(11 * time.Hour)
	d.answers()
	h.round(time.Hour)
	d.sees("Session fermée après 12 h : reconnectez-vous.")
	_ = d.ends()
}

func TestAProgramThatDoesNotLeaveIsCut(t *testing.T) {
	h := openByHand(t, Limits{})
	c := h.enter(h.known("Camille"))
	d := h.screen(c, 80, 24)
	d.press("S")
	d.sees("<S>")
	h.round(13 * time.Hour)
	d.press("x")
	d.sees("<x>")
	h.round(grace + time.Second)
	cut(t, c)
}

func TestAConnectionWithoutASessionIsClosed(t *testing.T) {
	h := openByHand(t, Limits{})
	key := h.known("Camille")
	empty, used := h.enter(key), h.enter(key)
	if _, err := empty.NewSession(); err != nil { // a channel that asks for nothing
		t.Fatal(err)
	}
	d := h.screen(used, 80, 24)
	d.sees("touche")
	for range 3 {
		h.round(2 * time.Minute)
	}
	cut(t, empty)
	d.answers()
}

func TestASessionClosedOnASharedConnectionEndsAlone(t *testing.T) {
	h := open(t, Limits{})
	c := h.enter(h.known("Camille"))
	closed, hungUp, stays := h.screen(c, 80, 24), h.screen(c, 80, 24), h.screen(c, 80, 24)
	command := h.running(c, "attendre")
	for _, d := range []*terminal{closed, hungUp, stays} {
		d.sees("touche")
	}
	command.sees("j'attends")
	_ = closed.sess.Close()
	_ = command.sess.Close()
	_ = hungUp.in.Close()
	_ = hungUp.ends()
	h.until(func() bool { return len(h.server.Live()) == 1 })
	stays.answers()
}

// deaf is a connection whose client can stop reading it.
type deaf struct {
	net.Conn
	mu   sync.Mutex
	wait chan struct{} // closed when it hears again
}

func (d *deaf) Read(p []byte) (int, error) {
	d.mu.Lock()
	wait := d.wait
	d.mu.Unlock()
	if wait != nil {
		<-wait
	}
	return d.Conn.Read(p)
}

func (h *house) enterDeaf(key gossh.Signer) (*gossh.Client, *deaf) {
	h.t.Helper()
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		h.t.Fatal(err)
	}
	d := &deaf{Conn: conn}
	cc, chans, reqs, err := gossh.NewClientConn(d, h.addr, &gossh.ClientConfig{
		User: "root", Auth: []gossh.AuthMethod{gossh.PublicKeys(key)}, HostKeyCallback: gossh.InsecureIgnoreHostKey(),
	})
	if err != nil {
		h.t.Fatal(err)
	}
	c := gossh.NewClient(cc, chans, reqs)
	h.t.Cleanup(func() { _ = c.Close() })
	return c, d
}

// writing is since when a visitor's session waits to write, 0 when it does not.
func (h *house) writing(name string) int64 {
	for _, one := range h.server.all() {
		if one.visitor.Name == name {
			return one.writing.Load()
		}
	}
	return 0
}

// stalls lets time pass until Camille, who reads nothing, is cut; Dominique is in
// the middle of nothing meanwhile.
func (h *house) stalls(limits Limits) {
	h.t.Helper()
	h.until(func() bool {
		h.until(func() bool { return h.writing("Dominique") == 0 })
		h.roundAnyway(limits.WithDefaults().Stalled + time.Second)
		return len(h.server.Live()) == 1
	})
}

func TestAClientThatReadsNothingOfACommandIsCut(t *testing.T) {
	limits := Limits{Idle: 1000 * time.Hour, Silent: 1000 * time.Hour, Total: 1000 * time.Hour, Command: time.Hour}
	h := openByHand(t, limits)
	other := h.screen(h.enter(h.known("Dominique")), 80, 24)
	other.sees("touche")
	c := h.enter(h.known("Camille"))
	sess, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sess.StdoutPipe(); err != nil { // never read
		t.Fatal(err)
	}
	if err := sess.Start("crier"); err != nil {
		t.Fatal(err)
	}
	h.until(func() bool { return len(h.server.Live()) == 2 })
	h.stalls(limits)
	cut(t, c)
	other.answers()
}

func TestAClientThatReadsNothingOfItsScreensIsCut(t *testing.T) {
	limits := Limits{Idle: 1000 * time.Hour, Silent: 1000 * time.Hour, Total: 1000 * time.Hour}
	h := openByHand(t, limits)
	other := h.screen(h.enter(h.known("Dominique")), 80, 24)
	other.sees("touche")
	c, ear := h.enterDeaf(h.known("Camille"))
	d := h.screen(c, 300, 100)
	d.sees("touche")
	ear.mu.Lock()
	ear.wait = make(chan struct{})
	ear.mu.Unlock()
	d.press("F")
	h.until(func() bool { // its images fill everything between the two
		since := h.writing("Camille")
		other.answers()
		return since != 0 && h.writing("Camille") == since
	})
	h.stalls(limits)
	other.answers()
	close(ear.wait)
	_, _ = io.Copy(io.Discard, ear.Conn)
	cut(t, c)
}

func TestAClientThatAnswersNothingIsCutAndOneThatOnlyWaitsIsNot(t *testing.T) {
	h := openByHand(t, Limits{})
	waits := h.screen(h.enter(h.known("Dominique")), 80, 24)
	waits.sees("touche")
	c, ear := h.enterDeaf(h.known("Camille"))
	h.screen(c, 80, 24).sees("touche")
	ear.mu.Lock()
	ear.wait = make(chan struct{})
	ear.mu.Unlock()
	there := func(name string) *live {
		for _, one := range h.server.all() {
			if one.visitor.Name == name {
				return one
			}
		}
		return nil
	}
	for n := 0; there("Camille") != nil; n++ {
		if n > 100 { // the read under way when it goes deaf still answers once
			t.Fatal("a client that answers nothing is still inside")
		}
		h.round(16 * time.Second) // two make a question
		if one := there("Dominique"); one.from.silent > 0 {
			h.until(one.from.heard.Load)
		}
	}
	close(ear.wait)
	waits.answers()
}

// slow is a client that takes its time for each piece, and takes them all.
type slow struct {
	clock *handClock
	one   *live
	since []int64
}

func (s *slow) Write(p []byte) (int, error) {
	s.clock.passes(20 * time.Second)
	s.since = append(s.since, s.one.writing.Load())
	return len(p), nil
}

func TestALongAnswerOnASlowLineIsNoStall(t *testing.T) {
	c := &handClock{at: time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC)}
	one := &live{now: c.now}
	client := &slow{clock: c, one: one}
	answer := make([]byte, 10*piece+1)
	if n, err := (watched{Writer: client, one: one}).Write(answer); n != len(answer) || err != nil {
		t.Fatalf("%d bytes, %v", n, err)
	}
	if !slices.IsSorted(client.since) || len(slices.Compact(slices.Clone(client.since))) != 11 || one.writing.Load() != 0 {
		t.Errorf("waiting since %d, at each piece %d", one.writing.Load(), client.since)
	}
}
