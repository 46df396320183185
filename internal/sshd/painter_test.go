package sshd

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"
)

// easel is a painter and the terminal it paints on.
type easel struct {
	*painter
	term *vt.Emulator
	sent int // bytes of the last image
}

func newEasel(width, height int) *easel {
	e := &easel{term: vt.NewEmulator(width, height)}
	t := Terminal{Width: width, Height: height, Environment: []string{"TERM=xterm-256color", "COLORTERM=truecolor"}}
	e.painter = newPainter(e, t, &sync.Pool{New: func() any { return new(desk) }})
	return e
}

func (e *easel) Write(p []byte) (int, error) {
	e.sent += len(p)
	return e.term.Write(p)
}

func (e *easel) paints(v tea.View) int {
	e.sent = 0
	e.show(v)
	<-e.due
	if err := e.paint(); err != nil {
		panic(err)
	}
	return e.sent
}

func line(t *rapid.T, width int) string {
	var b strings.Builder
	for range rapid.IntRange(0, 4).Draw(t, "pieces") {
		piece := rapid.SampledFrom([]string{
			"Ville d'Asnières", "253 000 €", "  ", "\x1b[31mrouge\x1b[m", "\x1b[48;5;24;1msélection\x1b[m", "▸ ", "░░░██", "漢字", "e\u0301lan",
			"\x1b[38;2;10;200;30;3mvert\x1b[m", "\x1b[7m        \x1b[m", strings.Repeat("─", 30), "x",
		}).Draw(t, "piece")
		b.WriteString(piece)
	}
	return ansi.Truncate(b.String(), width, "")
}

// TestWhatIsPaintedIsWhatIsShown changes, scrolls and resizes images at random,
// and looks at the terminal cell by cell.
func TestWhatIsPaintedIsWhatIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(1, 60).Draw(t, "width"), rapid.IntRange(1, 14).Draw(t, "height")
		e := newEasel(width, height)
		if rapid.Bool().Draw(t, "clusters") {
			e.learn(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
		}
		var lines []string
		for range rapid.IntRange(1, 8).Draw(t, "images") {
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				lines = nil
				for range rapid.IntRange(0, height+1).Draw(t, "lines") {
					lines = append(lines, line(t, width))
				}
			case 1, 2:
				if len(lines) > 0 {
					lines[rapid.IntRange(0, len(lines)-1).Draw(t, "which")] = line(t, width)
				}
			case 3:
				lines = append([]string{line(t, width), line(t, width)}, lines...)
			case 4:
				lines = lines[min(len(lines), rapid.IntRange(1, 3).Draw(t, "up")):]
			case 5:
				width, height = rapid.IntRange(1, 60).Draw(t, "width"), rapid.IntRange(1, 14).Draw(t, "height")
				e.term.Resize(width, height)
				e.learn(tea.WindowSizeMsg{Width: width, Height: height})
			}
			if rapid.IntRange(0, 3).Draw(t, "answers") == 0 {
				e.learn(tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset})
			}
			v := tea.NewView(strings.Join(lines, "\n"))
			x, y := rapid.IntRange(0, width-1).Draw(t, "x"), rapid.IntRange(0, height-1).Draw(t, "y")
			v.Cursor = tea.NewCursor(x, y)
			e.paints(v)
			same(t, e, lines, width, height)
			if at := e.term.CursorPosition(); at.X != x || at.Y != y {
				t.Fatalf("the cursor is at %v, not at %d,%d", at, x, y)
			}
		}
	})
}

func same(t *rapid.T, e *easel, lines []string, width, height int) {
	method := ansi.WcWidth
	if e.shown.clusters {
		method = ansi.GraphemeWidth
	}
	for y := range height {
		want := strip{uv.NewLine(width), method}
		if y < len(lines) {
			want.read(lines[y])
		}
		for x := range width {
			w, g := want.CellAt(x, 0), e.term.CellAt(x, y)
			if g == nil || g.Content != w.Content && !(blank(g.Content) && blank(w.Content)) || !g.Style.Equal(&w.Style) {
				t.Fatalf("cell %d,%d is %+v, not %+v, of %q", x, y, g, *w, lines)
			}
		}
	}
}

func blank(s string) bool { return s == "" || s == " " }

// TestSmallChangesTravelLight keeps the bytes of what people do most.
func TestSmallChangesTravelLight(t *testing.T) {
	e := newEasel(120, 40)
	page := func(first, picked int) tea.View {
		var b strings.Builder
		for n := first; n < first+40; n++ {
			text := fmt.Sprintf("  %4d  %s 253 000 € en cours", n, strings.Repeat("Entretien des espaces verts, lot ", 2))
			if n == picked {
				text = "\x1b[7m▸" + text[1:] + "\x1b[m"
			}
			b.WriteString(text + "\n")
		}
		v := tea.NewView(strings.TrimSuffix(b.String(), "\n"))
		v.Cursor = tea.NewCursor(0, picked-first)
		return v
	}
	e.paints(page(0, 38))
	if n := e.paints(page(0, 38)); n > 0 {
		t.Errorf("the same image: %d bytes", n)
	}
	if n := e.paints(page(0, 39)); n > 300 {
		t.Errorf("a move: %d bytes", n)
	}
	if n := e.paints(page(1, 40)); n > 450 {
		t.Errorf("a line scrolled: %d bytes", n)
	}
	if n := e.paints(page(0, 39)); n > 450 {
		t.Errorf("a line scrolled back: %d bytes", n)
	}
}
