package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"filippo.io/age/armor"

	"passerelle/internal/insertion"
)

// recipients reads who will be able to open a copy: age keys, SSH keys, or files
// that hold one a line. Nobody means a copy in clear. The error names the option.
func recipients(option string, named []string) ([]age.Recipient, error) {
	var all []age.Recipient
	for _, name := range named {
		some, err := recipientsOf(strings.TrimSpace(name))
		if err != nil {
			return nil, &insertion.FieldError{Field: option, Reason: err.Error()}
		}
		all = append(all, some...)
	}
	return all, nil
}

func recipientsOf(name string) ([]age.Recipient, error) {
	if r, err := recipient(name); r != nil || err != nil {
		return []age.Recipient{r}, err
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("« %s » n'est ni une clé « age1… », ni une clé « ssh-ed25519 AAAA… », ni un fichier de ces clés", name)
	}
	var all []age.Recipient
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		r, err := recipient(line)
		if err != nil || r == nil {
			return nil, fmt.Errorf("dans %s, « %s » n'est pas une clé publique « age1… » ou « ssh-ed25519 AAAA… »", name, line)
		}
		all = append(all, r)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s ne contient aucune clé", name)
	}
	return all, nil
}

// recipient reads one public key; nil when the text does not look like one.
func recipient(text string) (r age.Recipient, err error) {
	switch {
	case strings.HasPrefix(text, "age1"):
		r, err = age.ParseX25519Recipient(text)
	case strings.HasPrefix(text, "ssh-ed25519 "):
		r, err = agessh.ParseRecipient(text)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("la clé « %s » est mal écrite ou incomplète", text)
	}
	return r, nil
}

// sealFor encrypts to recipients; nil without any.
func sealFor(to []age.Recipient) func(io.Writer) (io.WriteCloser, error) {
	if len(to) == 0 {
		return nil
	}
	return func(w io.Writer) (io.WriteCloser, error) { return age.Encrypt(w, to...) }
}

// identities reads the private key that opens a copy: age's own, or an SSH key.
func identities(file string) ([]age.Identity, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(content, []byte("-----BEGIN")) {
		all, err := age.ParseIdentities(bytes.NewReader(content))
		if err != nil {
			return nil, fmt.Errorf("%s ne contient pas de clé « AGE-SECRET-KEY-1… »", file)
		}
		return all, nil
	}
	key, err := agessh.ParseIdentity(content)
	if err != nil {
		return nil, fmt.Errorf("%s n'est pas une clé SSH lisible sans phrase de passe : déchiffrez d'abord avec « age -d -i %s -o copie.db FICHIER », puis restaurez copie.db", file, file)
	}
	return []age.Identity{key}, nil
}

// unseal reads a copy: as it is, or deciphered with the key when it is encrypted.
func unseal(name, keyFile string) func(io.Reader) (io.Reader, error) {
	return func(r io.Reader) (io.Reader, error) {
		in := bufio.NewReader(r)
		const binary, armored = "age-encryption.org/", armor.Header
		head, _ := in.Peek(len(armored)) // shorter is not encrypted
		var sealed io.Reader = in
		switch {
		case bytes.HasPrefix(head, []byte(armored)):
			sealed = armor.NewReader(in)
		case !bytes.HasPrefix(head, []byte(binary)):
			return in, nil
		}
		if keyFile == "" {
			return nil, misusef("%s est chiffrée : donnez la clé qui l'ouvre, --identite FICHIER", name)
		}
		keys, err := identities(keyFile)
		if err != nil {
			return nil, err
		}
		var stranger *age.NoIdentityMatchError
		plain, err := age.Decrypt(sealed, keys...)
		if errors.As(err, &stranger) {
			return nil, fmt.Errorf("la clé %s n'ouvre pas %s : elle n'a pas été chiffrée pour elle", keyFile, name)
		}
		if err != nil {
			return nil, errors.Join(insertion.ErrCorrupt, err)
		}
		return untampered{plain}, nil
	}
}

// untampered calls damage what cannot be deciphered.
type untampered struct{ io.Reader }

func (u untampered) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = errors.Join(insertion.ErrCorrupt, err)
	}
	return n, err
}
