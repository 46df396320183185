package main

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

// refusalSheet is the CSV of what was refused; a spreadsheet set for France
// opens it as it is.
type refusalSheet struct{ w *csv.Writer }

func newRefusalSheet(w io.Writer) (*refusalSheet, error) {
	s := &refusalSheet{csv.NewWriter(w)}
	s.w.Comma, s.w.UseCRLF = ';', true
	_, err := io.WriteString(w, "\ufeff")
	return s, errors.Join(err, s.w.Write([]string{"fichier", "enregistrement", "ligne", "champ", "valeur", "raison"}))
}

func (s *refusalSheet) add(file string, r insertion.Refusal) error {
	return s.w.Write([]string{report.Inert(file), strconv.Itoa(r.Record), strconv.Itoa(r.Line), report.Inert(r.Field), report.Inert(r.Value), report.Inert(r.Reason)})
}

func (s *refusalSheet) flush() error {
	s.w.Flush()
	return s.w.Error()
}
