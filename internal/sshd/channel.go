package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	"charm.land/wish/v2"
	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"
)

// channel is one session: its screens or its command. Who the visitor is comes
// from the key that authenticated the connection, and from nothing else.
func (s *Server) channel(sess ssh.Session, from *sieve) {
	defer func() {
		if r := recover(); r != nil {
			wish.Errorln(sess, broken)
			_ = sess.Exit(1)
			panic(r) // the library contains and reports it
		}
	}()
	v := Visitor{Fingerprint: gossh.FingerprintSHA256(sess.PublicKey()), Address: host(sess.RemoteAddr())}
	checked := s.changed() // before the door is asked: a later change is looked at again
	var err error
	switch v.Guest, err = s.o.Door.Enter(from.ctx, v.Fingerprint); {
	case errors.Is(err, ErrUnknownKey):
		s.turnAway(sess, v, unknownKey(v.Fingerprint))
		return
	case err != nil:
		s.turnAway(sess, v, noDoor)
		return
	}
	one, refusal := s.admit(sess, v, checked)
	if refusal != "" {
		s.turnAway(sess, v, refusal)
		return
	}
	defer s.dismiss(one)
	_, _, terminal := sess.Pty()
	switch {
	case sess.RawCommand() != "":
		s.command(from.ctx, sess, one)
	case !terminal:
		wish.Errorln(sess, noScreens)
		_ = sess.Exit(2)
	default:
		s.screens(sess, one, from)
	}
}

func (s *Server) turnAway(sess ssh.Session, v Visitor, why string) {
	s.o.Log(Event{Kind: Refused, Visitor: v, Text: why})
	wish.Errorln(sess, why)
	_ = sess.Exit(1)
}

// questions are those a program asks a terminal when it reads it by itself:
// whether it shows a whole image at once, how it measures text, on what ground.
const questions = ansi.RequestModeSynchronizedOutput + ansi.RequestModeUnicodeCore + ansi.RequestBackgroundColor

// screens runs the program of one channel until it ends or is asked to.
func (s *Server) screens(sess ssh.Session, one *live, from *sieve) {
	pty, _, _ := sess.Pty()
	t := Terminal{Environment: environment(sess.Environ(), pty.Term)}
	t.Width, t.Height = s.clamp(from.latest(pty.Window))
	ctx, cancel := context.WithCancel(from.ctx)
	defer cancel()
	screens, err := s.o.Screens(ctx, one.visitor, t)
	if err != nil {
		s.turnAway(sess, one.visitor, err.Error())
		return
	}
	if screens.Close != nil {
		defer screens.Close()
	}
	s.o.Log(Event{Kind: Login, Visitor: one.visitor})
	ends := watched{Reader: sess, Writer: sess, one: one}
	ended, sized := make(chan struct{}), make(chan struct{})
	defer close(ended)
	paints := newPainter(ends, t, &s.desks)
	program := tea.NewProgram(drawn{screens.Model, paints},
		tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(ends), tea.WithEnvironment(t.Environment),
		tea.WithColorProfile(paints.profile), tea.WithWindowSize(t.Width, t.Height),
		tea.WithoutSignalHandler(), tea.WithoutRenderer(), tea.WithFPS(1), tea.WithFilter(filter(sized)))
	one.when(func(reason string) { go program.Send(screens.Leave(reason)) })
	go s.typed(ctx, program, ends, one)
	go func() {
		select {
		case <-sized: // the first size would come after, and win
			s.resizes(program, from.sizes, ended)
		case <-ended:
		}
	}()
	if pty.Term != "" && pty.Term != "dumb" {
		_, _ = io.WriteString(ends, questions)
	}
	go paints.run(func() { one.leave(broken) })
	_, err = program.Run()
	paints.close()
	reason, _ := one.why()
	if errors.Is(err, tea.ErrProgramPanic) {
		reason = broken
	}
	if reason != "" {
		_, _ = fmt.Fprintln(ends, reason) // after the screen is given back, on the same stream
	}
	s.o.Log(Event{Kind: Logout, Visitor: one.visitor, Text: reason})
	if reason != "" {
		_ = sess.Exit(1)
	}
}

// resizes hands the latest size on, one for each image at most.
func (s *Server) resizes(program *tea.Program, sizes <-chan ssh.Window, ended <-chan struct{}) {
	for {
		select {
		case <-ended:
			return
		case w := <-sizes:
			width, height := s.clamp(w)
			program.Send(tea.WindowSizeMsg{Width: width, Height: height})
		}
		select {
		case <-ended:
			return
		case <-time.After(between):
		}
	}
}

func (s *Server) clamp(w ssh.Window) (width, height int) {
	return max(1, min(w.Width, s.l.Width)), max(1, min(w.Height, s.l.Height))
}

// filter keeps ctrl+z from stopping anything, for there is no shell to go back to,
// and tells when the program has its first size.
func filter(sized chan<- struct{}) func(tea.Model, tea.Msg) tea.Msg {
	first := sync.OnceFunc(func() { close(sized) })
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.SuspendMsg:
			return nil
		case tea.WindowSizeMsg:
			first()
		}
		return msg
	}
}
