package main

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
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
	return s.w.Write([]string{inert(file), strconv.Itoa(r.Record), strconv.Itoa(r.Line), inert(r.Field), inert(r.Value), inert(r.Reason)})
}

func (s *refusalSheet) flush() error {
	s.w.Flush()
	return s.w.Error()
}

// inert keeps a spreadsheet from reading a value as a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
