package match

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
	"passerelle/internal/trade"
)

// drawnNeed is any need a screen could ask.
func drawnNeed(t *rapid.T) Need {
	n := Need{
		Object:     rapid.SampledFrom([]string{"", "Entretien des espaces verts", "Nettoyage des locaux à Nanterre", "Lot réservé (L2113-12) : collecte de d\uFFFDchets", "???", "Peinture et plâtrerie, chantier d'insertion"}).Draw(t, "object"),
		CPV:        rapid.SampledFrom([]string{"", "77310000", "90910000", "45442100", "99999999"}).Draw(t, "cpv"),
		Modalities: insertion.Modality(rapid.IntRange(0, 15).Draw(t, "modalities")),
		Whole:      rapid.Bool().Draw(t, "whole"),
		Hours:      insertion.Hours(rapid.Int64Range(0, 500_000).Draw(t, "hours")),
		Buyer:      rapid.SampledFrom([]string{"", "21920050000018", "22920050000018"}).Draw(t, "buyer"),
		Declined:   map[insertion.StructureID]bool{},
	}
	if rapid.Bool().Draw(t, "months") {
		n.Months = insertion.Months("2026-02", "2027-01")
	}
	n.Place = rapid.SampledFrom([]insertion.Place{
		{}, {Code: "92", Kind: "département"}, {Code: "11", Kind: "région"}, {Code: "FR", Kind: "pays"},
		{INSEE: "92050", Department: "92", Lat: 48.89, Lon: 2.2, Basis: insertion.PlaceExact},
	}).Draw(t, "place")
	for _, id := range rapid.SliceOfN(rapid.IntRange(1, 300), 0, 20).Draw(t, "declined") {
		n.Declined[insertion.StructureID(id)] = true
	}
	return n
}

func TestARankingExplainsItself(t *testing.T) {
	structures, records := invented(300)
	structures[3].Active, structures[5].Kind, structures[8].Lat, structures[8].Lon = false, insertion.SCOP, 0, 0
	d := NewDirectory(structures, records, place.National())
	rapid.Check(t, func(t *rapid.T) {
		n := drawnNeed(t)
		w := Weights{
			rapid.Float64Range(0, 100).Draw(t, "trade"), rapid.Float64Range(0, 100).Draw(t, "distance"), rapid.Float64Range(0, 100).Draw(t, "capacity"),
			rapid.Float64Range(0, 100).Draw(t, "record"), rapid.Float64Range(0, 100).Draw(t, "fairness"),
		}
		r := d.Rank(n, w, 300)
		out := 0
		for _, g := range r.Groups {
			out += g.Count
			if g.Reason == "" || g.Count <= 0 {
				t.Fatalf("group %+v", g)
			}
		}
		if len(r.Candidates) != r.Able || r.Able+out != r.Considered || r.Considered != 300 {
			t.Fatalf("%d candidates, %d able, %d left out, %d considered", len(r.Candidates), r.Able, out, r.Considered)
		}
		sum := w.sum()
		for i, c := range r.Candidates {
			score := 0.0
			for _, p := range c.Parts {
				if p.Value < 0 || p.Value > 1 || math.IsNaN(p.Value) || p.Reason == "" || p.Name == "" {
					t.Fatalf("part %+v", p)
				}
				score += p.Value * p.Weight
			}
			if sum > 0 && math.Abs(c.Score-100*score/sum) > 1e-9 {
				t.Fatalf("score %v is not the weighted sum %v", c.Score, 100*score/sum)
			}
			if c.Rank != i+1 || i > 0 && c.Score > r.Candidates[i-1].Score {
				t.Fatalf("rank %d out of order", c.Rank)
			}
			if n.Declined[c.Structure.ID] {
				t.Fatalf("%s declined this lot and came back", c.Structure.Name)
			}
		}
		for _, x := range r.Excluded {
			if x.Reason == "" || slices.ContainsFunc(r.Candidates, func(c Candidate) bool { return c.Structure == x.Structure }) {
				t.Fatalf("left out %+v", x)
			}
		}
		if again := d.Rank(n, w, 300); !reflect.DeepEqual(r, again) {
			t.Fatal("the same question got another answer")
		}
		if short := d.Rank(n, w, 10); !reflect.DeepEqual(short.Candidates, r.Candidates[:min(10, len(r.Candidates))]) {
			t.Fatal("a shorter list is not the head of the longer one")
		}
	})
}

func TestTheOrderOfTheDirectoryDoesNotMatter(t *testing.T) {
	structures, records := invented(400)
	n, w := inventedNeed(), DefaultWeights()
	before := NewDirectory(structures, records, nil).Rank(n, w, 50)
	slices.Reverse(structures)
	after := NewDirectory(structures, records, nil).Rank(n, w, 50)
	for i := range before.Candidates {
		if before.Candidates[i].Structure.SIRET != after.Candidates[i].Structure.SIRET {
			t.Fatalf("rank %d: %s, then %s", i+1, before.Candidates[i].Structure.SIRET, after.Candidates[i].Structure.SIRET)
		}
	}
}

func TestReorderGivesWhatRankingAgainWould(t *testing.T) {
	structures, records := invented(400)
	d := NewDirectory(structures, records, place.National())
	n, w := inventedNeed(), Weights{Trade: 5, Distance: 5, Capacity: 50, Record: 20, Fairness: 20}
	r := d.Rank(n, DefaultWeights(), 400)
	Reorder(&r, w)
	if again := d.Rank(n, w, 400); !reflect.DeepEqual(r.Candidates, again.Candidates) {
		t.Error("reordering and ranking again differ")
	}
}

// pairOf is two structures alike, one of them changed, on a lot next door.
func pairOf(change func(*insertion.Structure, *insertion.Record)) (*Directory, Need) {
	one := insertion.Structure{ID: 1, SIRET: "11111111100011", Kind: insertion.EI, Name: "Un", NAF: "8130Z", City: "Nanterre", Department: "92", Lat: 48.9, Lon: 2.2, Active: true}
	other := one
	other.ID, other.SIRET, other.Name = 2, "22222222200022", "Deux"
	records := map[insertion.StructureID]insertion.Record{}
	record := insertion.Record{}
	change(&other, &record)
	records[2] = record
	n := Need{Object: "Entretien des espaces verts", CPV: "77310000", Place: insertion.Place{INSEE: "92050", Department: "92", Lat: 48.89, Lon: 2.2, Basis: insertion.PlaceExact}}
	return NewDirectory([]insertion.Structure{one, other}, records, place.National()), n
}

func TestFairnessFallsWithProposalsAndNeverPunishesTheUnknown(t *testing.T) {
	last := 2.0
	for proposals := range 30 {
		v := fairnessValue(insertion.Record{Proposals: proposals}, 3)
		if v >= last || v <= 0 || v > 1 {
			t.Fatalf("%d proposals: %v after %v", proposals, v, last)
		}
		last = v
	}
	d, n := pairOf(func(_ *insertion.Structure, r *insertion.Record) { *r = insertion.Record{Proposals: 4, Answered: 2} })
	if r := d.Rank(n, DefaultWeights(), 2); r.Candidates[0].Structure.ID != 1 || r.Candidates[0].Parts[PartFairness].Value != 1 {
		t.Errorf("the structure never proposed is not first: %+v", r.Candidates[0])
	}
}

func TestHoursKeptRaiseAndHoursMissedLower(t *testing.T) {
	nothing := recordValue(insertion.Record{})
	kept := recordValue(insertion.Record{Promised: insertion.WholeHours(400), Kept: insertion.WholeHours(400), Proposals: 2, Answered: 2})
	missed := recordValue(insertion.Record{Promised: insertion.WholeHours(400), Proposals: 2})
	if kept <= nothing || missed >= nothing {
		t.Errorf("kept %v, nothing %v, missed %v", kept, nothing, missed)
	}
}

func TestTheAreaHoldsBothWays(t *testing.T) {
	green := func(a insertion.Area) func(*insertion.Structure, *insertion.Record) {
		return func(s *insertion.Structure, _ *insertion.Record) {
			s.Lat, s.Lon, s.Department, s.City = 48.95, 2.5, "93", "Sevran" // about 23 km away
			s.Activities = []insertion.Activity{{Trade: trade.EspacesVerts, Area: a}}
		}
	}
	for _, c := range []struct {
		name  string
		area  insertion.Area
		reach float64
		able  bool
	}{
		{"its radius covers the lot", insertion.Area{Kind: insertion.Radius, Km: 30}, 0, true},
		{"its radius stops short", insertion.Area{Kind: insertion.Radius, Km: 10}, 0, false},
		{"the lot's reach stops short", insertion.Area{Kind: insertion.Radius, Km: 30}, 15, false},
		{"its départements", insertion.Area{Kind: insertion.Departments, Codes: []string{"93", "92"}}, 0, true},
		{"other départements", insertion.Area{Kind: insertion.Departments, Codes: []string{"93"}}, 0, false},
		{"its région", insertion.Area{Kind: insertion.Regions, Codes: []string{"11"}}, 0, true},
		{"another région", insertion.Area{Kind: insertion.Regions, Codes: []string{"84"}}, 0, false},
		{"its communes", insertion.Area{Kind: insertion.Communes, Codes: []string{"92050"}}, 0, true},
		{"other communes", insertion.Area{Kind: insertion.Communes, Codes: []string{"92002"}}, 0, false},
		{"the country", insertion.Area{Kind: insertion.Country}, 0, true},
		{"undeclared", insertion.Area{}, 0, true},
	} {
		d, n := pairOf(green(c.area))
		n.Reach = c.reach
		r := d.Rank(n, DefaultWeights(), 2)
		able := slices.ContainsFunc(r.Candidates, func(x Candidate) bool { return x.Structure.ID == 2 })
		if able != c.able {
			t.Errorf("%s: able %v, want %v; left out %+v", c.name, able, c.able, r.Excluded)
		}
	}
}

func TestAStructureIsLeftOutWithItsReason(t *testing.T) {
	for _, c := range []struct {
		why    string
		change func(*insertion.Structure, *insertion.Record)
		need   func(*Need)
	}{
		{"n'est plus active", func(s *insertion.Structure, _ *insertion.Record) { s.Active = false }, nil},
		{"a déjà décliné ce lot", nil, func(n *Need) { n.Declined = map[insertion.StructureID]bool{2: true} }},
		{"est titulaire du lot", nil, func(n *Need) { n.Contractors = []string{"22222222200022"} }},
		{"trop loin du lieu (à 6", func(s *insertion.Structure, _ *insertion.Record) { s.Lat, s.Lon = 43.3, 5.4 }, nil},
		{"ne fait pas cette filière", func(s *insertion.Structure, _ *insertion.Record) {
			s.Activities = []insertion.Activity{{Trade: trade.Numerique}}
		}, nil},
		{"modalité non acceptée par la clause (AI : mise à disposition)", func(s *insertion.Structure, _ *insertion.Record) { s.Kind = insertion.AI },
			func(n *Need) { n.Modalities = insertion.Subcontracting }},
		{"son type ne fournit pas d'heures d'insertion (SCOP)", func(s *insertion.Structure, _ *insertion.Record) { s.Kind = insertion.SCOP }, nil},
		{"marché réservé à d'autres types", func(s *insertion.Structure, _ *insertion.Record) { s.Kind = insertion.ESAT },
			func(n *Need) { n.Object = "Espaces verts, lot réservé (article L.2113-13)" }},
		{"ne travaille pas sur ce lieu (travaille à 1 km autour d'elle)", func(s *insertion.Structure, _ *insertion.Record) {
			s.Activities = []insertion.Activity{{Trade: trade.EspacesVerts, Area: insertion.Area{Kind: insertion.Radius, Km: 1}}}
		}, nil},
	} {
		d, n := pairOf(func(s *insertion.Structure, r *insertion.Record) {
			if c.change != nil {
				c.change(s, r)
			}
		})
		if c.need != nil {
			c.need(&n)
		}
		r := d.Rank(n, DefaultWeights(), 5)
		if len(r.Excluded) != 1 || r.Excluded[0].Structure.ID != 2 || !strings.Contains(r.Excluded[0].Reason, c.why) {
			t.Errorf("want « %s », got %d candidates and %+v", c.why, len(r.Candidates), r.Excluded)
		}
	}
}

func TestReasonsCanBeReadOnThePhone(t *testing.T) {
	d, n := pairOf(func(s *insertion.Structure, r *insertion.Record) {
		s.Capacity = []insertion.MonthHours{{Month: "2026-04", Hours: insertion.WholeHours(80)}, {Month: "2026-05", Hours: insertion.WholeHours(60)}}
		*r = insertion.Record{Proposals: 3, Answered: 2, Placed: 1, Promised: insertion.WholeHours(100), Kept: insertion.WholeHours(90),
			Ahead: []insertion.MonthHours{{Month: "2026-04", Hours: insertion.WholeHours(20)}}}
	})
	n.Months, n.Hours = insertion.Months("2026-04", "2026-06"), insertion.WholeHours(200)
	r := d.Rank(n, DefaultWeights(), 2)
	i := slices.IndexFunc(r.Candidates, func(c Candidate) bool { return c.Structure.ID == 2 })
	want := []string{
		"espaces verts : NAF 81.30Z",
		"à 1,1 km du lieu d'exécution (Nanterre)",
		"120 h libres d'avril à juin 2026 pour 200 h à faire",
		"a tenu 90 h sur 100 h promises ; a répondu à 2 propositions sur 3",
		"déjà proposée 3 fois, dont 1 placement",
	}
	if !slices.Equal(r.Candidates[i].Reasons, want) {
		t.Errorf("got  %q\nwant %q", r.Candidates[i].Reasons, want)
	}
}

func TestAVaguePlaceIsSaidToBeSo(t *testing.T) {
	d, n := pairOf(func(*insertion.Structure, *insertion.Record) {})
	n.Place, n.Buyer = insertion.Place{Code: "92", Kind: "département"}, ""
	r := d.Rank(n, DefaultWeights(), 2)
	if got := r.Candidates[0].Parts[PartDistance].Reason; !strings.Contains(got, "dans le département 92") || !strings.Contains(got, "lieu connu au département seulement") {
		t.Errorf("distance reason %q", got)
	}
	n.Object += " du collège de Nanterre"
	if r := d.Rank(n, DefaultWeights(), 2); !strings.Contains(r.Candidates[0].Parts[PartDistance].Reason, "de Nanterre, nommée dans l'objet") {
		t.Errorf("distance reason %q, place %q", r.Candidates[0].Parts[PartDistance].Reason, r.Place)
	}
}

func TestCompareSaysWhatSeparatesTwoCandidates(t *testing.T) {
	d, n := pairOf(func(s *insertion.Structure, _ *insertion.Record) { s.Lat = 49.2 })
	r := d.Rank(n, DefaultWeights(), 2)
	all := Compare(r.Candidates[0], r.Candidates[1])
	sum := 0.0
	for _, x := range all {
		sum += x.Points
	}
	if all[0].Name != "distance" || !all[0].LeftIsBetter || math.Abs(sum-(r.Candidates[0].Score-r.Candidates[1].Score)) > 1e-9 {
		t.Errorf("%+v", all)
	}
}
