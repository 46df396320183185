package intake

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// chunk is the least that is read at a time.
const chunk = 256 << 10

// window is the part of a text that is in memory. A reader takes whole records
// out of it and asks for more when one is not all there; it never holds more
// than the reader lets it grow to.
type window struct {
	r    io.Reader
	buf  []byte
	pos  int   // of the first byte not consumed
	base int64 // of buf[0] in the text
	line int   // of pos, from 1
	err  error // why nothing more comes: io.EOF or a failure of the reader
}

func newWindow(r io.Reader) *window { return &window{r: r, line: 1} }

// rest is what has been read and not consumed.
func (w *window) rest() []byte { return w.buf[w.pos:] }

// offset is the position of the first byte not consumed.
func (w *window) offset() int64 { return w.base + int64(w.pos) }

// skip consumes n bytes.
func (w *window) skip(n int) {
	w.line += bytes.Count(w.buf[w.pos:w.pos+n], []byte{'\n'})
	w.pos += n
}

// more reads at least as much as there already is, so that a long record is
// looked at a few times only; false when nothing came.
func (w *window) more() bool {
	if w.err != nil {
		return false
	}
	rest := len(w.buf) - w.pos
	if w.pos > 0 {
		copy(w.buf, w.buf[w.pos:])
		w.base += int64(w.pos)
		w.pos, w.buf = 0, w.buf[:rest]
	}
	want := max(chunk, rest)
	w.buf = slices.Grow(w.buf, want)
	n := 0
	for n < want && w.err == nil {
		var k int
		k, w.err = w.r.Read(w.buf[rest+n : rest+want])
		n += k
	}
	w.buf = w.buf[:rest+n]
	return n > 0
}

// failure is the reason other than the end why nothing more comes.
func (w *window) failure() error {
	if w.err == nil || errors.Is(w.err, io.EOF) {
		return nil
	}
	return w.err
}
