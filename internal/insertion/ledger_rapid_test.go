package insertion

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// anybody is a person with assignments, proofs and lines drawn at random, on
// three placements of two firms.
func anybody(t *rapid.T) (Person, map[PlacementID]Site) {
	date := func(name string) Date {
		return Date("2024-01-01").AddDays(rapid.IntRange(0, 1200).Draw(t, name))
	}
	sites := map[PlacementID]Site{}
	for i := range 3 {
		start := date("start")
		c := Clause{Lot: LotID(i%2 + 1), Basis: ByFixedVolume, Fixed: WholeHours(100), Start: start, End: start.AddDays(rapid.IntRange(30, 900).Draw(t, "length"))}
		c.Rules.PersonMonths = rapid.SampledFrom([]int{0, 6, 36}).Draw(t, "window")
		c.Rules.AnyClause = rapid.Bool().Draw(t, "any")
		sites[PlacementID(i+1)] = Site{
			Placement: PlacementID(i + 1), Lot: c.Lot, Clause: c, User: fmt.Sprint("firm", i%2),
			Kind:     rapid.SampledFrom([]Kind{AI, ETTI, EI}).Draw(t, "kind"),
			Modality: rapid.SampledFrom([]Modality{Secondment, Subcontracting}).Draw(t, "modality"),
		}
	}
	p := Person{Participant: Participant{ID: 7}}
	for i := range rapid.IntRange(0, 3).Draw(t, "proofs") {
		p.Eligibilities = append(p.Eligibilities, Eligibility{ID: int64(i), Category: rapid.SampledFrom([]string{"RSA", "QPV", "SENIOR"}).Draw(t, "category"), Proof: "rsa", Dated: date("dated"), Seen: date("seen")})
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "assignments") {
		place := PlacementID(rapid.IntRange(1, 3).Draw(t, "placement"))
		start := date("hired")
		p.Assignments = append(p.Assignments, Assignment{ID: AssignmentID(i + 1), Participant: 7, Placement: place, Lot: sites[place].Lot,
			Employment: rapid.SampledFrom(Employments()).Draw(t, "employment"), Start: start, End: start.AddDays(rapid.IntRange(0, 800).Draw(t, "days"))})
	}
	for _, a := range p.Assignments {
		for _, m := range Months(a.Start.Month(), a.End.Month()) {
			if rapid.IntRange(0, 2).Draw(t, "worked") > 0 {
				p.Lines = append(p.Lines, HourLine{ID: int64(len(p.Lines) + 1), Assignment: a.ID, Month: m, Hours: Hours(rapid.IntRange(0, 200_00).Draw(t, "hours"))})
			}
		}
	}
	return p, sites
}

func TestWhatCountsNeverExceedsWhatIsWorkedAndTheRestIsExplained(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, sites := anybody(t)
		for i, l := range CountHours(p, sites) {
			left := l.Hours
			for _, u := range l.Why {
				left -= u.Hours
				if u.Text == "" || u.Hours < 0 {
					t.Fatalf("unexplained: %+v", l)
				}
			}
			if l.Counted < 0 || l.Counted > p.Lines[i].Hours || left != l.Counted {
				t.Fatalf("%+v", l)
			}
		}
	})
}

func TestTheOrderOfLinesChangesNothingAndCountingTwiceNeither(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, sites := anybody(t)
		once := CountHours(p, sites)
		q := p
		q.Lines = slices.Clone(once)
		slices.Reverse(q.Lines)
		twice := CountHours(q, sites)
		slices.Reverse(twice)
		if !reflect.DeepEqual(once, twice) {
			t.Fatalf("%+v\nthen %+v", once, twice)
		}
	})
}

func TestNothingCountsOutsideTheWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, sites := anybody(t)
		at := map[AssignmentID]Assignment{}
		for _, a := range p.Assignments {
			at[a.ID] = a
		}
		for _, l := range CountHours(p, sites) {
			c := sites[at[l.Assignment].Placement].Clause
			if l.Counted > 0 && (l.Month.Last() < c.Start || l.Month.First() > c.End) {
				t.Fatalf("%s count in %s, clause %s to %s", l.Counted, l.Month, c.Start, c.End)
			}
		}
	})
}

func TestAnAssociationNeverLendsMoreThanTheLawAllows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, sites := anybody(t)
		p.Lines = CountHours(p, sites)
		for _, c := range p.Ceilings(sites) {
			if c.Rule == RuleAI480 && c.Used > c.Limit {
				t.Fatalf("%+v", c)
			}
		}
	})
}

func TestADecisionNeverTakesHoursAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, sites := anybody(t)
		if len(p.Lines) == 0 {
			return
		}
		for id, s := range sites { // ceilings are shared: more here may be less there
			s.Kind = EI
			sites[id] = s
		}
		before := CountHours(p, sites)
		i := rapid.IntRange(0, len(p.Lines)-1).Draw(t, "line")
		p.Lines[i].Granted = "décision"
		if after := CountHours(p, sites); after[i].Counted < before[i].Counted {
			t.Fatalf("%s, then %s", before[i].Counted, after[i].Counted)
		}
	})
}

func TestAGroupsPartsAndPaymentsBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "members")
		g := Group{Due: Hours(rapid.IntRange(0, 5_000_00).Draw(t, "due")), Done: map[OrganisationID]Hours{}}
		left := BasisPoints(10_000)
		for i := range n {
			share := left
			if i < n-1 {
				share = BasisPoints(rapid.IntRange(0, int(left)).Draw(t, "share"))
			}
			left -= share
			g.Members = append(g.Members, Member{Organisation: OrganisationID(i + 1), Share: share})
		}
		balance := map[OrganisationID]Cents{}
		for range rapid.IntRange(0, 6).Draw(t, "transfers") {
			from, to := OrganisationID(rapid.IntRange(1, n).Draw(t, "from")), OrganisationID(rapid.IntRange(1, n).Draw(t, "to"))
			if from == to {
				continue
			}
			tr := Transfer{From: from, To: to, Hours: Hours(rapid.IntRange(1, 500_00).Draw(t, "hours")), Price: Cents(rapid.IntRange(0, 50_00).Draw(t, "price"))}
			g.Transfers = append(g.Transfers, tr)
			amount := Cents(int64(tr.Hours) * int64(tr.Price) / 100)
			balance[from] -= amount
			balance[to] += amount
		}
		s, err := g.Settle()
		if err != nil {
			t.Fatal(err)
		}
		var due Hours
		for _, m := range s.Members {
			due += m.Due
		}
		if due != g.Due {
			t.Fatalf("parts make %s of %s", due, g.Due)
		}
		for _, p := range s.Payments {
			balance[p.From] += p.Amount
			balance[p.To] -= p.Amount
		}
		for id, b := range balance {
			if b != 0 {
				t.Fatalf("member %d is still at %s", id, b)
			}
		}
		if len(s.Payments) >= n && n > 0 {
			t.Fatalf("%d payments for %d members", len(s.Payments), n)
		}
	})
}

func TestAForecastKeepsItsRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := ForecastInput{Due: Hours(rapid.IntRange(0, 3000_00).Draw(t, "due")), Start: "2025-01-01", End: "2027-06-30", Today: "2026-05-10", Window: rapid.IntRange(0, 12).Draw(t, "window")}
		for _, m := range Months("2025-06", "2027-01") {
			in.Months = append(in.Months, BurnMonth{Month: m, Planned: Hours(rapid.IntRange(0, 200_00).Draw(t, "planned")), Done: Hours(rapid.IntRange(0, 200_00).Draw(t, "done")), Entered: m < "2026-05"})
		}
		for i := range in.Months {
			if in.Months[i].Month >= "2026-05" {
				in.Months[i].Done = 0
			}
		}
		f := in.Forecast()
		if f.Low > f.End || f.End > f.High || f.Done > f.Low {
			t.Fatalf("%s ≤ %s ≤ %s ≤ %s", f.Done, f.Low, f.End, f.High)
		}
		if f.Shortfall > 0 && f.Reached != "" || f.Shortfall != max(0, in.Due-f.End) {
			t.Fatalf("%+v", f)
		}
	})
}

func BenchmarkCountYear(b *testing.B) {
	sites := map[PlacementID]Site{}
	for i := range 100 {
		id := PlacementID(i + 1)
		sites[id] = Site{Placement: id, Lot: LotID(id), Modality: Secondment, Kind: AI, User: fmt.Sprint(i), Clause: Clause{Lot: LotID(id), Start: "2025-01-01", End: "2026-12-31"}}
	}
	people := make([]Person, 100)
	for i := range people {
		p := Person{Participant: Participant{ID: ParticipantID(i + 1)}, Eligibilities: []Eligibility{{ID: 1, Category: "RSA", Proof: "rsa", Dated: "2024-12-20", Seen: "2024-12-28"}}}
		for j := range 9 {
			a := AssignmentID(i*10 + j + 1)
			p.Assignments = append(p.Assignments, Assignment{ID: a, Participant: p.ID, Placement: PlacementID((i*7+j)%100 + 1), Employment: Supplied, Start: "2025-01-02"})
			for _, m := range Months("2025-01", "2025-12") {
				p.Lines = append(p.Lines, HourLine{Assignment: a, Month: m, Hours: WholeHours(12)})
			}
		}
		people[i] = p
	}
	b.ResetTimer()
	for range b.N {
		for _, p := range people { // 100 persons, 100 contracts, 10 800 lines
			CountHours(p, sites)
		}
	}
}
