package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"
	gossh "golang.org/x/crypto/ssh"
)

// keys makes the keys of a story: $AGE, opened by cle.txt, and $SSH, by ssh.cle;
// cles.pub holds both, and etrangere.txt opens nothing.
func keys(ts *testscript.TestScript, _ bool, _ []string) {
	own, err := age.GenerateX25519Identity()
	ts.Check(err)
	stranger, err := age.GenerateX25519Identity()
	ts.Check(err)
	public, private, err := ed25519.GenerateKey(rand.Reader)
	ts.Check(err)
	block, err := gossh.MarshalPrivateKey(private, "")
	ts.Check(err)
	key, err := gossh.NewPublicKey(public)
	ts.Check(err)
	line := strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key)))
	ts.Setenv("AGE", own.Recipient().String())
	ts.Setenv("SSH", line)
	for name, content := range map[string]string{
		"cle.txt": own.String() + "\n", "etrangere.txt": stranger.String() + "\n", "ssh.cle": string(pem.EncodeToMemory(block)),
		"cles.pub": "# deux clés\n" + own.Recipient().String() + "\n" + line + "\n",
	} {
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(content), 0o600))
	}
}

// appears waits for a file of that shape.
func appears(ts *testscript.TestScript, _ bool, args []string) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	late := time.After(20 * time.Second)
	for {
		found, err := filepath.Glob(ts.MkAbs(args[0]))
		ts.Check(err)
		if len(found) > 0 {
			return
		}
		select {
		case <-tick.C:
		case <-late:
			ts.Check(errors.New(args[0] + " never appeared"))
		}
	}
}
