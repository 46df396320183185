package bilan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// line is what a row of a table of persons is made of, here and elsewhere.
type line struct {
	label      string
	here, away part
	hours      insertion.Hours
	under      []line // the parts of this one
}

func (l *line) add(here bool, persons int, hours insertion.Hours) {
	if here {
		l.here.persons += persons
		l.here.size += int64(persons)
		l.hours += hours
		return
	}
	l.away.persons += persons
	l.away.size += int64(persons)
}

// sums adds rows up.
func sums(lines []line) (total line) {
	for _, l := range lines {
		total.here.persons += l.here.persons
		total.here.size += l.here.size
		total.away.persons += l.away.persons
		total.away.size += l.away.size
		total.hours += l.hours
	}
	return total
}

// hide tells which of some rows are hidden.
func (m *maker) hide(lines []line, total line) []bool {
	here, away := make([]part, len(lines)), make([]part, len(lines))
	for i, l := range lines {
		here[i], away[i] = l.here, l.away
	}
	if !m.Narrow {
		return conceal(here, total.here.persons, m.least())
	}
	return concealBeside(here, away, total.here.persons, total.away.persons, m.least())
}

// counting is what a table of persons counts: persons, or contracts of theirs.
type counting struct {
	Table
	one  string // « personne »
	bare bool   // their hours are not of the year: not told
	open bool   // only rows of somebody are listed: where all of them are hidden, none is
	line        // the total
}

// breakdown is a table of persons or of what is theirs, its small rows hidden.
func (m *maker) breakdown(c counting, lines []line) {
	if c.here.persons == 0 || c.here.small(m.least()) {
		return // the figures say so
	}
	many := strings.ToUpper(c.one[:1]) + c.one[1:] + "s"
	c.Columns = []Column{{many, Count}, {"Part", Share}}
	if !c.bare {
		c.Columns = append(c.Columns, Column{"Heures comptées", Hours}, Column{"Heures par " + c.one, Hours})
	}
	if !c.bare {
		c.Note = strings.TrimSpace(c.Note + " " + m.unnamed(c.line))
	}
	m.fill(&c, lines, c.line, 0)
	c.Rows = append(c.Rows, Row{Label: "Total", Total: true, Cells: c.cells(c.line)})
	m.tables = append(m.tables, c.Table)
}

// unnamed says why a total of hours is not the year's, in full the first time: some are
// declared without their persons. That of the contracts which ended says it itself.
func (m *maker) unnamed(total line) string {
	named := insertion.Hours(0)
	for _, p := range m.Persons {
		if p.Here {
			named += p.Done
		}
	}
	switch {
	case total.hours != named || named >= m.whole.done:
		return ""
	case m.parted:
		return "Les heures déclarées sans les personnes n'y sont pas."
	}
	m.parted = true
	return fmt.Sprintf("Des %s comptées dans l'année, %s ont été déclarées sans dire de qui : les tableaux des personnes et des contrats ne les ont pas.", m.whole.done, m.whole.done-named)
}

// fill adds rows and, under those shown, their own parts.
func (m *maker) fill(c *counting, lines []line, of line, level int) {
	hidden := m.hide(lines, of)
	told := false
	for i, l := range lines {
		told = told || l.here.persons > 0 && !hidden[i]
	}
	if c.open && !told { // which rows there are would already tell
		c.Rows = append(c.Rows, Row{Label: "non détaillé", Level: level, Cells: covered(len(c.Columns))})
		m.hidden++
		return
	}
	for i, l := range lines {
		if c.open && l.here.persons == 0 && !hidden[i] { // of the others alone; hidden, it must not be known to be
			continue
		}
		row := Row{Label: l.label, Level: level, Cells: c.cells(l)}
		if hidden[i] {
			row.Cells = covered(len(c.Columns))
			m.hidden++
		}
		c.Rows = append(c.Rows, row)
		if !hidden[i] && len(l.under) > 0 {
			m.fill(c, l.under, l, level+1)
		}
	}
}

func (c *counting) cells(l line) []Cell {
	cells := []Cell{
		{Value: l.here.size}, ratio(l.here.size, c.here.size, 10_000),
		{Value: int64(l.hours)}, ratio(int64(l.hours), l.here.size, 1),
	}
	return cells[:len(c.Columns)]
}

func covered(n int) []Cell {
	cells := make([]Cell, n)
	for i := range cells {
		cells[i].State = Hidden
	}
	return cells
}

// trait counts persons by what of gives, a place among labels.
func (m *maker) trait(id, title, note, head string, picture Picture, labels []string, of func(Person) int) {
	lines := make([]line, len(labels))
	for i, l := range labels {
		lines[i].label = l
	}
	for _, p := range m.Persons {
		lines[of(p)].add(p.Here, 1, p.Done)
	}
	m.breakdown(counting{Table: Table{ID: id, Title: title, Note: note, Head: head, Picture: picture}, one: "personne", line: sums(lines)}, lines)
}

// people are the tables of persons by one trait each.
func (m *maker) people() {
	m.trait("sexe", "Personnes par sexe", "", "Sexe", PiePicture, []string{"femmes", "hommes", "non dit"}, func(p Person) int {
		return place([]insertion.Sex{insertion.Woman, insertion.Man}, p.Sex)
	})
	m.trait("ages", "Personnes par âge", "Âge atteint dans l'année : seule l'année de naissance est tenue. D'une personne effacée, le milieu des cinq ans gardés.",
		"Âge", BarPicture, []string{"moins de 26 ans", "de 26 à 40 ans", "de 41 à 50 ans", "51 ans et plus", "non dit"}, m.band)
	publics := insertion.Publics()
	known, labels := make([]string, len(publics)), make([]string, len(publics))
	for i, p := range publics {
		known[i], labels[i] = p.Code, p.Label
	}
	m.trait("categories", "Personnes par catégorie", "La catégorie qui lui a ouvert le droit de travailler sous la clause : chaque personne n'est comptée qu'une fois. D'une personne effacée, la première enregistrée.",
		"Catégorie", BarPicture, append(labels, "publics propres aux marchés", "aucune enregistrée"), func(p Person) int {
			if p.Public == "" {
				return len(known) + 1
			}
			return place(known, p.Public)
		})
	m.trait("niveaux", "Personnes par niveau de formation", "Nomenclature de 2019.", "Niveau", BarPicture,
		[]string{"infra 3 (sans diplôme)", "3 (CAP, BEP)", "4 (bac)", "5 (bac + 2)", "6 à 8 (bac + 3 et plus)", "non dit"}, func(p Person) int {
			if p.Level < insertion.LevelNone {
				return 5
			}
			return min(int(p.Level-insertion.LevelNone), 4)
		})
	m.trait("qpv", "Personnes des quartiers prioritaires", "Par le code de sa fiche, ou par la preuve de son adresse.", "Résidence", PiePicture, []string{"quartier prioritaire (QPV)", "ailleurs, ou non dit"}, func(p Person) int {
		if p.QPV {
			return 0
		}
		return 1
	})
	m.trait("entrees", "Entrées et suites de parcours", "", "Parcours", PiePicture, []string{"entrées dans l'année", "suivies depuis une année précédente"}, func(p Person) int {
		if p.Entered.Time().Year() >= m.Query.Year {
			return 0
		}
		return 1
	})
	m.residence()
}

// place is where one stands among some, the end when it is not there.
func place[T comparable](some []T, one T) int {
	if i := slices.Index(some, one); i >= 0 {
		return i
	}
	return len(some)
}

// band is the age reached in the year, in the bands of the observatories (DOMAIN
// §6.2).
func (m *maker) band(p Person) int {
	born := p.Born
	if born == 0 {
		return 4
	}
	if p.Erased {
		born += 2
	}
	switch age := m.Query.Year - born; {
	case age < 26:
		return 0
	case age <= 40:
		return 1
	case age <= 50:
		return 2
	}
	return 3
}

// residence is the tree of communes under their EPT, intercommunalité or
// département. A person erased keeps her département alone.
func (m *maker) residence() {
	type spot struct{ group, commune string }
	at := map[spot]*line{}
	for _, p := range m.Persons {
		s := spot{group: "non dite"}
		switch {
		case len(p.INSEE) == 5:
			if s.commune, s.group = m.names.Commune(p.INSEE); s.group == "" {
				s = spot{"autres communes", p.INSEE}
			}
		case p.INSEE != "":
			s.group = "commune non gardée, " + m.names.Department(p.INSEE)
		}
		if at[s] == nil {
			at[s] = &line{label: s.commune}
		}
		at[s].add(p.Here, 1, p.Done)
	}
	groups := map[string]*line{}
	for s, l := range at {
		g := groups[s.group]
		if g == nil {
			g = &line{label: s.group}
			groups[s.group] = g
		}
		if s.commune != "" {
			g.under = append(g.under, *l)
		} else {
			*g = line{label: s.group, here: l.here, away: l.away, hours: l.hours}
		}
	}
	var lines []line
	for _, g := range groups {
		if len(g.under) > 0 {
			byLabel(g.under)
			sum := sums(g.under)
			g.here, g.away, g.hours = sum.here, sum.away, sum.hours
		}
		lines = append(lines, *g)
	}
	byLabel(lines)
	m.breakdown(counting{one: "personne", open: true, line: sums(lines), Table: Table{
		ID: "residence", Title: "Personnes par commune de résidence", Head: "Résidence", Picture: BarPicture,
		Note: "Communes par établissement public territorial, à défaut par intercommunalité. D'une personne effacée, le département seul est gardé.",
	}}, lines)
}

func byLabel(lines []line) {
	slices.SortFunc(lines, func(a, b line) int {
		return cmp.Or(strings.Compare(folded(a.label), folded(b.label)), strings.Compare(a.label, b.label))
	})
}

// folded ignores the case and the accents of French names.
func folded(s string) string {
	return strings.NewReplacer("é", "e", "è", "e", "ê", "e", "ë", "e", "É", "e", "È", "e", "Ê", "e", "à", "a", "â", "a", "À", "a", "Â", "a",
		"î", "i", "ï", "i", "Î", "i", "ô", "o", "Ô", "o", "û", "u", "ù", "u", "ü", "u", "ç", "c", "Ç", "c", "œ", "oe", "’", "'").Replace(strings.ToLower(s))
}
