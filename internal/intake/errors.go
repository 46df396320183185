package intake

import (
	"errors"
	"strconv"
	"strings"
)

// Why a whole file cannot be read, for errors.Is. Each arrives inside a
// *FileError, whose text is the sentence to show.
var (
	ErrEmpty     = errors.New("fichier vide")
	ErrTruncated = errors.New("fichier coupé")
	ErrUnknown   = errors.New("format inconnu")
	ErrBroken    = errors.New("fichier illisible")
	ErrBomb      = errors.New("fichier compressé démesuré")
	ErrTooDeep   = errors.New("imbrication démesurée")
)

// FileError says in one French sentence why the reading of a file stopped,
// where, and what the person can do. What was read before it stays good.
type FileError struct {
	File   string
	Line   int   // 0 when unknown
	Offset int64 // in bytes from the start, after decompression; -1 when unknown
	Reason string
	Remedy string
	Err    error
}

func (e *FileError) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		b.WriteString(", ligne " + strconv.Itoa(e.Line))
	}
	if e.Offset > 0 {
		b.WriteString(", octet " + strconv.FormatInt(e.Offset, 10))
	}
	b.WriteString(" : " + e.Reason)
	if e.Remedy != "" {
		b.WriteString(" ; " + e.Remedy)
	}
	return b.String() + "."
}

func (e *FileError) Unwrap() error { return e.Err }
