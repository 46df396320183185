package bilan

import (
	"fmt"

	"passerelle/internal/insertion"
)

// months are the hours of each month.
func (m *maker) months() {
	t := Table{ID: "mois", Title: "Heures par mois", Head: "Mois", Picture: LinePicture,
		Columns: []Column{{"Heures comptées", Hours}, {"Heures déclarées", Hours}, {"ETP", ETP}},
		Note:    "L'écart entre déclarées et comptées : ce que les règles de la clause écartent. ETP du mois : ses heures, rapportées à un douzième de l'année."}
	var worked, done insertion.Hours
	for _, s := range m.Months {
		worked, done = worked+s.Worked, done+s.Done
		cells := []Cell{{Value: int64(s.Done)}, {Value: int64(s.Worked)}, m.fte(12 * s.Done)}
		if s.Worked == 0 && s.Month > m.Query.On.Month() { // not begun: that is not zero
			cells = []Cell{{State: Absent}, {State: Absent}, {State: Absent}}
		}
		t.Rows = append(t.Rows, Row{Label: s.Month.French(), Cells: cells})
	}
	t.Rows = append(t.Rows, Row{Label: "Total", Total: true, Cells: []Cell{{Value: int64(done)}, {Value: int64(worked)}, m.fte(done)}})
	m.tables = append(m.tables, t)
}

// trend is the five years that end with this one.
func (m *maker) trend() {
	t := Table{ID: "annees", Title: "D'une année sur l'autre", Head: "Année", Picture: LinePicture,
		Columns: []Column{{"Heures comptées", Hours}, {"ETP", ETP}, {"Heures prévues", Hours}, {"Personnes", Count}, {"Lots avec des heures", Count}}}
	for _, y := range m.Years {
		t.Rows = append(t.Rows, Row{Label: fmt.Sprint(y.Year), Cells: []Cell{{Value: int64(y.Done)}, m.fte(y.Done), {Value: int64(y.Planned)}, m.head(y.Persons), {Value: int64(y.Lots)}}})
	}
	m.tables = append(m.tables, t)
}

// considerations are what the award notices of the year declare.
func (m *maker) considerations() {
	kinds := []struct {
		label string
		is    func(insertion.Social) bool
	}{
		{"marché réservé", func(s insertion.Social) bool { return s&insertion.SocialReserved != 0 }},
		{"clause et critère", func(s insertion.Social) bool {
			return s&(insertion.SocialClause|insertion.SocialCriterion) == insertion.SocialClause|insertion.SocialCriterion
		}},
		{"clause sociale seule", func(s insertion.Social) bool { return s&insertion.SocialClause != 0 }},
		{"critère social seul", func(s insertion.Social) bool { return s&insertion.SocialCriterion != 0 }},
		{"aucune considération sociale", func(s insertion.Social) bool { return s&insertion.NoSocial != 0 }},
		{"non renseigné", func(insertion.Social) bool { return true }},
	}
	rows := make([]NoticeSum, len(kinds))
	total, declared := 0, 0
	for _, n := range m.Notices {
		for i, k := range kinds {
			if k.is(n.Social) {
				rows[i].N += n.N
				rows[i].Amount += n.Amount
				break
			}
		}
		total += n.N
		if n.Social.Positive() {
			declared += n.N
		}
	}
	if total == 0 {
		return
	}
	t := Table{ID: "considerations", Title: "Considérations sociales déclarées", Head: "L'avis déclare", Picture: PiePicture,
		Columns: []Column{{"Avis", Count}, {"Part", Share}, {"Montant", Money}},
		Note:    "Avis d'attribution de l'année connus du fichier, chacun dans la première ligne qui lui convient ; montants connus des seuls avis qui déclarent une considération, sans les montants douteux."}
	for i, k := range kinds {
		money := Cell{Value: int64(rows[i].Amount)}
		if i >= 4 {
			money = Cell{State: Absent}
		}
		t.Rows = append(t.Rows, Row{Label: k.label, Cells: []Cell{{Value: int64(rows[i].N)}, ratio(int64(rows[i].N), int64(total), 10_000), money}})
	}
	t.Rows = append(t.Rows, Row{Label: "Total", Total: true, Cells: []Cell{{Value: int64(total)}, ratio(int64(total), int64(total), 10_000), {State: Absent}}})
	m.tables = append(m.tables, t)
	m.figure("avis", "Avis d'attribution de l'année", Count, Cell{Value: int64(total)}, "")
	m.figure("avis-sociaux", "Part des avis avec considération sociale", Share, ratio(int64(declared), int64(total), 10_000), "")
}

// quality is how the work was followed.
func (m *maker) quality() {
	t := Table{ID: "qualite", Title: "Qualité du suivi", Head: "Ce qui est regardé", Columns: []Column{{"Oui", Count}, {"Sur", Count}, {"Taux", Share}}}
	row := func(label string, yes, of int) {
		t.Rows = append(t.Rows, Row{Label: label, Cells: []Cell{{Value: int64(yes)}, {Value: int64(of)}, ratio(int64(yes), int64(of), 10_000)}})
	}
	over, met := 0, 0
	for _, l := range m.Lots {
		if l.Clause && l.Ends != "" && l.Ends <= m.Query.On && l.Ends.Time().Year() == m.Query.Year {
			over++
			if l.Total >= l.Due {
				met++
			}
		}
	}
	m.proofs(&t)
	row("Déclarations reçues à temps", m.Quality.OnTime, m.Quality.Declared)
	row("Clauses finies dans l'année, tenues à 100 % ou plus", met, over)
	row("Structures proposées qui ont répondu", m.Quality.Answered, m.Quality.Asked)
	row("Décisions des acheteurs qui appliquent une pénalité", m.Quality.Applied, m.Quality.Decisions)
	m.tables = append(m.tables, t)
	m.figure("penalites", "Pénalités appliquées", Money, Cell{Value: int64(m.Quality.Penalties)}, "")
}

// proofs tells how many contracts begun in the year had their eligibility seen by
// the first day, those whose hours do not count among them. It tells of persons: yes
// and no are a breakdown like another.
func (m *maker) proofs(t *Table) {
	answers := make([]tally, 2)
	var begun, others tally
	for _, c := range m.Contracts {
		if c.Start.Time().Year() != m.Query.Year {
			others.contract(c)
		}
	}
	for _, c := range m.Begun {
		i := 0
		if !c.Seen {
			i = 1
		}
		begun.one(int(c.Person), c.Here)
		answers[i].one(int(c.Person), c.Here)
	}
	begun.line = m.unlessFew(begun.line, others.line)
	cells := covered(3)
	if !m.Withheld && !begun.line.here.small(m.least()) {
		cells[1] = Cell{Value: begun.line.here.size}
		hidden := m.hide(lines(answers), begun.line)
		if !hidden[0] {
			cells[0] = Cell{Value: answers[0].line.here.size}
			cells[2] = ratio(answers[0].line.here.size, begun.line.here.size, 10_000)
		}
	}
	if cells[0].State == Hidden {
		m.hidden++
	}
	t.Rows = append(t.Rows, Row{Label: "Contrats commencés dans l'année, éligibilité vue avant le premier jour", Cells: cells})
}
