package match

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
	"passerelle/internal/trade"
)

// invented makes a directory of n structures around France, a third of which
// declare activities, a half capacities.
func invented(n int) ([]insertion.Structure, map[insertion.StructureID]insertion.Record) {
	rng := rand.New(rand.NewPCG(1, 2))
	kinds := []insertion.Kind{insertion.ACI, insertion.ESAT, insertion.EI, insertion.AI, insertion.ETTI, insertion.GEIQ}
	nafs := []string{"8899B", "9499Z", "8810C", "8130Z", "8121Z", "3832Z", "4334Z", "7830Z", "5621Z", "9601B"}
	names := []string{"Association Horizon", "Régie de quartier des Tilleuls", "Recyclerie du Val", "ESAT Les Peupliers", "Bâti Solidaire", "Net Service", "Les Jardins du Moulin"}
	trades := trade.All()
	all := make([]insertion.Structure, n)
	records := map[insertion.StructureID]insertion.Record{}
	for i := range all {
		s := insertion.Structure{
			ID: insertion.StructureID(i + 1), SIRET: fmt.Sprintf("%09d00017", 100_000_000+i), Kind: kinds[rng.IntN(len(kinds))],
			Name: fmt.Sprintf("%s %d", names[rng.IntN(len(names))], i), NAF: nafs[rng.IntN(len(nafs))],
			City: "Ville", Department: fmt.Sprintf("%02d", 1+rng.IntN(95)), Lat: 43 + rng.Float64()*7, Lon: -1 + rng.Float64()*8, Active: true,
		}
		if i%3 == 0 {
			s.Activities = []insertion.Activity{
				{Trade: trades[rng.IntN(len(trades))].Code, Area: insertion.Area{Kind: insertion.Radius, Km: 10 + rng.IntN(90)}},
				{Trade: trades[rng.IntN(len(trades))].Code, Area: insertion.Area{Kind: insertion.Departments, Codes: []string{s.Department}}},
			}
		}
		if i%2 == 0 {
			for m := range 24 {
				s.Capacity = append(s.Capacity, insertion.MonthHours{Month: insertion.Month("2026-01").Add(m), Hours: insertion.WholeHours(rng.Int64N(400))})
			}
		}
		records[s.ID] = insertion.Record{Proposals: rng.IntN(8), Answered: rng.IntN(5), Promised: insertion.WholeHours(rng.Int64N(900)), Kept: insertion.WholeHours(rng.Int64N(900))}
		all[i] = s
	}
	return all, records
}

func inventedNeed() Need {
	return Need{
		Object: "Entretien des espaces verts et nettoyage des abords du quartier des Tilleuls", CPV: "77310000", Hours: insertion.WholeHours(900),
		Months: insertion.Months("2026-04", "2026-12"), Buyer: "21920050000018",
		Place:    insertion.Place{INSEE: "92050", Department: "92", Lat: 48.89, Lon: 2.2, Basis: insertion.PlaceExact},
		Declined: map[insertion.StructureID]bool{7: true},
	}
}

// BenchmarkRank10000 is one lot against 10,000 structures, question and reasons
// included, twenty candidates and two hundred exclusions explained.
func BenchmarkRank10000(b *testing.B) {
	structures, records := invented(10_000)
	d := NewDirectory(structures, records, place.National())
	n, w := inventedNeed(), DefaultWeights()
	b.ReportAllocs()
	for b.Loop() {
		d.Rank(n, w, 20)
	}
}

// BenchmarkSift10000 is the computing alone: judging 10,000 structures.
func BenchmarkSift10000(b *testing.B) {
	structures, records := invented(10_000)
	d := NewDirectory(structures, records, place.National())
	w := DefaultWeights()
	q := d.question(inventedNeed())
	for b.Loop() {
		d.sift(&q, w, 20)
	}
}

func BenchmarkReorder(b *testing.B) {
	structures, records := invented(10_000)
	d := NewDirectory(structures, records, place.National())
	r := d.Rank(inventedNeed(), DefaultWeights(), 50)
	w := [2]Weights{DefaultWeights(), {Trade: 10, Distance: 60, Capacity: 10, Record: 10, Fairness: 10}}
	i := 0
	for b.Loop() {
		i ^= 1
		Reorder(&r, w[i])
	}
}

func BenchmarkNewDirectory10000(b *testing.B) {
	structures, records := invented(10_000)
	g := place.National()
	for b.Loop() {
		NewDirectory(structures, records, g)
	}
}
