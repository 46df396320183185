package intake

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync/atomic"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The limits of a compressed file. Text compresses to a twentieth, a repetitive
// list to a hundredth; a bomb to a thousandth.
const (
	maxRatio   = 200
	ratioFloor = 64 << 20 // below this nothing is refused
	maxMembers = 1000
	headSize   = 64 << 10
)

// Input is an opened file: itself, or the content of its .gz, or each member of
// its .zip in turn. Bytes may be called from another goroutine.
type Input struct {
	Name string
	// Spreadsheet tells that the file is an XLSX workbook: it is not unzipped,
	// and its single member is the workbook itself.
	Spreadsheet bool

	source *counted
	size   int64
	zip    *zip.Reader
	at     int
	done   bool
	spool  *os.File
	open   io.Closer
	hashed string
}

// Member is one readable text: Head is its beginning (up to 64 KB), for
// sniffing, and Reader reads all of it, the beginning included. UTF-16 is
// decoded and the byte order mark is gone; other encodings are left as they are.
type Member struct {
	Name   string
	Head   []byte
	Reader io.Reader
}

// Open looks at the first bytes of a file to tell whether it is compressed. The
// errors of reading are *FileError.
func Open(name string, r io.Reader) (*Input, error) {
	in := &Input{Name: shorten(Clean(path.Base(strings.ReplaceAll(name, `\`, "/"))), 200)}
	if name == "-" || name == "" {
		in.Name = "entrée standard"
	}
	var magic [4]byte
	if f, ok := r.(interface {
		io.ReaderAt
		io.ReadSeeker
	}); ok {
		if n, err := f.ReadAt(magic[:], 0); err == nil && n == 4 && string(magic[:]) == "PK\x03\x04" {
			size, err := f.Seek(0, io.SeekEnd)
			if err == nil {
				return in, in.unzip(f, size)
			}
		}
	}
	if f, ok := r.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			in.size = info.Size()
		}
	}
	in.source = &counted{r: r, sum: sha256.New()}
	buffered := bufio.NewReaderSize(in.source, 256<<10)
	first, err := buffered.Peek(4)
	switch {
	case len(first) == 0 && err != nil && !errors.Is(err, io.EOF):
		return nil, &FileError{File: in.Name, Offset: -1, Reason: "le fichier ne peut être lu (" + err.Error() + ")", Remedy: "vérifiez qu'il existe et que vous avez le droit de le lire", Err: err}
	case string(first) == "PK\x03\x04":
		return in, in.spoolZip(buffered)
	}
	in.source.rest = buffered
	return in, nil
}

// Size is the number of bytes of the file as stored, 0 when unknown.
func (in *Input) Size() int64 { return in.size }

// Bytes is how much of the file, as stored, has been read so far.
func (in *Input) Bytes() int64 { return in.source.n.Load() }

// Hash is the SHA-256 of the file as stored, in hexadecimal. It reads to the end
// what has not been read.
func (in *Input) Hash() (string, error) {
	if in.hashed != "" {
		return in.hashed, nil
	}
	if in.zip != nil {
		in.source.sum.Reset()
		if _, err := io.Copy(in.source.sum, io.NewSectionReader(in.source.at, 0, in.size)); err != nil {
			return "", err
		}
	} else if _, err := io.Copy(io.Discard, in.source.rest); err != nil {
		return "", err
	}
	in.hashed = hex.EncodeToString(in.source.sum.Sum(nil))
	return in.hashed, nil
}

// Workbook gives the bytes of an XLSX file at random, with their number.
func (in *Input) Workbook() (io.ReaderAt, int64) { return in.source.at, in.size }

// Close removes what was spooled to disk. It does not close the reader given.
func (in *Input) Close() error {
	if in.open != nil {
		in.open.Close()
		in.open = nil
	}
	if in.spool == nil {
		return nil
	}
	err := errors.Join(in.spool.Close(), os.Remove(in.spool.Name()))
	in.spool = nil
	return err
}

// Next opens the next text of the file; io.EOF after the last.
func (in *Input) Next() (*Member, error) {
	if in.open != nil {
		in.open.Close()
		in.open = nil
	}
	switch {
	case in.Spreadsheet && !in.done:
		in.done = true
		return &Member{Name: in.Name, Reader: io.NewSectionReader(in.source.at, 0, in.size)}, nil
	case in.zip != nil:
		return in.nextMember()
	case in.done:
		return nil, io.EOF
	}
	in.done = true
	return in.member(in.Name, in.source.rest, in.source.n.Load)
}

// member unzips a .gz, decodes UTF-16 and takes the beginning of a text.
func (in *Input) member(name string, r *bufio.Reader, read func() int64) (*Member, error) {
	if magic, _ := r.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, in.broken(name, err)
		}
		r = bufio.NewReaderSize(&guarded{r: z, in: in, name: name, read: read}, 256<<10)
	}
	mark, _ := r.Peek(3)
	switch {
	case string(mark) == "\xef\xbb\xbf":
		r.Discard(3)
	case len(mark) >= 2 && (string(mark[:2]) == "\xff\xfe" || string(mark[:2]) == "\xfe\xff"):
		u := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		r = bufio.NewReaderSize(transform.NewReader(r, u.NewDecoder()), 256<<10)
	}
	head, err := r.Peek(headSize)
	var broken *FileError
	switch {
	case err == nil, errors.Is(err, io.EOF):
	case errors.As(err, &broken):
		return nil, err
	case len(head) == 0:
		return nil, in.broken(name, err)
	}
	return &Member{Name: name, Head: bytes.Clone(head), Reader: r}, nil
}

func (in *Input) broken(name string, err error) error {
	reason := "le fichier compressé est endommagé"
	kind := ErrBroken
	if errors.Is(err, io.ErrUnexpectedEOF) {
		reason, kind = "le fichier compressé s'arrête avant sa fin", ErrTruncated
	}
	return &FileError{File: name, Offset: -1, Reason: reason, Remedy: "téléchargez-le de nouveau", Err: errors.Join(kind, err)}
}

// counted counts and hashes what is read, in order or at random.
type counted struct {
	r    io.Reader
	at   io.ReaderAt
	rest *bufio.Reader
	sum  hash.Hash
	n    atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.sum.Write(p[:n])
	c.n.Add(int64(n))
	return n, err
}

func (c *counted) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.at.ReadAt(p, off)
	c.n.Add(int64(n))
	return n, err
}

// guarded stops a text that inflates beyond reason, and turns the errors of
// decompression into sentences.
type guarded struct {
	r    io.Reader
	in   *Input
	name string
	read func() int64
	n    int64
}

func (g *guarded) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	g.n += int64(n)
	if g.n > ratioFloor && g.n > maxRatio*max(g.read(), 1) {
		return 0, &FileError{File: g.name, Offset: -1, Reason: "le fichier compressé se déplie sans mesure (plus de 200 fois sa taille)", Remedy: "n'importez que des fichiers de source sûre, ou décompressez-le vous-même", Err: ErrBomb}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = g.in.broken(g.name, err)
	}
	return n, err
}
