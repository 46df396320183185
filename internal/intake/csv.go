package intake

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
)

// The longest row of a CSV, and the longest text between quotes: beyond, a
// quote was left open and is read as an ordinary character.
const (
	maxRow    = 4 << 20
	maxQuoted = 256 << 10
	maxCells  = 2000
)

// Table reads a CSV row by row: separator found on the header line, quotes as
// in RFC 4180 or left open, cp1252 or UTF-8 byte by byte, columns compared by
// Fold. Empty lines are skipped. It keeps one row in memory.
type Table struct {
	name    string
	w       *window
	comma   byte
	header  []string
	columns map[string]int
	cells   []string
}

// Row is one row of a Table; it is valid until the next one is read.
type Row struct {
	Line    int  // its first line in the file, from 1
	TooLong bool // longer than 4 MB: it has no cell
	Open    bool // the file ends without ending the row
	cells   []string
	table   *Table
}

// NewTable reads the header of a CSV. name is the file's, for the errors.
func NewTable(name string, r io.Reader) (*Table, error) {
	t := &Table{name: name, w: newWindow(r), columns: map[string]int{}}
	t.w.more()
	head := t.w.rest()
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		oldMac(head)
		t.w.r = oldMacReader{t.w.r}
	}
	t.comma = separator(head)
	row, err := t.Next()
	if errors.Is(err, io.EOF) {
		return nil, &FileError{File: name, Offset: -1, Reason: "le fichier est vide", Remedy: "téléchargez-le de nouveau", Err: ErrEmpty}
	}
	if err != nil {
		return nil, err
	}
	for i, cell := range row.cells {
		t.header = append(t.header, Clean(cell))
		if key := Fold(cell); key != "" {
			if _, twice := t.columns[key]; !twice {
				t.columns[key] = i
			}
		}
	}
	return t, nil
}

// separator chooses between ; , | and tab: the most frequent outside quotes on
// the first line that has any, ; being first when none has.
func separator(head []byte) byte {
	const known = ";,|\t"
	var n [len(known)]int
	quoted := false
	for _, c := range head {
		if c == '"' {
			quoted = !quoted
		}
		if i := strings.IndexByte(known, c); i >= 0 && !quoted {
			n[i]++
		}
		if c == '\n' && !quoted && n != [len(known)]int{} {
			break
		}
	}
	best := 0
	for i := range n {
		if n[i] > n[best] {
			best = i
		}
	}
	return known[best]
}

// Header is the names of the columns as written, cleaned.
func (t *Table) Header() []string { return t.header }

// Column is the position of a column, by its folded name, or -1.
func (t *Table) Column(folded string) int {
	if i, ok := t.columns[folded]; ok {
		return i
	}
	return -1
}

// Has tells whether every column named (folded) is there.
func (t *Table) Has(folded ...string) bool {
	return !slices.ContainsFunc(folded, func(f string) bool { return t.Column(f) < 0 })
}

// Next reads a row; io.EOF after the last.
func (t *Table) Next() (Row, error) {
	for {
		if len(t.w.rest()) == 0 && !t.w.more() {
			if err := t.w.failure(); err != nil {
				return Row{}, err
			}
			return Row{}, io.EOF
		}
		row := Row{Line: t.w.line, table: t}
		n, whole := t.scan()
		if !whole {
			t.skipLine()
			row.TooLong = true
			return row, nil
		}
		row.Open = n > 0 && t.w.rest()[n-1] != '\n'
		t.w.skip(n)
		row.cells = t.cells
		if slices.ContainsFunc(t.cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			return row, nil
		}
	}
}

// scan finds the cells of the row that begins the window and the bytes it
// takes with its line end; whole is false when it is longer than maxRow.
func (t *Table) scan() (n int, whole bool) {
	for {
		s := splitter{data: t.w.rest(), comma: t.comma, cells: t.cells[:0]}
		n, whole = s.row(t.w.err != nil)
		t.cells = s.cells
		if whole {
			return n, true
		}
		if len(s.data) > maxRow {
			return 0, false
		}
		if !t.w.more() && t.w.err == nil {
			return 0, false
		}
	}
}

// skipLine drops a line without keeping it.
func (t *Table) skipLine() {
	for {
		rest := t.w.rest()
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			t.w.skip(i + 1)
			return
		}
		t.w.skip(len(rest))
		if !t.w.more() {
			return
		}
	}
}

// splitter cuts one row.
type splitter struct {
	data  []byte
	comma byte
	cells []string
}

// row cuts cells until a line end outside quotes; last tells that data is all
// there will be.
func (s *splitter) row(last bool) (n int, whole bool) {
	at := 0
	for len(s.cells) < maxCells {
		end, ok := -1, false
		if at < len(s.data) && s.data[at] == '"' {
			end, ok = s.quoted(at, last)
			if !ok && !last && len(s.data)-at <= maxQuoted {
				return 0, false
			}
		}
		if !ok {
			end = at
			for end < len(s.data) && s.data[end] != s.comma && s.data[end] != '\n' {
				end++
			}
			if end == len(s.data) && !last {
				return 0, false
			}
			s.cells = append(s.cells, string(bytes.TrimSuffix(s.data[at:end], []byte{'\r'})))
		}
		if end >= len(s.data) {
			return len(s.data), true
		}
		if s.data[end] == '\n' {
			return end + 1, true
		}
		at = end + 1
	}
	if i := bytes.IndexByte(s.data[at:], '\n'); i >= 0 {
		return at + i + 1, true
	}
	return len(s.data), last
}

// quoted reads a cell that begins with a quote; end is the separator, line end
// or end of data after it. A quote followed by anything else is a character.
func (s *splitter) quoted(at int, last bool) (end int, ok bool) {
	var cell []byte
	for i := at + 1; i < len(s.data); i++ {
		c := s.data[i]
		if c != '"' {
			cell = append(cell, c)
			if len(cell) > maxQuoted {
				return 0, false
			}
			continue
		}
		if i+1 == len(s.data) {
			if !last {
				return 0, false
			}
			s.cells = append(s.cells, string(cell))
			return i + 1, true
		}
		switch next := s.data[i+1]; {
		case next == '"':
			cell = append(cell, '"')
			i++
		case next == s.comma || next == '\n':
			s.cells = append(s.cells, string(cell))
			return i + 1, true
		case next == '\r' && i+2 < len(s.data) && s.data[i+2] == '\n':
			s.cells = append(s.cells, string(cell))
			return i + 2, true
		case next == '\r' && i+2 == len(s.data):
			if !last {
				return 0, false
			}
			s.cells = append(s.cells, string(cell))
			return i + 2, true
		default:
			cell = append(cell, '"')
		}
	}
	return 0, false
}

// oldMac turns the line ends of old spreadsheets into ours, in place.
func oldMac(b []byte) {
	for i, c := range b {
		if c == '\r' {
			b[i] = '\n'
		}
	}
}

type oldMacReader struct{ r io.Reader }

func (o oldMacReader) Read(p []byte) (int, error) {
	n, err := o.r.Read(p)
	oldMac(p[:n])
	return n, err
}

// Cells are the cells as decoded from quotes, neither decoded to UTF-8 nor cleaned.
func (r Row) Cells() []string { return r.cells }

// At is the cell of a column by position, as in Cells; "" when the row is short.
func (r Row) At(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return r.cells[column]
}

// Field is the first of these columns (folded names) that has a value, cleaned.
func (r Row) Field(folded ...string) string {
	for _, name := range folded {
		if s := Clean(r.At(r.table.Column(name))); s != "" {
			return s
		}
	}
	return ""
}
