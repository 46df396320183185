package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/insertion"
)

const (
	statementSheet = "Relevé"
	headRow        = 7  // the row of headers
	spareRows      = 15 // empty rows for persons Passerelle does not know yet
)

// WriteStatementXLSX writes the sheet a firm or a structure fills: drop-downs,
// bounds and protected totals. Only the months and the spare rows can be typed.
func WriteStatementXLSX(w io.Writer, s insertion.StatementSheet) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", statementSheet); err != nil {
		return err
	}
	b := statementBook{f: f, s: s, months: insertion.Months(s.From, s.To)}
	for _, part := range []func() error{b.styles, b.head, b.rows, b.totals, b.rules, b.look} {
		if err := part(); err != nil {
			return fmt.Errorf("relevé de %s : %w", s.Name, err)
		}
	}
	return f.Write(w)
}

// statementBook is one workbook being written.
type statementBook struct {
	f      *excelize.File
	s      insertion.StatementSheet
	months []insertion.Month

	title, faint, header, fixed, open, hours, total int // styles
}

func (b *statementBook) styles() (err error) {
	style := func(to *int, s *excelize.Style) {
		if err == nil {
			*to, err = b.f.NewStyle(s)
		}
	}
	border := []excelize.Border{{Type: "bottom", Color: "D0D7DE", Style: 1}}
	locked, open := &excelize.Protection{Locked: true}, &excelize.Protection{Locked: false}
	decimals := `# ##0.00;-# ##0.00;""`
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	style(&b.title, &excelize.Style{Font: &excelize.Font{Bold: true, Size: 15, Color: "1F4E79"}, Protection: locked})
	style(&b.faint, &excelize.Style{Font: &excelize.Font{Color: "57606A", Size: 10}, Alignment: &excelize.Alignment{Vertical: "top"}, Protection: locked})
	style(&b.header, &excelize.Style{
		Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: fill("1F4E79"),
		Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}, Protection: locked,
	})
	style(&b.fixed, &excelize.Style{Border: border, Fill: fill("F6F8FA"), Alignment: &excelize.Alignment{Vertical: "center"}, Protection: locked})
	style(&b.open, &excelize.Style{Border: border, NumFmt: 49, Protection: open})
	style(&b.hours, &excelize.Style{Border: border, Fill: fill("FFF8E1"), Protection: open, CustomNumFmt: &decimals})
	style(&b.total, &excelize.Style{Border: border, Font: &excelize.Font{Bold: true}, Fill: fill("E8F0F7"), Protection: locked, CustomNumFmt: &decimals})
	return err
}

// cell names a cell by its column, from 1, and its row.
func cell(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return "A1" // columns and rows are ours, and small
	}
	return name
}

// The columns: those of the person, the months, the total.
func (b *statementBook) month(i int) int { return len(insertion.StatementColumns()) + 1 + i }
func (b *statementBook) last() int       { return b.month(len(b.months)) }
func (b *statementBook) firstRow() int   { return headRow + 1 }
func (b *statementBook) spare() int      { return b.firstRow() + len(b.s.Rows) }
func (b *statementBook) totalRow() int   { return b.spare() + spareRows }

func (b *statementBook) head() error {
	period := b.s.From.French()
	if b.s.To != b.s.From {
		period += " à " + b.s.To.French()
	}
	for row, line := range []string{
		"Relevé des heures d'insertion",
		b.s.Name + " · " + period,
		"Écrivez les heures travaillées de chacun, mois par mois (35 ; 35,5 ; 12h30). Une case vide ne déclare rien ; 0 déclare qu'il n'y en a pas eu.",
		"Une personne qui n'est pas listée : demandez son pseudonyme au facilitateur avant de l'ajouter en bas. N'écrivez jamais de nom.",
		b.s.Key(),
	} {
		if err := b.f.SetCellStr(statementSheet, cell(1, row+1), line); err != nil {
			return err
		}
		style := b.faint
		if row == 0 {
			style = b.title
		}
		if err := b.f.SetCellStyle(statementSheet, cell(1, row+1), cell(1, row+1), style); err != nil {
			return err
		}
	}
	for i, name := range b.headers() {
		if err := b.f.SetCellStr(statementSheet, cell(i+1, headRow), name); err != nil {
			return err
		}
	}
	return b.f.SetCellStyle(statementSheet, cell(1, headRow), cell(b.last(), headRow), b.header)
}

func (b *statementBook) headers() []string {
	out := insertion.StatementColumns()
	for _, m := range b.months {
		out = append(out, m.French())
	}
	return append(out, insertion.StatementTotal)
}

func (b *statementBook) rows() error {
	set := func(column, row int, v any) error { return b.f.SetCellValue(statementSheet, cell(column, row), v) }
	for i, r := range b.s.Rows {
		row := b.firstRow() + i
		for column, v := range []any{int64(r.Lot), r.Object, r.Code, bornOf(r), string(r.Employment), dateOf(r.Start), dateOf(r.End)} {
			if err := set(column+1, row, v); err != nil {
				return err
			}
		}
		for j, h := range r.Hours {
			if h < 0 {
				continue
			}
			if err := set(b.month(j), row, float64(h)/100); err != nil {
				return err
			}
		}
		if err := b.f.SetCellStyle(statementSheet, cell(1, row), cell(b.month(0)-1, row), b.fixed); err != nil {
			return err
		}
	}
	if err := b.f.SetCellStyle(statementSheet, cell(1, b.spare()), cell(b.month(0)-1, b.totalRow()-1), b.open); err != nil {
		return err
	}
	return b.f.SetCellStyle(statementSheet, cell(b.month(0), b.firstRow()), cell(b.last()-1, b.totalRow()-1), b.hours)
}

func bornOf(r insertion.SheetRow) string {
	if r.Born == 0 {
		return ""
	}
	return strconv.Itoa(r.Born)
}

func dateOf(d insertion.Date) string {
	if d == "" {
		return ""
	}
	return d.French()
}

// totals writes the sums, by row and by month, as formulas nobody can change.
func (b *statementBook) totals() error {
	for row := b.firstRow(); row <= b.totalRow(); row++ {
		if err := b.f.SetCellFormula(statementSheet, cell(b.last(), row), fmt.Sprintf("SUM(%s:%s)", cell(b.month(0), row), cell(b.last()-1, row))); err != nil {
			return err
		}
	}
	for i := range b.months {
		c := b.month(i)
		if err := b.f.SetCellFormula(statementSheet, cell(c, b.totalRow()), fmt.Sprintf("SUM(%s:%s)", cell(c, b.firstRow()), cell(c, b.totalRow()-1))); err != nil {
			return err
		}
	}
	if err := b.f.SetCellStr(statementSheet, cell(1, b.totalRow()), insertion.StatementTotal); err != nil {
		return err
	}
	if err := b.f.SetCellStyle(statementSheet, cell(b.last(), b.firstRow()), cell(b.last(), b.totalRow()), b.total); err != nil {
		return err
	}
	return b.f.SetCellStyle(statementSheet, cell(1, b.totalRow()), cell(b.last(), b.totalRow()), b.total)
}

// rules bounds what can be typed: hours of a month, kinds of contract.
func (b *statementBook) rules() error {
	hours := excelize.NewDataValidation(true)
	hours.SetSqref(cell(b.month(0), b.firstRow()) + ":" + cell(b.last()-1, b.totalRow()-1))
	if err := hours.SetRange(0, float64(insertion.MaxMonth)/100, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween); err != nil {
		return err
	}
	hours.SetError(excelize.DataValidationErrorStyleWarning, "Passerelle", "Des heures, de 0 à 744 par mois.")
	if err := b.f.AddDataValidation(statementSheet, hours); err != nil {
		return err
	}
	var kinds []string
	for _, e := range insertion.Employments() {
		kinds = append(kinds, string(e))
	}
	list := excelize.NewDataValidation(true)
	list.SetSqref(cell(5, b.spare()) + ":" + cell(5, b.totalRow()-1))
	if err := list.SetDropList(kinds); err != nil {
		return err
	}
	list.SetError(excelize.DataValidationErrorStyleStop, "Passerelle", "Choisissez un contrat de la liste.")
	if err := b.f.AddDataValidation(statementSheet, list); err != nil {
		return err
	}
	return b.f.ProtectSheet(statementSheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
	})
}

func (b *statementBook) look() error {
	widths := []float64{7, 46, 11, 11, 20, 14, 14}
	for i := range b.headers() {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		width := 11.0
		if i < len(widths) {
			width = widths[i]
		}
		if err := b.f.SetColWidth(statementSheet, column, column, width); err != nil {
			return err
		}
	}
	if err := b.f.SetRowHeight(statementSheet, headRow, 24); err != nil {
		return err
	}
	top := cell(b.month(0), b.firstRow())
	if err := b.f.SetPanes(statementSheet, &excelize.Panes{Freeze: true, XSplit: b.month(0) - 1, YSplit: headRow, TopLeftCell: top, ActivePane: "bottomRight"}); err != nil {
		return err
	}
	landscape, a4, fit, one, none := "landscape", 9, true, 1, 0
	if err := b.f.SetSheetProps(statementSheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.f.SetPageLayout(statementSheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &none})
}

// WriteStatementCSV writes the same rows for whoever has no spreadsheet: UTF-8
// with its mark, semicolons, French decimals. Each row carries the key.
func WriteStatementCSV(w io.Writer, s insertion.StatementSheet) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	head := append([]string{insertion.StatementKeyColumn}, insertion.StatementColumns()...)
	for _, m := range insertion.Months(s.From, s.To) {
		head = append(head, m.French())
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for _, r := range s.Rows {
		row := []string{s.Key(), strconv.FormatInt(int64(r.Lot), 10), r.Object, r.Code, bornOf(r), string(r.Employment), dateOf(r.Start), dateOf(r.End)}
		for _, h := range r.Hours {
			text := ""
			if h >= 0 {
				text = strings.ReplaceAll(h.Number(), " ", "")
			}
			row = append(row, text)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
