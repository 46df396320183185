package arrival

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// replay is a text read twice: a first look at its beginning, then the whole.
// A file of the machine is rewound; what comes through a pipe is remembered as
// far as the look went; an archive through a pipe is first set down on the disk,
// since its table is at its end.
type replay struct {
	file  io.ReadSeeker
	pipe  io.Reader
	seen  bytes.Buffer
	spool *os.File
}

func replayed(r io.Reader) (*replay, error) {
	if f, ok := r.(io.ReadSeeker); ok {
		if _, err := f.Seek(0, io.SeekStart); err == nil {
			return &replay{file: f}, nil
		}
	}
	buffered := bufio.NewReader(r)
	if magic, _ := buffered.Peek(4); string(magic) != "PK\x03\x04" {
		return &replay{pipe: buffered}, nil
	}
	spool, err := os.CreateTemp("", "passerelle-*.zip")
	if err != nil {
		return nil, fmt.Errorf("l'archive n'a pu être recopiée : %w", err)
	}
	w := &replay{file: spool, spool: spool}
	if _, err := io.Copy(spool, buffered); err != nil {
		return nil, errors.Join(fmt.Errorf("l'archive n'a pu être recopiée : %w", err), w.close())
	}
	_, err = spool.Seek(0, io.SeekStart)
	return w, err
}

// first is the text for the look at its beginning.
func (w *replay) first() io.Reader {
	if w.file != nil {
		return w.file
	}
	return io.TeeReader(w.pipe, &w.seen)
}

// again is the text from its beginning.
func (w *replay) again() (io.Reader, error) {
	if w.file == nil {
		return io.MultiReader(&w.seen, w.pipe), nil
	}
	_, err := w.file.Seek(0, io.SeekStart)
	return w.file, err
}

func (w *replay) close() error {
	if w.spool == nil {
		return nil
	}
	return errors.Join(w.spool.Close(), os.Remove(w.spool.Name()))
}
