package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/store"
)

// CheckFile reads a statement of this machine and answers its rows; nothing is
// written.
func (d *desk) CheckFile(ctx context.Context, path string) (insertion.StatementReport, error) {
	path, err := d.whole(path)
	if err != nil {
		return insertion.StatementReport{}, err
	}
	st, err := readStatement(path)
	if err != nil {
		return insertion.StatementReport{}, err
	}
	if st.Declarant, err = nameDeclarant(ctx, d.Store, st); err != nil {
		return insertion.StatementReport{}, err
	}
	return d.CheckStatement(ctx, st)
}

func readStatement(path string) (st insertion.Statement, err error) {
	f, err := os.Open(path)
	if err != nil {
		return st, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return intake.ReadStatement(filepath.Base(path), f)
}

// nameDeclarant gives the name of whoever the key of a statement designates, as
// this file knows it.
func nameDeclarant(ctx context.Context, s *store.Store, st insertion.Statement) (insertion.Declarant, error) {
	d := st.Declarant
	all, err := s.Declarants(ctx, st.From, st.To)
	for _, one := range all {
		if one.Structure == d.Structure && one.Organisation == d.Organisation {
			return one, err
		}
	}
	if d.Name == "" {
		d.Name = "un déclarant que ce fichier ne connaît pas"
	}
	return d, err
}
