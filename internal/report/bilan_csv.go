package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"passerelle/internal/bilan"
)

// BilanColumns are those of the CSV of a bilan; their names and their order do not
// change.
func BilanColumns() []string {
	return []string{"table", "ligne", "colonne", "valeur", "unité", "secret"}
}

// WriteBilanCSV writes a bilan as one list of figures, one a line: UTF-8 with its
// mark, semicolons, decimals with a comma. A hidden figure has no value and says
// « oui » under secret; an absent one has no value. What the bilan is comes
// first, as the table « parametres ».
func WriteBilanCSV(w io.Writer, r bilan.Report) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	lines := [][]string{BilanColumns()}
	for _, fact := range bilanFacts(r) {
		lines = append(lines, []string{"parametres", fact[0], "valeur", Inert(fact[1]), "", "non"})
	}
	for i, note := range r.Notes {
		lines = append(lines, []string{"notes", strconv.Itoa(i + 1), "texte", Inert(note), "", "non"})
	}
	for _, f := range r.Figures {
		lines = append(lines, []string{bilan.Glance, Inert(f.Label), f.ID, plainFigure(f.Cell, f.Unit, ","), string(f.Unit), yesNo(f.Cell.State == bilan.Hidden)})
	}
	for _, t := range r.Tables {
		paths := t.Paths()
		for i, row := range t.Rows {
			for j, column := range t.Columns {
				c := row.Cell(j)
				lines = append(lines, []string{Inert(t.ID), Inert(paths[i]), Inert(column.Label), plainFigure(c, column.Unit, ","), string(column.Unit), yesNo(c.State == bilan.Hidden)})
			}
		}
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("%s en CSV : %w", r.Title, err)
	}
	return nil
}

// plainFigure is a figure for a machine: « 1234,5 », without a unit; "" when it is
// not said. A share is a percentage.
func plainFigure(c bilan.Cell, u bilan.Unit, comma string) string {
	if c.State != bilan.Shown {
		return ""
	}
	if u == bilan.Count {
		return strconv.FormatInt(c.Value, 10)
	}
	sign, v := "", c.Value
	if v < 0 {
		sign, v = "-", -v
	}
	if v%100 == 0 {
		return sign + strconv.FormatInt(v/100, 10)
	}
	return fmt.Sprintf("%s%d%s%02d", sign, v/100, comma, v%100)
}

func yesNo(yes bool) string {
	if yes {
		return "oui"
	}
	return "non"
}
