package insertion

import "testing"

// The rules beyond the ledger as worked cases, each with its source.

func TestWorkedCasesDues(t *testing.T) {
	bam := Clause{Lot: 1, Basis: ByInvoiced, Step: Euros(2000), Threshold: Euros(2_700_000), Start: "2021-09-01", End: "2025-08-31"}
	labour := func(amount int64, share BasisPoints) Clause {
		return Clause{Lot: 1, Basis: ByLabourShare, Amount: Euros(amount), LabourShare: share, Rate: 500, HourlyCost: Euros(30), Start: "2025-01-01", End: "2026-12-31"}
	}
	invoice := func(e int64) Deed { return Deed{Kind: Invoice, Dated: "2024-01-10", Amount: Euros(e)} }
	for _, c := range []struct {
		name, source string
		clause       Clause
		deeds        []Deed
		today        Date
		toDate, end  Hours
	}{
		{"3 000 000 € facturés", "CCAP 21_BAM_048 art. 1.4", bam, []Deed{invoice(3_000_000)}, "2024-06-01", WholeHours(150), WholeHours(150)},
		{"au seuil, rien", "CCAP 21_BAM_048 art. 1.4", bam, []Deed{invoice(2_700_000)}, "2024-06-01", 0, 0},
		{"une tranche non entière ne compte pas", "CCAP 21_BAM_048 art. 1.4", bam, []Deed{invoice(2_703_999)}, "2024-06-01", WholeHours(1), WholeHours(1)},
		{"un avoir diminue", "CCAP 21_BAM_048 art. 1.4", bam, []Deed{invoice(3_000_000), {Kind: Invoice, Dated: "2024-02-01", Amount: -Euros(100_000)}}, "2024-06-01", WholeHours(100), WholeHours(100)},
		{"un bon à moitié consommé, rien de facturé", "La Zone, spécifications v0 (consommation linéaire)", Clause{Lot: 1, Basis: ByInvoiced, Step: Euros(1000)},
			[]Deed{{Kind: Order, Dated: "2024-01-01", Amount: Euros(366_000), Start: "2024-01-01", End: "2024-12-31"}}, "2024-06-30", 0, WholeHours(366)},
		{"facturé plus vite que le bon", "La Zone, spécifications v0", Clause{Lot: 1, Basis: ByInvoiced, Step: Euros(1000)},
			[]Deed{{Kind: Order, Dated: "2024-01-01", Amount: Euros(366_000), Start: "2024-01-01", End: "2024-12-31"}, invoice(200_000)}, "2024-06-30", WholeHours(200), WholeHours(384)},
		{"1 000 000 €, 50 %, 5 %, 30 €", "mefsud77.fr (833 h)", labour(1_000_000, 5000), nil, "2025-06-01", WholeHours(833), WholeHours(833)},
		{"gros œuvre 600 000 €", "mefsud77.fr, lot par lot", labour(600_000, 5000), nil, "2025-06-01", WholeHours(500), WholeHours(500)},
		{"charpente métallique 150 000 €", "mefsud77.fr (20 %)", labour(150_000, 2000), nil, "2025-06-01", WholeHours(50), WholeHours(50)},
		{"peinture 120 000 €", "mefsud77.fr (70 %)", labour(120_000, 7000), nil, "2025-06-01", WholeHours(140), WholeHours(140)},
		{"une tranche optionnelle n'est pas due", "usage : heures attachées aux tranches affermies", labour(1_000_000, 5000),
			[]Deed{{Kind: Tranche, Dated: "2025-02-01", Hours: WholeHours(100)}}, "2025-06-01", WholeHours(833), WholeHours(933)},
		{"affermie, elle est due", "usage : heures attachées aux tranches affermies", labour(1_000_000, 5000),
			[]Deed{{Kind: Tranche, Dated: "2025-02-01", Hours: WholeHours(100), Affirmed: "2025-03-01"}}, "2025-06-01", WholeHours(933), WholeHours(933)},
		{"une reconduction au montant, par la formule", "usage : heures attachées aux périodes affermies", labour(1_000_000, 5000),
			[]Deed{{Kind: Renewal, Dated: "2025-02-01", Amount: Euros(600_000), Affirmed: "2025-03-01"}}, "2025-06-01", WholeHours(1333), WholeHours(1333)},
		{"un avenant en moins", "formule de la clause sur le nouveau montant", labour(1_000_000, 5000),
			[]Deed{{Kind: Amendment, Dated: "2025-02-01", Amount: -Euros(240_000)}}, "2025-06-01", WholeHours(633), WholeHours(633)},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := c.clause.Dues(c.deeds, c.today)
			if err != nil || d.ToDate != c.toDate || d.Forecast != c.end {
				t.Errorf("%s: %s to date, %s at the end (%v), not %s and %s", c.source, d.ToDate, d.Forecast, err, c.toDate, c.end)
			}
		})
	}
}

func TestWorkedCasesPenalties(t *testing.T) {
	late := func(due, received Date) []Declaration { return []Declaration{{DueOn: due, Received: received}} }
	h150 := WholeHours(150)
	for _, c := range []struct {
		name, source string
		in           PenaltyInput
		want         Cents
	}{
		{"150 h à 200 €", "CCAP 21_BAM_048 art. 8.2.2", PenaltyInput{Rule: Penalty{PerHour: Euros(200)}, Due: h150, Over: true}, Euros(30_000)},
		{"150 h à 60 €", "SNCF, exploitation-maintenance", PenaltyInput{Rule: Penalty{PerHour: Euros(60)}, Due: h150, Over: true}, Euros(9_000)},
		{"150 h à 50 €", "forfait usuel, non sourcé", PenaltyInput{Rule: Penalty{PerHour: Euros(50)}, Due: h150, Over: true}, Euros(7_500)},
		{"tout est fait", "CCAP 21_BAM_048 art. 8.2.2", PenaltyInput{Rule: Penalty{PerHour: Euros(200)}, Due: h150, Done: h150, Over: true}, 0},
		{"plus que dû", "CCAP 21_BAM_048 art. 8.2.2", PenaltyInput{Rule: Penalty{PerHour: Euros(200)}, Due: h150, Done: WholeHours(200), Over: true}, 0},
		{"franchise de 10 h", "paramètre du marché", PenaltyInput{Rule: Penalty{PerHour: Euros(200), Allowance: WholeHours(10)}, Due: h150, Over: true}, Euros(28_000)},
		{"plafond de 10 % de 200 000 €", "usage, non sourcé", PenaltyInput{Rule: Penalty{PerHour: Euros(200), Cap: 1000}, Amount: Euros(200_000), Due: h150, Over: true}, Euros(20_000)},
		{"tous moyens prouvés, le marché exonère", "SNCF, exploitation-maintenance", PenaltyInput{Rule: Penalty{PerHour: Euros(60), AllMeans: true}, Due: h150, Over: true, MeansProved: true}, 0},
		{"tous moyens prouvés, le marché n'en dit rien", "CCAP 21_BAM_048 art. 8.2.2", PenaltyInput{Rule: Penalty{PerHour: Euros(200)}, Due: h150, Over: true, MeansProved: true}, Euros(30_000)},
		{"10 jours calendaires à 100 €", "SNCF, exploitation-maintenance", PenaltyInput{Rule: Penalty{PerDay: Euros(100)}, Declarations: late("2026-04-15", ""), On: "2026-04-25"}, Euros(1_000)},
		{"reçue avec 5 jours de retard", "SNCF, exploitation-maintenance", PenaltyInput{Rule: Penalty{PerDay: Euros(100)}, Declarations: late("2026-04-15", "2026-04-20"), On: "2026-06-01"}, Euros(500)},
		{"reçue à l'heure", "CCAP 21_BAM_048 art. 1.4", PenaltyInput{Rule: Penalty{PerDay: Euros(75)}, Declarations: late("2026-04-15", "2026-04-15"), On: "2026-06-01"}, 0},
		{"75 € par jour : rien avant mise en demeure", "CCAP 21_BAM_048 art. 8.2.2 (à compter de la mise en demeure)", PenaltyInput{Rule: Penalty{PerDay: Euros(75), AfterNotice: true}, Declarations: late("2026-04-15", ""), On: "2026-06-01"}, 0},
		{"75 € par jour depuis la mise en demeure", "CCAP 21_BAM_048 art. 8.2.2", PenaltyInput{Rule: Penalty{PerDay: Euros(75), AfterNotice: true}, Declarations: late("2026-04-15", ""), Notice: "2026-05-20", On: "2026-06-01"}, Euros(900)},
		{"jours ouvrés : du 30 avril au 11 mai 2026", "clause sociale de formation (2018), jours ouvrés", PenaltyInput{Rule: Penalty{PerDay: Euros(10), WorkingDays: true}, Declarations: late("2026-04-30", ""), On: "2026-05-11"}, Euros(50)},
		{"deux déclarations en retard s'ajoutent", "SNCF, exploitation-maintenance", PenaltyInput{Rule: Penalty{PerDay: Euros(100)}, Declarations: append(late("2026-04-15", ""), late("2026-04-20", "")...), On: "2026-04-25"}, Euros(1_500)},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := c.in.Estimate()
			if e.Total != c.want || e.Decider == "" {
				t.Errorf("%s: %s, not %s (%v)", c.source, e.Total, c.want, e.Trace)
			}
		})
	}
}

func TestWorkedCasesDeclarations(t *testing.T) {
	for _, c := range []struct {
		name, source string
		calendar     Calendar
		start, end   Date
		today        Date
		first        Declaration // the latest period
		n            int
	}{
		{"trimestre civil, avant le 15", "CCAP 21_BAM_048 art. 1.4", Calendar{Rhythm: Quarterly}, "2026-01-01", "2026-12-31", "2026-04-10", Declaration{From: "2026-01", To: "2026-03", DueOn: "2026-04-15"}, 1},
		{"le 16, un jour de retard", "CCAP 21_BAM_048 art. 1.4", Calendar{Rhythm: Quarterly}, "2026-01-01", "2026-12-31", "2026-04-16", Declaration{From: "2026-01", To: "2026-03", DueOn: "2026-04-15", Late: 1}, 1},
		{"le trimestre n'est pas fini", "CCAP 21_BAM_048 art. 1.4", Calendar{Rhythm: Quarterly}, "2026-01-01", "2026-12-31", "2026-03-31", Declaration{}, 0},
		{"le marché finit en cours de trimestre", "CCAP 21_BAM_048 art. 1.4", Calendar{Rhythm: Quarterly}, "2026-01-01", "2026-05-10", "2026-06-01", Declaration{From: "2026-04", To: "2026-05", DueOn: "2026-06-15"}, 2},
		{"chaque mois, le 10", "paramètre du marché", Calendar{Rhythm: Monthly, DueDay: 10}, "2026-01-15", "2026-12-31", "2026-03-05", Declaration{From: "2026-02", To: "2026-02", DueOn: "2026-03-10"}, 2},
		{"des dates propres", "paramètre du marché", Calendar{Rhythm: OwnDates, Dates: []Date{"2026-02-28", "2026-08-31"}}, "2026-01-01", "2026-12-31", "2026-10-01", Declaration{From: "2026-03", To: "2026-08", DueOn: "2026-09-15", Late: 16}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.calendar.Declarations(0, c.start, c.end, nil, c.today)
			if len(got) != c.n || c.n > 0 && got[0] != c.first {
				t.Errorf("%s: %+v", c.source, got)
			}
		})
	}
}

func TestWorkedCasesLaw(t *testing.T) {
	for _, c := range []struct {
		name, source string
		kind         ThresholdKind
		launched     Date
		want         Cents
		known        bool
	}{
		{"travaux en 2026", "règlements délégués (UE) 2025/2150 à 2152", Works, "2026-08-21", Euros(5_404_000), true},
		{"collectivités en 2026", "règlements délégués (UE) 2025/2150 à 2152", LocalSupplies, "2027-12-31", Euros(216_000), true},
		{"collectivités en 2025 : le seuil du jour du lancement", "reponses-marches-publics.fr", LocalSupplies, "2025-12-31", Euros(221_000), true},
		{"État en 2026", "règlements délégués (UE) 2025/2150 à 2152", StateSupplies, "2026-01-01", Euros(140_000), true},
		{"entités adjudicatrices en 2024", "reponses-marches-publics.fr", UtilitySupplies, "2024-01-01", Euros(443_000), true},
		{"2028 n'est pas encore connu", "les seuils changent au 01/01/2028", Works, "2028-01-01", 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, known := EUThreshold(c.kind, c.launched); got != c.want || known != c.known {
				t.Errorf("%s: %s %v", c.source, got, known)
			}
		})
	}
	full := Clause{Basis: ByFixedVolume, Fixed: WholeHours(100), Perimeter: "lot unique", Contact: "service", Publics: []string{"RSA"}}
	for i, empty := range []func(*Clause){
		func(c *Clause) { c.Perimeter = "" }, func(c *Clause) { c.Contact = "" }, func(c *Clause) { c.Publics = nil }, func(c *Clause) { c.Fixed = 0 },
	} {
		c := full
		empty(&c)
		for j, item := range c.Completeness() {
			if item.OK == (i == j) {
				t.Errorf("CCAG 2021 FCS 16.1: without item %d, %q is %v", i, item.Item, item.OK)
			}
		}
	}
}
