package report

import (
	"passerelle/internal/bilan"
)

// bilanFront is the sheet that says what the bilan is, gives the year in a few
// numbers, and leads to the tables.
const bilanFront = "Synthèse"

// The widths of its columns, in characters.
const (
	frontLabel  = 56
	frontFigure = 20
	frontNote   = 78
)

// frontSheet is that sheet being written.
type frontSheet struct {
	*bilanBook
	row int
}

func (b *bilanBook) front() error {
	s := &frontSheet{bilanBook: b, row: 1}
	for _, part := range []func() error{s.facts, s.figures, s.contents, s.look} {
		if err := part(); err != nil {
			return err
		}
	}
	return b.paper(bilanFront)
}

// cells writes the three columns of a row, and moves to the next.
func (s *frontSheet) cells(look bilanStyle, values ...any) error {
	style, err := s.style(look)
	if err != nil {
		return err
	}
	for i, v := range values {
		if text, ok := v.(string); ok {
			err = s.f.SetCellStr(bilanFront, cell(i+1, s.row), text)
		} else {
			err = s.f.SetCellValue(bilanFront, cell(i+1, s.row), v)
		}
		if err != nil {
			return err
		}
	}
	err = s.f.SetCellStyle(bilanFront, cell(1, s.row), cell(3, s.row), style)
	s.row++
	return err
}

// says writes a name and a text as wide as the two columns beside it.
func (s *frontSheet) says(name, text string) error {
	if err := s.f.MergeCell(bilanFront, cell(2, s.row), cell(3, s.row)); err != nil {
		return err
	}
	if err := s.f.SetRowHeight(bilanFront, s.row, tall(15*lineCount(text, frontFigure+frontNote))); err != nil {
		return err
	}
	return s.cells(bilanStyle{kind: textStyle}, name, text)
}

func (s *frontSheet) facts() error {
	if err := s.cells(bilanStyle{kind: titleStyle}, s.r.Title); err != nil {
		return err
	}
	for _, fact := range bilanFacts(s.r) {
		if err := s.says(fact[0], fact[1]); err != nil {
			return err
		}
	}
	if err := s.says("Signes", bilan.Legend); err != nil {
		return err
	}
	name := "Notes"
	for _, note := range s.r.Notes {
		if err := s.says(name, note); err != nil {
			return err
		}
		name = ""
	}
	return nil
}

func (s *frontSheet) figures() error {
	if len(s.r.Figures) == 0 {
		return nil
	}
	s.row++
	if err := s.cells(bilanStyle{kind: headStyle}, glanceTitle, "Nombre", "Comment"); err != nil {
		return err
	}
	for _, f := range s.r.Figures {
		var value any = f.Cell.Figure(f.Unit)
		look := bilanStyle{kind: unsaidStyle}
		if f.Cell.State == bilan.Shown {
			value, look = number(f.Cell.Value, f.Unit), bilanStyle{kind: figureStyle, unit: f.Unit, named: true}
		}
		style, err := s.style(look)
		if err != nil {
			return err
		}
		at := cell(2, s.row)
		if n := max(lineCount(f.Label, frontLabel-2), lineCount(f.Note, frontNote)); n > 1 {
			if err := s.f.SetRowHeight(bilanFront, s.row, tall(15*n)); err != nil {
				return err
			}
		}
		if err := s.cells(bilanStyle{kind: labelStyle}, f.Label, value, f.Note); err != nil {
			return err
		}
		if err := s.f.SetCellStyle(bilanFront, at, at, style); err != nil {
			return err
		}
		note, err := s.style(bilanStyle{kind: labelStyle, level: 1})
		if err != nil {
			return err
		}
		if err := s.f.SetCellStyle(bilanFront, cell(3, s.row-1), cell(3, s.row-1), note); err != nil {
			return err
		}
	}
	return nil
}

func (s *frontSheet) contents() error {
	s.row++
	if err := s.cells(bilanStyle{kind: headStyle}, "Tableaux", "", ""); err != nil {
		return err
	}
	for i, t := range s.r.Tables {
		if err := s.f.SetCellHyperLink(bilanFront, cell(1, s.row), "'"+s.sheets[i]+"'!A1", "Location"); err != nil {
			return err
		}
		if err := s.cells(bilanStyle{kind: linkStyle}, t.Title); err != nil {
			return err
		}
	}
	return nil
}

func (s *frontSheet) look() error {
	for i, width := range []float64{frontLabel, frontFigure, frontNote} {
		column := string(rune('A' + i))
		if err := s.f.SetColWidth(bilanFront, column, column, width); err != nil {
			return err
		}
	}
	return nil
}
