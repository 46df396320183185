package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// simple tells the cells of a text made of characters that each take one cell,
// whatever their neighbours, and of our own paint: nearly all we draw. It is ten
// times cheaper than to look for the clusters of Unicode, and a server draws a
// thousand screens a second. ok is false when the text must be measured by the
// book.
func simple(s string) (cells int, painted, ok bool) {
	paint := false // inside « ESC [ … m »
	for i, r := range s {
		switch {
		case paint:
			switch {
			case r == 'm':
				paint = false
			case r != ';' && !digit(r) && (r != '[' || s[i-1] != '\x1b'):
				return 0, false, false
			}
			continue
		case r == '\x1b':
			if !strings.HasPrefix(s[i:], "\x1b[") {
				return 0, false, false
			}
			paint, painted = true, true
			continue
		case r >= ' ' && r <= '~', r >= 0xa0 && r <= 0x17f && r != 0xad, r >= 0x2500 && r <= 0x25fc:
		case r == '…', r == '–', r == '—', r == '’', r == '€', r == '•', r == '›', r == '‹':
		default:
			return 0, false, false
		}
		cells++
	}
	return cells, painted, !paint
}

// span is how many cells a text takes, painted or not.
func span(s string) int {
	if n, _, ok := simple(s); ok {
		return n
	}
	return ansi.StringWidth(s)
}

// cut shortens a text to w cells, with « … » when something is lost. It works
// on painted text too.
func cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	n, painted, ok := simple(s)
	switch {
	case ok && n <= w:
		return s
	case !ok || painted:
		return ansi.Truncate(s, w, "…")
	}
	for i := range s {
		if w--; w == 0 {
			return s[:i] + "…"
		}
	}
	return s
}

// pad cuts or fills a text to exactly w cells, on the left.
func pad(s string, w int) string {
	s = cut(s, w)
	if n := w - span(s); n > 0 {
		s += strings.Repeat(" ", n)
	}
	return s
}

// padLeft cuts or fills a text to exactly w cells, aligned right, for numbers.
func padLeft(s string, w int) string {
	s = cut(s, w)
	if n := w - span(s); n > 0 {
		s = strings.Repeat(" ", n) + s
	}
	return s
}

// spread puts one text at the left and one at the right of w cells; the right
// one is kept whole, the left one is cut.
func spread(left, right string, w int) string {
	rw := span(right)
	if rw >= w {
		return cut(right, w)
	}
	return pad(left, w-rw) + right
}

// bothEnds is cut for texts that begin alike: when all does not show, the middle
// goes, not the « secteur 12 » that tells one from another.
func bothEnds(s string, w int) string {
	if w < 20 || span(s) <= w {
		return cut(s, w)
	}
	tail := len(s)
	for i := len(s) - 1; i > 0; i-- {
		if s[i] == ' ' {
			if span(s[i:]) > w/2 {
				break
			}
			tail = i
		}
	}
	return cut(s[:tail], w-span(s[tail:])) + s[tail:]
}

// wrap breaks a text into lines of at most w cells, never inside a number,
// between a number and its unit, nor just inside a quote.
func wrap(s string, w int) []string {
	if w <= 0 {
		return nil
	}
	lines := strings.Split(ansi.Wrap(bind(s), w, " "), "\n")
	for i, l := range lines {
		lines[i] = strings.ReplaceAll(l, "\u00a0", " ")
	}
	return lines
}

// bind makes the spaces of « 1 820 542 € » hold, and those French puts inside
// quotes and before high punctuation.
func bind(s string) string {
	r := []rune(s)
	for i := 1; i+1 < len(r); i++ {
		if r[i] == ' ' && (r[i-1] == '«' || strings.ContainsRune("»;:?!", r[i+1])) {
			r[i] = '\u00a0'
			continue
		}
		if r[i] != ' ' || !digit(r[i-1]) {
			continue
		}
		unit := strings.ContainsRune("€%h", r[i+1]) && (i+2 == len(r) || r[i+2] == ' ' || r[i+2] == ',' || r[i+2] == ')')
		if digit(r[i+1]) || unit {
			r[i] = '\u00a0'
		}
	}
	return string(r)
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// fit keeps at most h lines, each of at most w cells.
func fit(lines []string, w, h int) string {
	if len(lines) > h {
		lines = lines[:max(0, h)]
	}
	for i, l := range lines {
		if span(l) > w {
			lines[i] = cut(l, w)
		}
	}
	return strings.Join(lines, "\n")
}

// gauge draws a share as w cells, « ████░░░░ »; over 100 % it is full. The
// number always stands beside it, so it is never the only sign.
func gauge(part, whole int64, w int) string {
	if w <= 0 {
		return ""
	}
	full := 0
	if whole > 0 {
		full = int(min(int64(w), part*int64(w)/whole))
	}
	return strings.Repeat("█", max(0, full)) + strings.Repeat("░", w-max(0, full))
}

// fitText is fit for parts that may hold several lines each.
func fitText(w, h int, parts ...string) string {
	return fit(strings.Split(strings.Join(parts, "\n"), "\n"), w, h)
}
