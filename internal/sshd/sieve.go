package sshd

import (
	"context"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"
)

// sieve is what one channel may ask. The library would remember every variable,
// say yes to an agent, and stop reading the whole connection on the second size
// nobody waits for: it only sees what is left here.
type sieve struct {
	gossh.NewChannel
	ctx   context.Context // ends with the channel, when the connection goes on
	gone  context.CancelFunc
	sizes chan ssh.Window // the latest one
	said  int             // variables let through
}

// maxSaid is how many variables a client may send for one channel.
const maxSaid = 16

// session opens one channel of a known key.
func (s *Server) session(_ *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	key, ok := ctx.Value(ssh.ContextKeyPublicKey).(ssh.PublicKey)
	if !ok {
		_ = asked.Reject(gossh.Prohibited, noKey) // cannot happen: only keys let in
		return
	}
	fingerprint := gossh.FingerprintSHA256(key)
	if !s.gate.open(fingerprint) {
		_ = asked.Reject(gossh.ResourceShortage, fullKey(s.l))
		return
	}
	defer s.gate.close(fingerprint)
	v := &sieve{NewChannel: asked, sizes: make(chan ssh.Window, 1)}
	v.ctx, v.gone = context.WithCancel(ctx)
	defer v.gone()
	one := &ssh.Server{
		Handler:           func(sess ssh.Session) { s.channel(sess, v) },
		SubsystemHandlers: map[string]ssh.SubsystemHandler{"default": noSubsystem},
	}
	if err := one.SetOption(ssh.EmulatePty()); err != nil {
		_ = asked.Reject(gossh.ConnectionFailed, broken)
		return
	}
	ssh.DefaultSessionHandler(one, conn, v, ctx)
}

func noSubsystem(sess ssh.Session) {
	wish.Errorln(sess, noService)
	_ = sess.Exit(1)
}

// Accept opens the channel with its requests sifted.
func (v *sieve) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, asked, err := v.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	kept := make(chan *gossh.Request)
	go func() {
		defer v.gone()
		defer close(kept)
		for req := range asked {
			if v.keeps(req) {
				kept <- req
			}
		}
	}()
	return ch, kept, nil
}

// keeps tells whether the library sees a request; it answers those it does not.
func (v *sieve) keeps(req *gossh.Request) bool {
	switch req.Type {
	case "shell", "exec", "subsystem", "pty-req":
		return true
	case "env":
		var kv struct{ Name, Value string }
		if gossh.Unmarshal(req.Payload, &kv) == nil && ofTerminal(kv.Name) && v.said < maxSaid {
			v.said++
			return true
		}
	case "window-change":
		var w struct{ Width, Height, WidthPixels, HeightPixels uint32 }
		if gossh.Unmarshal(req.Payload, &w) == nil {
			v.resize(ssh.Window{Width: int(w.Width), Height: int(w.Height)})
			_ = req.Reply(true, nil)
			return false
		}
	}
	_ = req.Reply(false, nil)
	return false
}

// resize keeps the latest size only. One goroutine calls it.
func (v *sieve) resize(w ssh.Window) {
	select {
	case <-v.sizes:
	default:
	}
	v.sizes <- w
}

// latest is the size to begin with: the one asked last.
func (v *sieve) latest(first ssh.Window) ssh.Window {
	select {
	case w := <-v.sizes:
		return w
	default:
		return first
	}
}
