package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	gossh "golang.org/x/crypto/ssh"

	"passerelle/internal/insertion"
	"passerelle/internal/sshd"
	"passerelle/store"
)

// userNamed finds a user by name, and says why when it finds none or several.
func userNamed(ctx context.Context, s *store.Store, name string) (insertion.User, error) {
	u, err := s.FindUser(ctx, name)
	switch {
	case errors.Is(err, insertion.ErrNotFound):
		err = fmt.Errorf("aucun utilisateur ne s'appelle « %s » (« passerelle utilisateur » les liste)", name)
	case errors.Is(err, insertion.ErrDuplicate):
		err = fmt.Errorf("plusieurs utilisateurs s'appellent « %s », aux majuscules ou aux accents près : écrivez le nom tel que « passerelle utilisateur » le liste", name)
	}
	return u, err
}

// isKey tells a public key from the name of a file.
func isKey(text string) bool {
	return strings.HasPrefix(text, "ssh-") || strings.HasPrefix(text, "sk-") || strings.HasPrefix(text, "ecdsa-")
}

// readKey reads a public key: a file, « - » for the standard input, or the key
// itself.
func (p *program) readKey(from string) (insertion.UserKey, error) {
	var data []byte
	var err error
	switch {
	case isKey(from):
		data = []byte(from)
	case from == "-":
		data, err = io.ReadAll(io.LimitReader(p.stdin, 64<<10))
	case p.shared != nil:
		return insertion.UserKey{}, misusef("par SSH, la clé s'envoie : « --cle - < cle.pub », ou s'écrit entre guillemets")
	default:
		data, err = os.ReadFile(from)
	}
	if err != nil {
		return insertion.UserKey{}, err
	}
	return userKey(data)
}

// ReadKey reads a public key typed on a screen.
func (d *desk) ReadKey(line string) (insertion.UserKey, error) { return userKey([]byte(line)) }

// userKey reads a public key as authorized_keys writes it. Weak kinds are refused.
func userKey(line []byte) (insertion.UserKey, error) {
	key, comment, _, _, err := gossh.ParseAuthorizedKey(line)
	if err != nil {
		return insertion.UserKey{}, &insertion.FieldError{Field: "cle", Reason: "ce n'est pas une clé publique, comme « ssh-ed25519 AAAA… »"}
	}
	if err := sshd.CheckKey(key); err != nil {
		return insertion.UserKey{}, &insertion.FieldError{Field: "cle", Reason: err.Error()}
	}
	return insertion.UserKey{
		Fingerprint: gossh.FingerprintSHA256(key), Line: strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key))), Label: clean(comment),
	}, nil
}

// buyersNamed finds the buyers an access is narrowed to; « tous » is all of them.
func buyersNamed(ctx context.Context, s *store.Store, names []string) ([]insertion.OrganisationID, error) {
	var out []insertion.OrganisationID
	for _, name := range names {
		if strings.EqualFold(name, "tous") {
			return nil, nil
		}
		o, err := s.FindBuyer(ctx, name)
		switch {
		case errors.Is(err, insertion.ErrNotFound):
			return nil, fmt.Errorf("aucun acheteur d'un lot ne s'appelle « %s » : donnez son SIRET ou son nom entier", name)
		case errors.Is(err, insertion.ErrDuplicate):
			return nil, fmt.Errorf("plusieurs acheteurs s'appellent « %s » : donnez le SIRET", name)
		case err != nil:
			return nil, err
		}
		out = append(out, o.ID)
	}
	return out, nil
}

func parseRole(text string) (insertion.Role, error) {
	for _, r := range insertion.Roles() {
		if strings.EqualFold(string(r), text) || strings.EqualFold(strings.NewReplacer("é", "e").Replace(string(r)), text) {
			return r, nil
		}
	}
	return "", fmt.Errorf("« %s » n'est ni facilitateur, ni délégation, ni lecteur", text)
}
