package sshd

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

func TestNobodyEntersWithoutARegisteredKey(t *testing.T) {
	h := open(t, Limits{})
	key := newKey(t)
	_, sentence, err := h.dial("root", key)
	if err == nil {
		t.Fatal("an unknown key entered")
	}
	print := gossh.FingerprintSHA256(key.PublicKey())
	if !strings.Contains(sentence, print) {
		t.Errorf("the client was told %q, not its fingerprint", sentence)
	}
	if events := h.logged(Refused); len(events) == 0 || events[0].Visitor.Fingerprint != print || !strings.HasPrefix(events[0].Key, "ssh-ed25519 ") || strings.Contains(events[0].Key, "\n") {
		t.Errorf("logged: %+v", events)
	}
}

func TestASecondKeyMayBeTheKnownOne(t *testing.T) {
	h := open(t, Limits{})
	c, _, err := h.dial("root", newKey(t), h.known("Camille"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if out := h.output(c, "qui"); out != "Camille\n" {
		t.Errorf("entered as %q", out)
	}
}

func TestTheNameGivenOnConnectingChangesNothing(t *testing.T) {
	h := open(t, Limits{})
	known := h.known("Camille")
	for _, user := range []string{"root", "Dominique", ""} {
		c, _, err := h.dial(user, known)
		if err != nil {
			t.Fatal(err)
		}
		if out := h.output(c, "qui"); out != "Camille\n" {
			t.Errorf("as %q entered as %q", user, out)
		}
		_ = c.Close()
	}
}

func TestWeakKeysAreRefusedEvenRegistered(t *testing.T) {
	h := open(t, Limits{})
	short, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	nist, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, private := range map[string]any{"RSA 2048": short, "ECDSA": nist} {
		key := signer(t, private)
		h.register(key, "Camille")
		if _, sentence, err := h.dial("root", key); err == nil || !strings.Contains(sentence, "refusée") {
			t.Errorf("%s: %v, told %q", name, err, sentence)
		}
	}
}

func TestNeitherAPasswordNorAnAnswerNorNothingLetsIn(t *testing.T) {
	h := open(t, Limits{})
	told := ""
	for name, way := range map[string][]gossh.AuthMethod{
		"nothing":   nil,
		"passwords": {gossh.RetryableAuthMethod(gossh.PasswordCallback(func() (string, error) { return "", nil }), 20)},
		"answers": {gossh.RetryableAuthMethod(gossh.KeyboardInteractive(func(_, text string, questions []string, _ []bool) ([]string, error) {
			if text != "" || len(questions) != 0 { // the client of OpenSSH would write its accents as numbers
				t.Errorf("asked %q, %q", text, questions)
			}
			return nil, nil
		}), 20)},
	} {
		c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{User: "root", Auth: way, HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second, BannerCallback: func(text string) error {
			told += text
			return nil
		}})
		if err == nil {
			t.Errorf("%s let in", name)
			_ = c.Close()
		}
	}
	if told != noKey+"\r\n" { // once, however often a client asks
		t.Errorf("told %q", told)
	}
}

func TestAClientThatOffersTwentyKeysIsToldWhatToType(t *testing.T) {
	h := open(t, Limits{})
	known := h.known("Camille")
	var keys []gossh.Signer
	for range 20 {
		keys = append(keys, newKey(t))
	}
	if _, sentence, err := h.dial("root", append(keys, known)...); err == nil || !strings.Contains(sentence, "IdentitiesOnly=yes") {
		t.Errorf("%v, told %q", err, sentence)
	}
	c, _, err := h.dial("root", append(keys[:maxKeys-1], known)...)
	if err != nil {
		t.Fatalf("refused after %d keys: %v", maxKeys-1, err)
	}
	_ = c.Close()
}

func TestAStrangerDoesNotFillTheJournal(t *testing.T) {
	h := open(t, Limits{Refusals: 3})
	for range 2 {
		if c, _, err := h.dial("root", newKey(t), newKey(t), newKey(t), newKey(t)); err == nil {
			_ = c.Close()
			t.Fatal("an unknown key entered")
		}
	}
	if n := len(h.logged(Refused)); n != 3 {
		t.Errorf("%d refusals written", n)
	}
}

func TestARegisterThatCannotBeReadLetsNobodyIn(t *testing.T) {
	h := open(t, Limits{})
	key := h.known("Camille")
	c := h.enter(key)
	h.closes(true)
	if _, sentence, err := h.dial("root", key); err == nil || sentence != noDoor+"\r\n" {
		t.Errorf("%v, told %q", err, sentence)
	}
	if out := h.output(c, "qui"); !strings.Contains(out, noDoor) {
		t.Errorf("on a connection already open: %q", out)
	}
}
