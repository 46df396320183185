package report

import (
	"github.com/xuri/excelize/v2"

	"passerelle/internal/bilan"
)

// bilanStyle is what the look of a cell depends on.
type bilanStyle struct {
	kind  styleKind
	unit  bilan.Unit
	level int
	total bool
	named bool // the figure stands alone and says its unit
}

type styleKind uint8

const (
	titleStyle styleKind = iota
	textStyle            // of the front sheet
	noteStyle
	signStyle // a note that runs over the cells beside it
	headStyle
	linkStyle
	labelStyle
	figureStyle
	unsaidStyle // of a hidden or absent figure
)

// style makes the style of a cell, once.
func (b *bilanBook) style(s bilanStyle) (int, error) {
	if id, ok := b.styles[s]; ok {
		return id, nil
	}
	made := &excelize.Style{Font: &excelize.Font{Family: "Calibri", Size: 11}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}
	switch s.kind {
	case titleStyle:
		made.Font.Bold, made.Font.Size, made.Font.Color, made.Alignment = true, 15, "1F4E79", nil
	case noteStyle:
		made.Font.Color, made.Font.Size = "57606A", 10
	case signStyle:
		made.Font.Color, made.Font.Size, made.Alignment = "57606A", 9, nil
	case headStyle:
		made.Font.Bold, made.Font.Color, made.Fill = true, "FFFFFF", solid("1F4E79")
		made.Alignment = &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}
	case linkStyle:
		made.Font.Color, made.Font.Underline = "1F4E79", "single"
	case labelStyle:
		made.Alignment.Horizontal, made.Alignment.Indent = "left", min(s.level, 6)
	case figureStyle:
		format := numberFormat(s.unit)
		if s.named && (s.unit == bilan.Hours || s.unit == bilan.ETP) {
			format += `\ "` + string(s.unit) + `"`
		}
		made.CustomNumFmt = &format
	case unsaidStyle:
		made.Font.Color, made.Font.Italic = "57606A", true
		made.Alignment.Horizontal = "right"
	}
	if s.kind >= labelStyle {
		made.Border = []excelize.Border{{Type: "bottom", Color: "D0D7DE", Style: 1}}
	}
	if s.total {
		made.Font.Bold, made.Fill = true, solid("E8F0F7")
	}
	id, err := b.f.NewStyle(made)
	if err == nil {
		b.styles[s] = id
	}
	return id, err
}

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

// numberFormat writes a figure the French way wherever the workbook is opened:
// 040C is French of France.
func numberFormat(u bilan.Unit) string {
	switch u {
	case bilan.Count:
		return "[$-40C]#,##0"
	case bilan.Share:
		return `[$-40C]0.00\ %`
	case bilan.Money:
		return `[$-40C]#,##0.00\ "€"`
	}
	return "[$-40C]#,##0.00"
}

// number is a figure as a spreadsheet holds it: hours, euros, a share of 1.
func number(v int64, u bilan.Unit) any {
	switch u {
	case bilan.Count:
		return v
	case bilan.Share:
		return float64(v) / 10_000
	}
	return float64(v) / 100
}
