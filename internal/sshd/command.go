package sshd

import (
	"context"
	"errors"
	"strings"

	"charm.land/ssh"
	"charm.land/wish/v2"
)

// command runs one command with the visitor's means.
func (s *Server) command(ctx context.Context, sess ssh.Session, one *live) {
	args, err := Words(sess.RawCommand())
	if err != nil {
		wish.Errorln(sess, err.Error())
		_ = sess.Exit(2)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, s.l.Command)
	defer cancel()
	one.when(func(string) { cancel() })
	in, done := upload(ctx, watched{Reader: sess, one: one}, s.l.Upload)
	defer done()
	out := watched{Writer: sess, one: one}
	errs := watched{Writer: sess.Stderr(), one: one}
	status := s.o.Command(ctx, one.visitor, args, in, out, errs)
	why, _ := one.why()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		why = tooLong(s.l)
	}
	if why != "" {
		status = max(1, status)
		wish.Errorln(sess, why)
	}
	s.o.Log(Event{Kind: Ran, Visitor: one.visitor, Text: strings.Join(args, " "), Args: args, Status: status})
	_ = sess.Exit(status)
}
