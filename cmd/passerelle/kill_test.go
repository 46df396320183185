package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// spawn runs « servir » in a process of its own, which can be killed.
func (s *served) spawn() *exec.Cmd {
	s.t.Helper()
	self, err := os.Executable()
	if err != nil {
		s.t.Fatal(err)
	}
	binary := filepath.Join(filepath.Dir(s.base), "passerelle") // under this name the tests are the program
	if err := os.Symlink(self, binary); err != nil && !os.IsExist(err) {
		s.t.Fatal(err)
	}
	var out lines
	cmd := exec.CommandContext(s.t.Context(), binary, "servir", "--adresse", s.addr, "--base", s.base, "--poignees-par-minute", "100000")
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.until(func() bool { return strings.Contains(out.String(), "écoute sur") })
	return cmd
}

// TestNothingAcknowledgedIsLostWhenTheServerIsKilled kills the server without
// warning while four people write, as often as PASSERELLE_MORTS says.
func TestNothingAcknowledgedIsLostWhenTheServerIsKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no symbolic link to run this program under its name")
	}
	times := 3
	if n, err := strconv.Atoi(os.Getenv("PASSERELLE_MORTS")); err == nil {
		times = n
	}
	s := prepared(t)
	var mu sync.Mutex
	var acknowledged []string
	for round := range times {
		server := s.spawn()
		enough, goal := make(chan struct{}), 1+rand.IntN(24)
		var written int
		var people sync.WaitGroup
		for who := range 4 {
			client := s.dial("Camille")
			people.Go(func() {
				for n := 0; ; n++ {
					mark := fmt.Sprintf("marque %d-%d-%d", round, who, n)
					sess, err := client.NewSession()
					if err != nil {
						return // killed
					}
					err = sess.Run("echange 12 \"" + mark + ".\"")
					_ = sess.Close()
					if err != nil {
						return
					}
					mu.Lock()
					acknowledged = append(acknowledged, mark+".")
					if written++; written == goal {
						close(enough)
					}
					mu.Unlock()
				}
			})
		}
		<-enough
		if err := server.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		people.Wait()
		_ = server.Wait()
	}
	if out := s.here("verifier"); !strings.Contains(out, "La base est saine") {
		t.Error(out)
	}
	kept := s.here("journal", "--limite", "1000000")
	for _, mark := range acknowledged {
		if !strings.Contains(kept, mark) {
			t.Errorf("%s was acknowledged, and is lost", mark)
		}
	}
	t.Logf("%d changes acknowledged, %d kills", len(acknowledged), times)
}
