package insertion

import (
	"cmp"
	"fmt"
	"slices"
)

// CountHours recomputes every line of one person: what counts for each clause, and
// which rule kept the rest from counting. It changes nothing of p, gives the
// lines in the order it got them, and gives the same answer whatever that order.
//
// Hours of a month are taken as spread evenly over the days of the assignment in
// that month, so that a window opening on the 20th lets in its own days only; in
// a month without a day of the assignment, none count. What counts is floored to the hundredth of an hour.
func CountHours(p Person, sites map[PlacementID]Site) []HourLine {
	c := counter{p: p, sites: sites, assignments: make(map[AssignmentID]*posting, len(p.Assignments)), month: map[Month]Hours{}, used: map[string]*ceilingUse{}}
	for _, a := range p.Assignments {
		c.assignments[a.ID] = c.posting(a)
	}
	for _, l := range p.Lines {
		c.month[l.Month] += l.Hours
	}
	out := slices.Clone(p.Lines)
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	// Ceilings fill in the order of time.
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(out[i].Month, out[j].Month), cmp.Compare(out[i].Assignment, out[j].Assignment))
	})
	for _, i := range order {
		out[i].Counted, out[i].Why = c.line(out[i])
	}
	return out
}

// counter holds what the lines of one person share.
type counter struct {
	p           Person
	sites       map[PlacementID]Site
	assignments map[AssignmentID]*posting
	month       map[Month]Hours // all the person's lines
	used        map[string]*ceilingUse
}

// posting is an assignment with what all its lines share.
type posting struct {
	Assignment
	site     Site
	placed   bool // on a lot with a clause
	contract span
	outside  string // why hours outside of the contract's window do not count
	person   span
	rule     RuleCode
	beyond   string // why hours beyond the person's window do not count
	proof    Eligibility
	eligible bool
	lacks    string // why not
}

func (c *counter) posting(a Assignment) *posting {
	site, placed := c.sites[a.Placement]
	p := &posting{Assignment: a, site: site, placed: placed && site.Clause.Lot != 0}
	if !p.placed {
		return p
	}
	p.contract = site.window()
	p.outside = "hors de la période du marché (" + p.contract.words() + ")"
	if a.Participant != 0 {
		p.person, p.rule, p.beyond = c.personWindow(a, site)
		if !site.Clause.Rules.AnyPublic {
			p.proof, p.eligible, p.lacks = site.Clause.Eligible(c.p.Eligibilities, a.Start)
		}
	}
	return p
}

// ceilingUse is what was used of a ceiling of one user firm.
type ceilingUse struct {
	first Date
	hours Hours
}

// tally follows one line from the hours worked to those that count.
type tally struct {
	all  span // the days worked
	days span // those still counting
	full Hours
	left Hours
	why  []Uncounted
}

// keep narrows the line to a window and says what fell out.
func (t *tally) keep(window span, rule RuleCode, text string) {
	if t.left == 0 {
		return
	}
	t.days = t.days.meet(window)
	left := Hours(mulDiv(int64(t.full), int64(t.days.days()), int64(max(1, t.all.days()))))
	if left < t.left {
		t.why = append(t.why, Uncounted{rule, t.left - left, text})
		t.left = left
	}
}

// drop takes hours out whatever the days.
func (t *tally) drop(h Hours, rule RuleCode, text string) {
	h = min(h, t.left)
	if h > 0 {
		t.left -= h
		t.why = append(t.why, Uncounted{rule, h, text})
	}
}

func (t *tally) flag(rule RuleCode, text string) { t.why = append(t.why, Uncounted{rule, 0, text}) }

func (c *counter) line(l HourLine) (Hours, []Uncounted) {
	a, known := c.assignments[l.Assignment]
	t := &tally{full: l.Hours, left: l.Hours}
	if !known || !a.placed {
		t.drop(t.left, RuleContractWindow, "ce lot n'a pas de fiche clause : rien n'y compte encore")
		return t.left, t.why
	}
	t.all = span{l.Month.First(), l.Month.Last()}.meet(span{a.Start, a.End})
	if t.all.days() == 0 {
		t.drop(t.left, RuleAssignment, "hors de son affectation, qui court "+span{a.Start, a.End}.words())
		return t.left, t.why
	}
	t.days = t.all
	clause := a.site.Clause
	t.keep(a.contract, RuleContractWindow, a.outside)
	if a.Participant == 0 {
		c.undetailed(t, l.Month, clause.Rules)
		return t.left, t.why
	}
	t.keep(a.person, a.rule, a.beyond)
	if clause.Modalities != 0 && clause.Modalities&a.site.Modality == 0 {
		t.drop(t.left, RuleModality, fmt.Sprintf("modalité non admise par ce marché : %s", a.site.Modality.Label()))
	}
	c.eligible(t, l, a)
	c.ceilings(t, a.Assignment, a.site)
	c.flags(t, l, a.Assignment, a.site)
	return t.left, t.why
}

// undetailed counts a total declared without saying whose hours they are.
func (c *counter) undetailed(t *tally, m Month, r Rules) {
	if d := c.p.Detailed[m]; d > 0 {
		t.drop(d, RuleUndetailed, "déjà saisies personne par personne : une heure n'est comptée qu'une fois")
	}
	if t.left == 0 {
		return
	}
	const text = "total déclaré sans détail par personne : demandez le relevé"
	if r.NoUndetailed {
		t.drop(t.left, RuleUndetailed, text)
		return
	}
	t.flag(RuleUndetailed, text)
}

// eligible keeps the days on which eligibility had been seen. The category is
// judged at the start of the assignment and holds for all of it.
func (c *counter) eligible(t *tally, l HourLine, a *posting) {
	if t.left == 0 || a.site.Clause.Rules.AnyPublic {
		return
	}
	e := a.proof
	seen := span{first: e.Seen}
	if a.eligible && seen.first <= t.days.first {
		return
	}
	if l.Granted != "" {
		t.flag(RuleGranted, "compté sur décision du facilitateur : "+l.Granted)
		return
	}
	if !a.eligible {
		t.drop(t.left, RuleEligibility, a.lacks)
		return
	}
	t.keep(seen, RuleProofLate, fmt.Sprintf("travaillé avant que le justificatif soit vu, le %s", e.Seen.French()))
}

// ceilings applies the limits of the law on a person in one user firm.
func (c *counter) ceilings(t *tally, a Assignment, site Site) {
	if t.left == 0 {
		return
	}
	switch {
	case site.Kind == AI && site.Modality == Secondment && !site.Clause.Rules.PublicUser:
		limit := site.Clause.Rules.AILimit()
		u := c.use("AI", site.User, t.days.first, AIMonths)
		free := max(0, limit-u.hours)
		u.hours += t.left
		if over := t.left - min(t.left, free); over > 0 {
			u.hours -= over
			t.drop(over, RuleAI480, fmt.Sprintf("au-delà de %s en %d mois dans la même entreprise utilisatrice (L5132-9)", limit, AIMonths))
		}
	case site.Kind == ETTI && site.Modality == Secondment:
		u := c.use("ETTI", site.User, t.days.first, 0)
		window := span{u.first, u.first.AddMonths(ETTIMonths).AddDays(-1)}
		t.keep(window, RuleETTI24, fmt.Sprintf("au-delà de %d mois de mission dans la même entreprise utilisatrice (L5132-6)", ETTIMonths))
	}
}

// use finds what was used of a ceiling; months restart it once they are over.
func (c *counter) use(kind, user string, day Date, months int) *ceilingUse {
	key := kind + "\x00" + user
	u := c.used[key]
	if u == nil || (months > 0 && day >= u.first.AddMonths(months)) {
		u = &ceilingUse{first: day}
		c.used[key] = u
	}
	return u
}

// flags says what counts and yet deserves a look.
func (c *counter) flags(t *tally, l HourLine, a Assignment, site Site) {
	if sum := c.month[l.Month]; sum > FullMonth {
		t.flag(RuleMonthFull, fmt.Sprintf("%s dans le mois, au-delà d'un temps plein (%s)", sum, FullMonth))
	}
	if a.Employment == CDDI && a.Start != "" && a.End != "" {
		if a.End < a.Start.AddMonths(CDDIMinMonths).AddDays(-1) {
			t.flag(RuleCDDI, fmt.Sprintf("CDDI de moins de %d mois", CDDIMinMonths))
		}
		if a.End > a.Start.AddMonths(CDDIMaxMonths).AddDays(-1) {
			t.flag(RuleCDDI, fmt.Sprintf("CDDI de plus de %d mois", CDDIMaxMonths))
		}
	}
	if site.Clause.Rules.NeedTutor && site.Modality == DirectHire && !a.Tutor {
		t.flag(RuleTutor, "aucun tuteur nommé (CCAP)")
	}
}

// Months is the length of a person's window.
func (r Rules) Months() int {
	if r.PersonMonths > 0 {
		return r.PersonMonths
	}
	return DefaultPersonMonths
}

// AILimit is the ceiling of an AI's hours in one user firm: the law's, or more by
// the prefect's derogation (D5132-18-1).
func (r Rules) AILimit() Hours {
	if r.AIHours > 0 {
		return r.AIHours
	}
	return DefaultAIHours
}
