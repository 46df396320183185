package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// load is what a process holds.
type load struct {
	goroutines, files int
	heap              uint64 // bytes alive
}

func loadNow() load {
	runtime.GC()
	runtime.GC() // what the first one finalised
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, _ := filepath.Glob("/proc/self/fd/*") // none but on Linux
	return load{runtime.NumGoroutine(), len(files), m.HeapAlloc}
}

// visit is one visit that ends in one of the ways visits end.
func (s *served) visit(n int) error {
	c, err := s.connect(s.keys[[]string{"Camille", "Dominique"}[n%2]])
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	if n%5 == 0 {
		sess, err := c.NewSession()
		if err != nil {
			return err
		}
		defer func() { _ = sess.Close() }()
		out, err := sess.CombinedOutput(fmt.Sprintf("echange 12 'endurance %d'", n))
		if err != nil {
			err = fmt.Errorf("%w: %s", err, out)
		}
		return err
	}
	sess, err := c.NewSession()
	if err != nil {
		return err
	}
	var shown lines
	sess.Stdout, sess.Stderr = &shown, &shown
	keys, err := sess.StdinPipe()
	if err != nil {
		return err
	}
	if err := sess.RequestPty("xterm-256color", 24+n%17, 80+n%41, gossh.TerminalModes{}); err != nil {
		return err
	}
	if err := sess.Shell(); err != nil {
		return err
	}
	for late := time.Now().Add(20 * time.Second); !strings.Contains(shown.String(), "Aujourd"); runtime.Gosched() {
		if time.Now().After(late) {
			return fmt.Errorf("no screen but %q", shown.String())
		}
	}
	if _, err := io.WriteString(keys, []string{"jjjkk", "gm", "gp", "/clause", ":"}[n%5]); err != nil {
		return err
	}
	switch n % 4 {
	case 0:
		return nil // the line is cut
	case 1:
		return sess.Close()
	case 2:
		return keys.Close()
	default:
		if _, err := io.WriteString(keys, "\x03"); err != nil {
			return err
		}
		_ = sess.Wait() // the status of somebody who leaves
		return nil
	}
}

// readersFiles is what the readers of the store may hold more than they did: four
// connections, each opened when the others are busy and kept, of a file and its log.
// A visit that left one descriptor behind would leave more than that in a round.
const readersFiles = 4 * 2

// TestVisitsLeaveNothingBehind makes many visits that end in every way, with keys
// given and taken away, and looks at what the server still holds. As long as
// PASSERELLE_ENDURANCE says (a duration).
func TestVisitsLeaveNothingBehind(t *testing.T) {
	var lasts time.Duration
	if text := os.Getenv("PASSERELLE_ENDURANCE"); text != "" {
		var err error
		if lasts, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	s := serving(t)
	visits := 0
	round := func() {
		var people sync.WaitGroup
		for range 20 {
			visits++
			n := visits
			people.Go(func() {
				if err := s.visit(n); err != nil {
					t.Errorf("visit %d: %v", n, err)
				}
			})
		}
		people.Wait()
		name := fmt.Sprintf("Passage %d", visits)
		key, signer := newKey(t)
		s.here("utilisateur", "ajouter", name, "--cle", key)
		c, err := s.connect(signer)
		if err != nil {
			t.Fatal(err)
		}
		sess, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		_, _ = sess.StdinPipe()
		if err := sess.RequestPty("xterm", 24, 80, nil); err != nil {
			t.Fatal(err)
		}
		if err := sess.Shell(); err != nil {
			t.Fatal(err)
		}
		s.here("utilisateur", "retirer", name)
		_ = sess.Wait() // shown the door
		_ = c.Close()
	}
	for range 3 {
		round()
	}
	s.until(func() bool { return loadNow().goroutines < 200 })
	before := loadNow()
	began := time.Now()
	for n := 0; n < 3 || time.Since(began) < lasts; n++ {
		round()
		if n%50 == 49 {
			t.Logf("%v, %d visits: %+v", time.Since(began).Round(time.Second), visits, loadNow())
		}
		if rand.IntN(100) == 0 { // the server stops and starts again
			s.stop()
			s.start()
		}
	}
	var after load
	s.until(func() bool {
		after = loadNow()
		return after.goroutines <= before.goroutines+3 && after.files <= before.files+readersFiles
	})
	t.Logf("%d visits: %+v, then %+v", visits, before, after)
	if after.heap > before.heap+before.heap/4+8<<20 {
		t.Errorf("the memory grew from %d to %d bytes", before.heap, after.heap)
	}
}
