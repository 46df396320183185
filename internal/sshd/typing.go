package sshd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// typed reads what the visitor types until the channel ends, and hands it to her
// program.
func (s *Server) typed(ctx context.Context, program *tea.Program, in io.Reader, one *live) {
	keys := typing{now: s.now, paste: s.l.Paste, burst: s.l.Typed, send: func(e uv.Event) { program.Send(e) }}
	switch err := keys.from(ctx, in); {
	case errors.Is(err, errTyped):
		one.leave(tooMuch)
	case errors.Is(err, errBroken):
		slog.Error("sshd: reading keys", "error", err)
		one.leave(broken)
	default:
		program.Quit() // she hung up
	}
}

// typing turns what a client sends into events. The program's own reader is not
// used: it keeps a quarter of a megabyte of key names for each session, holds
// whatever comes for as long as no sequence ends, and a panic in it would end the
// server. Here a paste is cut to its first bytes, a page of text that comes at once
// is a paste even where the terminal does not say so, and a storm of keys that never
// pauses, or that the screens cannot follow, is refused.
type typing struct {
	now          func() time.Time
	paste, burst int
	send         func(uv.Event)

	decode  uv.EventDecoder
	held    []byte    // not understood yet
	run     int       // bytes since the last pause, but for pastes
	began   time.Time // on what is held
	pasting bool      // between the two marks
	pasted  []byte
}

var (
	// errTyped says that no person types that.
	errTyped = errors.New("too many keys at once")
	// errBroken says that the reader of keys failed.
	errBroken = errors.New("panic")
)

const (
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
	// sequenceEnds is how long the rest of a sequence may take: after it, an
	// escape is the key.
	sequenceEnds = 50 * time.Millisecond
	// pause is more than sequenceEnds: after it, nothing is held.
	pause = 60 * time.Millisecond
	// aPage is more text than anybody types between two reads.
	aPage = 256
	// The screens are behind when they make keys wait so long, and may stay so for a
	// while: beyond, with so many keys, somebody takes the machine from the others.
	behind       = 20 * time.Millisecond
	mostBehind   = 10 * time.Second
	fewestBehind = 4 << 10 // bytes; a key held down sends a hundred a second
)

// chunk is what one read gave.
type chunk struct {
	bytes  []byte
	paused bool // nothing came for a while before it
}

// from reads until nothing more comes or the context ends. The error is that of
// the reader, errTyped, or errBroken.
func (t *typing) from(ctx context.Context, r io.Reader) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v\n%s", errBroken, r, debug.Stack())
		}
	}()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	chunks, ended := make(chan chunk), make(chan error, 1)
	go func() { ended <- t.read(ctx, r, chunks) }()
	late := time.NewTimer(sequenceEnds)
	defer late.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-ended:
			t.understand(true)
			return err
		case <-late.C:
			t.understand(true)
		case c := <-chunks:
			if c.paused {
				t.run = 0
			}
			t.held = append(t.held, c.bytes...)
			t.began = t.now()
			if t.understand(false); t.run+len(t.held) > t.burst || t.tired() {
				return errTyped
			}
			if len(t.held) > 0 {
				late.Reset(sequenceEnds)
			}
		}
	}
}

func (t *typing) read(ctx context.Context, r io.Reader, chunks chan<- chunk) error {
	var buffer [1024]byte
	var since time.Time // the screens have been behind
	waited := 0         // bytes that waited for them, since then
	for {
		asked := t.now()
		n, err := r.Read(buffer[:])
		if n > 0 {
			came := t.now()
			select {
			case chunks <- chunk{bytes.Clone(buffer[:n]), came.Sub(asked) >= pause}:
			case <-ctx.Done():
				return ctx.Err()
			}
			switch taken := t.now(); {
			case taken.Sub(came) < behind:
				since, waited = time.Time{}, 0
			case since.IsZero():
				since, waited = came, n
			default:
				if waited += n; waited > fewestBehind && taken.Sub(since) > mostBehind {
					return errTyped
				}
			}
		}
		if err != nil {
			return err
		}
	}
}

// understand sends the events held, but for a sequence whose end may still come:
// late says that it will not.
func (t *typing) understand(late bool) {
	for len(t.held) > 0 {
		if t.tired() {
			return
		}
		n := t.inPaste()
		if !t.pasting && n == 0 {
			n = t.page()
		}
		if !t.pasting && n == 0 {
			n = t.key(late)
		}
		if n == 0 {
			return
		}
		t.held = t.held[n:]
	}
	t.held = nil // its memory with it
}

// tired tells that the screens take too long over what one read gave.
func (t *typing) tired() bool {
	return len(t.held) > aPage/4 && !t.pasting && t.now().Sub(t.began) > mostBehind
}

// page sends the text held as a paste when it is too long to have been typed: a key
// at a time, a field would be drawn again for each.
func (t *typing) page() int {
	n := 0
	for n < len(t.held) {
		r, size := utf8.DecodeRune(t.held[n:])
		if r < ' ' && r != '\r' && r != '\n' || r == 0x7f || r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	if n < aPage {
		return 0
	}
	t.run += n
	t.send(uv.PasteEvent{Content: strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(t.held[:n]))})
	return n
}

// key sends the first event held and tells how long it was; 0 when it must wait.
func (t *typing) key(late bool) int {
	if rest, console := bytes.CutPrefix(t.held, []byte("\x1b[[")); console { // F1 to F5 of a Linux console: nothing here
		if len(rest) == 0 && !late {
			return 0
		}
		return min(len("\x1b[[A"), len(t.held))
	}
	n, e := t.decode.Decode(t.held)
	if !late && mayGoOn(t.held, n, e) {
		return 0
	}
	n = max(1, n)
	t.run += n
	switch e := e.(type) {
	case uv.UnknownEvent, uv.UnknownCsiEvent, uv.UnknownSs3Event, uv.UnknownOscEvent, uv.UnknownDcsEvent, uv.UnknownSosEvent,
		uv.UnknownPmEvent, uv.UnknownApcEvent, uv.WindowSizeEvent: // sizes come clamped, by the protocol
	case uv.PasteStartEvent:
		t.pasting, t.run = true, t.run-n
	case uv.MultiEvent:
		for _, one := range e {
			t.send(one)
		}
	default:
		t.send(e)
	}
	return n
}

// mayGoOn tells whether what was read as an event of n bytes may only be the
// beginning of another.
func mayGoOn(held []byte, n int, e uv.Event) bool {
	text, escaped := bytes.CutPrefix(held, []byte("\x1b"))
	if _, unknown := e.(uv.UnknownEvent); unknown || escaped && n <= 2 && n == len(held) {
		return true
	}
	return len(text) > 0 && text[0] >= utf8.RuneSelf && !utf8.FullRune(text)
}

// inPaste keeps the beginning of a paste, sends it when its end has come, and
// tells how many bytes it took of those held.
func (t *typing) inPaste() int {
	if !t.pasting {
		return 0
	}
	n := bytes.Index(t.held, []byte(pasteEnds))
	over := n >= 0
	if !over {
		n = max(0, len(t.held)-len(pasteEnds)+1) // a mark may be cut in two
	}
	t.pasted = append(t.pasted, t.held[:min(n, max(0, t.paste-len(t.pasted)))]...)
	if !over {
		return n
	}
	t.send(uv.PasteEvent{Content: strings.ToValidUTF8(string(t.pasted), "")})
	t.pasting, t.pasted = false, nil
	return n + len(pasteEnds)
}
