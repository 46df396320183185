package bilan

import (
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

// Secret is what stands for a hidden figure wherever one is shown, and Nothing for
// an absent one.
const (
	Secret  = "s"
	Nothing = "—"
)

// Legend says what the signs of the tables stand for.
const Legend = "s : secret, ce nombre permettrait de reconnaître quelqu'un, ou d'en retrouver un qui le permettrait ; — : sans objet."

// Figures are the figures of a column as they are read, one a row and without the
// unit, which the head of the column tells. Decimals are written for all or for
// none, so that the digits stand under each other.
func (t Table) Figures(column int) []string {
	decimals := false
	for _, r := range t.Rows {
		if c := r.Cell(column); c.State == Shown && c.Value%100 != 0 {
			decimals = true
		}
	}
	out := make([]string, len(t.Rows))
	for i, r := range t.Rows {
		out[i] = r.Cell(column).figure(t.Columns[column].Unit, decimals)
	}
	return out
}

// Cell is that of a column; a row too short says nothing there.
func (r Row) Cell(column int) Cell {
	if column < len(r.Cells) {
		return r.Cells[column]
	}
	return Cell{State: Absent}
}

// Figure is one figure with its unit: « 12,50 h », « 1 600 », « s ».
func (c Cell) Figure(u Unit) string {
	text := c.figure(u, c.Value%100 != 0)
	if c.State != Shown || u == Count || u == Decimal {
		return text
	}
	return text + " " + string(u)
}

func (c Cell) figure(u Unit, decimals bool) string {
	switch {
	case c.State == Hidden:
		return Secret
	case c.State == Absent:
		return Nothing
	case u == Count:
		return insertion.Thousands(c.Value)
	case !decimals:
		return insertion.Hours(c.Value).Number()
	}
	sign, v := "", c.Value
	if v < 0 {
		sign, v = "-", -v
	}
	return fmt.Sprintf("%s%s,%02d", sign, insertion.Thousands(v/100), v%100)
}

// Name is the label of a column with its unit: « montant (€) ».
func (c Column) Name() string {
	said := string(c.Unit)
	if c.Unit == Hours {
		said = "eure" // heures, Heure
	}
	if c.Unit == Count || c.Unit == Decimal || strings.Contains(c.Label, said) {
		return c.Label
	}
	return c.Label + " (" + string(c.Unit) + ")"
}

// Paths are the labels of the rows, each under those above it: « Ville de Rocreuse
// › lot 12 », so that a row says which it is away from its table.
func (t Table) Paths() []string {
	out := make([]string, len(t.Rows))
	var above []string
	for i, r := range t.Rows {
		above = append(above[:min(r.Level, len(above))], r.Label)
		out[i] = strings.Join(above, " › ")
	}
	return out
}

// Unsaid tells that some figure of the table is hidden or absent, so that the
// legend is needed.
func (t Table) Unsaid() bool {
	for _, r := range t.Rows {
		for j := range t.Columns {
			if r.Cell(j).State != Shown {
				return true
			}
		}
	}
	return false
}

// Short is the title in 31 characters at most, for the tab of a spreadsheet.
func (t Table) Short() string {
	switch t.ID {
	case "structures":
		return "Part des structures"
	case "niveaux":
		return "Niveaux de formation"
	case "qpv":
		return "Quartiers prioritaires"
	case "residence":
		return "Communes de résidence"
	case "durees":
		return "Durée des contrats finis"
	case "six-mois":
		return "Situation à six mois"
	case "considerations":
		return "Considérations sociales"
	}
	return t.Title
}

// Drawn are the rows a picture of the table shows, in their order: the parts, not
// their sums nor what they are made of. The first column is drawn.
func (t Table) Drawn() []int {
	if t.Picture == NoPicture || len(t.Columns) == 0 {
		return nil
	}
	var rows []int
	some := false
	for i, r := range t.Rows {
		if r.Total || r.Level > 0 {
			continue
		}
		rows = append(rows, i)
		c := r.Cell(0)
		some = some || c.State == Shown && c.Value > 0
	}
	if !some || len(rows) < 2 {
		return nil
	}
	return rows
}

// Whole tells that every row of these shows its first figure: a line or a pie
// with a part missing would lie.
func (t Table) Whole(rows []int) bool {
	for _, i := range rows {
		if t.Rows[i].Cell(0).State != Shown {
			return false
		}
	}
	return true
}
