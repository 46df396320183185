package sshd

import (
	"io"
	"sync"
	"sync/atomic"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// live is one channel inside.
type live struct {
	visitor Visitor
	from    *arrival // the connection under it
	line    gossh.Conn
	now     func() time.Time
	since   time.Time
	checked int64 // the state of the keys when the door last let it in; the round's own
	waited  int64 // what writing was at the last round; the round's own

	mu     sync.Mutex
	asked  func(reason string) // how to ask it to leave; nil until it can be
	reason string              // why it was asked to leave
	left   time.Time           // when it was

	read    atomic.Int64 // unix nanoseconds of the last input
	writing atomic.Int64 // unix nanoseconds since a write waits, 0 when none does
}

// leave asks a session to end, once.
func (l *live) leave(reason string) {
	l.mu.Lock()
	if l.reason != "" {
		l.mu.Unlock()
		return
	}
	l.reason, l.left = reason, l.now()
	asked := l.asked
	l.mu.Unlock()
	if asked != nil {
		asked(reason)
	}
}

// when tells how to ask it to leave; at once when it was asked already.
func (l *live) when(asked func(reason string)) {
	l.mu.Lock()
	l.asked = asked
	reason := l.reason
	l.mu.Unlock()
	if reason != "" {
		asked(reason)
	}
}

func (l *live) why() (string, time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.reason, l.left
}

func (s *Server) admit(sess ssh.Session, v Visitor, checked int64) (*live, string) {
	if refusal := s.gate.enter(v.Fingerprint); refusal != "" {
		return nil, refusal
	}
	now := s.clock.now()
	one := &live{visitor: v, from: arrivalOf(sess.Context()), line: sess.Context().Value(ssh.ContextKeyConn).(gossh.Conn), now: s.clock.now, since: now, checked: checked}
	one.read.Store(now.UnixNano())
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		s.gate.leave(v.Fingerprint)
		return nil, stopping
	}
	s.live[one] = struct{}{}
	return one, ""
}

func (s *Server) dismiss(one *live) {
	s.mu.Lock()
	delete(s.live, one)
	s.mu.Unlock()
	s.gate.leave(one.visitor.Fingerprint)
}

// watched is a channel whose reads and writes are timed.
type watched struct {
	io.Reader
	io.Writer
	one *live
}

func (w watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	w.one.read.Store(w.one.now().UnixNano())
	return n, err
}

// piece is how much a client must take in the time of a stalled one: a long
// answer on a slow line goes on for as long as it moves.
const piece = 32 << 10

func (w watched) Write(p []byte) (n int, err error) {
	defer w.one.writing.Store(0)
	for err == nil && len(p) > 0 {
		w.one.writing.Store(w.one.now().UnixNano())
		var some int
		some, err = w.Writer.Write(p[:min(piece, len(p))])
		n, p = n+some, p[some:]
	}
	return n, err
}
