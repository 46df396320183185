package sshd

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
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
	asked  time.Time // when it was last looked at for signs of life; the round's own
	silent int       // signs of life asked in a row without an answer; the round's own
	heard  atomic.Bool

	mu      sync.Mutex
	sorry   string // what to tell when no key lets in
	refused int    // keys
	banner  func(string) error
}

type arrivalKey struct{}

func arrivalOf(ctx ssh.Context) *arrival { return ctx.Value(arrivalKey{}).(*arrival) }

// arrive counts a connection at the door, or turns it away with a sentence.
func (s *Server) arrive(ctx ssh.Context, conn net.Conn) net.Conn {
	if !s.gate.knock(host(conn.RemoteAddr())) {
		goodbye(conn, tooFast)
		return nil
	}
	a := &arrival{Conn: conn, settle: sync.OnceFunc(s.gate.settle), used: s.now(), asked: s.now(), sorry: noKey}
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

// goodbye ends a connection that has not begun, in the protocol's own words:
// clients show those, and nothing that comes before them. The text is ASCII, for
// they write anything else as octal numbers.
func goodbye(conn net.Conn, text string) {
	payload := gossh.Marshal(struct {
		Reason         uint32 `sshtype:"1"`
		Text, Language string
	}{12, text, "fr"}) // 12: too many connections
	padding := 8 + 8 - (5+len(payload))%8
	packet := binary.BigEndian.AppendUint32([]byte("SSH-2.0-Passerelle\r\n"), uint32(1+len(payload)+padding))
	packet = append(append(append(packet, byte(padding)), payload...), make([]byte, padding)...)
	_ = conn.SetDeadline(time.Now().Add(500 * time.Millisecond))
	if _, err := conn.Write(packet); err == nil { // to be read before it is cut
		_, _ = io.CopyN(io.Discard, conn, 4<<10)
	}
}

func (s *Server) forget(a *arrival) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.arrivals, a)
	if s.closing && len(s.arrivals) == 0 {
		s.emptied()
	}
}

// Read notes that the client is there.
func (a *arrival) Read(p []byte) (int, error) {
	n, err := a.Conn.Read(p)
	if n > 0 {
		a.heard.Store(true)
	}
	return n, err
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
				Kind: Refused, Text: why, Key: strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key))),
				Visitor: Visitor{Fingerprint: print, Address: address},
			})
		}
		return false
	}
	if err := CheckKey(key); err != nil {
		return refuse("Votre clé est refusée : "+err.Error()+".", err.Error())
	}
	_, err := s.o.Door.Enter(ctx, print)
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
	if text != "" {
		_ = a.banner(text + "\r\n") // clients write an instruction's accents as octal numbers
	}
	_, _ = challenge("", "", nil, nil)
	return false
}
