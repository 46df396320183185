package insertion

import (
	"math"
	"testing"
)

func TestNumbersAreReadAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]Hours{
		"35": 3500, "35,5": 3550, "12.25 h": 1225, "1 250": 125000, "7h30": 750, "7 h 30": 750, "0": 0, "1\u202f607": 160700,
	} {
		if got, err := ParseHours(text); err != nil || got != want {
			t.Errorf("ParseHours(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "abc", "-3", "NaN", "7h75", "1e300", "8 9", "1 2345"} {
		if got, err := ParseHours(text); err == nil {
			t.Errorf("ParseHours(%q) = %v, want an error", text, got)
		}
	}
	for text, want := range map[string]Cents{
		"1 820 542,00": 182054200, "1820542.5": 182054250, "25 000 €": 2500000, "0,01": 1,
	} {
		if got, err := ParseCents(text); err != nil || got != want {
			t.Errorf("ParseCents(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for text, want := range map[string]BasisPoints{"5": 500, "7,5 %": 750, "100": 10000} {
		if got, err := ParseShare(text); err != nil || got != want {
			t.Errorf("ParseShare(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	if got, err := ParseShare("8 9"); err == nil {
		t.Errorf("« 8 9 », half erased, is read as %v", got)
	}
	if _, err := ParseShare("101"); err == nil {
		t.Error("101 % is accepted")
	}
}

func TestNumbersAreWrittenTheFrenchWay(t *testing.T) {
	for got, want := range map[string]string{
		Cents(182054200).String():     "1 820 542,00 €",
		Cents(-150).String():          "-1,50 €",
		Cents(149).Round():            "1 €",
		Hours(125000).String():        "1 250 h",
		Hours(83333).String():         "833,33 h",
		BasisPoints(750).String():     "7,5 %",
		BasisPoints(1005).String():    "10,05 %",
		Date("2026-03-31").French():   "31/03/2026",
		Month("2026-03").French():     "03/2026",
		SpacedSIRET("42140650500022"): "421 406 505 00022",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDatesMoveWithinTheMonthReached(t *testing.T) {
	if got := Date("2026-01-31").AddMonths(1); got != "2026-02-28" {
		t.Errorf("31 January plus a month is %s", got)
	}
	if got := Date("2024-01-31").AddMonths(13); got != "2025-02-28" {
		t.Errorf("31 January 2024 plus 13 months is %s", got)
	}
	if got := Months("2025-11", "2026-02"); len(got) != 4 || got[0] != "2025-11" || got[3] != "2026-02" {
		t.Errorf("four months, got %v", got)
	}
	if got := Month("2024-02").Last(); got != "2024-02-29" {
		t.Errorf("last of February 2024 is %s", got)
	}
	if got := Months("2026-02", "2026-01"); got != nil {
		t.Errorf("months in the wrong order: %v", got)
	}
}

func TestASIRETNeedsItsKey(t *testing.T) {
	for siret, want := range map[string]bool{
		"42140650500022": true, "42140650500023": false, "4214065050002": false, "4214065050002A": false,
		"35600000000048": true, // the head office of La Poste
		"35600000049837": true, // La Poste: digits sum to a multiple of 5, Luhn fails
		"":               false,
	} {
		if got := ValidSIRET(siret); got != want {
			t.Errorf("ValidSIRET(%q) = %v", siret, got)
		}
	}
}

func TestSharesAreRoundedHalfUp(t *testing.T) {
	for _, c := range []struct {
		part, whole int64
		share       BasisPoints
	}{
		{58, 96, 6042}, {170, 530, 3208}, {2, 12, 1667}, {1, 3, 3333}, {2, 3, 6667}, {1, 20_000, 1}, {1, 20_001, 0},
		{3, 2, 15_000}, {0, 5, 0}, {5, 0, 0}, {-1, 5, 0}, {math.MaxInt64, math.MaxInt64, 10_000},
	} {
		if got := ShareOf(c.part, c.whole); got != c.share {
			t.Errorf("%d of %d: %s, want %s", c.part, c.whole, got, c.share)
		}
	}
}

func TestAThirdIsAThird(t *testing.T) {
	for _, c := range []struct {
		share       BasisPoints
		whole, part Cents
	}{
		{3333, Euros(720_000), Euros(240_000)}, {6667, Euros(720_000), Euros(480_000)}, {3300, Euros(100), Euros(33)}, {5000, 1, 1}, {10_000, 7, 7}, {0, 7, 0},
	} {
		if got := c.share.Of(c.whole); got != c.part {
			t.Errorf("%s of %s: %s, want %s", c.share, c.whole, got, c.part)
		}
	}
}
