package report

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/bilan"
)

// Where a table stands in its sheet.
const (
	bilanHead  = 4 // the row of its heads, under its title and its note
	bilanFirst = bilanHead + 1
)

// bilanSheet is the sheet of one table.
type bilanSheet struct {
	*bilanBook
	t    bilan.Table
	name string
}

func (s *bilanSheet) write() error {
	for _, part := range []func() error{s.title, s.heads, s.rows, s.look, s.chart} {
		if err := part(); err != nil {
			return err
		}
	}
	return s.paper(s.name)
}

// put writes a cell and its look.
func (s *bilanSheet) put(column, row int, value any, look bilanStyle) error {
	style, err := s.style(look)
	if err != nil {
		return err
	}
	at := cell(column, row)
	if text, ok := value.(string); ok {
		err = s.f.SetCellStr(s.name, at, text)
	} else {
		err = s.f.SetCellValue(s.name, at, value)
	}
	if err != nil {
		return err
	}
	return s.f.SetCellStyle(s.name, at, at, style)
}

func (s *bilanSheet) title() error {
	if err := s.put(1, 1, s.t.Title, bilanStyle{kind: titleStyle}); err != nil {
		return err
	}
	if err := s.put(1, 2, s.t.Note, bilanStyle{kind: noteStyle}); err != nil {
		return err
	}
	last := 1 + len(s.t.Columns)
	if last > 1 {
		if err := s.f.MergeCell(s.name, cell(1, 2), cell(last, 2)); err != nil {
			return err
		}
	}
	if s.t.Unsaid() {
		if err := s.put(1, 3, bilan.Legend, bilanStyle{kind: signStyle}); err != nil {
			return err
		}
	}
	width := int(s.labels()) + len(s.t.Columns)*figureWidth
	return s.f.SetRowHeight(s.name, 2, tall(14*lineCount(s.t.Note, width)))
}

func (s *bilanSheet) heads() error {
	lines := 1
	for i, name := range append([]string{s.t.Head}, s.names()...) {
		if err := s.put(i+1, bilanHead, name, bilanStyle{kind: headStyle}); err != nil {
			return err
		}
		if i > 0 {
			lines = max(lines, lineCount(name, figureWidth-3))
		}
	}
	return s.f.SetRowHeight(s.name, bilanHead, tall(9+15*lines))
}

func (s *bilanSheet) names() []string {
	out := make([]string, len(s.t.Columns))
	for i, c := range s.t.Columns {
		out[i] = c.Name()
	}
	return out
}

func (s *bilanSheet) rows() error {
	if len(s.t.Rows) == 0 {
		return s.put(1, bilanFirst, "Aucune ligne.", bilanStyle{kind: noteStyle})
	}
	width := int(s.labels())
	for i, r := range s.t.Rows {
		if n := lineCount(r.Label, width-2*r.Level-2); n > 1 {
			if err := s.f.SetRowHeight(s.name, bilanFirst+i, tall(15*n)); err != nil {
				return err
			}
		}
		if err := s.put(1, bilanFirst+i, r.Label, bilanStyle{kind: labelStyle, level: r.Level, total: r.Total}); err != nil {
			return err
		}
		for j := range s.t.Columns {
			if err := s.figure(i, j); err != nil {
				return err
			}
		}
	}
	return nil
}

// figure writes one figure, and how it is summed when it is a total.
func (s *bilanSheet) figure(row, column int) error {
	r, unit := s.t.Rows[row], s.t.Columns[column].Unit
	c := r.Cell(column)
	if c.State != bilan.Shown {
		return s.put(column+2, bilanFirst+row, c.Figure(unit), bilanStyle{kind: unsaidStyle, total: r.Total})
	}
	if err := s.put(column+2, bilanFirst+row, number(c.Value, unit), bilanStyle{kind: figureStyle, unit: unit, total: r.Total}); err != nil {
		return err
	}
	if formula := s.sum(s.t.Addends(row, column), column); formula != "" {
		return s.f.SetCellFormula(s.name, cell(column+2, bilanFirst+row), formula)
	}
	return nil
}

// sum is the formula that adds rows, as few ranges as they make; "" for none, or
// for more than a formula holds.
func (s *bilanSheet) sum(rows []int, column int) string {
	var ranges []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		ranges = append(ranges, cell(column+2, bilanFirst+rows[i])+":"+cell(column+2, bilanFirst+rows[j]))
		i = j + 1
	}
	if len(ranges) == 0 || len(ranges) > 200 { // SUM takes 255 arguments
		return ""
	}
	return "SUM(" + strings.Join(ranges, ",") + ")"
}

// Widths, in characters.
const figureWidth = 15

// labels is the width of the column of labels.
func (s *bilanSheet) labels() float64 {
	longest := len([]rune(s.t.Head))
	for _, r := range s.t.Rows {
		longest = max(longest, len([]rune(r.Label))+2*r.Level)
	}
	return float64(max(18, min(56, longest+2)))
}

func (s *bilanSheet) look() error {
	if err := s.f.SetColWidth(s.name, "A", "A", s.labels()); err != nil {
		return err
	}
	if n := len(s.t.Columns); n > 0 {
		last, err := excelize.ColumnNumberToName(1 + n)
		if err != nil {
			return err
		}
		if err := s.f.SetColWidth(s.name, "B", last, figureWidth); err != nil {
			return err
		}
	}
	if err := s.f.SetPanes(s.name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: bilanHead, TopLeftCell: cell(2, bilanFirst), ActivePane: "bottomRight"}); err != nil {
		return err
	}
	return s.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, bilanHead, bilanHead), Scope: s.name,
	})
}
