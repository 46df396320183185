package sshd

import (
	"errors"
	"net"
	"sync"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// arrival is a connection. It is the only thing kept in the connection's context,
// and says nothing of who the visitor is.
type arrival struct {
	net.Conn
	settle func()    // the handshake has ended
	forget func()    // the connection has
	used   time.Time // when it last held a session; the round's own

	mu      sync.Mutex
	sorry   string // what to tell when no key lets in
	refused int    // keys
	banner  func(string) error
}

type arrivalKey struct{}

func arrivalOf(ctx ssh.Context) *arrival { return ctx.Value(arrivalKey{}).(*arrival) }

// arrive counts a connection at the door, or turns it away with a line that
// clients show before the protocol begins.
func (s *Server) arrive(ctx ssh.Context, conn net.Conn) net.Conn {
	if !s.gate.knock(host(conn.RemoteAddr())) {
		_ = conn.SetWriteDeadline(time.Now().Add(time.Second))
		_, _ = conn.Write([]byte(tooFast + "\r\n"))
		return nil
	}
	a := &arrival{Conn: conn, settle: sync.OnceFunc(s.gate.settle), used: s.now(), sorry: noKey}
	a.forget = sync.OnceFunc(func() { s.forget(a) })
	ctx.SetValue(arrivalKey{}, a)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		a.settle()
		return nil
	}
	s.arrivals[a] = struct{}{}
	return a
}

func (s *Server) forget(a *arrival) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.arrivals, a)
	if s.closing && len(s.arrivals) == 0 {
		s.emptied()
	}
}

// Close also ends a handshake that never succeeded.
func (a *arrival) Close() error {
	a.settle()
	a.forget()
	return a.Conn.Close()
}

// maxKeys is how many keys a client may offer.
const maxKeys = 12

// config bounds how many keys a client may offer.
func (s *Server) config(ctx ssh.Context) *gossh.ServerConfig {
	a := arrivalOf(ctx)
	return &gossh.ServerConfig{
		MaxAuthTries:        maxKeys,
		PreAuthConnCallback: func(c gossh.ServerPreAuthConn) { a.banner = c.SendAuthBanner },
		AuthLogCallback: func(_ gossh.ConnMetadata, _ string, err error) {
			if err == nil {
				a.settle()
			}
		},
	}
}

// regret keeps why the last key was refused. After too many, the protocol ends
// before anything can be asked: the sentence is sent at once.
func (a *arrival) regret(text string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sorry = text
	if a.refused++; a.refused == maxKeys {
		_ = a.banner(tooManyKeys + "\r\n")
	}
}

// known tells whether a key lets in. Clients offer several: the last refusal is
// kept for the sentence.
func (s *Server) known(ctx ssh.Context, key ssh.PublicKey) bool {
	print := gossh.FingerprintSHA256(key)
	refuse := func(text, why string) bool {
		arrivalOf(ctx).regret(text)
		address := host(ctx.RemoteAddr())
		if s.gate.note(address) {
			s.o.Log(Event{
				Kind: Refused, Text: why, Key: string(gossh.MarshalAuthorizedKey(key)),
				Visitor: Visitor{Fingerprint: print, Address: address},
			})
		}
		return false
	}
	if err := CheckKey(key); err != nil {
		return refuse("Votre clé est refusée : "+err.Error()+".", err.Error())
	}
	_, _, err := s.o.Door.Enter(ctx, print)
	switch {
	case errors.Is(err, ErrUnknownKey):
		return refuse(unknownKey(print), ErrUnknownKey.Error())
	case err != nil:
		return refuse(noDoor, err.Error())
	}
	return true
}

// sorry says why nobody entered. It asks nothing and never lets anybody in.
func (s *Server) sorry(ctx ssh.Context, challenge gossh.KeyboardInteractiveChallenge) bool {
	a := arrivalOf(ctx)
	a.mu.Lock()
	text := a.sorry
	a.sorry = "" // clients ask three times
	a.mu.Unlock()
	_, _ = challenge("", text, nil, nil)
	return false
}
