package match

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// dataFolder finds the folder of real files, or skips.
func dataFolder(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("PASSERELLE_DATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	if _, err := os.Stat(filepath.Join(dir, "evaluation")); err != nil {
		tb.Skip("no folder of real files: set PASSERELLE_DATA")
	}
	return dir
}

// readStructures reads the merged directory, enough of it to rank.
func readStructures(tb testing.TB, path string) []insertion.Structure {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	c := csv.NewReader(f)
	c.Comma, c.LazyQuotes = ';', true
	rows, err := c.ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	var all []insertion.Structure
	for i, row := range rows[1:] {
		cell := func(name string) string { return row[at[name]] }
		s := insertion.Structure{
			ID: insertion.StructureID(i + 1), SIRET: cell("siret"), Kind: insertion.Kind(cell("type")), Name: cell("nom"), Brand: cell("enseigne"),
			NAF: strings.ToUpper(cell("naf")), PostalCode: cell("code_postal"), City: cell("commune"), INSEE: cell("code_insee"), Department: cell("departement"),
			Description: cell("description"), Source: cell("source"), Active: true,
		}
		s.Lat, _ = strconv.ParseFloat(cell("lat"), 64)
		s.Lon, _ = strconv.ParseFloat(cell("lon"), 64)
		if c := cell("capacite"); c != "" {
			n, _ := strconv.ParseFloat(c, 64)
			s.Workers = int(n)
		}
		if r := cell("rome"); r != "" {
			s.ROME = strings.Split(r, "|")
		}
		all = append(all, s)
	}
	return all
}
