package match

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// asideFrom collects awards that are not in the evaluation file: their winner's
// SIREN is in the directory, its SIRET is not (another establishment of the
// same organisation). Any establishment counts as found.
func asideFrom(tb testing.TB, dir string, structures []insertion.Structure) []Pair {
	tb.Helper()
	known := map[string]bool{}
	for _, s := range structures {
		known[s.SIRET], known[insertion.SIREN(s.SIRET)] = true, true
	}
	var all []Pair
	seen := map[[3]string]bool{}
	for _, p := range append(jsonAwards(tb, dir), csvAwards(tb, dir)...) {
		winner := insertion.SIREN(strings.ReplaceAll(p.Winner, " ", ""))
		key := [3]string{p.Buyer, strings.Join(strings.Fields(p.Object), " "), winner}
		if winner == "" || known[strings.ReplaceAll(p.Winner, " ", "")] || !known[winner] || national(winner) || seen[key] {
			continue
		}
		seen[key] = true
		p.Winner = winner
		all = append(all, p)
	}
	return all
}

// national tells the organisations whose insertion establishments are a few
// among hundreds, so that an award says nothing of them; and an invented SIREN.
func national(siren string) bool {
	switch siren {
	case "123456789",
		"662043116", // forests
		"775685621", // leisure and training
		"775672272", // first aid and health
		"775684970", // lodging
		"341062404", // lodging
		"775624679": // child protection
		return true
	}
	return false
}

func jsonAwards(tb testing.TB, dir string) []Pair {
	tb.Helper()
	var all []Pair
	for _, pattern := range []string{"2019-json/*.json", "2022-json/*.json"} {
		files, err := filepath.Glob(filepath.Join(dir, "decp", pattern))
		if err != nil {
			tb.Fatal(err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				tb.Fatal(err)
			}
			var tree any
			if err := json.Unmarshal(raw, &tree); err == nil {
				all = awardsIn(tree, all)
			}
		}
	}
	return all
}

// awardsIn walks a tree of JSON for what looks like an award.
func awardsIn(tree any, all []Pair) []Pair {
	switch t := tree.(type) {
	case []any:
		for _, one := range t {
			all = awardsIn(one, all)
		}
	case map[string]any:
		if _, ok := t["titulaires"]; !ok {
			for _, one := range t {
				all = awardsIn(one, all)
			}
			return all
		}
		text := func(m any, key string) string {
			fields, _ := m.(map[string]any)
			s, _ := fields[key].(string)
			return s
		}
		place := t["lieuExecution"]
		cpv := text(t, "codeCPV")
		for _, winner := range idsIn(t["titulaires"], nil) {
			all = append(all, Pair{
				ID: text(t, "id"), Buyer: text(t["acheteur"], "id"), Object: text(t, "objet"), CPV: cpv[:min(8, len(cpv))],
				PlaceCode: text(place, "code"), PlaceKind: text(place, "typeCode"), Winner: winner,
			})
		}
	}
	return all
}

func idsIn(tree any, ids []string) []string {
	switch t := tree.(type) {
	case []any:
		for _, one := range t {
			ids = idsIn(one, ids)
		}
	case map[string]any:
		if id, ok := t["id"].(string); ok {
			return append(ids, id)
		}
		return idsIn(t["titulaire"], ids)
	}
	return ids
}

func csvAwards(tb testing.TB, dir string) []Pair {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "decp", "csv", "eclaireur*.csv"))
	if err != nil {
		tb.Fatal(err)
	}
	var all []Pair
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			tb.Fatal(err)
		}
		defer f.Close()
		c := csv.NewReader(f)
		c.LazyQuotes, c.FieldsPerRecord = true, -1
		rows, err := c.ReadAll()
		if err != nil {
			tb.Fatal(err)
		}
		for _, row := range rows[1:] {
			cells := map[string]string{}
			for i, name := range rows[0] {
				if i < len(row) {
					cells[name] = row[i]
				}
			}
			for _, id := range strings.Split(strings.Trim(cells["titulaires.1.id"], "[]'"), "', '") {
				cpv := cells["codeCPV"]
				all = append(all, Pair{
					ID: cells["id"], Buyer: cells["acheteur.id"], Object: cells["objet"], CPV: cpv[:min(8, len(cpv))],
					PlaceCode: cells["lieuExecution.code"], PlaceKind: cells["lieuExecution.typeCode"], Winner: id,
				})
			}
		}
	}
	return all
}
