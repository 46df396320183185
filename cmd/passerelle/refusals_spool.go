package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// refusalSpool keeps what an import refuses beside the base, readable by its owner
// alone, until the import ends: only then are its bytes known, registered, and let
// out. Millions of refusals never wait in memory.
type refusalSpool struct {
	sheet *refusalSheet
	file  *os.File
	to    string
}

// spoolRefusals refuses at once, before hours of import, a name already taken and
// a role that may not take refusals out.
func (p *program) spoolRefusals(ctx context.Context, s *store.Store, to string) (*refusalSpool, error) {
	if err := s.MayExport(ctx, insertion.ExportRefusals); err != nil {
		return nil, err
	}
	if _, err := os.Lstat(to); err == nil {
		return nil, &os.PathError{Op: "open", Path: to, Err: os.ErrExist}
	}
	f, err := os.CreateTemp(filepath.Dir(s.Path()), filepath.Base(s.Path())+".refus.*.partiel") // 0600
	if err != nil {
		return nil, err
	}
	sheet, err := newRefusalSheet(f)
	if err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	return &refusalSpool{sheet, f, to}, nil
}

// leave writes the file asked for. An import interrupted still tells what it
// refused.
func (r *refusalSpool) leave(ctx context.Context, s *store.Store, by string) (err error) {
	defer func() { err = errors.Join(err, r.file.Close(), os.Remove(r.file.Name())) }()
	if err := r.sheet.flush(); err != nil {
		return err
	}
	if _, err := r.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, r.file); err != nil {
		return err
	}
	if _, err := r.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	e := insertion.Export{Kind: insertion.ExportRefusals, What: "refus d'un import, " + filepath.Base(r.to), Format: "csv", Hash: hex.EncodeToString(sum.Sum(nil))}
	if err := writeOut(context.WithoutCancel(ctx), s, by, e, r.to, r.file); err != nil {
		return fmt.Errorf("--refus : %w", err)
	}
	return nil
}
