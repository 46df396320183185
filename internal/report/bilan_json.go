package report

import (
	"encoding/json"
	"io"

	"passerelle/internal/bilan"
)

// The names of the JSON of a bilan, which do not change.
type (
	bilanJSON struct {
		Title       string       `json:"titre"`
		Scope       string       `json:"perimetre"`
		Year        int          `json:"annee"`
		Buyer       int64        `json:"acheteur"` // 0: all
		Divisor     json.Number  `json:"heures_pour_un_etp"`
		Least       int          `json:"seuil_du_secret"`
		On          string       `json:"vu_le"`
		Rules       string       `json:"regles"`
		Fingerprint string       `json:"empreinte"`
		Empty       bool         `json:"vide"` // nothing happened that year
		Notes       []string     `json:"notes"`
		Figures     []figureJSON `json:"chiffres"`
		Tables      []tableJSON  `json:"tables"`
	}
	figureJSON struct {
		ID    string `json:"id"`
		Label string `json:"nom"`
		Unit  string `json:"unite"`
		cellJSON
		Note string `json:"note"`
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
		On: string(r.Query.On), Rules: r.Rules, Fingerprint: r.Fingerprint, Empty: r.Empty,
		Notes: append([]string{}, r.Notes...), Figures: []figureJSON{}, Tables: []tableJSON{},
	}
	for _, f := range r.Figures {
		out.Figures = append(out.Figures, figureJSON{f.ID, f.Label, string(f.Unit), cellAsJSON(f.Cell, f.Unit), f.Note})
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
			row.Cells = append(row.Cells, cellAsJSON(r.Cell(j), column.Unit))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func cellAsJSON(c bilan.Cell, u bilan.Unit) cellJSON {
	said := cellJSON{Secret: c.State == bilan.Hidden}
	if c.State == bilan.Shown {
		n := json.Number(plainFigure(c, u, "."))
		said.Value = &n
	}
	return said
}
