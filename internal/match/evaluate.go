package match

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// Pair is a real award and the structure that won it. Only the award is used to
// rank; the winner is looked for afterwards.
type Pair struct {
	File, ID, Buyer, Object, CPV string
	PlaceCode, PlaceKind         string
	Winner                       string // SIRET, or SIREN when any establishment of the winner will do
}

// Need is the award as a question. The contractor is not in it.
func (p Pair) Need() Need {
	kind := strings.ToLower(p.PlaceKind)
	kind = strings.TrimSpace(strings.TrimPrefix(kind, "code "))
	if kind == "departement" {
		kind = "département"
	}
	return Need{
		Object: p.Object, CPV: p.CPV, Buyer: p.Buyer, Whole: true,
		Place: insertion.Place{Code: p.PlaceCode, Kind: kind},
	}
}

// ReadPairs reads a CSV with the columns objet, cpv, lieu_code, lieu_type,
// acheteur_siret and gagnant_siret, in any order, separated by ";" or ",".
func ReadPairs(r io.Reader) ([]Pair, error) {
	buffered := bufio.NewReader(r)
	first, err := buffered.Peek(1)
	if err != nil {
		return nil, fmt.Errorf("lire les marchés à évaluer : %w", err)
	}
	if first[0] == 0xEF {
		if _, err := buffered.Discard(3); err != nil {
			return nil, fmt.Errorf("lire les marchés à évaluer : %w", err)
		}
	}
	head, _ := buffered.Peek(200)
	c := csv.NewReader(buffered)
	c.LazyQuotes, c.FieldsPerRecord = true, -1
	if line, _, _ := strings.Cut(string(head), "\n"); strings.Contains(line, ";") {
		c.Comma = ';'
	}
	rows, err := c.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lire les marchés à évaluer : %w", err)
	}
	if len(rows) == 0 {
		return nil, errors.New("lire les marchés à évaluer : le fichier est vide")
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[strings.TrimSpace(name)] = i
	}
	for _, name := range []string{"objet", "cpv", "lieu_code", "lieu_type", "acheteur_siret", "gagnant_siret"} {
		if _, ok := at[name]; !ok {
			return nil, fmt.Errorf("lire les marchés à évaluer : il manque la colonne « %s »", name)
		}
	}
	var pairs []Pair
	for _, row := range rows[1:] {
		cell := func(name string) string {
			if i, ok := at[name]; ok && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		pairs = append(pairs, Pair{
			File: cell("fichier"), ID: cell("id"), Buyer: cell("acheteur_siret"), Object: cell("objet"), CPV: cell("cpv"),
			PlaceCode: cell("lieu_code"), PlaceKind: cell("lieu_type"), Winner: cell("gagnant_siret"),
		})
	}
	return pairs, nil
}

// Metrics says how well the ranking finds the structures that really won.
type Metrics struct {
	Pairs   int     `json:"marches"`
	Absent  int     `json:"gagnants_absents"` // winners that are not in the directory: not counted
	Left    int     `json:"gagnants_ecartes"` // winners left out by a hard condition: counted as not found
	R1      float64 `json:"r1"`
	R5      float64 `json:"r5"`
	R10     float64 `json:"r10"`
	R20     float64 `json:"r20"`
	R50     float64 `json:"r50"`
	MRR     float64 `json:"mrr"`
	Median  int     `json:"rang_median"`
	Ranks   []int   `json:"rangs"` // by pair; 0 not found, -1 absent
	Ranking string  `json:"regle"`
}

// String is the table a person reads.
func (m Metrics) String() string {
	return fmt.Sprintf("%d marchés : R@1 %.2f  R@5 %.2f  R@10 %.2f  R@20 %.2f  R@50 %.2f  MRR %.3f  rang médian %d  (%d gagnants écartés, %d absents)",
		m.Pairs, m.R1, m.R5, m.R10, m.R20, m.R50, m.MRR, m.Median, m.Left, m.Absent)
}

// Evaluate hides the winner of each pair, ranks the whole directory and says
// where the winner comes. A structure listed under two types counts at its best
// rank.
func Evaluate(d *Directory, pairs []Pair) Metrics {
	return d.evaluate(pairs, DefaultWeights())
}

func (d *Directory) evaluate(pairs []Pair, w Weights) Metrics {
	m := Metrics{Ranking: Rule}
	known := map[string]bool{}
	for i := range d.structures {
		siret := d.structures[i].SIRET
		known[siret], known[insertion.SIREN(siret)] = true, true
	}
	var found []int
	for _, p := range pairs {
		if p.Winner == "" || !known[p.Winner] {
			m.Absent++
			m.Ranks = append(m.Ranks, -1)
			continue
		}
		m.Pairs++
		rank := d.rankOf(p.Need(), w, p.Winner)
		m.Ranks = append(m.Ranks, rank)
		if rank == 0 {
			m.Left++
			found = append(found, len(d.structures))
			continue
		}
		found = append(found, rank)
		m.MRR += 1 / float64(rank)
		for _, at := range []struct {
			k int
			r *float64
		}{{1, &m.R1}, {5, &m.R5}, {10, &m.R10}, {20, &m.R20}, {50, &m.R50}} {
			if rank <= at.k {
				*at.r++
			}
		}
	}
	if m.Pairs == 0 {
		return m
	}
	for _, r := range []*float64{&m.R1, &m.R5, &m.R10, &m.R20, &m.R50, &m.MRR} {
		*r /= float64(m.Pairs)
	}
	slices.Sort(found)
	m.Median = found[len(found)/2]
	return m
}

// rankOf is the best rank of a SIRET or SIREN, 0 when it is left out.
func (d *Directory) rankOf(n Need, w Weights, winner string) int {
	q := d.question(n)
	for i, s := range d.sift(&q, w, len(d.structures)).top {
		if strings.HasPrefix(d.structures[s.i].SIRET, winner) {
			return i + 1
		}
	}
	return 0
}
