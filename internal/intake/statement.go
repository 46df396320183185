package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/insertion"
)

// A statement is a small file: what is larger is something else.
const (
	maxStatement     = 16 << 20
	maxStatementRows = 5000
)

// ReadStatement reads a statement as a firm or a structure filled it: our sheet,
// its CSV, or one typed again whose columns bear our headers, in any order. Every
// row that holds something is in the answer, with what is wrong with it in
// French; the error is a *FileError for a file that is no statement at all.
func ReadStatement(name string, r io.Reader) (insertion.Statement, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxStatement+1))
	if err != nil {
		return insertion.Statement{}, err
	}
	unknown := func(reason, remedy string) error {
		return &FileError{File: name, Offset: -1, Err: ErrUnknown, Reason: reason, Remedy: remedy}
	}
	switch {
	case len(data) == 0:
		return insertion.Statement{}, &FileError{File: name, Offset: -1, Err: ErrEmpty, Reason: "le fichier est vide", Remedy: "demandez-le de nouveau"}
	case len(data) > maxStatement:
		return insertion.Statement{}, unknown("le fichier est trop grand pour un relevé (16 Mo)", "n'y gardez que la feuille du relevé")
	}
	sum := sha256.Sum256(data)
	st := insertion.Statement{File: name, Hash: hex.EncodeToString(sum[:])}
	s := statementReader{name: name, st: &st}
	switch {
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")): // a compound file: encrypted, or before 2007
		err = unknown("le classeur est protégé par un mot de passe, ou c'est un ancien .xls", "retirez le mot de passe, ou enregistrez-le en .xlsx")
	case bytes.HasPrefix(data, []byte("PK")):
		err = s.workbook(data)
	default:
		err = s.table(data)
	}
	if err != nil {
		return insertion.Statement{}, err
	}
	if st.From == "" {
		return insertion.Statement{}, unknown("la clé du relevé manque : on ne sait ni de qui il est, ni pour quelle période", "partez d'un relevé écrit par « passerelle heures releve »")
	}
	return st, nil
}

// statementReader gathers the rows of one file.
type statementReader struct {
	name    string
	st      *insertion.Statement
	columns statementColumns
}

// statementColumns says where each thing is, -1 when the file has no such column.
type statementColumns struct {
	lot, person, employment, start, end, key, total int
	months                                          map[int]insertion.Month // by column
}

// key takes the first key met; others, if they differ, are for the rows to say.
func (s *statementReader) key(text string) bool {
	d, from, to, ok := insertion.ParseStatementKey(Clean(text))
	if ok && s.st.From == "" {
		s.st.Declarant, s.st.From, s.st.To = d, from, to
	}
	return ok
}

// header reads a row of headers; false when it is not one.
func (s *statementReader) header(cells []string) bool {
	c := statementColumns{lot: -1, person: -1, employment: -1, start: -1, end: -1, key: -1, total: -1, months: map[int]insertion.Month{}}
	for i, text := range cells {
		switch Fold(text) {
		case Fold(insertion.StatementLot):
			c.lot = i
		case Fold(insertion.StatementPerson):
			c.person = i
		case Fold(insertion.StatementEmployment):
			c.employment = i
		case Fold(insertion.StatementStart):
			c.start = i
		case Fold(insertion.StatementEnd):
			c.end = i
		case Fold(insertion.StatementKeyColumn):
			c.key = i
		case Fold(insertion.StatementTotal):
			c.total = i
		default:
			if m, ok := monthHeader(text); ok {
				c.months[i] = m
			}
		}
	}
	if c.person < 0 || len(c.months) == 0 {
		return false
	}
	s.columns = c
	return true
}

// row takes one row of cells. Empty rows and totals are passed over.
func (s *statementReader) row(line int, cells []string, problem string) {
	at := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return Clean(cells[i])
	}
	empty := true
	for i, c := range cells {
		if i != s.columns.key && strings.TrimSpace(c) != "" && strings.TrimSpace(c) != "0" {
			empty = false
		}
	}
	if empty || Fold(at(0)) == Fold(insertion.StatementTotal) {
		return
	}
	row := insertion.StatementRow{Line: line, Problem: problem, Code: personCode(at(s.columns.person)), Employment: insertion.Employment(at(s.columns.employment))}
	if text := at(s.columns.lot); text != "" {
		n, err := strconv.ParseInt(strings.TrimPrefix(Fold(text), "lot"), 10, 64)
		if err != nil || n <= 0 {
			refuse(&row, "lot : « %s » n'est pas un numéro de lot", text)
		}
		row.Lot = insertion.LotID(max(0, n))
	}
	row.Start, _ = sheetDate(at(s.columns.start))
	row.End, _ = sheetDate(at(s.columns.end))
	s.cells(&row, at)
	s.st.Rows = append(s.st.Rows, row)
}

// table reads the CSV.
func (s *statementReader) table(data []byte) error {
	t, err := NewTable(s.name, bytes.NewReader(data))
	if err != nil {
		return err
	}
	if !s.header(t.Header()) {
		return &FileError{File: s.name, Line: 1, Offset: -1, Err: ErrUnknown, Reason: "ce n'est pas un relevé : aucune colonne « Personne », ou aucun mois", Remedy: "partez d'un relevé écrit par « passerelle heures releve »"}
	}
	for n := 0; ; n++ {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n >= maxStatementRows {
			return &FileError{File: s.name, Line: row.Line, Offset: -1, Err: ErrUnknown, Reason: "plus de 5 000 lignes", Remedy: "un relevé par entreprise et par trimestre"}
		}
		problem := ""
		if k := row.At(s.columns.key); s.columns.key >= 0 && !s.sameKey(k) {
			problem = "la clé de cette ligne est celle d'un autre relevé"
		}
		s.row(row.Line, row.Cells(), problem)
	}
}

// sameKey tells whether a row bears the key of the file.
func (s *statementReader) sameKey(text string) bool {
	if !s.key(text) {
		return false
	}
	d, from, to, _ := insertion.ParseStatementKey(Clean(text))
	return d.Structure == s.st.Structure && d.Organisation == s.st.Organisation && from == s.st.From && to == s.st.To
}

// workbook reads the first sheet that has our headers.
func (s *statementReader) workbook(data []byte) error {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 4 * maxStatement, UnzipXMLSizeLimit: maxStatement})
	if err != nil {
		return workbookError(s.name, err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		found, err := s.sheet(f, sheet)
		if err != nil {
			return workbookError(s.name, err)
		}
		if found {
			return nil
		}
	}
	return &FileError{File: s.name, Offset: -1, Err: ErrUnknown, Reason: "aucune feuille n'est un relevé : pas de colonne « Personne », ou aucun mois", Remedy: "partez d'un relevé écrit par « passerelle heures releve »"}
}

// sheet reads one sheet: what is shown in each cell, and the raw value where a
// date is expected.
func (s *statementReader) sheet(f *excelize.File, sheet string) (bool, error) {
	shown, err := f.GetRows(sheet)
	if err != nil {
		return false, err
	}
	raw, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return false, err
	}
	head := -1
	for i := 0; i < min(len(raw), 30) && head < 0; i++ {
		for _, c := range raw[i] {
			s.key(c)
		}
		if s.header(raw[i]) {
			head = i
		}
	}
	if head < 0 {
		return false, nil
	}
	merged, err := mergedRows(f, sheet)
	if err != nil {
		return false, err
	}
	for i := head + 1; i < len(shown) && i < len(raw); i++ {
		if i-head > maxStatementRows {
			return false, fmt.Errorf("plus de %d lignes", maxStatementRows)
		}
		cells := append([]string(nil), raw[i]...)
		for c := range s.columns.months { // what is shown: 12:30 is a time, not 0.52
			if c < len(shown[i]) && c < len(cells) && strings.Contains(shown[i][c], ":") {
				cells[c] = shown[i][c]
			}
		}
		problem := ""
		if merged[i+1] {
			problem = "des cellules fusionnées : défusionnez-les, une personne par ligne"
		}
		s.row(i+1, cells, problem)
	}
	return true, nil
}

// mergedRows are the rows of a sheet that hold merged cells.
func mergedRows(f *excelize.File, sheet string) (map[int]bool, error) {
	cells, err := f.GetMergeCells(sheet)
	if err != nil {
		return nil, err
	}
	rows := map[int]bool{}
	for _, m := range cells {
		_, first, errFirst := excelize.CellNameToCoordinates(m.GetStartAxis())
		_, last, errLast := excelize.CellNameToCoordinates(m.GetEndAxis())
		if errFirst != nil || errLast != nil {
			continue
		}
		for r := first; r <= min(last, first+maxStatementRows); r++ {
			rows[r] = true
		}
	}
	return rows, nil
}
