package tui

import (
	"fmt"
	"strings"

	"passerelle/internal/bilan"
)

// bilanRow is a row of a table of a bilan, by its place.
type bilanRow struct{ n int }

// bilanTable is a table measured for a width.
type bilanTable struct {
	bilan.Table
	details []string // what is said of each row, when it is not its figures
	rows    []bilanRow
	figures [][]string // by column
	widths  []int      // of the columns shown, each with the space before it
	label   int        // cells
	bars    int        // cells; 0: nothing to draw
	most    int64      // what a full bar is
	isDrawn map[int]bool
	secret  bool // something is hidden in it
}

// shownTable is a table as the screen lists it; texts stand in the place of its
// only column where each row counts something else.
type shownTable struct {
	bilan.Table
	texts, details []string
}

// shownTables are the tables of a bilan, the year at a glance first.
func shownTables(r bilan.Report) []shownTable {
	var out []shownTable
	if len(r.Figures) > 0 {
		t := shownTable{Table: bilan.Table{ID: bilan.Glance, Title: "L'année en quelques nombres", Head: "ce qui est compté", Columns: []bilan.Column{{Label: "nombre"}}}}
		for _, f := range r.Figures {
			t.Rows = append(t.Rows, bilan.Row{Label: f.Label, Cells: []bilan.Cell{f.Cell}})
			text := f.Cell.Figure(f.Unit)
			t.texts = append(t.texts, text)
			t.details = append(t.details, strings.TrimSpace(f.Label+" : "+text+". "+f.Note))
		}
		out = append(out, t)
	}
	for _, t := range r.Tables {
		out = append(out, shownTable{Table: t})
	}
	return out
}

// The least cells of the parts of a row.
const (
	leastLabel = 16
	leastBar   = 12
	mostBar    = 30
	mostHead   = 16
)

// measured shares a width: the first figure always, then as many as fit, the bars
// in what is left. What does not fit is said of the selected row, below.
func measured(t shownTable, w int) bilanTable {
	m := bilanTable{Table: t.Table, details: t.details, isDrawn: map[int]bool{}}
	for i, r := range t.Rows {
		m.rows = append(m.rows, bilanRow{i})
		m.label = max(m.label, span(r.Label)+2*r.Level)
		for _, c := range r.Cells {
			m.secret = m.secret || c.State == bilan.Hidden
		}
	}
	for _, i := range t.Drawn() {
		m.isDrawn[i] = true
		m.most = max(m.most, t.Rows[i].Cell(0).Value)
	}
	m.label = max(m.label, span(t.Head))
	label, bars := min(m.label, max(leastLabel, w*2/5)), 0
	if m.most > 0 {
		bars = leastBar + 2
	}
	left := w - label - bars
	for j, c := range t.Columns {
		figures := t.Figures(j)
		if t.texts != nil {
			figures = t.texts
		}
		width := min(span(c.Name()), mostHead)
		for _, f := range figures {
			width = max(width, span(f))
		}
		if width += 2; width > left && j > 0 {
			break
		}
		left -= width
		m.figures, m.widths = append(m.figures, figures), append(m.widths, width)
	}
	m.label = min(m.label, label+max(0, left)) // the names first, then the bars
	left -= m.label - label
	if bars > 0 {
		m.bars = min(mostBar, leastBar+max(0, left))
	}
	return m
}

// row draws a row: its label, its bar, its figures.
func (s *bilans) row(r bilanRow, _ int, on bool) string {
	m := s.drawn
	row := m.Rows[r.n]
	line := pad(strings.Repeat("  ", row.Level)+row.Label, m.label)
	if m.bars > 0 {
		c := row.Cell(0)
		bar := strings.Repeat(" ", m.bars)
		if m.isDrawn[r.n] && c.State == bilan.Shown {
			bar = pad(ribbon(c.Value, m.most, m.bars), m.bars)
		}
		if !on {
			bar = s.theme.paint(accent, bar)
		}
		line += "  " + bar
	}
	for j, w := range m.widths {
		line += padLeft(m.figures[j][r.n], w)
	}
	if row.Total && !on {
		return s.theme.paint(strong, line)
	}
	return line
}

// ribbon is a bar of up to w cells, to the eighth of a cell; what is not 0 shows.
func ribbon(part, whole int64, w int) string {
	if part <= 0 || whole <= 0 {
		return ""
	}
	eighths := max(1, int(min(part, whole)*int64(w)*8/whole))
	bar := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return bar
}

// head is what stands above the rows, from the top of the body.
func (s *bilans) head() []string {
	m, room := s.drawn, s.room()
	title := fmt.Sprintf("%s  %d/%d", m.Title, s.table+1, len(s.tables))
	lines := append(s.top(), s.theme.rule(cut(title, room-6), room))
	if m.Note != "" {
		notes := wrap(m.Note, room-2)
		if most := max(1, s.h/8); len(notes) > most {
			notes = notes[:most]
			notes[most-1] = cut(notes[most-1]+" …", room-2)
		}
		for _, l := range notes {
			lines = append(lines, " "+s.theme.paint(faint, l))
		}
	}
	head := "  " + pad(m.Head, m.label)
	if m.bars > 0 {
		head += "  " + pad("", m.bars)
	}
	for j, w := range m.widths {
		head += " " + padLeft(m.Columns[j].Name(), w-1)
	}
	lines = append(lines, s.theme.paint(faint, head))
	if len(m.Rows) == 0 {
		lines = append(lines, "  Aucune ligne.")
	}
	return lines
}

// foot is the selected row in full, and what the signs stand for.
func (s *bilans) foot() []string {
	m, room := s.drawn, s.room()
	lines := []string{s.theme.rule("", room)}
	if r, ok := s.rows.current(); ok && r.n < len(m.Rows) {
		whole := wrap(m.detail(r.n), room-2)
		lines = append(lines, whole[:min(len(whole), max(1, s.h/5))]...)
	}
	switch {
	case m.secret && s.h < 18:
		lines = append(lines, "s : secret, voir les notes (n)")
	case m.secret:
		lines = append(lines, wrap(bilan.Legend, room-2)...)
	}
	for i := range lines[1:] {
		lines[i+1] = " " + lines[i+1]
	}
	return lines
}

// detail is a row in full.
func (m bilanTable) detail(row int) string {
	if m.details != nil {
		return m.details[row]
	}
	var parts []string
	for j, c := range m.Columns {
		said := m.Rows[row].Cell(j).Figure(c.Unit)
		if c.Label != string(c.Unit) { // « ETP 1,30 ETP »
			said = c.Label + " " + said
		}
		parts = append(parts, said)
	}
	return m.Rows[row].Label + " : " + strings.Join(parts, " · ")
}
