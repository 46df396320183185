package bilan

import (
	"passerelle/internal/insertion"
)

// tally is a row of contracts: each adds to its size, each person once to its
// persons. Contracts come person by person.
type tally struct {
	line
	here, away int // the last person added, from 1
}

func (t *tally) contract(c Contract) {
	if t.one(c.Person+1, c.Here); c.Here {
		t.hours += c.Done
	}
}

// one adds a contract of a person, numbered from 1; those of a person come together.
func (t *tally) one(person int, here bool) {
	side, last := &t.line.away, &t.away
	if here {
		side, last = &t.line.here, &t.here
	}
	side.size++
	if *last != person {
		*last = person
		side.persons++
	}
}

func lines(tallies []tally) []line {
	out := make([]line, len(tallies))
	for i, t := range tallies {
		out[i] = t.line
	}
	return out
}

// contracts are the employment contracts of the year by kind, and those that ended
// in it by length. A row is small by its persons, not by its contracts: five
// contracts of one person would tell of her alone.
func (m *maker) contracts() {
	kinds := insertion.Employments()
	byKind, spans := make([]tally, len(kinds)), make([]tally, 4)
	for i, k := range kinds {
		byKind[i].label = string(k)
	}
	for i, label := range []string{"moins d'un mois", "de 1 à 3 mois", "de plus de 3 à 6 mois", "plus de 6 mois"} {
		spans[i].label = label
	}
	var all, ended, others tally
	for _, c := range m.Contracts {
		all.contract(c)
		byKind[place(kinds[:len(kinds)-1], c.Employment)].contract(c)
		if c.End == "" || c.Start == "" || c.End.Time().Year() != m.Query.Year || c.End > m.Query.On {
			others.contract(c)
			continue
		}
		ended.contract(c)
		spans[span(c.Start, c.End)].contract(c)
		if c.Here {
			m.days += int64(c.End.DaysSince(c.Start)) + 1
		}
	}
	m.work, m.ended = all.line, m.unlessFew(ended.line, others.line)
	m.breakdown(counting{one: "contrat", line: all.line, Table: Table{ID: "contrats", Title: "Contrats de travail", Head: "Contrat", Picture: BarPicture,
		Note: "Les contrats qui ont des heures comptées dans l'année ; une personne peut en avoir plusieurs."}}, lines(byKind))
	m.breakdown(counting{one: "contrat", line: m.ended, Table: Table{ID: "durees", Title: "Durée des contrats finis dans l'année", Head: "Durée", Picture: BarPicture,
		Note: "Du premier au dernier jour ; les heures sont celles de l'année, de ces seuls contrats."}}, lines(spans))
}

// unlessFew is the total of a table that tells of a part of the contracts: it
// counts as small when the rest of them is, or it would give the rest away.
func (m *maker) unlessFew(some, rest line) line {
	if some.here.persons > 0 && rest.here.small(m.least()) {
		some.here.persons = rest.here.persons
	}
	return some
}

// span is the band of a length, in calendar months.
func span(start, end insertion.Date) int {
	for i, months := range []int{1, 3, 6} {
		if limit := start.AddMonths(months); end < limit.AddDays(-1) || i > 0 && end < limit {
			return i
		}
	}
	return 3
}

// exits are what became of those who left in the year, the day they left and six
// months later.
func (m *maker) exits() {
	outcomes := insertion.Exits()
	labels := make([]string, len(outcomes))
	for i, o := range outcomes {
		labels[i] = string(o)
	}
	for _, t := range []struct {
		Table
		last string // the row after the outcomes
		of   func(Leaver) insertion.Exit
	}{
		{Table{ID: "sorties", Title: "Situation à la sortie", Note: "Emploi durable : CDI, CDD de plus de six mois, création, fonction publique."}, "non dite", func(l Leaver) insertion.Exit { return l.Exit }},
		{Table{ID: "six-mois", Title: "Situation six mois après la sortie", Note: "Des mêmes personnes, sorties dans l'année."}, "pas encore demandée", func(l Leaver) insertion.Exit { return l.Later }},
	} {
		rows := make([]line, len(labels)+1)
		for i := range rows {
			rows[i].label = append(labels[:len(labels):len(labels)], t.last)[i]
		}
		for _, l := range m.Leavers {
			rows[place(outcomes, t.of(l))].add(l.Here, 1, 0)
		}
		t.Head, t.Picture = "Situation", PiePicture
		m.leavers = sums(rows)
		m.breakdown(counting{Table: t.Table, one: "sortie", bare: true, line: m.leavers}, rows)
	}
}
