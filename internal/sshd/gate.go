package sshd

import (
	"net"
	"sync"
	"time"
)

// gate counts who is at the door and inside. It holds no connection.
type gate struct {
	limits Limits
	now    func() time.Time

	mu      sync.Mutex
	opening int
	begun   map[string]*minute // by address
	swept   time.Time
	inside  int
	perKey  map[string]int // sessions, by fingerprint
	opened  map[string]int // channels, by fingerprint
}

// minute counts what one address did since start.
type minute struct {
	start time.Time
	n     int // handshakes begun
	noted int // refusals written
}

func newGate(l Limits, now func() time.Time) *gate {
	return &gate{limits: l, now: now, begun: map[string]*minute{}, perKey: map[string]int{}, opened: map[string]int{}}
}

// knock tells whether an address may begin a handshake now; each true must be
// followed by one settle.
func (g *gate) knock(address string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.opening >= g.limits.Opening {
		return false
	}
	now := g.now()
	m := g.begun[address]
	if m == nil || now.Sub(m.start) >= time.Minute {
		g.forget(now)
		m = &minute{start: now}
		g.begun[address] = m
	}
	if m.n >= g.limits.Handshakes {
		return false
	}
	m.n++
	g.opening++
	return true
}

// forget drops, once a minute, the addresses not seen since, so that a scan of
// the whole network does not fill the memory.
func (g *gate) forget(now time.Time) {
	if now.Sub(g.swept) < time.Minute {
		return
	}
	g.swept = now
	for a, m := range g.begun {
		if now.Sub(m.start) >= time.Minute {
			delete(g.begun, a)
		}
	}
}

// note tells whether one more refusal of an address is worth writing: a stranger
// must not fill the journal of the door.
func (g *gate) note(address string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	m := g.begun[address]
	if m == nil || m.noted >= g.limits.Refusals {
		return false
	}
	m.noted++
	return true
}

// settle ends a handshake, however it ended.
func (g *gate) settle() {
	g.mu.Lock()
	g.opening--
	g.mu.Unlock()
}

// enter takes a place; the text says why there is none.
func (g *gate) enter(fingerprint string) (refusal string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.inside >= g.limits.Sessions:
		return full(g.limits)
	case g.perKey[fingerprint] >= g.limits.PerKey:
		return fullKey(g.limits)
	}
	g.inside++
	g.perKey[fingerprint]++
	return ""
}

// leave gives the place back.
func (g *gate) leave(fingerprint string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	if g.perKey[fingerprint]--; g.perKey[fingerprint] == 0 {
		delete(g.perKey, fingerprint)
	}
}

// spare is how many channels a key may open beyond its sessions, to be told that
// it has no place left.
const spare = 4

// open counts a channel of a key, before it asks for anything; each true must be
// followed by one close.
func (g *gate) open(fingerprint string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.opened[fingerprint] >= g.limits.PerKey+spare {
		return false
	}
	g.opened[fingerprint]++
	return true
}

func (g *gate) close(fingerprint string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.opened[fingerprint]--; g.opened[fingerprint] == 0 {
		delete(g.opened, fingerprint)
	}
}

// host is an address without its port.
func host(a net.Addr) string {
	if a == nil {
		return ""
	}
	h, _, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	return h
}
