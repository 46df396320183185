package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestNothingATerminalObeysIsWritten(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain text passes", "Élagage\tà Nanterre\n", "Élagage\tà Nanterre\n"},
		{"an escape", "a\x1b[31mb", "a\uFFFD[31mb"},
		{"a bell and a carriage return", "a\ab\rc", "a\uFFFDb\uFFFDc"},
		{"a C1 introducer", "a\u009b31mb", "a\uFFFD31mb"},
		{"a raw C1 byte", "a\x9bb", "a\uFFFDb"},
		{"a reversed reading direction", "a\u202eb", "a\uFFFDb"},
	} {
		var b strings.Builder
		n, err := (&harmless{w: &b}).Write([]byte(c.in))
		if err != nil || n != len(c.in) || b.String() != c.want {
			t.Errorf("%s: %q, %d, %v; want %q", c.name, b.String(), n, err, c.want)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestAnAnswerThatCouldNotBeWrittenIsAFailure(t *testing.T) {
	base := filepath.Join(t.TempDir(), "base.db")
	for _, args := range [][]string{{"marches"}, {"marches", "--json"}, {"journal"}, {"servir", "--modele-systemd"}, {"conservation", "--registre"}} {
		var errs bytes.Buffer
		if status := run(t.Context(), append(args, "--base", base), nil, strings.NewReader(""), full{}, &errs); status != failure {
			t.Errorf("%v: %d, %s", args, status, errs.String())
		}
	}
	var errs bytes.Buffer
	if status := run(t.Context(), []string{"marches", "--base", base}, nil, strings.NewReader(""), closed{}, &errs); status != done || errs.Len() > 0 {
		t.Errorf("a reader who had enough: %d, %s", status, errs.String())
	}
}

// closed is a pipe whose reader has left.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, syscall.EPIPE }
