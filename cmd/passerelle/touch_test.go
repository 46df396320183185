package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// authenticator is a security key: it signs what it is shown with what it is for, a
// counter, and whether somebody touched it.
type authenticator struct {
	key     ed25519.PrivateKey
	public  gossh.PublicKey
	touched bool
	counter uint32
}

const application = "ssh:"

func newAuthenticator(t *testing.T) *authenticator {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.ParsePublicKey(gossh.Marshal(struct {
		Kind        string
		Key         []byte
		Application string
	}{gossh.KeyAlgoSKED25519, public, application}))
	if err != nil {
		t.Fatal(err)
	}
	return &authenticator{key: private, public: key, touched: true}
}

func (a *authenticator) PublicKey() gossh.PublicKey { return a.public }

func (a *authenticator) Sign(_ io.Reader, data []byte) (*gossh.Signature, error) {
	a.counter++
	proof := []byte{0}
	if a.touched {
		proof[0] = 1
	}
	proof = binary.BigEndian.AppendUint32(proof, a.counter)
	purpose, message := sha256.Sum256([]byte(application)), sha256.Sum256(data)
	signed := append(append(purpose[:], proof...), message[:]...)
	return &gossh.Signature{Format: a.public.Type(), Blob: ed25519.Sign(a.key, signed), Rest: proof}, nil
}

func TestASecurityKeyEntersWhenItIsTouched(t *testing.T) {
	s := serving(t)
	key := newAuthenticator(t)
	s.here("utilisateur", "ajouter", "Lou", "--cle", strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key.public))))
	s.keys["Lou"] = key
	if said, failed := s.there("Lou", "aujourdhui"); failed {
		t.Error(said)
	}
	key.touched = false
	if c, err := s.connect(key); err == nil {
		t.Errorf("untouched, it let %s in", c.User())
	}
	key.touched = true
	if said, failed := s.there("Lou", "aujourdhui"); failed {
		t.Error(said)
	}
}

// certified is a key with a certificate that some authority signed.
func certified(t *testing.T) (gossh.Signer, string) {
	t.Helper()
	_, key := newKey(t)
	_, authority := newKey(t)
	cert := &gossh.Certificate{Key: key.PublicKey(), CertType: gossh.UserCert, KeyId: "Lou", ValidPrincipals: []string{"root"}, ValidBefore: gossh.CertTimeInfinity}
	if err := cert.SignCert(rand.Reader, authority); err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewCertSigner(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	return signer, strings.TrimSpace(string(gossh.MarshalAuthorizedKey(cert)))
}

func TestACertificateIsRefusedInASentence(t *testing.T) {
	s := serving(t)
	signer, line := certified(t)
	const sentence = "les certificats ne sont pas acceptés, seulement la clé elle-même"
	if said := s.refusedHere("utilisateur", "ajouter", "Lou", "--cle", line); !strings.Contains(said, sentence) || strings.Count(said, "\n") != 1 {
		t.Error(said)
	}
	var told string
	_, err := gossh.Dial("tcp", s.addr, &gossh.ClientConfig{
		User: "root", HostKeyCallback: gossh.InsecureIgnoreHostKey(),
		Auth:           []gossh.AuthMethod{gossh.PublicKeys(signer), gossh.KeyboardInteractive(func(string, string, []string, []bool) ([]string, error) { return nil, nil })},
		BannerCallback: func(message string) error { told += message; return nil },
	})
	if err == nil || !strings.Contains(told, "Votre clé est refusée : "+sentence) {
		t.Errorf("%v, told %q", err, told)
	}
}
