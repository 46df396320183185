package sshd

import (
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// painter shows the images of one program on its visitor's terminal. The
// program's own renderer is not used: it keeps two grids of cells, a megabyte for
// each session, and wakes up forty times a second to see that nothing changed.
// Here the lines last shown are the whole memory, and only an image wakes it.
// The image takes the whole terminal, and no tone runs over the end of a line.
type painter struct {
	out     io.Writer
	profile colorprofile.Profile
	desks   *sync.Pool // of *desk, shared by the sessions

	mu   sync.Mutex
	next frame
	due  chan struct{} // next is to be painted

	shown         frame
	lines         []string // of shown
	open          bool     // the terminal's other screen is taken
	visible       bool     // its cursor
	ending, ended chan struct{}
}

// frame is an image and what is known of the terminal.
type frame struct {
	view          tea.View
	width, height int
	sizes         int  // how many were told: each wipes the screen
	synced        bool // the terminal shows a whole image at once
	clusters      bool // it measures text by what is seen as one letter
}

const (
	// settles is how long an image waits for what follows it at once: a screen
	// that opens and the rows read for it make one image.
	settles = 4 * time.Millisecond
	// between is the least time from an image to the next.
	between = 20 * time.Millisecond
)

func newPainter(out io.Writer, t Terminal, desks *sync.Pool) *painter {
	return &painter{
		out: out, profile: colorprofile.Env(t.Environment), desks: desks,
		next: frame{width: t.Width, height: t.Height},
		due:  make(chan struct{}, 1), ending: make(chan struct{}), ended: make(chan struct{}),
	}
}

// drawn is a program whose images go to a painter.
type drawn struct {
	tea.Model
	on *painter
}

// Update keeps what the terminal says of itself, then is the program's.
func (d drawn) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	d.on.learn(msg)
	var cmd tea.Cmd
	d.Model, cmd = d.Model.Update(msg)
	return d, cmd
}

// View hands the image to the painter.
func (d drawn) View() tea.View {
	v := d.Model.View()
	d.on.show(v)
	return v
}

func (p *painter) learn(msg tea.Msg) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.next.width, p.next.height = msg.Width, msg.Height
		p.next.sizes++
	case tea.ModeReportMsg:
		switch {
		case msg.Mode == ansi.ModeSynchronizedOutput && msg.Value == ansi.ModeReset:
			p.next.synced = true
		case msg.Mode == ansi.ModeUnicodeCore && !msg.Value.IsNotRecognized() && !msg.Value.IsPermanentlyReset():
			p.next.clusters = true
		}
	}
}

func (p *painter) show(v tea.View) {
	p.mu.Lock()
	p.next.view = v
	p.mu.Unlock()
	select {
	case p.due <- struct{}{}:
	default:
	}
}

// run paints until the end; a defect in it ends the session, not the server.
func (p *painter) run(broke func()) {
	defer close(p.ended)
	defer func() {
		if r := recover(); r != nil {
			slog.Error("sshd: painting", "error", r, "stack", string(debug.Stack()))
			broke()
		}
	}()
	wait := time.NewTimer(0)
	defer wait.Stop()
	<-wait.C
	rest := func(d time.Duration) bool {
		wait.Reset(d)
		select {
		case <-wait.C:
			return true
		case <-p.ending:
			return false
		}
	}
	for {
		select {
		case <-p.due:
		case <-p.ending:
			return
		}
		if !rest(settles) || p.paint() != nil || !rest(between-settles) {
			return
		}
	}
}

// close gives the terminal back as it was found.
func (p *painter) close() {
	close(p.ending)
	<-p.ended
	if !p.open {
		return
	}
	end := ansi.ResetStyle + ansi.ResetModeBracketedPaste + ansi.SetWindowTitle("")
	if p.shown.clusters {
		end += ansi.ResetModeUnicodeCore
	}
	_, _ = io.WriteString(p.out, end+ansi.ResetModeAltScreenSaveCursor+ansi.SetModeTextCursorEnable)
}

// paint writes what differs from the image shown.
func (p *painter) paint() error {
	p.mu.Lock()
	f := p.next
	p.mu.Unlock()
	d := p.desks.Get().(*desk)
	defer p.desks.Put(d)
	d.begin(p.profile, f)
	lines := rows(f.view.Content, f.height)
	var before strings.Builder
	if !p.open {
		before.WriteString(ansi.SetModeAltScreenSaveCursor + ansi.SetModeBracketedPaste)
	}
	if f.clusters && !p.shown.clusters {
		before.WriteString(ansi.SetModeUnicodeCore)
	}
	if f.view.WindowTitle != p.shown.view.WindowTitle {
		before.WriteString(ansi.SetWindowTitle(f.view.WindowTitle))
	}
	if !p.open || f.sizes != p.shown.sizes || f.clusters != p.shown.clusters || len(lines) != len(p.lines) {
		d.out.WriteString(ansi.ResetStyle + ansi.CursorHomePosition + ansi.EraseEntireScreen)
		p.lines = make([]string, len(lines))
	}
	p.lines = d.scroll(p.lines, lines)
	for y, line := range lines {
		if line != p.lines[y] {
			d.line(y, p.lines[y], line)
		}
	}
	text := p.wrapped(f, d)
	p.shown, p.lines, p.open = f, lines, true
	if before.Len()+len(text) == 0 {
		return nil
	}
	_, err := io.WriteString(p.out, before.String()+text)
	return err
}

// wrapped is what was drawn, shown at once where the terminal can, and the cursor.
func (p *painter) wrapped(f frame, d *desk) string {
	text, cursor, visible := d.out.String(), f.view.Cursor, p.visible
	drew := text != ""
	if cursor != nil && (drew || !visible || *cursor != *p.shown.view.Cursor) {
		text += ansi.CursorPosition(cursor.X+1, cursor.Y+1)
	}
	if drew && visible && !f.synced || visible && cursor == nil || !p.open {
		text, visible = ansi.ResetModeTextCursorEnable+text, false // not seen running about
	}
	if cursor != nil && !visible {
		text += ansi.SetModeTextCursorEnable
	}
	p.visible = cursor != nil
	if drew && f.synced {
		return ansi.SetModeSynchronizedOutput + text + ansi.ResetModeSynchronizedOutput
	}
	return text
}

// rows are the lines of an image, as many as the terminal has.
func rows(content string, h int) []string {
	lines := strings.Split(content, "\n")
	for len(lines) < h {
		lines = append(lines, "")
	}
	return slices.Clip(lines[:h])
}

// scroll moves a block of lines that only shifted, which costs a few bytes where
// their text would cost thousands, and gives the lines now on the terminal.
func (d *desk) scroll(was, is []string) []string {
	first, last := 0, len(is)-1
	for first <= last && was[first] == is[first] {
		first++
	}
	for last >= first && was[last] == is[last] {
		last--
	}
	shift, most := 0, (last-first+1)/2 // worth it when most lines only moved
	for by := 1; by <= most; by++ {
		for _, s := range []int{by, -by} {
			same := 0
			for y := max(first, first-s); y <= min(last, last-s); y++ {
				if is[y] != "" && is[y] == was[y+s] && is[y] != was[y] {
					same++
				}
			}
			if same > most {
				shift, most = s, same
			}
		}
	}
	if shift == 0 {
		return was
	}
	now := slices.Clone(was)
	fmt.Fprint(&d.out, ansi.ResetStyle, ansi.SetTopBottomMargins(first+1, last+1), ansi.CursorPosition(1, first+1))
	if shift > 0 {
		d.out.WriteString(ansi.DeleteLine(shift))
	} else {
		d.out.WriteString(ansi.InsertLine(-shift))
	}
	d.out.WriteString("\x1b[r")
	for y := first; y <= last; y++ {
		now[y] = ""
		if from := y + shift; from >= first && from <= last {
			now[y] = was[from]
		}
	}
	return now
}
