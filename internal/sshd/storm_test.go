package sshd

import (
	"strings"
	"testing"
)

func TestSuspendIsNoWayOut(t *testing.T) {
	h := open(t, Limits{})
	d := h.screen(h.enter(h.known("Camille")), 80, 24)
	d.sees("touche")
	d.press("\x1a\x1a\x1a")
	d.answers()
}

func TestAStormOfInterruptsIsOnlyKeys(t *testing.T) {
	h := open(t, Limits{})
	c := h.enter(h.known("Camille"))
	d := h.screen(c, 80, 24)
	d.sees("touche")
	for range 100 {
		d.press(strings.Repeat("\x03", 100))
	}
	d.answers()
	for range 200 { // asked by the protocol, they are not even keys
		if err := d.sess.Signal("INT"); err != nil {
			t.Fatal(err)
		}
	}
	d.press("z")
	d.sees("<z>")
	command := h.running(c, "attendre")
	command.sees("j'attends")
	if err := command.sess.Signal("KILL"); err != nil {
		t.Fatal(err)
	}
	_ = command.sess.Close()
}

func TestAStormOfSizesEndsOnTheLatest(t *testing.T) {
	h := open(t, Limits{})
	c := h.enter(h.known("Camille"))
	d, other := h.screen(c, 80, 24), h.screen(c, 80, 24)
	d.sees("touche")
	for i := range 10_000 {
		if err := d.sess.WindowChange(20+i%90, 60+i%250); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.sess.WindowChange(41, 121); err != nil {
		t.Fatal(err)
	}
	d.sees("taille 121x41")
	d.answers()
	other.answers()
}

// A library that waits for somebody to take the second size stops reading the
// whole connection.
func TestSizesThatNobodyWaitsForBlockNothing(t *testing.T) {
	h := open(t, Limits{})
	c := h.enter(h.known("Camille"))
	early := h.session(c, nil)
	if err := early.sess.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		if err := early.sess.WindowChange(24, 80+i); err != nil {
			t.Fatal(err)
		}
	}
	h.screen(c, 80, 24).answers()
	if err := early.sess.Shell(); err != nil {
		t.Fatal(err)
	}
	early.wait()
	early.sees("179x24")
}

func TestAPasteOfMegabytesIsCutToItsBeginning(t *testing.T) {
	h := open(t, Limits{})
	c := h.enter(h.known("Camille"))
	d, other := h.screen(c, 80, 24), h.screen(c, 80, 24)
	d.sees("touche")
	d.press(pasteBegins)
	for range 5 << 20 / 4096 {
		d.press(strings.Repeat("ab\n1", 1024))
	}
	d.press(pasteEnds)
	d.sees("colle 65536")
	d.answers()
	other.answers()
}

func TestMegabytesTypedWithoutAPauseEndTheSession(t *testing.T) {
	h := open(t, Limits{})
	c := h.enter(h.known("Camille"))
	d, other := h.screen(c, 120, 24), h.screen(h.enter(h.known("Dominique")), 80, 24)
	d.sees("touche")
	go func() {
		for range 5 << 20 / 4096 {
			if _, err := d.in.Write([]byte(strings.Repeat("abc ", 1024))); err != nil {
				return
			}
		}
	}()
	d.sees("Session fermée : trop de touches d'un coup.")
	_ = d.ends()
	other.answers()
	h.screen(c, 80, 24).answers()
}

func TestSequencesThatNeverEndAreNotKept(t *testing.T) {
	for name, begin := range map[string]string{"a title": "\x1b]0;", "a device string": "\x1bP", "a sequence": "\x1b[", "an application string": "\x1b_"} {
		h := open(t, Limits{})
		d := h.screen(h.enter(h.known("Camille")), 120, 24)
		d.sees("touche")
		go func() {
			if _, err := d.in.Write([]byte(begin)); err != nil {
				return
			}
			for range 1 << 20 / 4096 {
				if _, err := d.in.Write([]byte(strings.Repeat("1;23", 1024))); err != nil {
					return
				}
			}
		}()
		d.sees("Session ") // closed for too many keys, or on a defect of the library that reads keys
		if err := d.ends(); err == nil {
			t.Errorf("%s: the session ended well", name)
		}
	}
}
