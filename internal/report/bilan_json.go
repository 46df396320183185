package report

import (
	"encoding/json"
	"io"

	"passerelle/internal/bilan"
)

// The names of the JSON of a bilan, which do not change.
type (
	bilanJSON struct {
		Title       string      `json:"titre"`
		Scope       string      `json:"perimetre"`
		Year        int         `json:"annee"`
		Buyer       int64       `json:"acheteur"` // 0: all
		Divisor     json.Number `json:"heures_pour_un_etp"`
		Least       int         `json:"seuil_du_secret"`
		On          string      `json:"vu_le"`
		Rules       string      `json:"regles"`
		Fingerprint string      `json:"empreinte"`
		Notes       []string    `json:"notes"`
		Tables      []tableJSON `json:"tables"`
	}
	tableJSON struct {
		ID      string       `json:"id"`
		Title   string       `json:"titre"`
		Note    string       `json:"note"`
		Head    string       `json:"entete"`
		Columns []columnJSON `json:"colonnes"`
		Rows    []rowJSON    `json:"lignes"`
	}
	columnJSON struct {
		Label string `json:"nom"`
		Unit  string `json:"unite"`
	}
	rowJSON struct {
		Label string     `json:"nom"`
		Level int        `json:"niveau"`
		Total bool       `json:"total"`
		Cells []cellJSON `json:"cellules"`
	}
	cellJSON struct {
		Value  *json.Number `json:"valeur"` // null: hidden, or nothing to say
		Secret bool         `json:"secret"`
	}
)

// WriteBilanJSON writes a bilan for a program: exact decimals, a share as a
// percentage, null for a figure that is hidden or absent.
func WriteBilanJSON(w io.Writer, r bilan.Report) error {
	out := bilanJSON{
		Title: r.Title, Scope: r.Scope, Year: r.Query.Year, Buyer: int64(r.Query.Buyer),
		Divisor: json.Number(plainFigure(bilan.Cell{Value: int64(bilanDivisor(r))}, bilan.Hours, ".")), Least: bilanLeast(r),
		On: string(r.Query.On), Rules: r.Rules, Fingerprint: r.Fingerprint, Notes: append([]string{}, r.Notes...), Tables: []tableJSON{},
	}
	for _, t := range r.Tables {
		out.Tables = append(out.Tables, tableAsJSON(t))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func tableAsJSON(t bilan.Table) tableJSON {
	out := tableJSON{ID: t.ID, Title: t.Title, Note: t.Note, Head: t.Head, Columns: []columnJSON{}, Rows: []rowJSON{}}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, columnJSON{c.Label, string(c.Unit)})
	}
	for _, r := range t.Rows {
		row := rowJSON{Label: r.Label, Level: r.Level, Total: r.Total, Cells: []cellJSON{}}
		for j, column := range t.Columns {
			c := r.Cell(j)
			said := cellJSON{Secret: c.State == bilan.Hidden}
			if c.State == bilan.Shown {
				n := json.Number(plainFigure(c, column.Unit, "."))
				said.Value = &n
			}
			row.Cells = append(row.Cells, said)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
