package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// View draws one row of title, the body, one row of notice and one of keys.
func (a *App) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.WindowTitle = "Passerelle"
	if a.w < minWidth || a.h < minHeight {
		v.Content = a.tooSmall()
		return v
	}
	body := a.top().View()
	lines := strings.Split(body, "\n")
	if len(lines) > a.h-chrome {
		lines = lines[:a.h-chrome]
	}
	if over := a.over(); over != "" {
		kept := under(over, a.h-chrome)
		for len(lines) < kept {
			lines = append(lines, "")
		}
		lines = append(lines[:kept:kept], strings.Split(over, "\n")...)
	}
	var b strings.Builder
	b.Grow(2 * a.w * a.h)
	b.WriteString(a.title())
	for i := range a.h - chrome {
		b.WriteByte('\n')
		if i < len(lines) {
			b.WriteString(lines[i])
		}
	}
	b.WriteByte('\n')
	b.WriteString(a.noticeLine())
	b.WriteByte('\n')
	b.WriteString(a.keyLine())
	v.Content = b.String()
	v.Cursor = a.cursor()
	return v
}

// over is what stands above the screen: the overlay, or the rooms after « g ».
func (a *App) over() string {
	switch {
	case a.overlay != nil:
		return a.overlay.view(a.shared.theme, a.w, a.h-chrome)
	case a.going:
		return a.doors()
	}
	return ""
}

// doors shows every room and its letter, on as many lines as they need.
func (a *App) doors() string {
	t, rooms := a.shared.theme, plan()
	cell := 0
	for _, e := range rooms {
		cell = max(cell, span(e.name)+4)
	}
	across := max(1, (a.w-1)/cell)
	deep := (len(rooms) + across - 1) / across
	lines := []string{t.rule("Aller à", a.w)}
	for y := range deep {
		line := " "
		for i := y; i < len(rooms); i += deep {
			line += t.paint(accent, rooms[i].letter) + pad(" "+rooms[i].name, cell-1)
		}
		lines = append(lines, line)
	}
	return fit(lines, a.w, a.h-chrome)
}

func (a *App) tooSmall() string {
	text := fmt.Sprintf("Agrandissez la fenêtre à %d×%d (ici %d×%d), ou Ctrl+C pour quitter.", minWidth, minHeight, a.w, a.h)
	return fit(wrap(text, max(1, a.w)), max(1, a.w), max(1, a.h))
}

// small tells whether the window shows nothing of the program: keys then wait for one
// that does.
func (a *App) small() bool { return a.w > 0 && (a.w < minWidth || a.h < minHeight) }

// title shows where we are and who is here.
func (a *App) title() string {
	names := make([]string, len(a.stack))
	for i, s := range a.stack {
		names[i] = s.Title()
	}
	names = slices.Compact(names) // a page opened from another of the same name
	left := " Passerelle"
	for _, n := range names {
		left += " › " + n
	}
	right := a.place + "  " + a.shared.who() + with(a.here) + " "
	room := a.w - span(right) - 1
	if span(left) > room && len(names) > 1 {
		left = " … › " + names[len(names)-1]
	}
	return a.shared.theme.paint(bar, spread(cut(left, max(0, room)), right, a.w))
}

func (a *App) noticeLine() string {
	t := a.shared.theme
	switch {
	case a.notice.text == "":
		return ""
	case a.notice.bad:
		return t.paint(bad, cut(" ! "+a.notice.text, a.w))
	}
	return t.paint(accent, cut(" "+a.notice.text, a.w))
}

// keyLine shows the keys that do something now, from the same tables as
// dispatch and help.
func (a *App) keyLine() string {
	t := a.shared.theme
	acts := a.actions()
	if a.overlay != nil {
		acts = a.overlay.actions()
	} else if a.going {
		acts = []action{{key: "esc", label: "rester ici"}}
	} else if !a.top().Typing() {
		acts = append(acts, a.globals()...)
	}
	var b strings.Builder
	width := 0
	for _, act := range acts {
		if act.quiet || act.why != "" {
			continue
		}
		piece := keyName(act.key) + " " + act.label
		w := span(piece) + 3
		if width+w > a.w {
			break
		}
		b.WriteString(" " + t.paint(accent, keyName(act.key)) + " " + act.label + " ")
		if width += w; width < a.w {
			b.WriteString(" ")
		}
	}
	return b.String()
}

// keyName writes a key the way a French keyboard shows it.
func keyName(k string) string {
	switch k {
	case "enter":
		return "Entrée"
	case "esc":
		return "Échap"
	case "tab":
		return "Tab"
	case "shift+tab":
		return "Maj+Tab"
	case "space":
		return "Espace"
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgup":
		return "Pg↑"
	case "pgdown":
		return "Pg↓"
	case "home":
		return "Début"
	case "end":
		return "Fin"
	case "delete":
		return "Suppr"
	case "backspace":
		return "Retour arr."
	}
	if rest, ok := strings.CutPrefix(k, "ctrl+"); ok {
		return "Ctrl+" + strings.ToUpper(rest)
	}
	return k
}

func (a *App) cursor() *tea.Cursor {
	var x, y int
	var ok bool
	if a.overlay != nil {
		x, y, ok = a.overlay.pointer()
		y += under(a.over(), a.h-chrome)
	} else if p, is := a.top().(pointer); is {
		x, y, ok = p.Pointer()
	}
	if !ok || x >= a.w || y >= a.h-chrome || x < 0 || y < 0 {
		return nil
	}
	return tea.NewCursor(x, y+1)
}
