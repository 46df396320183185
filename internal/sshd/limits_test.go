package sshd

import (
	"io"
	"net"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestEveryLimitHasADefault(t *testing.T) {
	v := reflect.ValueOf(Limits{}.WithDefaults())
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("%s has none", v.Type().Field(i).Name)
		}
	}
	if l := (Limits{Sessions: 3, Idle: time.Second}).WithDefaults(); l.Sessions != 3 || l.Idle != time.Second {
		t.Errorf("a limit given is lost: %+v", l)
	}
}

func TestAFullServerSaysSo(t *testing.T) {
	h := open(t, Limits{Sessions: 2})
	one, two := h.known("Camille"), h.known("Dominique")
	c := h.enter(one)
	first, second := h.screen(c, 80, 24), h.screen(h.enter(two), 80, 24)
	first.sees("touche")
	second.sees("touche")
	third := h.screen(c, 80, 24)
	third.sees("Le serveur est plein (2 sessions)")
	_ = third.ends()
	second.press("q")
	_ = second.ends()
	h.until(func() bool { return len(h.server.Live()) == 1 })
	h.screen(c, 80, 24).sees("touche")
}

func TestSessionsOfOneKeyAreCounted(t *testing.T) {
	h := open(t, Limits{PerKey: 2})
	key := h.known("Camille")
	c := h.enter(key)
	first, second := h.screen(c, 80, 24), h.screen(h.enter(key), 80, 24)
	first.sees("touche")
	second.sees("touche")
	third := h.screen(c, 80, 24)
	third.sees("2 sessions")
	_ = third.ends()
	h.screen(h.enter(h.known("Dominique")), 80, 24).sees("touche")
	first.press("q")
	_ = first.ends()
	h.until(func() bool { return len(h.server.Live()) == 2 })
	h.screen(c, 80, 24).sees("touche")
}

func TestChannelsThatAskNothingAreCountedToo(t *testing.T) {
	h := open(t, Limits{PerKey: 2})
	c := h.enter(h.known("Camille"))
	for range 2 + spare {
		if _, err := c.NewSession(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.NewSession(); err == nil || !strings.Contains(err.Error(), "2 sessions") {
		t.Errorf("one more: %v", err)
	}
}

func TestHandshakesOfOneAddressAreCounted(t *testing.T) {
	h := openByHand(t, Limits{Handshakes: 3})
	key := h.known("Camille")
	for range 3 {
		h.enter(key)
	}
	if c, _, err := h.dial("root", key); err == nil {
		_ = c.Close()
		t.Error("a fourth one entered")
	} else if !strings.Contains(err.Error(), tooFast) {
		t.Errorf("told %v", err)
	}
	h.time.passes(time.Minute)
	h.enter(key)
}

func TestHandshakesThatNeverFinishAreClosedAndHinderNobody(t *testing.T) {
	h := open(t, Limits{Handshake: 500 * time.Millisecond, Handshakes: 1000})
	key := h.known("Camille")
	var stuck []net.Conn
	for i := range 100 {
		conn, err := net.Dial("tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if i%2 == 0 { // the others do not even say who they are
			if _, err := io.WriteString(conn, "SSH-2.0-Lent\r\n"); err != nil {
				t.Fatal(err)
			}
		}
		stuck = append(stuck, conn)
	}
	h.screen(h.enter(key), 80, 24).answers()
	for _, conn := range stuck {
		if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, conn); err != nil {
			t.Fatalf("a handshake was not closed: %v", err)
		}
	}
	h.until(func() bool {
		h.server.gate.mu.Lock()
		defer h.server.gate.mu.Unlock()
		return h.server.gate.opening == 0
	})
}

func TestSoManyHandshakesAreUnderWayAtOnce(t *testing.T) {
	h := open(t, Limits{Opening: 5})
	for range 5 {
		conn, err := net.Dial("tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.Read(make([]byte, 1)); err != nil { // it is counted
			t.Fatal(err)
		}
	}
	if c, _, err := h.dial("root", h.known("Camille")); err == nil {
		_ = c.Close()
		t.Error("a sixth one entered")
	}
}

func TestAnUploadIsBounded(t *testing.T) {
	h := open(t, Limits{Upload: 1000})
	sess, err := h.enter(h.known("Camille")).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	sess.Stdin = strings.NewReader(strings.Repeat("x", 5000))
	out, err := sess.CombinedOutput("compter")
	if err == nil || !strings.Contains(string(out), "1000") || !strings.Contains(string(out), "trop grand") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestAnUploadThatNeverEndsIsStopped(t *testing.T) {
	h := open(t, Limits{Command: 200 * time.Millisecond})
	d := h.running(h.enter(h.known("Camille")), "compter")
	d.press("début d'un fichier")
	d.sees("Commande interrompue")
	if err := d.ends(); err == nil {
		t.Error("it ended well")
	}
}

func TestACommandIsBoundedInTime(t *testing.T) {
	h := open(t, Limits{Command: 50 * time.Millisecond})
	if out := h.output(h.enter(h.known("Camille")), "attendre"); !strings.Contains(out, "interrompue") {
		t.Errorf("said %q", out)
	}
}

func TestTheWindowIsClamped(t *testing.T) {
	h := open(t, Limits{})
	d := h.screen(h.enter(h.known("Camille")), 5000, 4000)
	d.sees("taille 300x100")
	for _, size := range [][2]int{{1 << 30, 1 << 30}, {0, 0}} {
		if err := d.sess.WindowChange(size[1], size[0]); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.sess.WindowChange(4000, 200); err != nil {
		t.Fatal(err)
	}
	d.sees("taille 200x100")
	d.press("\x1b[8;4000;5000t\x1b[48;4000;5000;0;0t") // the same said as keys
	d.answers()
	if !strings.Contains(d.shown.String(), "taille 200x100") {
		t.Errorf("sizes typed are obeyed: %q", d.shown.String())
	}
}

func TestASentenceSaysEachLimit(t *testing.T) {
	l := Limits{}.WithDefaults()
	for got, want := range map[string]string{
		full(l): "2000 sessions", fullKey(l): "20 sessions", idled(l): "30 min", expired(l): "12 h", tooLong(l): "10 min",
		spoken(90 * time.Second): "2 min", spoken(45 * time.Second): "45 s",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
}
