package intake

import (
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/insertion"
)

// Limits of a workbook once unzipped.
const (
	maxUnzipped = 256 << 20
	maxSheetXML = 64 << 20
)

// readWorkbook reads the first sheet of an XLSX file that has a SIRET column.
// Formulas count as the value they last gave; merged cells as their first one.
func readWorkbook(name string, r io.Reader, b structureBuilder, send func(StructureRecord) bool) error {
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxSheetXML})
	if err != nil {
		return workbookError(name, err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.Rows(sheet)
		if err != nil {
			return workbookError(name, err)
		}
		columns, line, err := workbookHeader(rows)
		if err != nil {
			return errors.Join(workbookError(name, err), rows.Close())
		}
		if columns == nil {
			if err := rows.Close(); err != nil {
				return workbookError(name, err)
			}
			continue
		}
		return errors.Join(b.sheet(name, rows, columns, line, send), rows.Close())
	}
	return &FileError{File: name, Offset: -1, Err: ErrUnknown, Reason: "aucune feuille n'a de colonne « SIRET »", Remedy: "partez de notre modèle : passerelle structures --modele structures.xlsx"}
}

// workbookHeader finds the row of headers among the first ten of a sheet.
func workbookHeader(rows *excelize.Rows) (columns []string, line int, err error) {
	for line = 1; line <= 10 && rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, 0, err
		}
		found := false
		for i, c := range cells {
			cells[i] = Fold(Clean(c))
			if f, ok := structureColumn(cells[i]); ok && f == sSIRET {
				found = true
			}
		}
		if found {
			return cells, line, nil
		}
	}
	return nil, 0, rows.Error()
}

func (b structureBuilder) sheet(name string, rows *excelize.Rows, columns []string, line int, send func(StructureRecord) bool) error {
	for rows.Next() {
		line++
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return workbookError(name, err)
		}
		said := sayings{line: line}
		empty := true
		for i, c := range cells {
			if i >= len(columns) {
				break
			}
			v := Value(Clean(c))
			f, ok := structureColumn(columns[i])
			if v == "" || !ok {
				continue
			}
			empty = false
			if f == sSIRET {
				v = plainDigits(v)
			}
			said.add(f, columns[i], v)
		}
		if empty {
			continue
		}
		for _, r := range b.build(said) {
			if !send(r) {
				return nil
			}
		}
	}
	return rows.Error()
}

// plainDigits writes back a SIRET that a spreadsheet turned into 1.23E+13.
func plainDigits(v string) string {
	if n, ok := parseNumber(v); ok && strings.ContainsAny(v, "eE.") && n > 1e11 && n < 1e14 {
		return insertion.Thousands(int64(n))
	}
	return v
}

// workbookError says what is wrong with a workbook and what to do.
func workbookError(name string, err error) error {
	e := &FileError{File: name, Offset: -1, Err: ErrBroken, Reason: "le classeur ne peut être lu", Remedy: "ouvrez-le et enregistrez-le de nouveau en .xlsx"}
	var known *FileError
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, excelize.ErrWorkbookPassword), errors.Is(err, excelize.ErrWorkbookFileFormat):
		e.Reason, e.Remedy = "le classeur est protégé par un mot de passe, ou n'est pas un .xlsx", "retirez le mot de passe, ou enregistrez-le en .xlsx"
	case strings.Contains(err.Error(), "unzip size exceeds"):
		e.Err, e.Reason, e.Remedy = ErrBomb, "le classeur se déplie sans mesure", "n'y gardez que la feuille des structures"
	}
	return e
}
