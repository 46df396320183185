package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/report"
	"passerelle/store"
)

// CheckFile reads a statement of this machine and answers its rows; nothing is
// written.
func (d *desk) CheckFile(ctx context.Context, path string) (insertion.StatementReport, error) {
	st, err := readStatement(d.typed(path))
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

// answerDays is how long a letter gives to answer; a proposal, not a rule.
const answerDays = 15

// Letter prepares the letter of a step about a lot.
func (d *desk) Letter(ctx context.Context, lot insertion.LotID, kind insertion.StepKind) (string, error) {
	return letterOf(ctx, d.Store, lot, kind, d.today())
}

func letterOf(ctx context.Context, s *store.Store, lot insertion.LotID, kind insertion.StepKind, today insertion.Date) (string, error) {
	var f report.LetterFacts
	var err error
	if f.Lot, err = s.Lot(ctx, lot); err != nil {
		return "", err
	}
	if f.Dues, err = s.LotDues(ctx, lot); err != nil {
		return "", err
	}
	in, err := s.PenaltyInput(ctx, lot, today)
	if err != nil {
		return "", err
	}
	if f.Steps, err = s.Steps(ctx, lot); err != nil {
		return "", err
	}
	f.Estimate, f.Done, f.On, f.Deadline = in.Estimate(), in.Done, today, today.AddDays(answerDays)
	f.From = "Le facilitateur de la clause sociale"
	if f.Lot.Clause.Contact != "" {
		f.From = f.Lot.Clause.Contact
	}
	for _, one := range in.Declarations {
		if one.Received == "" && one.Late > 0 {
			f.Late = append(f.Late, one)
		}
	}
	return report.Letter(kind, f), nil
}
