package sshd

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"

	gossh "golang.org/x/crypto/ssh"
)

// Guest is who a key lets in.
type Guest struct {
	User   int64  // of the file
	Name   string // written in the journal
	Rights string // a mark that differs once what she may do has changed
}

// Visitor is somebody whose key is known, with the rights she came in with. The
// name a client gives on connecting is decoration and is not even kept.
type Visitor struct {
	Guest
	Fingerprint string // of the key that was shown, « SHA256:… »
	Address     string // of the client, without port
}

// ErrUnknownKey is what a Door answers to a key nobody registered.
var ErrUnknownKey = errors.New("clé inconnue")

// Door tells who a key lets in. It is asked at each login and again whenever the
// file changes, so that a key taken away, or other rights, end its sessions.
type Door interface {
	// Enter finds the person by the fingerprint of the key; the error is
	// ErrUnknownKey when there is none.
	Enter(ctx context.Context, fingerprint string) (Guest, error)
}

// MinRSABits is the shortest RSA key accepted.
const MinRSABits = 3072

// CheckKey refuses kinds of keys too weak to enter: only ed25519, RSA of at
// least 3072 bits, and those held by a security key, which signs only when touched.
// A certificate is none of them. The error is French.
func CheckKey(key gossh.PublicKey) error {
	if _, ok := key.(*gossh.Certificate); ok { // whoever signed it could let anybody in
		return errors.New("les certificats ne sont pas acceptés, seulement la clé elle-même (le fichier .pub, non -cert.pub)")
	}
	switch key.Type() {
	case gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519, gossh.KeyAlgoSKECDSA256:
		return nil
	case gossh.KeyAlgoRSA:
		held, ok := key.(gossh.CryptoPublicKey)
		if !ok {
			break
		}
		if pub, ok := held.CryptoPublicKey().(*rsa.PublicKey); ok && pub.N.BitLen() >= MinRSABits {
			return nil
		}
		return fmt.Errorf("clé RSA de moins de %d bits : créez une clé ed25519", MinRSABits)
	}
	return fmt.Errorf("genre de clé refusé (%s) : ed25519, RSA d'au moins %d bits ou clé de sécurité (sk-)", key.Type(), MinRSABits)
}
