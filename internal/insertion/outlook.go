package insertion

import (
	"fmt"
	"math"
)

// DefaultPaceMonths is how many past months a forecast looks at, and
// DefaultHorizon how far it goes when a clause has no end. Neither has a source.
const (
	DefaultPaceMonths = 6
	DefaultHorizon    = 24
)

// Forecast works out where a lot is going: each month ahead brings what is
// planned for it, or the mean pace of the last months where nothing is; its range
// goes from the least to the most of those months. A month the clause covers in
// part brings that share of its days, of the pace and of supposed hires; what is
// planned for it was agreed within the clause, and is taken whole.
func (in ForecastInput) Forecast() Forecast {
	var f Forecast
	now := in.Today.Month()
	end := in.End.Month()
	if end == "" {
		end = now.Add(DefaultHorizon)
	}
	planned, past := map[Month]Hours{}, map[Month]Hours{}
	var first Month
	for _, m := range in.Months {
		f.Done += m.Done
		if m.Entered && m.Month < now {
			past[m.Month] += m.Done
			if first == "" || m.Month < first {
				first = m.Month
			}
		}
		if m.Month >= now {
			left := max(0, m.Planned-m.Done)
			planned[m.Month] += left
			f.Planned += left
		}
	}
	low, mean, high, n := in.pace(past, first, now)
	f.Pace = mean
	f.Trace = append(f.Trace, fmt.Sprintf("%s faites, %s prévues encore", f.Done, f.Planned))
	if n > 0 {
		f.Trace = append(f.Trace, fmt.Sprintf("allure des %d derniers mois clos : %s par mois (de %s à %s)", n, mean, low, high))
	} else {
		f.Trace = append(f.Trace, "aucun mois clos : seul ce qui est prévu compte")
	}
	f.Trace = append(f.Trace, in.partial(now, end)...)
	f.Low, f.End, f.High = f.Done, f.Done, f.Done
	f.reach(in.Due, now)
	for _, m := range Months(now, end) {
		extra := in.share(in.extra(m), m)
		lower, central, upper := in.share(low, m), in.share(mean, m), in.share(high, m)
		if p := planned[m]; p > 0 {
			lower, central, upper = min(p, lower), p, max(p, upper)
			if n == 0 {
				lower, upper = p, p
			}
		}
		f.Low += lower + extra
		f.End += central + extra
		f.High += upper + extra
		f.Months = append(f.Months, ForecastMonth{m, f.Low, f.End, f.High})
		f.reach(in.Due, m)
	}
	f.Shortfall = max(0, in.Due-f.End)
	return f
}

// within is how many days of a month the clause covers.
func (in ForecastInput) within(m Month) int {
	return span{m.First(), m.Last()}.meet(span{in.Start, in.End}).days()
}

// share is what a full month's hours become over the days the clause covers.
func (in ForecastInput) share(h Hours, m Month) Hours {
	return Hours(mulDiv(int64(h), int64(in.within(m)), int64(m.Days())))
}

// partial says which months ahead the clause covers in part: its first and last.
func (in ForecastInput) partial(now, end Month) (told []string) {
	for _, m := range Months(now, end) {
		if d := in.within(m); d > 0 && d < m.Days() {
			told = append(told, fmt.Sprintf("%s compte pour %d jours sur %d : la clause court %s", m.French(), d, m.Days(), span{in.Start, in.End}.words()))
		}
	}
	return told
}

// pace looks at the last closed months of the window, months without hours
// between the first hours and today counting as nothing.
func (in ForecastInput) pace(past map[Month]Hours, first, now Month) (low, mean, high Hours, n int) {
	window := in.Window
	if window <= 0 {
		window = DefaultPaceMonths
	}
	if first == "" {
		return 0, 0, 0, 0
	}
	low = math.MaxInt64
	var total Hours
	for _, m := range Months(max(first, now.Add(-window)), now.Add(-1)) {
		h := past[m]
		total += h
		low, high, n = min(low, h), max(high, h), n+1
	}
	if n == 0 {
		return 0, 0, 0, 0
	}
	return low, Hours(Proportion(int64(total), int64(n), 1)), high, n
}

// extra is what supposed hires would add in a month: weekly hours × 52 ÷ 12.
func (in ForecastInput) extra(m Month) (h Hours) {
	for _, e := range in.Extra {
		if m >= e.From && (e.To == "" || m <= e.To) {
			h += Hours(mulDiv(int64(e.Persons)*int64(e.Weekly), 52, 12))
		}
	}
	return h
}

// reach notes the month in which each curve first holds the hours due.
func (f *Forecast) reach(due Hours, m Month) {
	if due <= 0 {
		return
	}
	note := func(at *Month, h Hours) {
		if *at == "" && h >= due {
			*at = m
		}
	}
	note(&f.Latest, f.Low)
	note(&f.Reached, f.End)
	note(&f.Earliest, f.High)
}

// HealthOf says how a clause goes by its pace: from the thresholds, which are
// parameters of the file. Without anything expected yet it is HealthNone.
func HealthOf(pace BasisPoints, due Hours, t Thresholds) Health {
	switch {
	case due <= 0:
		return HealthNone
	case pace < t.Red:
		return HealthRed
	case pace < t.Orange:
		return HealthOrange
	}
	return HealthGreen
}

// Mark is one cell that tells a health apart without colour.
func (h Health) Mark() string {
	switch h {
	case HealthGreen:
		return "●"
	case HealthOrange:
		return "◐"
	case HealthRed:
		return "○"
	}
	return "·"
}

// Label is the word that goes with the mark.
func (h Health) Label() string {
	switch h {
	case HealthGreen:
		return "à l'heure"
	case HealthOrange:
		return "en retard"
	case HealthRed:
		return "en danger"
	}
	return "rien d'attendu"
}

// Validate checks a what-if a person typed; the error is a *FieldError.
func (e Effort) Validate() error {
	switch {
	case e.Persons < 1 || e.Persons > 500:
		return &FieldError{"personnes", "de 1 à 500 personnes"}
	case e.Weekly <= 0 || e.Weekly > WholeHours(48):
		return &FieldError{"heures_semaine", "de 1 à 48 h par semaine"}
	case e.From == "":
		return &FieldError{"des", "à partir de quel mois ?"}
	case e.To != "" && e.To < e.From:
		return &FieldError{"jusqu_a", "la fin précède le début"}
	}
	return nil
}
