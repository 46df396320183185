package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// chunks gives a client's bytes as they came, with pauses between some.
type chunks struct {
	of   []string
	wait func()
}

func (c *chunks) Read(p []byte) (int, error) {
	for len(c.of) > 0 && c.of[0] == "" { // a pause
		c.wait()
		c.of = c.of[1:]
	}
	if len(c.of) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.of[0])
	c.of[0] = c.of[0][n:]
	if c.of[0] == "" {
		c.of = c.of[1:]
	}
	return n, nil
}

// typed is what is understood of some bytes, one word an event.
func typed(t *testing.T, keys typing, of ...string) (string, error) {
	t.Helper()
	var all []string
	keys.send = func(e uv.Event) {
		switch e := e.(type) {
		case uv.PasteEvent:
			all = append(all, "<"+e.Content+">")
		case uv.KeyPressEvent:
			all = append(all, e.String())
		default:
			all = append(all, fmt.Sprintf("%T", e))
		}
	}
	if keys.now == nil {
		keys.now = time.Now
	}
	if keys.burst == 0 {
		keys.burst = 1000
	}
	err := keys.from(t.Context(), &chunks{of: of})
	return strings.Join(all, " "), err
}

func bytesOf(text string) (all []string) {
	for i := range len(text) {
		all = append(all, text[i:i+1])
	}
	return all
}

func TestKeysAreUnderstoodHoweverTheyArrive(t *testing.T) {
	for sent, want := range map[string]string{
		"aé€🙂B":                        "a é € 🙂 B",
		"\x1b[A\x1bOB\x1b[1;5C\x1b[3~": "up down ctrl+right delete",
		"\x1b[H\x1bOF\x1b[1~\x1b[4~":   "home end home end",
		"\x1b[5~\x1b[6~\x1b[Z\t\r\x7f": "pgup pgdown shift+tab tab enter backspace",
		"\x1bOP\x1b[15~\x1b[24~":       "f1 f5 f12",
		"\x03\x1a\x13\x00":             "ctrl+c ctrl+z ctrl+s ctrl+space",
		"\x1bx\x1bé":                   "alt+x alt+é",
		"\x1b":                         "esc",
		"\x1b[<0;10;5M":                "uv.MouseClickEvent",
		"\x1b]11;rgb:00/00/00\x07":     "uv.BackgroundColorEvent",
		"\x1b[?2026;2$y":               "uv.ModeReportEvent",
		"\x1b[8;4000;5000t":            "",    // sizes come by the protocol only
		"x\x1b[[Ay":                    "x y", // a key of the Linux console that nothing listens to
		"x\x1b[999999z":                "x",
	} {
		if got, err := typed(t, typing{}, sent); got != want || !errors.Is(err, io.EOF) {
			t.Errorf("%q at once is %q, %v", sent, got, err)
		}
		if got, err := typed(t, typing{}, bytesOf(sent)...); got != want || !errors.Is(err, io.EOF) {
			t.Errorf("%q byte after byte is %q, %v", sent, got, err)
		}
	}
}

func TestPastesAreCutBetweenTheirMarksHoweverTheyArrive(t *testing.T) {
	whole := "a" + pasteBegins + "012345\x1b[A789" + pasteEnds + "b"
	for cut := 1; cut < len(whole); cut++ {
		var of []string
		for rest := whole; rest != ""; rest = rest[min(cut, len(rest)):] {
			of = append(of, rest[:min(cut, len(rest))])
		}
		if got, _ := typed(t, typing{paste: 8}, of...); got != "a <012345\x1b[> b" {
			t.Errorf("by %d: %q", cut, got)
		}
	}
	for most := range 20 {
		got, _ := typed(t, typing{paste: most}, whole)
		if want := "a <" + "012345\x1b[A789"[:min(most, 12)] + "> b"; got != want {
			t.Errorf("of %d: %q", most, got)
		}
	}
	if got, _ := typed(t, typing{paste: 2}, pasteBegins+"aé"+pasteEnds); got != "<a>" {
		t.Errorf("a letter cut in two is %q", got)
	}
}

func TestAPauseForgivesWhatWasTyped(t *testing.T) {
	c := &handClock{at: time.Unix(0, 0)}
	ten := strings.Repeat("x", 10)
	passes := &chunks{of: []string{ten, "", ten, "", ten}, wait: func() { c.passes(pause) }}
	n := 0
	keys := typing{now: c.now, burst: 10, send: func(uv.Event) { n++ }}
	if err := keys.from(t.Context(), passes); n != 30 || !errors.Is(err, io.EOF) {
		t.Errorf("with pauses: %d keys, %v", n, err)
	}
	if _, err := typed(t, typing{burst: 10}, ten, "x"); !errors.Is(err, errTyped) {
		t.Errorf("without: %v", err)
	}
}

// FuzzKeys proves that nothing a client sends ends more than its own session, and
// that what is plainly typed comes out as it was.
func FuzzKeys(f *testing.F) {
	for _, keys := range []string{"bonjour", "\x1b[A\x1bOA", pasteBegins + "x" + pasteEnds, "\x1b_1;23", "\x1b[8;4000;5000t", "\x1b[200~", "\xc3", "\x1b[<0;1;1M"} {
		f.Add(keys)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var text strings.Builder
		keys := typing{now: time.Now, paste: 64, burst: 1 << 16, send: func(e uv.Event) {
			switch e := e.(type) {
			case uv.KeyPressEvent:
				text.WriteString(e.Text)
			case uv.PasteEvent:
				if !strings.Contains(sent, pasteBegins) { // typed, and a page of it
					text.WriteString(e.Content)
				} else if len(e.Content) > 64 && strings.Contains(e.Content, "\x1b") {
					t.Errorf("%d bytes of a paste", len(e.Content))
				}
			case uv.WindowSizeEvent:
				t.Error("a size came as keys")
			}
		}}
		err := keys.from(ctx, strings.NewReader(sent))
		if !errors.Is(err, io.EOF) && !errors.Is(err, errTyped) {
			t.Errorf("ended by %v", err)
		}
		if len(keys.pasted) > 64 {
			t.Errorf("%d bytes of a paste are held", len(keys.pasted))
		}
		if plain(sent) == sent && text.String() != sent {
			t.Errorf("%q was read as %q", sent, text.String())
		}
	})
}

func TestAPageThatComesAtOnceIsAPasteWhateverTheTerminalSays(t *testing.T) {
	text := strings.Repeat("é ", aPage-1) + "\n"
	if got, err := typed(t, typing{burst: 1 << 16}, "ab\t"+strings.Replace(text, "\n", "\r\n", 1)+"\x1b[A"); err != io.EOF || got != "a b tab <"+text+"> up" {
		t.Errorf("%q, %v", got, err)
	}
	few := strings.Repeat("j", aPage-1) // keys typed ahead stay keys
	if got, err := typed(t, typing{}, few); err != io.EOF || got != strings.TrimSpace(strings.Repeat("j ", aPage-1)) {
		t.Errorf("%q, %v", got, err)
	}
}

// TestKeysTheScreensCannotFollowEndTheSession makes each key take 15 ms, on a clock
// that only keys move.
func TestKeysTheScreensCannotFollowEndTheSession(t *testing.T) {
	const chunk = 1 << 10
	for _, c := range []struct {
		cost time.Duration
		want error
	}{{15 * time.Millisecond, errTyped}, {10 * time.Microsecond, io.EOF}} {
		var asked, at atomic.Int64
		keys := typing{burst: 1 << 20, now: func() time.Time {
			asked.Add(1)
			return time.Unix(0, at.Load())
		}}
		understood := int64(0)
		keys.send = func(uv.Event) {
			for understood < 5*chunk && asked.Load() < 3*(understood/chunk+1)+2 { // the next bytes are there, and wait
				runtime.Gosched()
			}
			understood++
			at.Add(int64(c.cost))
		}
		err := keys.from(t.Context(), strings.NewReader(strings.Repeat("\t", 20*chunk)))
		if !errors.Is(err, c.want) {
			t.Errorf("%v a key: %v", c.cost, err)
		}
		if c.want == errTyped && understood > 7*chunk {
			t.Errorf("only after %d keys", understood)
		}
	}
}
