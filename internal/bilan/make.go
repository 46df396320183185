package bilan

import (
	"fmt"

	"passerelle/internal/insertion"
)

// maker is one bilan being made.
type maker struct {
	Facts
	names   Names
	figures []Figure
	tables  []Table
	hidden  int    // rows
	parted  bool   // a table told that hours have no persons
	whole   volume // all the lots
	work    line   // all the contracts
	ended   line   // those that ended in the year
	days    int64  // that these lasted
	leavers line
}

// Make counts the indicators of DOMAIN §6.2 from the facts of a year, hides what
// would point at somebody, and seals the whole. The query of the facts is Settled.
func Make(f Facts) Report {
	m := &maker{Facts: f, names: f.Query.Names}
	for _, l := range f.Lots {
		m.whole.lot(l)
	}
	for _, s := range f.Sites {
		m.whole.site(s)
	}
	r := Report{
		Title: fmt.Sprintf("Bilan %d de la clause sociale d'insertion", f.Query.Year),
		Scope: f.Scope, Query: f.Query, Rules: Rules,
	}
	r.Query.Names = nil
	if m.empty() {
		r.Empty = true
		r.Notes = []string{fmt.Sprintf("Rien en %d : ni clause en cours, ni heures, ni avis d'attribution.", f.Query.Year)}
		r.Fingerprint = r.seal()
		return r
	}
	for _, part := range []func(){
		m.trend, m.months,
		func() {
			m.byLot("acheteurs", "Acheteurs", "Acheteur", BarPicture, func(l Lot) string { return m.Buyers[l.Buyer] })
		},
		func() {
			m.byLot("filieres", "Filières", "Filière", BarPicture, func(l Lot) string { return m.names.Trade(l.CPV, l.Object) })
		},
		m.execution,
		func() {
			m.bySite("modalites", "Modalités", "Modalité", "", func(s Site) string { return s.Modality.Label() })
		},
		func() { m.bySite("types", "Types de structures", "Type", "", kindLabel) },
		m.concentration, m.people, m.contracts, m.exits, m.quality, m.considerations,
	} {
		part()
	}
	r.Figures = m.glance()
	r.Tables, r.Notes = m.tables, m.notes()
	r.Fingerprint = r.seal()
	return r
}

func kindLabel(s Site) string {
	switch {
	case s.Structure == 0:
		return "sans structure (embauche directe)"
	case s.Kind.Known():
		return string(s.Kind) + ", " + s.Kind.Label()
	}
	return "type inconnu"
}

func (m *maker) empty() bool {
	return len(m.Lots)+len(m.Sites)+len(m.Leavers)+len(m.Notices) == 0
}

func (m *maker) figure(id, label string, unit Unit, c Cell, note string) {
	m.figures = append(m.figures, Figure{id, label, unit, c, note})
}

// glance is the year in a few numbers.
func (m *maker) glance() []Figure {
	own := m.figures
	m.figures = nil
	persons, named := 0, insertion.Hours(0)
	for _, p := range m.Persons {
		if p.Here {
			persons++
			named += p.Done
		}
	}
	contracts, buyers := map[insertion.ContractID]bool{}, map[insertion.OrganisationID]bool{}
	for _, l := range m.Lots {
		contracts[l.Contract], buyers[l.Buyer] = true, true
	}
	var worked insertion.Hours
	for _, s := range m.Sites {
		worked += s.Worked
	}
	count := func(n int) Cell { return Cell{Value: int64(n)} }
	hours := func(h insertion.Hours) Cell { return Cell{Value: int64(h)} }
	m.figure("heures", "Heures d'insertion réalisées", Hours, hours(m.whole.done), "Celles qui comptent, au sens de chaque clause.")
	m.figure("etp", "Équivalents temps plein", ETP, m.fte(m.whole.done), fmt.Sprintf("À %s par ETP.", m.Query.Divisor))
	m.figure("declarees", "Heures déclarées", Hours, hours(worked), "")
	m.figure("prevues", "Heures prévues dans l'année", Hours, hours(m.whole.planned), "")
	m.figure("dues", "Heures dues par les clauses en cours", Hours, hours(m.whole.due), "À ce jour, pour toute leur durée.")
	m.figure("en-tout", "Heures faites par ces marchés depuis leur début", Hours, hours(m.whole.total), "")
	m.figure("restantes", "Heures restantes", Hours, hours(m.whole.left), "")
	m.figure("taux", "Taux de réalisation", Share, ratio(int64(m.whole.ofDue), int64(m.whole.due), 10_000), "D'un lot, seul ce qu'il doit compte.")
	m.figure("marches", "Marchés", Count, count(len(contracts)), "")
	m.figure("lots", "Lots", Count, count(m.whole.lots), "")
	m.figure("montant", "Montant des lots", Money, Cell{Value: int64(m.whole.amount)}, "Sans les montants douteux.")
	m.figure("acheteurs", "Acheteurs", Count, count(len(buyers)), "")
	m.figure("entreprises", "Entreprises titulaires", Count, count(len(m.whole.firms)), "Les mandataires.")
	m.figure("personnes", "Personnes", Count, m.head(persons), "Qui ont des heures comptées dans l'année.")
	m.figure("contrats", "Contrats de travail", Count, m.ifMany(m.work.here, Cell{Value: m.work.here.size}), "")
	m.figure("heures-personne", "Heures par personne", Hours, m.ifMany(part{persons, 0}, ratio(int64(named), int64(persons), 1)), "Celles qui comptent et dont on sait de qui elles sont.")
	m.figure("heures-contrat", "Heures par contrat", Hours, m.ifMany(m.work.here, ratio(int64(named), m.work.here.size, 1)), "")
	m.figure("duree", "Durée moyenne d'un contrat fini dans l'année, en mois", Decimal, m.ifMany(m.ended.here, ratio(m.days*12*100, m.ended.here.size*365, 1)), "De 365 jours ÷ 12.")
	m.figure("sorties", "Sorties dans l'année", Count, m.head(m.leavers.here.persons), "")
	return append(m.figures, own...)
}

// notes say what is hidden, and which numbers have no source.
func (m *maker) notes() []string {
	notes := []string{fmt.Sprintf("Équivalent temps plein : %s, paramètre de ce bilan (1 600 h dans la consolidation nationale).", m.Query.Divisor)}
	switch {
	case m.Withheld:
		notes = append(notes, "Les personnes ne sont dites que pour tous les acheteurs que vous pouvez lire, réunis : acheteur par acheteur, une différence révélerait ce qui est masqué.")
	case len(m.Persons) == 0:
		notes = append(notes, "Aucune personne n'a d'heures comptées dans l'année : les tableaux de personnes manquent.")
	}
	rule := fmt.Sprintf("Ce qui dirait quelque chose de 1 à %d personnes est masqué, avec ce qui permettrait de le retrouver ; un zéro dit qu'il n'y a personne.", m.Query.Least-1)
	if m.hidden == 0 {
		rule += " Rien n'a eu à l'être."
	}
	notes = append(notes, rule,
		"Les heures d'un lot, d'un acheteur ou d'une structure ne disent rien d'une personne : elles ne sont pas masquées.",
		"Le masquage tient dans ce bilan, et entre celui d'un acheteur, celui des autres et celui de tous. Il ne tient pas entre les bilans de trois acheteurs, de deux années, ou du même fichier à deux dates.")
	return notes
}

func (m *maker) least() int { return m.Query.Least }

// head is a number of persons, hidden when small.
func (m *maker) head(persons int) Cell {
	return m.ifMany(part{persons: persons}, Cell{Value: int64(persons)})
}

// ifMany is a number that tells of some persons, hidden when they are few.
func (m *maker) ifMany(of part, c Cell) Cell {
	if m.Withheld || of.small(m.least()) {
		m.hidden++
		return Cell{State: Hidden}
	}
	return c
}

// fte is hours in full-time equivalents, in hundredths, rounded.
func (m *maker) fte(h insertion.Hours) Cell { return ratio(int64(h), int64(m.Query.Divisor), 100) }

// ratio is a × scale ÷ b, rounded half up; Absent when b is 0.
func ratio(a, b, scale int64) Cell {
	if b <= 0 {
		return Cell{State: Absent}
	}
	return Cell{Value: insertion.Proportion(a, b, scale)}
}
