package intake

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// The sheets of the template: the one people fill, the one that explains, and
// a hidden one that holds the lists of the drop-downs.
const (
	sheetStructures = "Structures"
	sheetHelp       = "Mode d'emploi"
	sheetLists      = "Listes"
	templateRows    = 500 // rows that carry the drop-downs
)

// StructureColumns are the headers of the template, also those of its CSV form
// (separated by semicolons). Months follow, as « heures 03/2026 ».
func StructureColumns() []string {
	return []string{
		"SIRET", "Type", "Nom", "Enseigne", "Adresse", "Code postal", "Commune", "Téléphone", "Courriel", "Site web", "Code NAF",
		"Métier 1", "Métier 2", "Métier 3", "Métier 4", "Métier 5", "Métier 6", "Modalité",
		"Zone", "Rayon (km)", "Codes de zone", "Réseaux", "Personnes en insertion", "Active", "Statut", "Chiffre d'affaires",
	}
}

// MonthColumn is the header of a month of capacity.
func MonthColumn(m insertion.Month) string { return "heures " + m.French() }

// WriteStructureTemplate writes the sheet a network or a structure fills: with
// drop-downs, a note on each column, and twelve months of capacity from the one
// given. Importing it back works, also once saved by LibreOffice.
func WriteStructureTemplate(w io.Writer, from insertion.Month) error {
	f := excelize.NewFile()
	defer f.Close()
	columns := StructureColumns()
	for _, m := range insertion.Months(from, from.Add(11)) {
		columns = append(columns, MonthColumn(m))
	}
	steps := []func() error{
		func() error { return f.SetSheetName("Sheet1", sheetStructures) },
		func() error { return writeLists(f) },
		func() error { return writeHeaders(f, columns) },
		func() error { return writeDropDowns(f, columns) },
		func() error { return writeHelp(f) },
		func() error { return f.SetSheetVisible(sheetLists, false) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("write the template of structures: %w", err)
		}
	}
	f.SetActiveSheet(0)
	return f.Write(w)
}

// lists are the values the drop-downs offer, one column each.
func lists() (names []string, values map[string][]string) {
	values = map[string][]string{"Active": {"oui", "non"}, "Zone": {"rayon", "communes", "départements", "France"}}
	for _, k := range insertion.Kinds() {
		values["Type"] = append(values["Type"], string(k))
	}
	for _, s := range insertion.Statuses() {
		values["Statut"] = append(values["Statut"], string(s))
	}
	for _, t := range trade.All() {
		values["Métier"] = append(values["Métier"], t.Label)
	}
	for _, m := range []insertion.Modality{insertion.Secondment, insertion.Subcontracting} {
		values["Modalité"] = append(values["Modalité"], m.Label())
	}
	return []string{"Type", "Métier", "Modalité", "Zone", "Active", "Statut"}, values
}

func writeLists(f *excelize.File) error {
	if _, err := f.NewSheet(sheetLists); err != nil {
		return err
	}
	names, values := lists()
	for i, name := range names {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		cells := append([]string{name}, values[name]...)
		if err := f.SetSheetCol(sheetLists, column+"1", &cells); err != nil {
			return err
		}
	}
	return nil
}

func writeHeaders(f *excelize.File, columns []string) error {
	if err := f.SetSheetRow(sheetStructures, "A1", &columns); err != nil {
		return err
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E79"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49}) // text, so that no zero is eaten
	if err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(len(columns))
	if err != nil {
		return err
	}
	for i, name := range columns {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		width := 14.0
		switch {
		case name == "Nom" || name == "Adresse" || strings.HasPrefix(name, "Métier"):
			width = 28
		case name == "SIRET":
			width = 18
		}
		if err := f.SetColWidth(sheetStructures, column, column, width); err != nil {
			return err
		}
		if name == "SIRET" || name == "Code postal" || name == "Téléphone" || name == "Codes de zone" {
			if err := f.SetCellStyle(sheetStructures, column+"2", fmt.Sprintf("%s%d", column, templateRows), text); err != nil {
				return err
			}
		}
	}
	if err := f.SetCellStyle(sheetStructures, "A1", last+"1", head); err != nil {
		return err
	}
	return f.SetPanes(sheetStructures, &excelize.Panes{Freeze: true, XSplit: 3, YSplit: 1, TopLeftCell: "D2", ActivePane: "bottomRight"})
}

func writeDropDowns(f *excelize.File, columns []string) error {
	names, values := lists()
	for i, name := range columns {
		for j, list := range names {
			if name != list && !strings.HasPrefix(name, list+" ") {
				continue
			}
			column, err := excelize.ColumnNumberToName(i + 1)
			if err != nil {
				return err
			}
			source, err := excelize.ColumnNumberToName(j + 1)
			if err != nil {
				return err
			}
			dv := excelize.NewDataValidation(true)
			dv.SetSqref(fmt.Sprintf("%s2:%s%d", column, column, templateRows))
			dv.SetSqrefDropList(fmt.Sprintf("%s!$%s$2:$%s$%d", sheetLists, source, source, len(values[list])+1))
			dv.SetError(excelize.DataValidationErrorStyleStop, "Passerelle", "Choisissez une valeur de la liste.")
			if err := f.AddDataValidation(sheetStructures, dv); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeHelp(f *excelize.File) error {
	if _, err := f.NewSheet(sheetHelp); err != nil {
		return err
	}
	for i, line := range []string{
		"Une ligne par structure et par type (une association qui porte un ACI et une EI prend deux lignes).",
		"SIRET : 14 chiffres. Type : choisissez dans la liste. Nom, code postal et commune sont nécessaires.",
		"Métiers : jusqu'à six, dans la liste. Modalité : laissez vide si la structure propose toutes celles de son type.",
		"Zone : rayon (donnez les km), communes ou départements (donnez les codes, séparés par des virgules), ou France.",
		"Statut : la forme juridique, qui dit si la structure est de l'ESS. Chiffre d'affaires : d'une année, en euros, hors taxes.",
		"Heures : les heures libres de chaque mois ; laissez vide si vous ne savez pas.",
		"N'indiquez aucun nom de personne ni adresse personnelle : ils ne seraient pas repris.",
		"Puis importez ce fichier : passerelle importer structures.xlsx",
	} {
		if err := f.SetCellStr(sheetHelp, fmt.Sprintf("A%d", i+1), line); err != nil {
			return err
		}
	}
	return f.SetColWidth(sheetHelp, "A", "A", 110)
}
