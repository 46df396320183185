package insertion

import "testing"

func TestTheRealClauseOwes150HoursFor3MillionInvoiced(t *testing.T) {
	c := Clause{Lot: 1, Basis: ByInvoiced, Step: Euros(2000), Threshold: Euros(2_700_000), Start: "2021-09-01", End: "2025-08-31",
		Penalty: Penalty{PerHour: Euros(200), PerDay: Euros(75), AfterNotice: true}}
	d, err := c.Dues([]Deed{{Kind: Invoice, Dated: "2023-01-10", Amount: Euros(1_800_000)}, {Kind: Invoice, Dated: "2024-01-10", Amount: Euros(1_200_000)}}, "2024-06-01")
	if err != nil || d.ToDate != WholeHours(150) || d.Contractual != 0 {
		t.Fatalf("%+v %v", d, err)
	}
	e := PenaltyInput{Rule: c.Penalty, Due: d.ToDate, Over: true, On: "2025-09-01"}.Estimate()
	if e.Total != Euros(30_000) || e.Missing != WholeHours(150) {
		t.Errorf("%+v", e)
	}
}

func TestOrdersAreForecastLinearly(t *testing.T) {
	c := Clause{Lot: 1, Basis: ByInvoiced, Step: Euros(1000), Start: "2026-01-01", End: "2026-12-31"}
	deeds := []Deed{
		{Kind: Order, Dated: "2026-01-01", Amount: Euros(365_000), Start: "2026-01-01", End: "2026-12-31"},
		{Kind: Invoice, Dated: "2026-03-01", Amount: Euros(40_000)},
	}
	d, err := c.Dues(deeds, "2026-03-31") // 90 of 365 days: 90 000 € consumed
	if err != nil || d.ToDate != WholeHours(40) || d.Forecast != WholeHours(365) {
		t.Errorf("late invoices: %+v %v", d, err)
	}
	deeds[1].Amount = Euros(120_000)
	if d, _ = c.Dues(deeds, "2026-03-31"); d.Forecast != WholeHours(395) {
		t.Errorf("invoiced ahead: %+v", d)
	}
}

func TestEasterAndWorkingDaysAreTheFrenchOnes(t *testing.T) {
	for year, want := range map[int]Date{2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28", 2038: "2038-04-25"} {
		if got := easterSunday(year); got != want {
			t.Errorf("%d: %s", year, got)
		}
	}
	if n := WorkingDays("2026-05-01", "2026-05-31"); n != 17 { // 1, 8, 14 and 25 May off
		t.Errorf("May 2026: %d", n)
	}
}

func TestQuartersAreDueTheFifteenth(t *testing.T) {
	c := Calendar{Rhythm: Quarterly}
	got := c.Declarations(1, "2025-11-10", "2026-08-20", []Receipt{{From: "2025-11", To: "2025-12", Received: "2026-01-20", Document: "courriel"}}, "2026-10-01")
	want := []Declaration{
		{Lot: 1, From: "2026-07", To: "2026-08", DueOn: "2026-09-15", Late: 16},
		{Lot: 1, From: "2026-04", To: "2026-06", DueOn: "2026-07-15", Late: 78},
		{Lot: 1, From: "2026-01", To: "2026-03", DueOn: "2026-04-15", Late: 169},
		{Lot: 1, From: "2025-11", To: "2025-12", DueOn: "2026-01-15", Received: "2026-01-20", Late: 5, Document: "courriel"},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, not %+v", got[i], want[i])
		}
	}
}

func TestAGroupSettlesWithTheFewestPayments(t *testing.T) {
	g := Group{Kind: Several, Due: WholeHours(100), Members: []Member{{Organisation: 1, Share: 3334}, {Organisation: 2, Share: 3333}, {Organisation: 3, Share: 3333}},
		Transfers: []Transfer{
			{From: 1, To: 2, Hours: WholeHours(10), Price: 2004, Dated: "2026-01-01"},
			{From: 2, To: 3, Hours: WholeHours(10), Price: 2004, Dated: "2026-01-02"},
		},
		Done: map[OrganisationID]Hours{3: WholeHours(60)}}
	s, err := g.Settle()
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Payments) != 1 || s.Payments[0] != (Payment{1, 3, 200_40}) {
		t.Errorf("payments %+v", s.Payments)
	}
	if s.Missing != WholeHours(40) || s.Members[0].Exposure != WholeHours(40) || s.Members[0].Due+s.Members[1].Due+s.Members[2].Due != g.Due {
		t.Errorf("%+v", s)
	}
}

func TestAForecastSaysWhenTheHoursAreReached(t *testing.T) {
	in := ForecastInput{Due: WholeHours(600), Start: "2026-01-01", End: "2026-12-31", Today: "2026-06-10"}
	for _, m := range Months("2026-01", "2026-05") {
		in.Months = append(in.Months, BurnMonth{Month: m, Planned: WholeHours(60), Done: WholeHours(50), Entered: true})
	}
	f := in.Forecast()
	if f.Done != WholeHours(250) || f.Pace != WholeHours(50) || f.End != WholeHours(600) || f.Reached != "2026-12" || f.Shortfall != 0 {
		t.Errorf("%+v", f)
	}
	in.Due = WholeHours(700)
	if f = in.Forecast(); f.Shortfall != WholeHours(100) || f.Reached != "" {
		t.Errorf("%+v", f)
	}
	in.Extra = []Effort{{Persons: 1, Weekly: WholeHours(26), From: "2026-09"}}
	if f = in.Forecast(); f.Reached != "2026-09" && f.Shortfall != 0 {
		t.Errorf("with one more: %+v", f)
	}
}

func TestAMonthTheClauseCoversInPartBringsItsShareOfDays(t *testing.T) {
	in := ForecastInput{Due: WholeHours(5000), Start: "2026-01-01", End: "2027-03-11", Today: "2026-11-29", Months: []BurnMonth{{Month: "2026-10", Done: WholeHours(31), Entered: true}}}
	base := in.Forecast()
	if want := WholeHours(31 + 4*31 + 11); base.End != want || base.Low != want || base.High != want { // November to February, and 11 days of March
		t.Errorf("%s, %s and %s at the end, not %s", base.Low, base.End, base.High, want)
	}
	in.Extra = []Effort{{Persons: 1, Weekly: WholeHours(26), From: "2027-03"}}
	if got := in.Forecast().End - base.End; got != 39_97 { // 112,66 h × 11 ÷ 31
		t.Errorf("one more in March 2027 brings %s", got)
	}
	in.Start, in.Extra = "2026-12-22", nil
	if got, want := in.Forecast().End, WholeHours(31+10+2*31+11); got != want {
		t.Errorf("a clause that starts on 22/12 brings %s, not %s", got, want)
	}
}
