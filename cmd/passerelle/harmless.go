package main

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// harmless is a writer that keeps from a terminal whatever it would obey:
// control characters (C0 but line feed and tab, DEL, C1) and the marks that
// reverse the reading direction. Names come from files; files come from anyone. It
// remembers that something could not be written: tables do not look.
type harmless struct {
	w   io.Writer
	err error
}

func (h *harmless) Write(p []byte) (int, error) {
	out := p
	if bytes.ContainsFunc(p, obeyed) || !utf8.Valid(p) {
		out = []byte(clean(string(p)))
	}
	if _, err := h.w.Write(out); err != nil {
		h.err = err
		return 0, err
	}
	return len(p), nil
}

// clean replaces each obeyed character, and each byte that is not UTF-8, by
// U+FFFD.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if obeyed(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

func obeyed(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r <= 0x9f:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}
