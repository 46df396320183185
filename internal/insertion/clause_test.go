package insertion

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTheWorkedExampleOfSeineEtMarneGives833Hours(t *testing.T) {
	due, err := Clause{Basis: ByLabourShare, Amount: Euros(1_000_000), LabourShare: 5000, Rate: 500, HourlyCost: Euros(30)}.Compute()
	if err != nil {
		t.Fatal(err)
	}
	if due.Raw != 83333 || due.Hours != WholeHours(833) {
		t.Errorf("raw %v rounded %v, want 833,33 h then 833 h", due.Raw, due.Hours)
	}
	if due.Days != 119_00 || due.FTE != 52 {
		t.Errorf("%v days and %v FTE, want 119 and 0,52", due.Days.Number(), due.FTE.Number())
	}
	if got := due.PerHour; got != 1200_48 {
		t.Errorf("one hour for %v, want 1 200,48 €", got)
	}
}

func TestHoursDueByEachForm(t *testing.T) {
	labour := Clause{Basis: ByLabourShare, Rate: 500, HourlyCost: Euros(30)}
	with := func(c Clause, amount int64, share BasisPoints) Clause {
		c.Amount, c.LabourShare = Euros(amount), share
		return c
	}
	bam := Clause{Basis: ByInvoiced, Step: Euros(2000), Threshold: Euros(2_700_000)}
	invoiced := func(e int64) Clause { c := bam; c.Invoiced = Euros(e); return c }
	for _, c := range []struct {
		name   string
		clause Clause
		want   Hours
	}{
		{"1 000 000 € at 25 €/h (mefsud77)", Clause{Basis: ByLabourShare, Amount: Euros(1_000_000), LabourShare: 5000, Rate: 500, HourlyCost: Euros(25)}, WholeHours(1000)},
		{"gros œuvre of §2.1", with(labour, 600_000, 5000), WholeHours(500)},
		{"charpente métallique of §2.1", with(labour, 150_000, 2000), WholeHours(50)},
		{"peinture of §2.1", with(labour, 120_000, 7000), WholeHours(140)},
		{"électricité of §2.1, 97,5 floored", with(labour, 130_000, 4500), WholeHours(97)},
		{"CCAP 21_BAM_048 at 3 000 000 € invoiced", invoiced(3_000_000), WholeHours(150)},
		{"below its threshold nothing is due", invoiced(2_699_999), 0},
		{"a step that is not full counts nothing", invoiced(2_701_999), 0},
		{"a full step counts one hour", invoiced(2_702_000), WholeHours(1)},
		{"a fixed volume", Clause{Basis: ByFixedVolume, Fixed: WholeHours(420)}, WholeHours(420)},
		{"rounded down to 35 h", Clause{Basis: ByFixedVolume, Fixed: WholeHours(100), RoundTo: WholeHours(35)}, WholeHours(70)},
	} {
		due, err := c.clause.Compute()
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if due.Hours != c.want {
			t.Errorf("%s: %v, want %v (%s)", c.name, due.Hours, c.want, strings.Join(due.Trace, " ; "))
		}
	}
}

func TestTheTraceShowsEveryStepAndTheRounding(t *testing.T) {
	due, _ := Clause{Basis: ByLabourShare, Amount: Euros(1_000_000), LabourShare: 5000, Rate: 500, HourlyCost: Euros(30)}.Compute()
	trace := strings.Join(due.Trace, "\n")
	for _, want := range []string{"500 000,00 €", "25 000,00 €", "833,33 h", "arrondi"} {
		if !strings.Contains(trace, want) {
			t.Errorf("the trace lacks %q:\n%s", want, trace)
		}
	}
}

func TestAnImpossibleClauseNamesItsField(t *testing.T) {
	full := Clause{Basis: ByLabourShare, Amount: Euros(1), LabourShare: 5000, Rate: 500, HourlyCost: Euros(30)}
	for field, spoil := range map[string]func(*Clause){
		"montant":  func(c *Clause) { c.Amount = 0 },
		"part":     func(c *Clause) { c.LabourShare = 10_001 },
		"taux":     func(c *Clause) { c.Rate = -1 },
		"cout":     func(c *Clause) { c.HourlyCost = 0 },
		"tranche":  func(c *Clause) { c.Basis = ByInvoiced },
		"volume":   func(c *Clause) { c.Basis = ByFixedVolume },
		"base":     func(c *Clause) { c.Basis = "" },
		"fin":      func(c *Clause) { c.Start, c.End = "2026-02-01", "2026-01-31" },
		"penalite": func(c *Clause) { c.Penalty.PerHour = -1 },
		"publics":  func(c *Clause) { c.Publics = []string{"RSA", "MARTIEN"} },
	} {
		c := full
		spoil(&c)
		_, err := c.Compute()
		var bad *FieldError
		if !errors.As(err, &bad) || bad.Field != field {
			t.Errorf("spoiling %s: got %v", field, err)
		}
	}
}

func TestHoursDueNeverExceedTheExactFigureNorLoseAnHour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Clause{
			Basis:       ByLabourShare,
			Amount:      Cents(rapid.Int64Range(1, 1_000_000_000_000).Draw(t, "cents")),
			LabourShare: BasisPoints(rapid.Int64Range(1, 10_000).Draw(t, "share")),
			Rate:        BasisPoints(rapid.Int64Range(1, 10_000).Draw(t, "rate")),
			HourlyCost:  Cents(rapid.Int64Range(100, 20_000).Draw(t, "cost")),
		}
		due, err := c.Compute()
		if err != nil {
			t.Fatal(err)
		}
		exact := float64(c.Amount) * float64(c.LabourShare) / 1e4 * float64(c.Rate) / 1e4 / float64(c.HourlyCost)
		if got := float64(due.Raw) / 100; got > exact*(1+1e-12)+1e-6 || got < exact*(1-1e-12)-0.0100001 {
			t.Fatalf("raw %v h, exact %v", got, exact)
		}
		if due.Hours > due.Raw || due.Raw-due.Hours >= WholeHours(1) {
			t.Fatalf("rounded %v from %v", due.Hours, due.Raw)
		}
	})
}
