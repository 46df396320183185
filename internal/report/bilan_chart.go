package report

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/bilan"
)

// What a picture holds before it is a smear.
const (
	mostBars   = 20
	mostSlices = 7
	mostPoints = 60
)

// drawing is the picture of a table: what it shows, and of which rows.
type drawing struct {
	kind excelize.ChartType
	rows []int
	note string // said in the title when it is not all
}

// drawingOf chooses the picture; false when there is nothing to draw. A line or a
// pie with a part hidden would lie: bars take their place.
func drawingOf(t bilan.Table) (drawing, bool) {
	d := drawing{rows: t.Drawn()}
	if d.rows == nil {
		return d, false
	}
	whole := t.Whole(d.rows)
	switch {
	case t.Picture == bilan.LinePicture && whole && len(d.rows) <= mostPoints:
		d.kind = excelize.Line
	case t.Picture == bilan.LinePicture && len(d.rows) <= mostPoints:
		d.kind = excelize.Col
	case t.Picture == bilan.PiePicture && whole && len(d.rows) <= mostSlices:
		d.kind = excelize.Pie
	default:
		d.kind = excelize.Bar
		if n := len(d.rows); n > mostBars {
			d.rows = greatest(t, d.rows, mostBars)
			d.note = fmt.Sprintf(" (les %d premiers sur %d)", mostBars, n)
		}
	}
	return d, true
}

// greatest are the n rows of the greatest first figures, the greatest first.
func greatest(t bilan.Table, rows []int, n int) []int {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b int) int {
		left, right := t.Rows[a].Cell(0).Value, t.Rows[b].Cell(0).Value
		switch {
		case left > right:
			return -1
		case left < right:
			return 1
		}
		return 0
	})
	return rows[:min(n, len(rows))]
}

// chart puts the picture beside the table, or under it where the table is wide.
func (s *bilanSheet) chart() error {
	d, ok := drawingOf(s.t)
	if !ok {
		return nil
	}
	column, row := len(s.t.Columns)+3, bilanFirst // under the heads, which every page repeats
	if len(s.t.Columns) > 5 && len(s.t.Rows) <= 60 {
		column, row = 1, bilanFirst+len(s.t.Rows)+1
	}
	height := uint(320)
	if d.kind == excelize.Bar {
		height = uint(110 + 24*len(d.rows))
	}
	names, values, err := s.drawn(d, column, row+int(height)/20+2)
	if err != nil {
		return err
	}
	yes, no, gap := true, false, uint(40)
	unit := s.t.Columns[0].Unit
	format := excelize.ChartNumFmt{CustomNumFmt: shortFormat(unit)}
	axisFont := excelize.Font{Size: 9, Color: "333333"}
	look := &excelize.Chart{
		Type: d.kind, Dimension: excelize.ChartDimension{Width: 620, Height: height}, VaryColors: &no,
		Title:    excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: s.t.Title + " : " + s.t.Columns[0].Name() + d.note, Font: &excelize.Font{Bold: true, Size: 11}}}},
		Legend:   excelize.ChartLegend{Position: "none"},
		PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: format},
		Format:   excelize.GraphicOptions{AltText: s.t.Title + " : les nombres sont dans le tableau de cette feuille", PrintObject: &yes, OffsetX: 10},
		Series: []excelize.ChartSeries{{Name: s.at(bilanHead, 2), Categories: names, Values: values, Fill: solid("1F4E79"),
			Line: excelize.LineOptions{Width: 2.25, Fill: solid("1F4E79")}}},
		XAxis: excelize.ChartAxis{Font: axisFont}, YAxis: excelize.ChartAxis{MajorGridLines: true, Font: axisFont, NumFmt: format, Minimum: new(float64)},
		GapWidth: &gap,
	}
	switch d.kind {
	case excelize.Bar:
		look.XAxis.ReverseOrder = true // the first row on top, as in the table
		look.YAxis.None = true         // every bar has its number
	case excelize.Line:
		look.PlotArea.ShowVal = len(d.rows) <= 12
		look.Series[0].DataLabelPosition = excelize.ChartDataLabelsPositionAbove
		look.Series[0].Marker = excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: solid("1F4E79")}
		look.GapWidth = nil
	case excelize.Pie:
		look.VaryColors, look.Legend.Position, look.GapWidth = &yes, "right", nil
		look.PlotArea = excelize.ChartPlotArea{ShowPercent: true}
		look.Series[0].Fill, look.Series[0].DataPoint = excelize.Fill{}, tones(d.rows)
	}
	return s.f.AddChart(s.name, cell(column, row), look)
}

// tones gives the parts of a pie colours on which a dark label reads.
func tones(rows []int) []excelize.ChartDataPoint {
	colors := []string{"8FB8DE", "F2B84B", "9CC5A1", "E39B8B", "C9B6D9", "BDBDBD", "D9D36B"}
	var out []excelize.ChartDataPoint
	for i := range rows {
		out = append(out, excelize.ChartDataPoint{Index: i, Fill: solid(colors[i%len(colors)])})
	}
	return out
}

// shortFormat is that of the labels of a picture: a figure that is 0, as a hidden
// one is drawn, has none.
func shortFormat(u bilan.Unit) string {
	if u == bilan.Share {
		return `[$-40C]0.0\ %;[$-40C]-0.0\ %;`
	}
	return `[$-40C]#,##0;[$-40C]-#,##0;`
}

// at is a cell of the sheet as a chart names it.
func (s *bilanSheet) at(row, column int) string { return "'" + s.name + "'!" + absolute(column, row) }

func absolute(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row, true)
	if err != nil {
		return "$A$1" // columns and rows are ours, and small
	}
	return name
}

// mostName is how many characters of a label stand beside a bar.
const mostName = 40

// drawn are the ranges a picture reads. Rows that do not stand together, or whose
// labels are too long, are listed again under it, by reference, for a picture
// reads one range.
func (s *bilanSheet) drawn(d drawing, column, row int) (names, values string, err error) {
	first, last := d.rows[0], d.rows[len(d.rows)-1]
	long := slices.ContainsFunc(d.rows, func(i int) bool { return len([]rune(s.t.Rows[i].Label)) > mostName })
	if last-first == len(d.rows)-1 && slices.IsSorted(d.rows) && !long {
		of := func(c int) string { return s.at(bilanFirst+first, c) + ":" + absolute(c, bilanFirst+last) }
		return of(1), of(2), nil
	}
	if column > 1 {
		name, err := excelize.ColumnNumberToName(column)
		if err != nil {
			return "", "", err
		}
		if err := s.f.SetColWidth(s.name, name, name, mostName); err != nil {
			return "", "", err
		}
	}
	if err := s.put(column, row, "Lignes dessinées", bilanStyle{kind: noteStyle}); err != nil {
		return "", "", err
	}
	for i, r := range d.rows {
		at := row + 1 + i
		if err := s.put(column, at, shortName(s.t.Rows[r].Label), bilanStyle{kind: noteStyle}); err != nil {
			return "", "", err
		}
		unit := s.t.Columns[0].Unit
		c := s.t.Rows[r].Cell(0)
		if c.State != bilan.Shown {
			err = s.put(column+1, at, c.Figure(unit), bilanStyle{kind: unsaidStyle})
		} else if err = s.put(column+1, at, number(c.Value, unit), bilanStyle{kind: figureStyle, unit: unit}); err == nil {
			err = s.f.SetCellFormula(s.name, cell(column+1, at), cell(2, bilanFirst+r))
		}
		if err != nil {
			return "", "", err
		}
	}
	of := func(c int) string { return s.at(row+1, c) + ":" + absolute(c, row+len(d.rows)) }
	return of(column), of(column + 1), nil
}

func shortName(s string) string {
	if r := []rune(s); len(r) > mostName {
		return string(r[:mostName-1]) + "…"
	}
	return s
}
