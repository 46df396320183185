package sshd

import (
	"context"
	"errors"
	"io"
)

// ErrUpload says that a client sent more than a command may read.
var ErrUpload = errors.New("fichier trop grand pour ce serveur : découpez-le, ou importez-le sur la machine du serveur")

// upload is what a command reads: at most so many bytes, and nothing once its
// time is over, even when the client neither sends nor hangs up.
func upload(ctx context.Context, r io.Reader, most int64) (in io.Reader, done func()) {
	read, write := io.Pipe()
	go func() {
		_, err := io.Copy(write, &quota{r: r, left: most})
		write.CloseWithError(err)
	}()
	stop := context.AfterFunc(ctx, func() { write.CloseWithError(context.Cause(ctx)) })
	return read, func() {
		stop()
		_ = read.Close()
	}
}

// quota bounds what a command reads.
type quota struct {
	r    io.Reader
	left int64
}

func (q *quota) Read(p []byte) (int, error) {
	if q.left <= 0 {
		var one [1]byte
		if n, err := q.r.Read(one[:]); n == 0 {
			return 0, err
		}
		return 0, ErrUpload
	}
	n, err := q.r.Read(p[:min(int64(len(p)), q.left)])
	q.left -= int64(n)
	return n, err
}
