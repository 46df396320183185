package mandate

import (
	"fmt"

	"passerelle/internal/insertion"
)

// seriesYears is how many years a series shows at most, the current one included.
const seriesYears = 6

// Standings tells where every commitment of the letter stands on a day, from all
// the records of the mandate and what the file knows of each year.
func Standings(records []Record, facts []Facts, today insertion.Date) []Standing {
	b := newBook(records, facts, today)
	out := make([]Standing, 0, len(Commitments()))
	for _, c := range Commitments() {
		out = append(out, b.standing(c))
	}
	return out
}

// book is the records arranged to be counted.
type book struct {
	today insertion.Date
	year  int // the current one
	kinds map[Kind][]Record
	under map[RecordID][]Record
	facts map[int]Facts
	first int // the first year shown
}

func newBook(records []Record, facts []Facts, today insertion.Date) *book {
	b := &book{today: today, year: today.Time().Year(), kinds: map[Kind][]Record{}, under: map[RecordID][]Record{}, facts: map[int]Facts{}}
	for _, r := range records {
		b.kinds[r.Kind] = append(b.kinds[r.Kind], r)
		if r.Parent != 0 {
			b.under[r.Parent] = append(b.under[r.Parent], r)
		}
	}
	b.first = b.year
	for _, f := range facts {
		b.facts[f.Year] = f
		if f.Territory.Contracts > 0 || f.Hours > 0 {
			b.first = min(b.first, f.Year)
		}
	}
	for _, r := range records {
		if y := r.Year("annee"); y > 0 {
			b.first = min(b.first, y)
		}
		if y := r.Dated.Time().Year(); r.Dated != "" {
			b.first = min(b.first, y)
		}
	}
	b.first = max(b.first, b.year-seriesYears+1)
	return b
}

func (b *book) standing(c Commitment) Standing {
	s := Standing{Commitment: c, Target: c.Target, Aimed: c.Target > 0, From: c.Source}
	for _, r := range b.kinds[Promise] {
		if Code(r.Text("code")) != c.Code {
			continue
		}
		s.Promise, s.Next, s.Due, s.Who = r.ID, r.Text("etape"), r.Date("echeance"), r.Text("suivi")
		s.Late = s.Due != "" && s.Due < b.today
		if r.Said("cible") {
			s.Target, s.Aimed, s.From = c.Unit.fromHundredths(r.Whole("cible")), true, "fixée par la délégation"
		}
	}
	for year := b.first; year <= b.year; year++ {
		s.Figures = append(s.Figures, b.figure(c, year))
	}
	s.Trend = s.trend()
	s.Notes = b.notes(c.Code)
	s.weigh(b.year)
	return s
}

// weigh compares the last figure with the target; one of zero asks nothing.
func (s *Standing) weigh(running int) {
	now := s.Now()
	switch {
	case now.Origin == Unknown:
		s.State = Unproved
	case !s.Aimed, s.Target == 0:
		s.State = Aimless
	case now.Value >= s.Target:
		s.State = Reached
	case s.Flow && s.Unit != Share && now.Year == running:
		s.State = Running
	default:
		s.State = Short
	}
	if now.Origin != Unknown && s.Target > 0 {
		s.Part = insertion.BasisPoints(share(now.Value, s.Target))
	}
}

// figure is the measure of a year: the one entered with its evidence when there is
// one, else the one the file computes.
func (b *book) figure(c Commitment, year int) Figure {
	f := b.computed(c.Code, year)
	f.Year = year
	for _, r := range b.kinds[Statement] {
		if Code(r.Text("code")) != c.Code || r.Year("annee") != year {
			continue
		}
		said := Figure{Year: year, Value: c.Unit.fromHundredths(r.Whole("valeur")), Origin: Entered, Evidence: r.Text("preuve")}
		said.Detail = append(said.Detail, fmt.Sprintf("%s, saisi d'après : %s.", c.Unit.Show(said.Value), said.Evidence))
		if f.Origin == Computed {
			said.Detail = append(said.Detail, fmt.Sprintf("Le fichier, lui, compte %s.", c.Unit.Show(f.Value)))
			said.Detail = append(said.Detail, f.Detail...)
		}
		return said
	}
	return f
}

// computed is what the file counts by itself.
func (b *book) computed(code Code, year int) Figure {
	value, detail, ok := int64(0), []string(nil), false
	switch code {
	case Post:
		value, detail, ok = b.hours(year)
	case Council:
		value, detail, ok = b.seats(year)
	case Allotment:
		value, detail, ok = b.allotted(year)
	case Levers:
		value, detail, ok = b.levers(year)
	case Cooperatives:
		value, detail, ok = b.cooperatives(year)
	case Networks:
		value, detail, ok = b.support(year)
	case CallForProject:
		value, detail, ok = b.proven(year)
	case Premises:
		value, detail, ok = b.premises(year)
	case Promotion:
		value, detail, ok = b.reach(year)
	case FreeSoftware:
		value, detail, ok = b.freeSoftware(year)
	case Revitalisation:
		value, detail, ok = b.revitalised(year)
	case Forum:
		value, detail, ok = b.debates(year)
	case ESSMonth:
		value, detail, ok = b.committee(year)
	}
	if !ok {
		return Figure{Detail: detail}
	}
	return Figure{Value: value, Origin: Computed, Detail: detail}
}

// trend says in a sentence how a figure moves. A year still running says nothing
// yet of what adds up through it.
func (s Standing) trend() string {
	known, tail := s.compared(), ""
	if s.Underway() {
		tail = fmt.Sprintf(" ; %d, année en cours : %s", s.Now().Year, s.Unit.Show(s.Now().Value))
	}
	switch len(known) {
	case 0:
		if tail != "" {
			return "pas encore d'année complète" + tail
		}
		return "aucun chiffre"
	case 1:
		return fmt.Sprintf("premier chiffre : %s en %d%s", s.Unit.Show(known[0].Value), known[0].Year, tail)
	}
	before, last := known[len(known)-2], known[len(known)-1]
	word := "stable"
	switch {
	case last.Value > before.Value:
		word = "en hausse"
	case last.Value < before.Value:
		word = "en baisse"
	}
	if tail != "" {
		word += " entre années entières"
	}
	return fmt.Sprintf("%s : %s en %d, %s en %d%s", word, s.Unit.Show(before.Value), before.Year, s.Unit.Show(last.Value), last.Year, tail)
}
