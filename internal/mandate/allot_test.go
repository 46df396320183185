package mandate

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// gardens are four structures of green spaces: what they could take alone in 24
// months at 30 € an hour and 65 % of labour is hours × 24 × 30 ÷ 0,65.
func gardens() []Candidate {
	green := []insertion.Trade{trade.EspacesVerts}
	return []Candidate{
		{Name: "Vert Demain", Kind: insertion.EI, Trades: green, Monthly: insertion.WholeHours(560), Declared: true},                                         // 620 307,69 €
		{Name: "Chantiers de l'Île", Kind: insertion.ACI, Trades: green, Monthly: insertion.WholeHours(130), Declared: true},                                 // 144 000,00 €
		{Name: "SCOP du Parc", Kind: insertion.SCOP, Status: insertion.StatusSCOP, Trades: green, Turnover: insertion.Euros(180_000)},                        // a third, two years: 120 000 €
		{Name: "Espaces Adaptés", Kind: insertion.EA, Trades: green, Monthly: insertion.WholeHours(520), Declared: true, Turnover: insertion.Euros(149_999)}, // a third, two years: 99 999,33 €
		{Name: "Intérim Passerelles", Kind: insertion.ETTI, Trades: green, Monthly: insertion.WholeHours(2600), Declared: true},                              // seconds people, holds nothing
		{Name: "Nettoyage du Pont", Kind: insertion.EI, Trades: []insertion.Trade{trade.Nettoyage}, Monthly: insertion.WholeHours(900), Declared: true},
	}
}

func green(amount int64, months string) Need {
	project, _ := SheetOf(Project)
	r, err := project.Fill(map[string]string{"objet": "Entretien des espaces verts", "cpv": "77310000", "montant": insertion.Thousands(amount), "mois": months, "publication": "01/03/2027", "nature": "services", "lien": "oui", "separable": "oui"})
	if err != nil {
		panic(err)
	}
	return NeedOf(r, nil, DefaultRules())
}

// TestAContractIsSplitSoThatThreeCouldAnswer is the worked case of 400 000 € over
// 24 months: the third largest could take 120 000 €, so four lots of 100 000 €.
func TestAContractIsSplitSoThatThreeCouldAnswer(t *testing.T) {
	s := Allot(green(400_000, "24"), gardens(), DefaultRules())
	if len(s.Lots) != 4 {
		t.Fatalf("%d lots", len(s.Lots))
	}
	for _, l := range s.Lots {
		if l.Amount != insertion.Euros(100_000) || l.Trade != trade.EspacesVerts || l.Nobody != "" {
			t.Errorf("%+v", l)
		}
		var names []string
		for _, taker := range l.Takers {
			names = append(names, taker.Name)
		}
		if got := strings.Join(names, ", "); got != "Vert Demain, Chantiers de l'Île, SCOP du Parc" || l.Partner != 1 {
			t.Errorf("could take it: %s; %d with a partner", got, l.Partner)
		}
		// 100 000 € × 65 % ÷ 30 € = 2 166,67 h.
		if l.Hours != 2166_67 {
			t.Errorf("hours %s", l.Hours)
		}
	}
	if got := s.Lots[0].Takers[0].Limit; got != 620_307_69 {
		t.Errorf("560 h × 24 × 30 € ÷ 65 %% = %s", got)
	}
	if got := s.Lots[0].Takers[2].Limit; got != 120_000_00 {
		t.Errorf("a third of 180 000 € a year, two years = %s", got)
	}
	table := map[string][2]string{}
	for _, r := range s.Table {
		table[r.What] = [2]string{r.Before, r.After}
	}
	for what, want := range map[string][2]string{
		"Lots": {"1", "4"}, "Candidats locaux capables seuls d'un lot": {"1", "3"}, "Part du montant qu'ils pourraient prendre ensemble": {"100 %", "100 %"}, "dont de statut ESS connu": {"—", "1"},
	} {
		if table[what] != want {
			t.Errorf("%s: %v, want %v", what, table[what], want)
		}
	}
	if !strings.Contains(s.Draft, "L2113-10") || strings.Contains(s.Draft, "L2113-11") || !strings.Contains(s.Draft, "PROJET") {
		t.Errorf("draft: %s", s.Draft)
	}
	if len(s.Assumed) < 4 || !strings.Contains(strings.Join(s.Assumed, " "), "sans source") {
		t.Errorf("assumed: %q", s.Assumed)
	}
}

func TestWhatDoesNotSeparateIsNotSplitAndSaysWhy(t *testing.T) {
	n := green(900_000, "24")
	n.Apart = No
	s := Allot(n, gardens(), DefaultRules())
	if len(s.Lots) != 1 || !strings.Contains(s.Lots[0].Nobody, "Vert Demain") || !strings.Contains(s.Draft, "L2113-11") {
		t.Errorf("%+v\n%s", s.Lots, s.Draft)
	}
}

func TestALotNobodyCouldTakeSaysWhy(t *testing.T) {
	for _, c := range []struct {
		candidates []Candidate
		trade      insertion.Trade
		want       string
	}{
		{nil, trade.EspacesVerts, "l'annuaire n'a ici ni structure"},
		{[]Candidate{{Name: "Muette", Kind: insertion.EI, Trades: []insertion.Trade{trade.EspacesVerts}}}, trade.EspacesVerts, "ni les heures libres ni le chiffre d'affaires"},
		{[]Candidate{{Name: "Pleine", Kind: insertion.EI, Trades: []insertion.Trade{trade.EspacesVerts}, Declared: true}}, trade.EspacesVerts, "sans heure libre"},
		{[]Candidate{{Name: "Petite", Kind: insertion.EI, Trades: []insertion.Trade{trade.EspacesVerts}, Declared: true, Monthly: insertion.WholeHours(10)}}, trade.EspacesVerts, "un groupement le pourrait"},
		{gardens(), "", "ne disent la filière"},
	} {
		n := green(400_000, "24")
		n.Pieces[0].Trade = c.trade
		s := Allot(n, c.candidates, DefaultRules())
		for _, l := range s.Lots {
			if !strings.Contains(l.Nobody, c.want) {
				t.Errorf("want %q: %q", c.want, l.Nobody)
			}
		}
	}
}

func TestLotsAlreadyThoughtOfAreKeptAndTheRestIsNotForgotten(t *testing.T) {
	project, _ := SheetOf(Project)
	part, _ := SheetOf(Part)
	p, err := project.Fill(map[string]string{"objet": "Rénovation d'une école", "montant": "500 000", "mois": "12"})
	if err != nil {
		t.Fatal(err)
	}
	lot, err := part.Fill(map[string]string{"objet": "Peinture", "filiere": "peinture", "montant": "120 000"})
	if err != nil {
		t.Fatal(err)
	}
	n := NeedOf(p, []Record{lot}, DefaultRules())
	if len(n.Pieces) != 2 || n.Pieces[0].Labour != 7000 || n.Pieces[0].Why != "mefsud77.fr" || n.Pieces[1].Amount != insertion.Euros(380_000) {
		t.Errorf("%+v", n.Pieces)
	}
}

// TestTheGateLooksAtNumbersAndDependency is the gate of le marché de l'inclusion
// (lemarche/api/inclusive_potential/utils.py) with its defects mended.
func TestTheGateLooksAtNumbersAndDependency(t *testing.T) {
	for _, c := range []struct {
		able     int
		turnover int64 // of each; 0 unknown
		want     Lever
		whole    bool
		possible bool
	}{
		{40, 1_000_000, LeverReserved, true, true}, // 10 %
		{40, 300_000, LeverReserved, false, true},  // 33 %: a lot only
		{40, 0, LeverReserved, false, true},        // nothing known: a lot only
		{15, 1_000_000, LeverReserved, false, true},
		{15, 300_000, LeverCriterion, false, false}, // the original never looked at it between 11 and 30
		{5, 1_000_000, LeverClause, false, true},
		{5, 300_000, LeverCriterion, false, false}, // the original never answered so
		{2, 0, LeverClause, false, false},
		{1, 1_000_000, LeverCriterion, false, false},
		{0, 0, LeverNone, false, false},
	} {
		l := Lot{Amount: insertion.Euros(100_000)}
		for range c.able {
			l.Takers = append(l.Takers, Taker{Candidate: Candidate{Kind: insertion.EI, Turnover: insertion.Euros(c.turnover)}})
		}
		g := gate(l, Need{Months: 12}, DefaultRules())
		if g.Lever != c.want || g.Whole != c.whole || g.Possible != c.possible {
			t.Errorf("%d able, %d €: %+v", c.able, c.turnover, g)
		}
	}
}

// TestASplitIsWhole draws any contract and any directory: the lots add up to the
// amount to the cent, and each says who could take it or why nobody could.
func TestASplitIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trades := []insertion.Trade{"", trade.EspacesVerts, trade.Nettoyage, trade.Peinture}
		n := Need{Object: "o", Months: rapid.IntRange(0, 60).Draw(t, "months"), Apart: Answer(rapid.IntRange(0, 2).Draw(t, "apart")), Nature: rapid.SampledFrom([]string{"", "travaux", social}).Draw(t, "nature")}
		for range rapid.IntRange(1, 4).Draw(t, "pieces") {
			p := Piece{Object: "p", Trade: rapid.SampledFrom(trades).Draw(t, "trade"), Amount: insertion.Cents(rapid.Int64Range(1, 1e11).Draw(t, "amount")), Labour: insertion.BasisPoints(rapid.IntRange(0, 10_000).Draw(t, "labour"))}
			n.Pieces, n.Amount = append(n.Pieces, p), n.Amount+p.Amount
		}
		var candidates []Candidate
		for range rapid.IntRange(0, 12).Draw(t, "candidates") {
			candidates = append(candidates, Candidate{
				Name: rapid.StringN(0, 5, -1).Draw(t, "name"), Kind: rapid.SampledFrom(insertion.Kinds()).Draw(t, "kind"), Trades: trades[1:rapid.IntRange(1, 4).Draw(t, "upto")],
				Monthly: insertion.Hours(rapid.Int64Range(0, 1e6).Draw(t, "monthly")), Declared: rapid.Bool().Draw(t, "declared"), Turnover: insertion.Cents(rapid.Int64Range(0, 1e10).Draw(t, "turnover")),
			})
		}
		rules := DefaultRules()
		rules.SmallestLot = insertion.Cents(rapid.Int64Range(0, 1e8).Draw(t, "smallest"))
		rules.MostLots = rapid.IntRange(0, 20).Draw(t, "most")
		rules.Answers = rapid.IntRange(0, 5).Draw(t, "answers")
		s := Allot(n, candidates, rules)
		var sum insertion.Cents
		for _, l := range s.Lots {
			sum += l.Amount
			if l.Amount <= 0 && n.Amount > insertion.Cents(len(s.Lots)) {
				t.Fatalf("a lot of %s", l.Amount)
			}
			if (len(l.Takers) == 0) != (l.Nobody != "") {
				t.Fatalf("%d takers and %q", len(l.Takers), l.Nobody)
			}
			for _, taker := range l.Takers {
				if taker.Limit < l.Amount || !taker.does(l.Trade) || !taker.holds() {
					t.Fatalf("%+v cannot take %s", taker, l.Amount)
				}
			}
			if l.Reserve.Possible && (l.Reserve.Able < 2 || len(l.Reserve.Articles) == 0) {
				t.Fatalf("reserved to nobody: %+v", l.Reserve)
			}
		}
		if got := together(s.Lots); got > n.Amount {
			t.Fatalf("%s taken of %s", got, n.Amount)
		}
		if sum != n.Amount {
			t.Fatalf("%s split into %s", n.Amount, sum)
		}
		c := ChooseLevers(n, s, Past{}, insertion.SocialDuty, rules)
		advised := 0
		for _, l := range c.Levers {
			if l.Advised {
				advised++
			}
			if l.Advised && !l.Fits || len(l.Why) == 0 || l.Now == "" || l.Then == "" {
				t.Fatalf("%+v", l)
			}
		}
		if len(c.Levers) != 5 || advised > 1 {
			t.Fatalf("%d levers, %d advised", len(c.Levers), advised)
		}
	})
}
