package main

import (
	"strings"
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
		n, err := harmless{&b}.Write([]byte(c.in))
		if err != nil || n != len(c.in) || b.String() != c.want {
			t.Errorf("%s: %q, %d, %v; want %q", c.name, b.String(), n, err, c.want)
		}
	}
}
