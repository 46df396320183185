package insertion

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// decider is who decides: the program never does (CCAP 21_BAM_048 art. 8.2:
// « L'acheteur se réserve la possibilité d'appliquer… »).
const decider = "La décision appartient à l'acheteur, après que le titulaire a pu s'expliquer."

// Estimate is what the contract's own rule gives on a day: (hours missing beyond
// the allowance × price) + (days late × price), capped, and nothing when the
// contractor proved it used all means and the contract says so.
func (in PenaltyInput) Estimate() PenaltyEstimate {
	e := PenaltyEstimate{Decider: decider, Missing: max(0, in.Due-in.Done)}
	r := in.Rule
	say := func(format string, args ...any) { e.Trace = append(e.Trace, fmt.Sprintf(format, args...)) }
	say("%s dues − %s faites = %s manquantes", in.Due, in.Done, e.Missing)
	if !in.Over {
		say("la clause court encore : calcul comme si elle s'arrêtait le %s", in.On.French())
	}
	if charged := max(0, e.Missing-r.Allowance); r.PerHour > 0 {
		if r.Allowance > 0 {
			say("franchise de %s : restent %s", r.Allowance, charged)
		}
		e.ByHours = Cents(mulDiv(int64(charged), int64(r.PerHour), 100))
		say("%s × %s de l'heure = %s", charged, r.PerHour, e.ByHours)
	}
	e.Days = in.lateDays()
	if r.PerDay > 0 {
		switch {
		case r.AfterNotice && in.Notice == "":
			say("retards : rien avant mise en demeure, et aucune n'est enregistrée")
		default:
			e.ByDays = Cents(int64(r.PerDay) * int64(e.Days))
			say("%s de retard × %s = %s", Counted(e.Days, "jour "+dayWord(r.WorkingDays), "jours "+dayWord(r.WorkingDays)+"s"), r.PerDay, e.ByDays)
		}
	}
	e.Total = e.ByHours + e.ByDays
	if r.Cap > 0 && in.Amount > 0 {
		e.Cap = Cents(mulDiv(int64(in.Amount), int64(r.Cap), 10_000))
		if e.Total > e.Cap {
			say("plafond de %s du montant = %s", r.Cap, e.Cap)
			e.Total = e.Cap
		}
	}
	if r.AllMeans && in.MeansProved {
		say("tous les moyens prouvés : le marché exonère")
		e.Total = 0
	}
	return e
}

func dayWord(working bool) string {
	if working {
		return "ouvré"
	}
	return "calendaire"
}

// lateDays adds the days of every declaration late or missing on the day: from
// the day after it was due, or after the formal notice when the contract waits
// for one.
func (in PenaltyInput) lateDays() int {
	days := 0
	for _, d := range in.Declarations {
		from := d.DueOn
		if in.Rule.AfterNotice {
			if in.Notice == "" {
				continue
			}
			from = max(from, in.Notice)
		}
		to := in.On
		if d.Received != "" && d.Received < to {
			to = d.Received
		}
		if to <= from {
			continue
		}
		if in.Rule.WorkingDays {
			days += WorkingDays(from.AddDays(1), to)
		} else {
			days += to.DaysSince(from)
		}
	}
	return days
}

// WorkingDays counts the days from Monday to Friday that are not public holidays,
// both ends included (jours ouvrés).
func WorkingDays(from, to Date) int {
	n := 0
	for d := from; d <= to && d != ""; d = d.AddDays(1) {
		switch d.Time().Weekday() {
		case time.Saturday, time.Sunday:
			continue
		}
		if !slices.Contains(PublicHolidays(d.Time().Year()), d) {
			n++
		}
	}
	return n
}

// PublicHolidays are the eleven public holidays of a year in France (L3133-1 c.
// trav.), in order.
func PublicHolidays(year int) []Date {
	day := func(month time.Month, d int) Date { return DateOf(time.Date(year, month, d, 0, 0, 0, 0, time.UTC)) }
	easter := easterSunday(year)
	days := []Date{
		day(1, 1), easter.AddDays(1), day(5, 1), day(5, 8), easter.AddDays(39), easter.AddDays(50),
		day(7, 14), day(8, 15), day(11, 1), day(11, 11), day(12, 25),
	}
	slices.Sort(days)
	return days
}

// easterSunday by the Gregorian computus (Meeus, Jones, Butcher).
func easterSunday(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	return DateOf(time.Date(year, time.Month(month), (h+l-7*m+33*month+19)%32, 0, 0, 0, 0, time.UTC))
}

// Validate checks a step a person typed; the error is a *FieldError.
func (s Step) Validate(today Date) error {
	switch {
	case !slices.Contains(StepKinds(), s.Kind):
		return &FieldError{"etape", "choisissez l'étape"}
	case s.Dated == "":
		return &FieldError{"date", "la date manque"}
	case s.Dated > today && s.Kind != StepMeeting:
		return &FieldError{"date", "cette étape ne peut être datée de l'avenir"}
	case s.Amount < 0:
		return &FieldError{"montant", "un montant ne peut être négatif"}
	case s.Amount > 0 && s.Kind != StepDecision:
		return &FieldError{"montant", "seule la décision de l'acheteur porte un montant"}
	case s.Kind == StepDecision && strings.TrimSpace(s.Text) == "":
		return &FieldError{"texte", "dites ce que l'acheteur a décidé, et pourquoi"}
	}
	return nil
}
