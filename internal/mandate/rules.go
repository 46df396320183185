package mandate

import (
	"cmp"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// Rules are the parameters of the adviser. None but the articles has a source in
// law: each is shown with the advice, and may be changed: see Parameters.
type Rules struct {
	TurnoverPart insertion.BasisPoints // of its yearly turnover a firm should not depend on one lot for
	HourlyCost   insertion.Cents       // of an hour of labour
	LabourShare  insertion.BasisPoints // of a trade nothing is known of
	SmallestLot  insertion.Cents       // under it a lot is not worth its procedure
	MostLots     int                   // of one trade
	Answers      int                   // local answers a lot should be able to hope for
	ClauseRate   insertion.BasisPoints // of labour reserved by a clause
	ClauseHours  insertion.Hours       // under it a clause is not worth a contract of work
	CloseHours   insertion.Hours       // from it a criterion may reward more than the floor
	Dependency   insertion.BasisPoints // of the mean turnover of those able that a year of the lot may reach
	ReserveLot   int                   // able structures from which a lot may be reserved
	ReserveAll   int                   // and the whole contract
	Km           int                   // from the work to a candidate that is local
	Years        int                   // of past notices whose levers are counted
}

// DefaultRules are the parameters before anyone changes them.
func DefaultRules() Rules {
	return Rules{
		TurnoverPart: 3333, HourlyCost: insertion.Euros(30), LabourShare: 5000, SmallestLot: insertion.Euros(20_000), MostLots: 8, Answers: 3,
		ClauseRate: 500, ClauseHours: insertion.WholeHours(70), CloseHours: insertion.WholeHours(1600), Dependency: 3000, ReserveLot: 11, ReserveAll: 31,
		Km: 30, Years: 3,
	}
}

// Parameter is one of the rules, as people read and type it.
type Parameter struct {
	Field
	Source      string // where its default comes from; "" when no source was found: it is to be set
	least, most int64  // of what is kept: hundredths for all but whole numbers
	unit        string
	of          func(*Rules) any
}

// Parameters lists the rules in the order they are shown.
func Parameters() []Parameter {
	share := func(name, label, hint, source string, of func(*Rules) *insertion.BasisPoints) Parameter {
		return Parameter{Field: Field{Name: name, Label: label, Hint: hint, Type: Percent, Required: true}, Source: source, least: 1, most: 10_000, of: func(r *Rules) any { return of(r) }}
	}
	money := func(name, label, hint, source string, least, most int64, of func(*Rules) *insertion.Cents) Parameter {
		return Parameter{Field: Field{Name: name, Label: label, Hint: hint, Type: Amount, Required: true}, Source: source, least: least * 100, most: most * 100, of: func(r *Rules) any { return of(r) }}
	}
	hours := func(name, label, hint string, of func(*Rules) *insertion.Hours) Parameter {
		return Parameter{Field: Field{Name: name, Label: label, Hint: hint, Type: Measure, Required: true}, most: 100_000_00, unit: " h", of: func(r *Rules) any { return of(r) }}
	}
	number := func(name, label, hint, source, unit string, least, most int64, of func(*Rules) *int) Parameter {
		return Parameter{Field: Field{Name: name, Label: label, Hint: hint, Type: Whole, Required: true}, Source: source, least: least, most: most, unit: unit, of: func(r *Rules) any { return of(r) }}
	}
	const market = "le marché de l'inclusion"
	return []Parameter{
		share("part-ca", "Part du chiffre d'affaires", "par an, qu'un lot peut peser pour une entreprise", "", func(r *Rules) *insertion.BasisPoints { return &r.TurnoverPart }),
		money("cout-horaire", "Coût de l'heure", "de travail, charges comprises", "mefsud77.fr : 25 à 30 €", 1, 1_000, func(r *Rules) *insertion.Cents { return &r.HourlyCost }),
		share("part-travail", "Part de main-d'œuvre", "d'une filière dont rien n'est connu", "", func(r *Rules) *insertion.BasisPoints { return &r.LabourShare }),
		money("plus-petit-lot", "Plus petit lot", "sous lequel un lot ne vaut pas sa procédure", "", 0, 100_000_000, func(r *Rules) *insertion.Cents { return &r.SmallestLot }),
		number("lots", "Lots au plus", "d'une même filière", "", "", 1, 100, func(r *Rules) *int { return &r.MostLots }),
		number("reponses", "Réponses locales", "qu'un lot doit pouvoir espérer", "", "", 1, 100, func(r *Rules) *int { return &r.Answers }),
		share("taux-clause", "Taux d'une clause", "de la main-d'œuvre, réservé à l'insertion", "mefsud77.fr : bas de l'usage", func(r *Rules) *insertion.BasisPoints { return &r.ClauseRate }),
		hours("heures-clause", "Heures d'une clause", "sous lesquelles elle ne vaut pas un contrat de travail", func(r *Rules) *insertion.Hours { return &r.ClauseHours }),
		hours("heures-critere", "Heures d'un critère", "à partir desquelles il s'ajoute à la clause", func(r *Rules) *insertion.Hours { return &r.CloseHours }),
		share("dependance", "Dépendance", "du chiffre d'affaires moyen des structures capables, pour un an du lot", market, func(r *Rules) *insertion.BasisPoints { return &r.Dependency }),
		number("reserver-lot", "Réserver un lot", "à partir de combien de structures capables", market+" : plus de 10", "", 1, 10_000, func(r *Rules) *int { return &r.ReserveLot }),
		number("reserver-tout", "Réserver le marché", "à partir de combien de structures capables", market+" : plus de 30", "", 1, 10_000, func(r *Rules) *int { return &r.ReserveAll }),
		number("km", "Distance", "du lieu du marché à un candidat local", "", " km", 1, 1_000, func(r *Rules) *int { return &r.Km }),
		number("annees", "Années d'avis", "dont les leviers sont comptés", "", "", 1, 50, func(r *Rules) *int { return &r.Years }),
	}
}

// Origin says where the default comes from, or that it is to be set.
func (p Parameter) Origin() string { return cmp.Or(p.Source, "sans source : à fixer") }

// Show is its value in some rules, as people read it.
func (p Parameter) Show(r Rules) string {
	return Show(p.Field, strconv.FormatInt(p.value(r), 10)) + p.unit
}

// value is what is kept: hundredths for all but whole numbers.
func (p Parameter) value(r Rules) int64 {
	switch v := p.of(&r).(type) {
	case *insertion.BasisPoints:
		return int64(*v)
	case *insertion.Cents:
		return int64(*v)
	case *insertion.Hours:
		return int64(*v)
	case *int:
		return int64(*v)
	}
	return 0
}

func (p Parameter) set(r *Rules, n int64) {
	switch v := p.of(r).(type) {
	case *insertion.BasisPoints:
		*v = insertion.BasisPoints(n)
	case *insertion.Cents:
		*v = insertion.Cents(n)
	case *insertion.Hours:
		*v = insertion.Hours(n)
	case *int:
		*v = int(n)
	}
}

// With gives the rules with one parameter as typed; nothing typed brings its default
// back. The error is an *insertion.FieldError.
func (r Rules) With(name, typed string) (Rules, error) {
	var names []string
	for _, p := range Parameters() {
		if p.Name != name {
			names = append(names, p.Name)
			continue
		}
		if unit := strings.TrimSpace(p.unit); p.Type == Whole && unit != "" {
			typed = strings.TrimSuffix(strings.TrimSpace(typed), unit)
		}
		kept, err := p.Parse(typed)
		if err != nil {
			return r, err
		}
		n := p.value(DefaultRules())
		if kept != "" {
			if n, err = strconv.ParseInt(kept, 10, 64); err != nil {
				return r, err
			}
		}
		p.set(&r, n)
		return r, p.check(r)
	}
	return r, &insertion.FieldError{Field: name, Reason: "ce paramètre n'existe pas (" + strings.Join(names, ", ") + ")"}
}

// Validate checks ranges; the error is an *insertion.FieldError.
func (r Rules) Validate() error {
	for _, p := range Parameters() {
		if err := p.check(r); err != nil {
			return err
		}
	}
	if r.ReserveAll < r.ReserveLot {
		return &insertion.FieldError{Field: "reserver-tout", Reason: "réserver tout le marché ne demande pas moins de structures que réserver un lot"}
	}
	return nil
}

// check refuses what is out of its range.
func (p Parameter) check(r Rules) error {
	if n := p.value(r); n >= p.least && n <= p.most {
		return nil
	}
	p.set(&r, p.least)
	least := p.Show(r)
	p.set(&r, p.most)
	return &insertion.FieldError{Field: p.Name, Reason: "de " + least + " à " + p.Show(r)}
}
