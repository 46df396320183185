package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// table is rows under headings. The columns named in right are numbers. On a
// terminal the widest column gives way; in a pipe only what would make every line
// unreadable is cut.
type table struct {
	head  []string
	right []int
	rows  [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// The most characters of a cell of a table: one imported name of six hundred letters
// would push all the others out of sight. --json gives them whole.
const (
	widestCell  = 80
	longestCell = 240 // in the last column
)

// print writes the table, or the sentence when it is empty.
func (p *program) print(t *table, empty string) {
	if len(t.rows) == 0 {
		fmt.Fprintln(p.out, empty)
		return
	}
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, c := range row {
			widths[i] = max(widths[i], ansi.StringWidth(c))
		}
	}
	for i := range widths {
		most := widestCell
		if i == len(widths)-1 { // nothing stands after it
			most = longestCell
		}
		widths[i] = min(widths[i], most)
	}
	if w := p.columns(); w > 0 {
		shrink(widths, w)
	}
	numbers := map[int]bool{}
	for _, i := range t.right {
		numbers[i] = true
	}
	var b strings.Builder
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, c := range row {
			c = ansi.Truncate(c, widths[i], "…")
			pad := strings.Repeat(" ", widths[i]-ansi.StringWidth(c))
			switch {
			case numbers[i]:
				b.WriteString(pad + c)
			case i < len(row)-1:
				b.WriteString(c + pad)
			default:
				b.WriteString(c)
			}
			if i < len(row)-1 {
				b.WriteString("  ")
			}
		}
		b.WriteByte('\n')
	}
	fmt.Fprint(p.out, b.String())
}

// shrink takes cells from the widest columns until the row fits.
func shrink(widths []int, room int) {
	for {
		total, widest := 2*(len(widths)-1), 0
		for i, w := range widths {
			total += w
			if w > widths[widest] {
				widest = i
			}
		}
		if total <= room || widths[widest] <= 12 {
			return
		}
		widths[widest] -= min(total-room, widths[widest]-12)
	}
}

// columns is the width of the terminal standard output is, 0 when it is none.
func (p *program) columns() int {
	f, ok := p.screen.(*os.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return 0
	}
	w, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0
	}
	return max(w, 40)
}

// answer writes v as JSON when --json was given, else calls plain.
func (p *program) answer(v any, plain func()) error {
	if !p.json {
		plain()
		return nil
	}
	return writeJSON(p.out, v, "  ")
}

func writeJSON(w io.Writer, v any, indent string) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("écriture de la réponse : %w", err)
	}
	return nil
}

// jsonList writes a list as writeJSON does, without holding it.
type jsonList struct {
	w io.Writer
	n int
}

func (l *jsonList) add(v any) error {
	var one bytes.Buffer
	one.WriteString([]string{"[\n  ", ",\n  "}[min(l.n, 1)])
	enc := json.NewEncoder(&one)
	enc.SetEscapeHTML(false)
	enc.SetIndent("  ", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("écriture de la réponse : %w", err)
	}
	l.n++
	_, err := l.w.Write(bytes.TrimRight(one.Bytes(), "\n"))
	return err
}

func (l *jsonList) end() error {
	_, err := io.WriteString(l.w, []string{"[]\n", "\n]\n"}[min(l.n, 1)])
	return err
}

func (p *program) say(format string, args ...any) { fmt.Fprintf(p.out, format+"\n", args...) }

// list never lets a JSON list be null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
