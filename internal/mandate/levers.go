package mandate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// Condition is one condition of a lever, met, not met, or for the buyer to say.
type Condition struct {
	Text string
	Met  Answer
}

// LeverAdvice is what is advised of one lever.
type LeverAdvice struct {
	Lever      Lever
	Fits       bool
	Advised    bool // the one to begin with
	Why        []string
	Conditions []Condition
	Now, Then  string // today's articles and their ancestors of 2011, joined
	Articles   []Article
	Trade      Use // in past notices of the trade of the contract
	Territory  Use // in all those of the territory
}

// Use is how often past notices used a lever.
type Use struct {
	Used int // lots that used it
	Said int // lots that say which lever they use; 0 when notices never tell
}

// Usage tells, in French, how often the lever was used: by the trade first, then in
// the whole territory; nothing when no notice tells.
func (a LeverAdvice) Usage(p Past) []string {
	if a.Territory.Said == 0 {
		return nil
	}
	var out []string
	if p.Division > 0 {
		out = append(out, a.Trade.in(fmt.Sprintf("CPV %02d", p.Division)))
	}
	return append(out, a.Territory.in("tout le territoire"))
}

func (u Use) in(where string) string {
	switch {
	case u.Said == 0:
		return "aucun avis ne le dit (" + where + ")"
	case u.Used == 0:
		return fmt.Sprintf("jamais employé sur %d avis (%s)", u.Said, where)
	}
	return fmt.Sprintf("employé %d fois sur %d avis (%s)", u.Used, u.Said, where)
}

// Past is what past notices of the territory say of their levers.
type Past struct {
	Since    int           // the first year looked at
	Division int           // of the CPV, the trade they are compared by; 0 when the contract has none
	Trade    map[Lever]int // those of the division
	All      map[Lever]int
}

// PastOf adds the levers of the territory since a year. cpv is that of the contract
// in preparation, "" when nobody said.
func PastOf(facts []Facts, since int, cpv string) Past {
	p := Past{Since: since, Trade: map[Lever]int{}, All: map[Lever]int{}}
	if len(cpv) >= 2 {
		p.Division, _ = strconv.Atoi(cpv[:2]) // no number: no division
	}
	for _, f := range facts {
		if f.Year < since {
			continue
		}
		for lever, n := range f.Territory.Levers {
			p.All[lever] += n
		}
		if p.Division == 0 {
			continue
		}
		for lever, n := range f.Territory.ByDivision[p.Division] {
			p.Trade[lever] += n
		}
	}
	return p
}

func useOf(lever Lever, past map[Lever]int) Use {
	if lever == LeverService { // notices never tell
		return Use{}
	}
	_, said := spoken(past)
	return Use{past[lever], said}
}

// Duty is what the law asks of the contract.
type Duty struct {
	Threshold insertion.Cents // European, on the day of launch; 0 unknown
	Applies   Answer          // L2112-2-1
	Why       string
}

// Choice of levers for a contract in preparation.
type LeverChoice struct {
	Duty   Duty
	Levers []LeverAdvice
	Past   Past
	Hours  insertion.Hours // insertion hours a clause at the usual rate would ask
	Notes  []string        // what became of the preference to SCOP, and so on
}

// ChooseLevers says which of the five levers fit a contract and why. duty is the
// day from which L2112-2-1 applies (a setting); past is what notices used.
func ChooseLevers(n Need, s Split, past Past, duty insertion.Date, rules Rules) LeverChoice {
	c := LeverChoice{Duty: n.duty(duty), Past: past}
	for _, l := range s.Lots {
		c.Hours += insertion.Hours(int64(l.Hours) * int64(rules.ClauseRate) / 10_000)
	}
	c.Levers = []LeverAdvice{
		n.clause(c, s, rules), n.criterion(c, s, rules), n.both(c, rules), n.reserved(s, rules), n.service(),
	}
	for i := range c.Levers {
		a := &c.Levers[i]
		var now, then []string
		for _, art := range Articles() {
			if art.Lever == a.Lever {
				now, then, a.Articles = append(now, art.Now), append(then, art.Then), append(a.Articles, art)
			}
		}
		a.Now, a.Then = strings.Join(now, " ; "), strings.Join(then, " ; ")
		a.Trade, a.Territory = useOf(a.Lever, past.Trade), useOf(a.Lever, past.All)
	}
	c.advise(s)
	c.Notes = []string{
		"En 2011, l'art. 53-IV donnait aux SCOP une préférence à égalité d'offre et pouvait leur réserver un quart des lots ; rien ne la reprend aujourd'hui (sans source). Ce qui la remplace : réserver à l'ESS (L2113-15), allotir (L2113-10), et les objectifs du schéma d'achats responsables (L2111-3).",
	}
	return c
}

// advise marks the lever to begin with: reserving where the structures are there,
// else the floor and its bonus, the floor, the bonus; insertion bought for itself
// is first where the object is insertion.
func (c *LeverChoice) advise(s Split) {
	order := []Lever{LeverBoth, LeverClause, LeverCriterion}
	if slices.ContainsFunc(s.Lots, func(l Lot) bool { return l.Reserve.Lever == LeverReserved }) {
		order = append([]Lever{LeverReserved}, order...)
	}
	order = append([]Lever{LeverService}, order...)
	for _, lever := range order {
		for i := range c.Levers {
			if c.Levers[i].Lever == lever && c.Levers[i].Fits {
				c.Levers[i].Advised = true
				return
			}
		}
	}
}

// duty tells whether L2112-2-1 makes social conditions an obligation.
func (n Need) duty(from insertion.Date) Duty {
	kind := insertion.LocalSupplies
	if n.Nature == "travaux" {
		kind = insertion.Works
	}
	threshold, known := insertion.EUThreshold(kind, n.Launch)
	d := Duty{Threshold: threshold}
	switch {
	case n.Launch == "":
		d.Why = "la date de publication n'est pas dite : le seuil et l'obligation s'apprécient au lancement"
	case n.Launch < from:
		d.Applies, d.Why = No, fmt.Sprintf("consultation lancée avant le %s : pas d'obligation (décret 2022-767)", from.French())
	case !known:
		d.Why = fmt.Sprintf("le seuil européen du %s n'est pas dans la table", n.Launch.French())
	case n.Amount < threshold:
		d.Applies, d.Why = No, fmt.Sprintf("%s, sous le seuil de %s (%s) : pas d'obligation, mais c'est possible (L2112-2)", n.Amount.Round(), threshold.Round(), kind)
	case n.Nature == "travaux" && n.Months > 0 && n.Months < 6:
		d.Applies, d.Why = No, "travaux de moins de six mois : exemption de L2112-2-1, à motiver au dossier"
	case n.Linked == No:
		d.Applies, d.Why = No, "sans lien suffisant avec l'objet : exemption de L2112-2-1, à motiver au dossier"
	default:
		d.Applies, d.Why = Yes, fmt.Sprintf("%s, au seuil de %s ou au-dessus (%s) : les conditions d'exécution doivent tenir compte du social ou de l'emploi (L2112-2-1)", n.Amount.Round(), threshold.Round(), kind)
	}
	return d
}

func (n Need) linked() Condition {
	return Condition{"l'insertion a un lien avec l'objet du marché (L2112-2)", n.Linked}
}

func (n Need) clause(c LeverChoice, s Split, rules Rules) LeverAdvice {
	a := LeverAdvice{Lever: LeverClause, Conditions: []Condition{
		n.linked(),
		{fmt.Sprintf("le volume vaut un contrat de travail : %s au moins (sans source)", rules.ClauseHours), yes(c.Hours >= rules.ClauseHours)},
	}}
	a.Fits = n.Linked != No && c.Hours >= rules.ClauseHours
	a.Why = append(a.Why, fmt.Sprintf("à %s de la main-d'œuvre, environ %s d'insertion", rules.ClauseRate, c.Hours.Round()))
	able := 0
	for _, l := range s.Lots {
		able += len(l.Takers) + l.Partner
	}
	if able == 0 {
		a.Why = append(a.Why, "aucun candidat local connu en sous-traitance : restent l'embauche directe et la mise à disposition")
	}
	return a
}

func (n Need) criterion(c LeverChoice, s Split, rules Rules) LeverAdvice {
	a := LeverAdvice{Lever: LeverCriterion, Fits: n.Linked != No, Conditions: []Condition{
		n.linked(), {"le critère est pondéré et la méthode de notation annoncée (R2152-7)", Unsaid},
	}}
	switch {
	case c.Hours < rules.ClauseHours:
		a.Why = append(a.Why, "le volume est trop petit pour être imposé : il peut être récompensé")
	case slices.ContainsFunc(s.Lots, func(l Lot) bool { return l.Reserve.Lever == LeverCriterion }):
		a.Why = append(a.Why, "trop peu de structures, ou trop petites, pour imposer un volume à tous")
	default:
		a.Why = append(a.Why, "récompense les offres qui vont plus loin ; seul, il n'oblige à rien")
	}
	return a
}

func (n Need) both(c LeverChoice, rules Rules) LeverAdvice {
	a := LeverAdvice{Lever: LeverBoth, Fits: n.Linked != No && c.Hours >= rules.CloseHours, Conditions: []Condition{
		n.linked(), {fmt.Sprintf("le volume laisse place à un plancher et à un mieux : %s au moins, un temps plein d'un an (sans source)", rules.CloseHours), yes(c.Hours >= rules.CloseHours)},
	}}
	if a.Fits {
		a.Why = []string{"un plancher d'heures pour tous, et ce qui le dépasse est noté"}
	} else {
		a.Why = []string{"le volume est trop petit pour deux exigences"}
	}
	return a
}

func (n Need) reserved(s Split, rules Rules) LeverAdvice {
	a := LeverAdvice{Lever: LeverReserved, Conditions: []Condition{
		{"les structures emploient au moins 50 % de travailleurs handicapés ou défavorisés (R2113-7)", Unsaid},
		{"l'avis cite l'article de la réservation", Unsaid},
	}}
	for _, l := range s.Lots {
		if l.Reserve.Possible {
			a.Fits = true
			a.Why = append(a.Why, fmt.Sprintf("« %s » : %s", l.Object, l.Reserve.Why))
		}
	}
	ess := yes(n.Nature == social)
	if n.Nature == "" {
		ess = Unsaid
	}
	a.Conditions = append(a.Conditions,
		Condition{"réservé à l'ESS : seulement des services sociaux, de santé ou culturels de la liste (L2113-15)", ess},
		Condition{"réservé à l'ESS : trois ans au plus (L2113-16)", yes(n.Months > 0 && n.Months <= 36)},
		Condition{"réservé à l'ESS : le candidat n'a pas eu de tel marché dans les trois années d'avant (L2113-16)", Unsaid})
	if n.Months <= 0 {
		a.Conditions[len(a.Conditions)-2].Met = Unsaid
	}
	if ess == Yes && (n.Months <= 0 || n.Months <= 36) {
		a.Fits = true
		a.Why = append(a.Why, "ce service peut être réservé aux entreprises de l'ESS, SCOP et associations comprises")
	}
	if !a.Fits {
		a.Why = append(a.Why, fmt.Sprintf("aucun lot n'a %s capables sans en dépendre trop", counted(max(2, rules.Answers), "structure")))
	}
	return a
}

func (n Need) service() LeverAdvice {
	a := LeverAdvice{Lever: LeverService, Conditions: []Condition{
		{"le service acheté est l'insertion elle-même, les travaux ou l'entretien n'en sont que le support (R2123-1 3°)", Unsaid},
	}}
	if strings.Contains(" "+folded(n.Object)+" ", " insertion ") {
		a.Fits, a.Conditions[0].Met = true, Yes
		a.Why = []string{"l'objet lui-même parle d'insertion"}
	} else {
		a.Why = []string{"à envisager si l'acheteur veut d'abord un parcours, sur un support modeste"}
	}
	if n.Amount > insertion.Euros(750_000) {
		a.Why = append(a.Why, "au-dessus de 750 000 € HT, une publicité est à prévoir (sans source)")
	}
	return a
}

func yes(ok bool) Answer {
	if ok {
		return Yes
	}
	return No
}
