package mandate

import (
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// TestTheDutyIsReadOnTheDayOfLaunch are the cases of L2112-2-1: thresholds of
// 2026-2027 (règlements délégués 2025/2150 à 2152), décret 2022-767, works of less
// than six months.
func TestTheDutyIsReadOnTheDayOfLaunch(t *testing.T) {
	for _, c := range []struct {
		launch insertion.Date
		amount int64
		nature string
		months int
		linked Answer
		want   Answer
		why    string
	}{
		{"2026-08-20", 300_000, "services", 12, Yes, No, "avant le 21/08/2026"},
		{"2026-08-21", 216_000, "services", 12, Yes, Yes, "216 000 €"},
		{"2026-08-21", 215_999, "services", 12, Yes, No, "sous le seuil"},
		{"2026-09-01", 5_403_999, "travaux", 24, Yes, No, "sous le seuil de 5 404 000 €"},
		{"2026-09-01", 5_404_000, "travaux", 24, Yes, Yes, "5 404 000 €"},
		{"2026-09-01", 6_000_000, "travaux", 5, Yes, No, "moins de six mois"},
		{"2026-09-01", 6_000_000, "travaux", 6, Yes, Yes, "L2112-2-1"},
		{"2026-09-01", 300_000, "services", 12, No, No, "sans lien suffisant"},
		{"", 300_000, "services", 12, Yes, Unsaid, "date de publication"},
		{"2031-01-01", 300_000, "services", 12, Yes, Unsaid, "pas dans la table"},
	} {
		n := Need{Amount: insertion.Euros(c.amount), Months: c.months, Nature: c.nature, Launch: c.launch, Linked: c.linked}
		if d := n.duty(insertion.SocialDuty); d.Applies != c.want || !strings.Contains(d.Why, c.why) {
			t.Errorf("%+v: %+v", c, d)
		}
	}
}

func levers(c LeverChoice) map[Lever]LeverAdvice {
	out := map[Lever]LeverAdvice{}
	for _, l := range c.Levers {
		out[l.Lever] = l
	}
	return out
}

func choose(n Need, past Past) LeverChoice {
	return ChooseLevers(n, Allot(n, gardens(), DefaultRules()), past, insertion.SocialDuty, DefaultRules())
}

// TestTheVolumeOfTheClauseIsTheUsualFormula: 400 000 € × 65 % × 5 % ÷ 30 € = 433 h.
func TestTheVolumeOfTheClauseIsTheUsualFormula(t *testing.T) {
	c := choose(green(400_000, "24"), Past{All: map[Lever]int{LeverClause: 12, LeverNone: 30, LeverUnsaid: 9}})
	if h := int64(c.Hours) / 100; h != 433 {
		t.Errorf("%d h", h)
	}
	by := levers(c)
	if a := by[LeverClause]; !a.Fits || !a.Advised || a.Territory != (Use{12, 42}) || a.Then != "art. 14" {
		t.Errorf("%+v", a)
	}
	if a := by[LeverBoth]; a.Fits {
		t.Errorf("433 h leave no place for two: %+v", a)
	}
	if a := by[LeverService]; a.Fits || a.Territory != (Use{}) || a.Then != "art. 30" || a.Now != "R2123-1 3°" {
		t.Errorf("%+v", a)
	}
	if a := by[LeverReserved]; !strings.Contains(a.Then, "art. 15") || !strings.Contains(a.Now, "L2113-13") {
		t.Errorf("%+v", a)
	}
}

func TestASmallVolumeIsRewardedRatherThanImposed(t *testing.T) {
	c := choose(green(40_000, "12"), Past{}) // 43 h
	if by := levers(c); by[LeverClause].Fits || !by[LeverCriterion].Advised {
		t.Errorf("%+v", by)
	}
}

func TestServicesOfTheListMayBeReservedToTheESSForThreeYears(t *testing.T) {
	n := green(400_000, "36")
	n.Nature = social
	if a := levers(choose(n, Past{}))[LeverReserved]; !a.Fits || a.Conditions[2].Met != Yes || a.Conditions[3].Met != Yes || a.Conditions[4].Met != Unsaid {
		t.Errorf("%+v", a)
	}
	n.Months = 48
	if a := levers(choose(n, Past{}))[LeverReserved]; a.Conditions[3].Met != No || strings.Contains(strings.Join(a.Why, " "), "peut être réservé aux entreprises de l'ESS") {
		t.Errorf("four years: %+v", a)
	}
}

func TestNothingFitsWhatHasNoLinkWithInsertion(t *testing.T) {
	n := green(400_000, "24")
	n.Linked = No
	by := levers(choose(n, Past{}))
	for _, l := range []Lever{LeverClause, LeverCriterion, LeverBoth} {
		if by[l].Fits {
			t.Errorf("%s fits", l)
		}
	}
}

func TestEveryArticleOfTheLetterHasItsPlaceToday(t *testing.T) {
	var then []string
	for _, a := range Articles() {
		then = append(then, a.Then)
		if a.Subject == "" || a.Now == "" || a.Now == "—" && a.Note == "" {
			t.Errorf("%+v", a)
		}
	}
	for _, want := range []string{"art. 5", "art. 10", "art. 14", "art. 15", "art. 30", "art. 53-I", "art. 53-IV"} {
		if !strings.Contains(strings.Join(then, " "), want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestPastLeversAreThoseOfTheSameTradeBesideTheWholeTerritory(t *testing.T) {
	year := func(y int) Facts {
		return Facts{Year: y, Territory: Awards{
			Levers:     map[Lever]int{LeverClause: 10, LeverNone: 90},
			ByDivision: map[int]map[Lever]int{77: {LeverClause: 3, LeverNone: 1, LeverUnsaid: 5}, 45: {LeverClause: 7, LeverNone: 89}},
		}}
	}
	past := PastOf([]Facts{year(2022), year(2025), year(2026)}, 2025, "77310000")
	a := levers(choose(green(400_000, "24"), past))[LeverClause]
	if a.Trade != (Use{6, 8}) || a.Territory != (Use{20, 200}) {
		t.Errorf("%+v", a)
	}
	if got := strings.Join(a.Usage(past), " ; "); got != "employé 6 fois sur 8 avis (CPV 77) ; employé 20 fois sur 200 avis (tout le territoire)" {
		t.Error(got)
	}
	without := PastOf([]Facts{year(2026)}, 2025, "")
	if a := levers(choose(green(400_000, "24"), without))[LeverCriterion]; a.Trade != (Use{}) || strings.Join(a.Usage(without), "") != "jamais employé sur 100 avis (tout le territoire)" {
		t.Errorf("without a CPV: %+v", a)
	}
}
