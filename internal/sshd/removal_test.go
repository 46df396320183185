package sshd

import (
	"strings"
	"testing"
	"time"
)

func TestAKeyTakenAwayEndsItsSessionsAtTheNextRound(t *testing.T) {
	h := openByHand(t, Limits{})
	key, other := h.known("Camille"), h.known("Dominique")
	c := h.enter(key)
	gone, also, stays := h.screen(c, 80, 24), h.running(c, "attendre"), h.screen(h.enter(other), 80, 24)
	gone.sees("touche")
	also.sees("j'attends")
	stays.sees("touche")
	h.remove(key)
	h.round(roundEvery)
	for _, d := range []*terminal{gone, also} {
		d.sees(removedKey)
		if err := d.ends(); err == nil {
			t.Error("a session cut short ended well")
		}
	}
	if out := h.output(c, "qui"); !strings.Contains(out, "n'est pas connue") {
		t.Errorf("the connection already open answers %q", out)
	}
	stays.answers()
}

func TestAKeyTakenAwayEndsItsSessionsWithinASecond(t *testing.T) {
	h := open(t, Limits{})
	key := h.known("Camille")
	d := h.screen(h.enter(key), 80, 24)
	d.sees("touche")
	began := time.Now()
	h.remove(key)
	d.sees(removedKey)
	_ = d.ends()
	if took := time.Since(began); took > time.Second {
		t.Errorf("took %v", took)
	}
}

func TestAKeyTakenAwayCutsAProgramThatDoesNotLeave(t *testing.T) {
	h := openByHand(t, Limits{})
	key := h.known("Camille")
	c := h.enter(key)
	d := h.screen(c, 80, 24)
	d.press("S")
	d.sees("<S>")
	h.remove(key)
	h.round(roundEvery)
	h.round(roundEvery)
	cut(t, c)
}

func TestAKeyTakenAwayWhileTheRegisterCannotBeReadIsSeenLater(t *testing.T) {
	h := openByHand(t, Limits{})
	key := h.known("Camille")
	d := h.screen(h.enter(key), 80, 24)
	d.sees("touche")
	h.closes(true)
	h.remove(key)
	h.round(roundEvery)
	d.answers()
	h.closes(false)
	h.round(roundEvery)
	d.sees(removedKey)
}

func TestAKeyGivenToAnotherPersonEndsItsSessions(t *testing.T) {
	h := openByHand(t, Limits{})
	key := h.known("Camille")
	d := h.screen(h.enter(key), 80, 24)
	d.sees("touche")
	h.server.all()[0].visitor.User = 2
	h.version.Add(1)
	h.round(roundEvery)
	d.sees(removedKey)
}

func TestOtherRightsEndItsSessionsAndWhatRuns(t *testing.T) {
	h := openByHand(t, Limits{})
	key := h.known("Camille")
	c := h.enter(key)
	gone, also := h.screen(c, 80, 24), h.running(c, "attendre")
	gone.sees("touche")
	also.sees("j'attends")
	h.mu.Lock()
	h.rights = "moins"
	h.mu.Unlock()
	h.version.Add(1)
	h.round(roundEvery)
	for _, d := range []*terminal{gone, also} {
		d.sees(newRights)
		if err := d.ends(); err == nil {
			t.Error("a session cut short ended well")
		}
	}
	h.screen(h.enter(key), 80, 24).answers()
}
