package sshd

import (
	"context"
	"errors"
	"time"
)

// clock is the time of a server and the beats of its rounds.
type clock struct {
	now   func() time.Time
	beats <-chan time.Time
}

const (
	// roundEvery bounds how long a session outlives its key, with what the caller
	// takes to see that the keys changed.
	roundEvery = 250 * time.Millisecond
	// grace is how long a session asked to leave may take to save what is typed.
	grace = 3 * time.Second
)

// rounds looks at every session at each beat: keys taken away, clients gone quiet
// or that no longer read, connections that hold nothing.
func (s *Server) rounds(ctx context.Context) {
	defer close(s.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.clock.beats:
			s.round(ctx)
		}
	}
}

func (s *Server) round(ctx context.Context) {
	now, version, asked := s.clock.now(), s.changed(), map[string]answer{}
	used := map[*arrival]bool{}
	for _, one := range s.all() {
		if !used[one.from] {
			used[one.from] = true
			s.feel(one, now)
		}
		reason, left := one.why()
		waiting, before := one.writing.Load(), one.waited
		one.waited = waiting
		switch {
		// The same write as at the round before: a clock set forward stalls nobody.
		case waiting != 0 && waiting == before && now.Sub(time.Unix(0, waiting)) > s.l.Stalled, reason != "" && now.Sub(left) > graceOf(reason):
			_ = one.from.Close()
		case reason != "":
		case now.Sub(one.since) >= s.l.Total:
			one.leave(expired(s.l))
		case now.Sub(time.Unix(0, one.read.Load())) >= s.l.Idle:
			one.leave(idled(s.l))
		case one.checked != version:
			if reason := s.turnedOut(ctx, one, version, asked); reason != "" {
				one.leave(reason)
			}
		}
	}
	s.sweep(now, used)
}

// signs is how many signs of life a client may leave without an answer: one that is
// stopped or whose line is dead must not hold its session, and what was typed in it,
// until its idle time.
const signs = 3

// feel asks a client that has sent nothing for a while whether it is there, and cuts
// the one that never answers. Whatever comes from it is an answer: on a slow line the
// true one may wait behind a long text.
func (s *Server) feel(one *live, now time.Time) {
	a := one.from
	if now.Sub(a.asked) < s.l.Silent {
		return
	}
	a.asked = now
	switch {
	case a.heard.Swap(false):
		a.silent = 0
	case a.silent == signs:
		_ = a.Close()
	default:
		a.silent++
		go func() { _, _, _ = one.line.SendRequest("keepalive@openssh.com", true, nil) }() // ends with the connection
	}
}

// graceOf is none for whoever may no longer be there, or no longer as she came.
func graceOf(reason string) time.Duration {
	if reason == removedKey || reason == newRights {
		return 0
	}
	return grace
}

// sweep ends the connections that have held no session for a while; those of a
// server that stops, as soon as their last words are sent.
func (s *Server) sweep(now time.Time, used map[*arrival]bool) {
	s.mu.Lock()
	var ends []*arrival
	most := s.l.Empty
	if s.closing {
		most = roundEvery
	}
	for a := range s.arrivals {
		switch {
		case used[a]:
			a.used = now
		case now.Sub(a.used) > most:
			ends = append(ends, a)
		}
	}
	s.mu.Unlock()
	for _, a := range ends {
		_ = a.Close()
	}
}

// answer is what the door says of a key.
type answer struct {
	guest Guest
	err   error
}

// turnedOut tells why somebody inside may not stay, if so: her key lets nobody in
// any more, or her rights are others. The door is asked once a key a round; one
// that cannot answer lets those inside stay, and is asked again at the next round.
func (s *Server) turnedOut(ctx context.Context, one *live, version int64, asked map[string]answer) (reason string) {
	v := one.visitor
	now, already := asked[v.Fingerprint]
	if !already {
		now.guest, now.err = s.o.Door.Enter(ctx, v.Fingerprint)
		asked[v.Fingerprint] = now
	}
	switch {
	case errors.Is(now.err, ErrUnknownKey):
		return removedKey
	case now.err != nil:
		return ""
	case now.guest.User != v.User:
		return removedKey
	case now.guest.Rights != v.Rights:
		return newRights
	}
	one.checked = version
	return ""
}

// changed is the state of the keys; without a way to know, it moves each second.
func (s *Server) changed() int64 {
	if s.o.Changed == nil {
		return s.clock.now().Unix()
	}
	return s.o.Changed()
}
